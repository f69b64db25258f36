package net.reroute.core;

/** What a device is that is handled like a router, but is none: {@link Zone} or {@link SwitchSpec}. */
public interface Appliance {
}
