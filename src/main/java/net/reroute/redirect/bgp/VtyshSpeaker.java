package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.BgpSites;
import net.reroute.core.Dialect.BgpFamily;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Template;
import net.reroute.redirect.RedirectException;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Shell;
import net.reroute.ssh.Shell.Output;
import net.reroute.ssh.SshException;

/** FRR on a Linux machine, through vtysh in a shell that is kept. */
final class VtyshSpeaker implements Speaker {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String ENGLISH = "LC_ALL=C; export LC_ALL; ";

    private final Shell shell;
    private final String vtysh;
    private final BgpSites sites;
    private BgpConfig config;

    private VtyshSpeaker(Shell shell, boolean sudo, BgpSites sites) {
        this.shell = shell;
        this.vtysh = "timeout 4 " + (sudo ? "sudo -n vtysh" : "vtysh"); // it waits for a bgpd that hangs
        this.sites = sites;
    }

    static VtyshSpeaker open(RouterSpec spec, Duration within, BgpSites sites, Fence fence)
            throws RedirectException {
        try {
            return new VtyshSpeaker(Shell.open(spec.login(), within).fencedBy(fence), spec.login().sudo(), sites);
        } catch (SshException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    private Output run(String script) throws RedirectException {
        try {
            return shell.run(ENGLISH + script, PATIENCE);
        } catch (SshException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    @Override
    public Announcement look(Prefix prefix) throws RedirectException {
        String text = shown("show running-config");
        config = BgpConfig.read(text, prefix).orElseThrow(() -> new RedirectException(true,
                "bgpd does not run there, or has no 'router bgp' outside of VRFs", null));
        return Announcement.of(config, table(prefix));
    }

    private String shown(String command) throws RedirectException {
        Output answer = run(vtysh + " -c '" + command + "'\n");
        if (!answer.ok()) {
            throw new RedirectException(true,
                    answer.err().contains("not found") || answer.err().contains("No such file")
                            ? "it has no vtysh; install FRR there, or write the dialect that answers there"
                            : "vtysh answers: " + answer.complaint(),
                    null);
        }
        return answer.out();
    }

    @Override
    public BgpTable table(Prefix prefix) throws RedirectException {
        try {
            return BgpTable.ofJson(shown("show bgp " + family(prefix) + " unicast " + prefix + " json"));
        } catch (IllegalArgumentException e) {
            throw new RedirectException(true, "what it says of " + prefix + " is not understood: "
                    + e.getMessage(), e);
        }
    }

    @Override
    public List<String> lines(Prefix prefix, Announcement.Is wanted, String map) throws RedirectException {
        if (config == null) { // a new session
            look(prefix);
        }
        return BgpLines.of(new BgpFamily("address-family " + family(prefix) + " unicast",
                new Template("network {prefix}"), new Template("")), config, prefix, wanted, map, sites);
    }

    @Override
    public Optional<String> type(List<String> lines) throws RedirectException {
        StringBuilder script = new StringBuilder(vtysh).append(" -c 'configure terminal'");
        lines.forEach(l -> script.append(" -c '").append(l).append("'"));
        Output answer;
        try {
            answer = shell.change(ENGLISH + script + "\n", PATIENCE);
        } catch (SshException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
        Optional<String> said = (answer.out() + "\n" + answer.err()).lines().map(String::strip)
                .filter(l -> l.startsWith("%") || l.startsWith("Unknown")).findFirst();
        return said.isPresent() || answer.ok() ? said : Optional.of(answer.complaint());
    }

    private static String family(Prefix prefix) {
        return prefix.network().v6() ? "ipv6" : "ipv4";
    }

    @Override
    public void stayAwake() throws RedirectException {
        run(":\n");
    }

    @Override
    public boolean isOpen() {
        return shell.isOpen();
    }

    @Override
    public void close() {
        shell.close();
    }
}
