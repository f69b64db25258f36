/** Addresses that move between servers of one LAN: bringing up, announcing, fencing, watching. */
package net.reroute.redirect.arp;
