package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.reroute.core.BgpSites;
import net.reroute.core.Prefix;
import net.reroute.redirect.RedirectException;

/** The speakers of all sites: their sessions, and what each was last seen to announce. One that is away is no hindrance. */
final class Speakers implements AutoCloseable {

    private static final Announcement NOTHING = new Announcement(Announcement.Is.NOT, "", 0, false);
    /** Not asked yet by this process, and announced before. */
    private static final Announcement UNSEEN = new Announcement(Announcement.Is.AS_IS, "", 1, false);

    private final BgpSites sites;
    private final Duration within;
    private final Map<String, Speaker> open = new ConcurrentHashMap<>();
    private final Set<String> announcedOnce;
    private final Map<String, String> maps = new HashMap<>();
    private final Map<String, Announcement> last = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Map<String, String> lost = new LinkedHashMap<>();

    /** @param announcedOnce the sites that announced when they were last seen, maybe by another process */
    Speakers(BgpSites sites, Duration within, Set<String> announcedOnce) {
        this.announcedOnce = announcedOnce;
        this.sites = sites;
        this.within = within;
    }

    /** The speaker of a site; logs in if it is not. */
    Speaker of(String site) throws RedirectException {
        Speaker there = open.get(site);
        if (there == null || !there.isOpen()) {
            Optional.ofNullable(there).ifPresent(Speaker::close);
            there = Speaker.open(sites.speakers().get(site), within);
            open.put(site, there);
        }
        return there;
    }

    /**
     * Looks at all of them.
     *
     * @throws RedirectException if none answers
     */
    void look(Collection<String> names, Prefix prefix) throws RedirectException {
        lost.clear();
        for (String site : names) {
            try {
                note(site, of(site).look(prefix));
            } catch (RedirectException e) {
                gone(site, e);
            }
        }
        if (lost.size() == names.size()) {
            throw new RedirectException(false, String.join("; ", lost.values()), null);
        }
    }

    private void note(String site, Announcement now) {
        if (last(site).is() != Announcement.Is.NOT && now.is() == Announcement.Is.NOT) {
            forgotten.add(site);
        } else if (now.is() != Announcement.Is.NOT) {
            forgotten.remove(site);
        }
        if (now.is() == Announcement.Is.AS_IS) {
            maps.put(site, now.map());
        }
        last.put(site, now);
    }

    /** The route-map that the admin had at the line of a site; empty if none is known. */
    String map(String site) {
        return maps.getOrDefault(site, "");
    }

    /** True if neighbours were told of it when it was last asked, just now. */
    boolean stands(String site) {
        return !lost.containsKey(site) && last(site).is() == Announcement.Is.AS_IS && last(site).told() > 0;
    }

    /** True if it could not be asked in this round. */
    boolean isLost(String site) {
        return lost.containsKey(site);
    }

    /** True if a site has lost an announcement that it had, as a speaker does that was restarted. */
    boolean hasForgotten() {
        return !forgotten.isEmpty();
    }

    /** What a site announces, as last seen: one that cannot be asked is taken to do what it did. */
    Announcement last(String site) {
        return last.getOrDefault(site, announcedOnce.contains(site) ? UNSEEN : NOTHING);
    }

    /** After a change by reroute. */
    void saw(String site, Announcement now) {
        forgotten.remove(site);
        last.put(site, now);
    }

    void gone(String site, RedirectException e) {
        lost.put(site, site + ": " + e.getMessage());
        Optional.ofNullable(open.remove(site)).ifPresent(Speaker::close);
    }

    /** Sites that could not be asked, with the reason. */
    List<String> lost() {
        return List.copyOf(lost.values());
    }

    /**
     * Logs in where it is not.
     *
     * @return true if a site that was lost is back
     * @throws RedirectException if none answers
     */
    boolean ping() throws RedirectException {
        boolean back = false;
        int away = 0;
        for (String site : sites.speakers().keySet()) {
            try {
                of(site);
                back |= lost.containsKey(site);
            } catch (RedirectException e) {
                lost.put(site, site + ": " + e.getMessage());
                away++;
            }
        }
        if (away == sites.speakers().size()) {
            throw new RedirectException(false, String.join("; ", lost.values()), null);
        }
        return back;
    }

    @Override
    public void close() {
        open.values().forEach(Speaker::close);
        open.clear();
    }
}
