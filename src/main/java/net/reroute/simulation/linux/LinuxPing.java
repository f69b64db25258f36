package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.List;
import net.reroute.core.Address;

/** {@code ping}. Sends nothing; every address that has a route answers. */
final class LinuxPing implements LinuxCommand {

    private static final int MOST = 1000;

    @Override
    public int run(LinuxCall call) throws IOException {
        if (call.args().isEmpty()) {
            return call.fail(1, "usage error: Destination address required");
        }
        String target = call.args().getLast();
        Address to;
        try {
            to = Address.parse(target);
        } catch (IllegalArgumentException e) {
            return call.fail(2, target + ": Name or service not known");
        }
        try {
            IpRouteGet.usable(call.shell().host().network(), to);
        } catch (IpFailure e) {
            return call.fail(2, "connect: Network is unreachable");
        }
        return answers(call, to);
    }

    /** Without -c it runs until Ctrl-C, but not for ever. */
    private static int answers(LinuxCall call, Address to) throws IOException {
        int count = count(call.args());
        boolean quiet = call.args().contains("-q");
        int sent = 0;
        call.out("PING " + to + (to.v6() ? "(" : " (") + to + ") 56"
                + (to.v6() ? " data bytes\n" : "(84) bytes of data.\n"));
        try {
            while (sent < count) {
                if (sent > 0) {
                    call.io().pause(1000);
                }
                sent++;
                call.out(quiet ? "" : "64 bytes from " + to + ": icmp_seq=" + sent + " ttl=64 time=0.250 ms\n");
            }
        } catch (LinuxTerminal.Break e) {
            summary(call, to, sent);
            return 0;
        }
        summary(call, to, sent);
        return 0;
    }

    private static int count(List<String> args) {
        int at = args.indexOf("-c");
        String typed = at >= 0 && at + 1 < args.size()
                ? args.get(at + 1)
                : String.join(" ", args).replaceFirst(".*-c(\\d+).*", "$1");
        return typed.matches("\\d{1,4}") ? Math.min(MOST, Integer.parseInt(typed)) : MOST;
    }

    private static void summary(LinuxCall call, Address to, int sent) throws IOException {
        call.out("\n--- " + to + " ping statistics ---\n" + sent + " packets transmitted, " + sent
                + " received, 0% packet loss, time " + Math.max(0, sent - 1) * 1000
                + "ms\nrtt min/avg/max/mdev = 0.250/0.250/0.250/0.000 ms\n");
    }
}
