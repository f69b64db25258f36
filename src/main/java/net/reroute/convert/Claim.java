package net.reroute.convert;

import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * What a service or switch wants for itself. Two that want the same are refused by the inventory.
 *
 * @param prefix that clients use
 * @param port 0 where all ports belong to it
 * @param servers names of its servers
 * @param backends of a switch: addresses and ports
 */
record Claim(Use use, Prefix prefix, int port, List<String> servers, List<String> backends) {

    /** How it is redirected. */
    enum Use {
        ROUTE, ARP, NAT, DIRECT, SWITCH
    }

    static Claim service(Use use, Prefix prefix, int port, List<String> servers) {
        return new Claim(use, prefix, port, servers, List.of());
    }

    boolean isBalanced() {
        return use == Use.NAT || use == Use.DIRECT;
    }

    /** True if the address stands for every address of the machine. */
    boolean isAny() {
        return prefix.network().bits().signum() == 0;
    }

    boolean isHost() {
        return prefix.length() == prefix.network().width();
    }

    boolean holds(Address address) {
        return prefix.contains(address);
    }

    /** An endpoint, as the inventory writes it. */
    static String at(Address address, int port) {
        return (address.v6() ? "[" + address + "]" : address.toString()) + ":" + port;
    }
}
