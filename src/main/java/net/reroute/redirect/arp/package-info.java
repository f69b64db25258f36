/**
 * Addresses that move between the servers of one LAN: brought up, announced by ARP or neighbour discovery, fenced,
 * guarded. Uses core, ssh and pcap4j. Begin with {@link net.reroute.redirect.arp.AddressMover}, and with
 * {@link net.reroute.redirect.arp.AddressGuard} for the time after a move.
 */
package net.reroute.redirect.arp;
