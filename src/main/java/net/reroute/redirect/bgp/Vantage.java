package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import net.reroute.core.BgpSites;
import net.reroute.core.GobgpSpec;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.bgp.BgpTable.Path;
import net.reroute.ssh.Fence;

/** A router far from the sites. Its table shows whether the network has followed. If it is away, nothing waits for it. */
final class Vantage implements AutoCloseable {

    private final RouterSpec spec;
    private final BgpSites sites;
    private final Function<String, Optional<String>> byNumber;
    private final SpeakerSession session;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Optional<View> last = Optional.empty();

    /** @param byNumber the site with an AS number */
    Vantage(BgpSites sites, Duration within, Function<String, Optional<String>> byNumber) {
        this.spec = sites.vantage().orElseThrow();
        this.sites = sites;
        this.byNumber = byNumber;
        this.session = new SpeakerSession(spec, within, sites, Fence.NONE);
    }

    /**
     * What it shows.
     *
     * @param site that its best path leads to; empty if that cannot be told
     * @param text a clause
     * @param away true if it cannot be asked
     * @param reaches true if it has a path
     */
    record View(Optional<String> site, String text, boolean away, boolean reaches) {}

    /** What it showed when it was last asked; empty if it was not yet. It is asked again beside the work. */
    Optional<View> lately(Prefix prefix) {
        if (!looking.getAndSet(true)) {
            Thread.ofPlatform().daemon().name("vantage").start(() -> {
                try {
                    look(prefix);
                } finally {
                    looking.set(false);
                }
            });
        }
        return last;
    }

    synchronized View look(Prefix prefix) {
        View view = ask(prefix);
        last = Optional.of(view);
        return view;
    }

    private View ask(Prefix prefix) {
        try {
            Optional<Path> best = session.speaker().table(prefix).best();
            session.works();
            Optional<String> site = best.flatMap(this::site);
            return new View(site, best.map(b -> spec.name() + " reaches it " + way(b, site))
                    .orElse(spec.name() + " has no path to it"), false, best.isPresent());
        } catch (RedirectException e) {
            session.lost(e);
            return new View(Optional.empty(), spec.name() + " cannot be asked: " + e.getMessage(), true, false);
        }
    }

    private static String way(Path best, Optional<String> site) {
        return site.map(s -> "at " + s).orElse("by " + best.nextHop()
                + (best.asPath().isEmpty() ? "" : ", AS path " + best.asPath()));
    }

    private Optional<String> site(Path best) {
        return best.asPath().isEmpty()
                ? sites.speakers().values().stream().filter(s -> address(s).equals(best.nextHop()))
                        .map(RouterSpec::name).findFirst()
                : byNumber.apply(best.origin());
    }

    private static String address(RouterSpec speaker) {
        return speaker.appliance().filter(GobgpSpec.class::isInstance).map(GobgpSpec.class::cast)
                .map(g -> g.nextHop().toString()).orElse(speaker.login().host());
    }

    /** Waits until it no longer reaches the prefix at a site. Returns what it shows then. */
    View awaitLeft(Prefix prefix, String site, Duration atMost) throws RedirectException {
        long end = System.nanoTime() + atMost.toNanos();
        View now = look(prefix);
        while (!now.away() && now.site().equals(Optional.of(site)) && System.nanoTime() - end < 0) {
            Speaker.pause(Speaker.BETWEEN);
            now = look(prefix);
        }
        return now;
    }

    @Override
    public void close() {
        session.close();
    }
}
