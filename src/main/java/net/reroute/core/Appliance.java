package net.reroute.core;

/** What a device is that is handled like a router, but is none: {@link Zone}, {@link SwitchSpec}, {@link BgpSites} or
 * {@link GobgpSpec}. */
public interface Appliance {
}
