package net.reroute.core;

/** An address and a TCP port. */
public record Endpoint(Address address, int port) {

    @Override
    public String toString() {
        return (address.v6() ? "[" + address + "]" : address.toString()) + ":" + port;
    }
}
