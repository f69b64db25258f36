package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.RedirectException;
import net.reroute.ssh.Shell;
import net.reroute.ssh.Shell.Output;
import net.reroute.ssh.SshException;

/**
 * FRR on one machine, through vtysh in a shell that is kept. After any exception its state is unknown: close it and open
 * a new one.
 */
final class Speaker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Between two looks for a change that bgpd makes after it took the line; it coalesces for some 100 ms. */
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Pattern INSTANCE = Pattern.compile("(?m)^router bgp (\\d+(?:\\.\\d+)?)\\s*$");

    private final String name;
    private final Shell shell;
    private final String vtysh;
    private String asn = "";

    private Speaker(String name, Shell shell, boolean sudo) {
        this.name = name;
        this.shell = shell;
        this.vtysh = sudo ? "sudo -n vtysh" : "vtysh";
    }

    /** Logs in within this time. */
    static Speaker open(RouterSpec spec, Duration within) throws RedirectException {
        try {
            return new Speaker(spec.name(), Shell.open(spec.login(), within), spec.login().sudo());
        } catch (SshException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    boolean isOpen() {
        return shell.isOpen();
    }

    private Output run(String script) throws RedirectException {
        try {
            return shell.run("LC_ALL=C; export LC_ALL; " + script, PATIENCE);
        } catch (SshException e) {
            throw new RedirectException(e.refused(), name + ": " + e.getMessage(), e);
        }
    }

    /** Reads the configuration of BGP and what is known of a prefix. */
    Announcement look(Prefix prefix) throws RedirectException {
        Output config = run(vtysh + " -c 'show running-config'\n");
        if (!config.ok()) {
            throw new RedirectException(true, name + (config.err().contains("not found")
                    ? " has no vtysh; FRR is to be installed there"
                    : ": vtysh answers: " + config.complaint()), null);
        }
        Matcher instance = INSTANCE.matcher(config.out());
        if (!instance.find()) {
            throw new RedirectException(true, name + " has no 'router bgp' of its own; configure BGP there first",
                    null);
        }
        asn = instance.group(1);
        Output paths = run(vtysh + " -c 'show bgp " + family(prefix) + " unicast " + prefix + " json'\n");
        return Announcement.read(config.out(), asn, prefix, paths.out());
    }

    /**
     * The lines, as vtysh takes them after {@code configure terminal}. {@link #look} comes before.
     *
     * @param map the route-map that the admin had at the line; empty if none
     */
    List<String> lines(Prefix prefix, Announcement.Is wanted, String map) {
        String network = "network " + prefix;
        return switch (wanted) {
            case AS_IS -> List.of("router bgp " + asn, "address-family " + family(prefix) + " unicast",
                    network + (map.isEmpty() ? "" : " route-map " + map));
            case WORSE -> List.of("route-map " + Announcement.WORSE + " permit 10",
                    "set as-path prepend " + String.join(" ", asn, asn, asn),
                    "set community graceful-shutdown additive",
                    "exit", "router bgp " + asn, "address-family " + family(prefix) + " unicast",
                    network + " route-map " + Announcement.WORSE);
            case NOT -> List.of("router bgp " + asn, "address-family " + family(prefix) + " unicast", "no " + network);
        };
    }

    /** Types lines. Returns the complaint; empty if there is none. */
    Optional<String> type(List<String> lines) throws RedirectException {
        StringBuilder script = new StringBuilder(vtysh).append(" -c 'configure terminal'");
        lines.forEach(l -> script.append(" -c '").append(l).append("'"));
        Output answer = run(script + "\n");
        Optional<String> said = (answer.out() + "\n" + answer.err()).lines().map(String::strip)
                .filter(l -> l.startsWith("%") || l.startsWith("Unknown")).findFirst();
        return said.isPresent() || answer.ok() ? said : Optional.of(answer.complaint());
    }

    /** Waits until neighbours have been told, or no longer are. Returns what is so then. */
    Announcement await(Prefix prefix, Announcement.Is wanted, Duration atMost) throws RedirectException {
        long end = System.nanoTime() + atMost.toNanos();
        Announcement now = look(prefix);
        while (!now.isSettled(wanted) && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(BETWEEN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RedirectException(false, name + ": cut off", e);
            }
            now = look(prefix);
        }
        return now;
    }

    static String family(Prefix prefix) {
        return prefix.network().v6() ? "ipv6" : "ipv4";
    }

    @Override
    public void close() {
        shell.close();
    }
}
