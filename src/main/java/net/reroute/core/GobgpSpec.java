package net.reroute.core;

/**
 * A BGP speaker of the controller's own: GoBGP, which has the sessions that its configuration gives it.
 *
 * @param api where it takes commands
 * @param nextHop where the site's traffic goes
 */
public record GobgpSpec(Endpoint api, Address nextHop) implements Appliance {

    /** The port of GoBGP's API, if none is configured. */
    public static final int PORT = 50_051;
}
