/**
 * Addresses that move between the servers of one LAN: brought up, announced by ARP or neighbour discovery, fenced, guarded. It
 * uses core, ssh and pcap4j. Begin reading at {@link net.reroute.redirect.arp.AddressMover}, and at
 * {@link net.reroute.redirect.arp.AddressGuard} for the time after a move.
 */
package net.reroute.redirect.arp;
