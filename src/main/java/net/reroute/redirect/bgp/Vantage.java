package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import net.reroute.core.BgpSites;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.bgp.BgpTable.Path;

/** A router far from the sites. Its table shows whether the network has followed. If it is away, nothing waits for it. */
final class Vantage implements AutoCloseable {

    private final RouterSpec spec;
    private final Duration within;
    private final BgpSites sites;
    private final Function<String, Optional<String>> byNumber;
    private Optional<Speaker> open = Optional.empty();

    /** @param byNumber the site with an AS number */
    Vantage(BgpSites sites, Duration within, Function<String, Optional<String>> byNumber) {
        this.spec = sites.vantage().orElseThrow();
        this.within = within;
        this.sites = sites;
        this.byNumber = byNumber;
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

    View look(Prefix prefix) {
        try {
            if (open.filter(Speaker::isOpen).isEmpty()) {
                close();
                open = Optional.of(SpeakerLogin.open(spec, within, sites));
            }
            Optional<Path> best = open.get().table(prefix).best();
            Optional<String> site = best.flatMap(this::site);
            return new View(site, best.map(b -> spec.name() + " reaches it " + way(b, site))
                    .orElse(spec.name() + " has no path to it"), false, best.isPresent());
        } catch (RedirectException e) {
            close();
            return new View(Optional.empty(), spec.name() + " cannot be asked: " + e.getMessage(), true, false);
        }
    }

    private static String way(Path best, Optional<String> site) {
        return site.map(s -> "at " + s).orElse("by " + best.nextHop()
                + (best.asPath().isEmpty() ? "" : ", AS path " + best.asPath()));
    }

    private Optional<String> site(Path best) {
        return best.asPath().isEmpty()
                ? sites.speakers().values().stream().filter(s -> s.login().host().equals(best.nextHop()))
                        .map(RouterSpec::name).findFirst()
                : byNumber.apply(best.origin());
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
        open.ifPresent(Speaker::close);
        open = Optional.empty();
    }
}
