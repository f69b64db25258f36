package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.BgpSites;
import net.reroute.core.Dialect.Bgp;
import net.reroute.core.Dialect.BgpFamily;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.route.cli.CommandLine;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Fence;

/** A router with a command line like that of IOS. */
final class CliSpeaker implements Speaker {

    /** Shorter than the ten minutes after which a device clears an idle vty. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Bgp words;
    private final CommandLine line;
    private final BgpSites sites;
    private BgpConfig config;

    private CliSpeaker(RouterSpec spec, CommandLine line, BgpSites sites) {
        this.words = spec.cli().orElseThrow().dialect().bgp().orElseThrow();
        this.line = line;
        this.sites = sites;
    }

    static CliSpeaker open(RouterSpec spec, Duration within, BgpSites sites, Fence fence) throws RedirectException {
        return asking(() -> new CliSpeaker(spec, CommandLine.open(spec, within, fence), sites));
    }

    private interface Question<T> {
        T ask() throws RouterException;
    }

    private static <T> T asking(Question<T> question) throws RedirectException {
        try {
            return question.ask();
        } catch (RouterException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    private BgpFamily family(Prefix prefix) {
        return words.family(prefix.network().v6()).orElseThrow();
    }

    @Override
    public Announcement look(Prefix prefix) throws RedirectException {
        List<String> shown = asking(() -> line.show(words.config()));
        config = BgpConfig.read(String.join("\n", shown), prefix).orElseThrow(() -> new RedirectException(true,
                "it shows no 'router bgp' at '" + words.config() + "'"
                        + (shown.isEmpty() ? "; configure BGP there first" : " but: " + shown.getFirst().strip()),
                null));
        return Announcement.of(config, table(prefix));
    }

    @Override
    public BgpTable table(Prefix prefix) throws RedirectException {
        try {
            return BgpTable.ofText(asking(() -> line.show(BgpLines.filled(family(prefix).paths(), prefix))));
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
        return BgpLines.of(family(prefix), config, prefix, wanted, map, sites);
    }

    @Override
    public Optional<String> type(List<String> lines) throws RedirectException {
        return asking(() -> line.configure(lines));
    }

    @Override
    public void stayAwake() throws RedirectException {
        asking(() -> {
            line.stayAwake(IDLE);
            return true;
        });
    }

    @Override
    public boolean isOpen() {
        return line.isOpen();
    }

    @Override
    public void close() {
        line.close();
    }
}
