package net.reroute.scenario;

/** A Linux router: sshd and kernel routes. */
final class LinuxDevice extends LabDevice {

    LinuxDevice() {
        space.sshd();
    }

    @Override
    String dialect() {
        return "linux";
    }

    @Override
    void route(String prefix, String... hops) {
        in("ip route del " + prefix + " 2>/dev/null || true; ip route add " + prefix
                + (hops.length == 1 ? " via " + hops[0] : " nexthop via " + String.join(" nexthop via ", hops)));
    }

    @Override
    void clear() {
        in("ip route flush proto boot; ip route flush proto 201");
    }

    @Override
    String exact(String prefix) {
        return in("ip route show " + prefix);
    }
}
