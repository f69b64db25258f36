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
import java.util.stream.Collectors;
import net.reroute.core.BgpSites;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec.SessionKeeping;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.bgp.Announcement.Is;

/** The speakers of all sites: their sessions, and what each was last seen to announce. One that is away is no hindrance. */
final class Speakers implements AutoCloseable {

    private static final Announcement NOTHING = new Announcement(Is.NOT, "", 0, false, "");
    /** Not asked yet by this process, and announced before. */
    private static final Announcement UNSEEN = new Announcement(Is.AS_IS, "", 1, true, "");

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
            there = SpeakerLogin.open(sites.speakers().get(site), within, sites);
            open.put(site, there);
        }
        return there;
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    /**
     * Looks at all of them at the same time: a slow one must not hold up the look at the others.
     *
     * @throws RedirectException if none answers
     */
    void look(Collection<String> names, Prefix prefix) throws RedirectException {
        lost.clear();
        Map<String, Announcement> seen = new ConcurrentHashMap<>();
        Map<String, RedirectException> failed = atOnce(names, site -> seen.put(site, of(site).look(prefix)));
        names.stream().filter(seen::containsKey).forEach(s -> note(s, seen.get(s)));
        names.stream().filter(failed::containsKey).forEach(s -> gone(s, failed.get(s)));
        allLost(names);
    }

    /** Logs out where sessions must not stay. */
    void rest() {
        open.entrySet().removeIf(e -> {
            boolean over = sites.speakers().get(e.getKey()).session() == SessionKeeping.PER_MOVE;
            if (over) {
                e.getValue().close();
            }
            return over;
        });
    }

    private void allLost(Collection<String> names) throws RedirectException {
        if (!names.isEmpty() && lost.keySet().containsAll(names)) {
            throw new RedirectException(false, String.join("; ", lost.values()), null);
        }
    }

    private interface Task {
        void at(String site) throws RedirectException;
    }

    /** Does it for each site, each on a thread of its own. Returns what failed. */
    private static Map<String, RedirectException> atOnce(Collection<String> names, Task task)
            throws RedirectException {
        Map<String, RedirectException> failed = new ConcurrentHashMap<>();
        List<Thread> threads = names.stream().map(site -> Thread.ofPlatform().daemon().name("speaker-" + site)
                .start(() -> {
                    try {
                        task.at(site);
                    } catch (RedirectException e) {
                        failed.put(site, e);
                    } catch (RuntimeException e) {
                        failed.put(site, new RedirectException(false, "internal error: " + e, e));
                    }
                })).toList();
        try {
            for (Thread thread : threads) {
                thread.join(); // every question has a deadline
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedirectException(false, "cut off", e);
        }
        return failed;
    }

    private void note(String site, Announcement now) {
        if (last(site).is() != Is.NOT && now.is() == Is.NOT) {
            forgotten.add(site);
        } else if (now.is() != Is.NOT) {
            forgotten.remove(site);
        }
        if (now.is() == Is.AS_IS) {
            maps.put(site, now.map());
        }
        last.put(site, now);
    }

    /** The route-map for the line of a site: that of the inventory, or the one that was there; empty if none is known. */
    String map(String site) {
        return sites.routeMap().isEmpty() ? maps.getOrDefault(site, "") : sites.routeMap();
    }

    /** True if neighbours are told of it now: it may have been restarted since the last look. */
    boolean stands(String site, Prefix prefix) {
        if (lost.containsKey(site)) {
            return false;
        }
        try {
            note(site, of(site).look(prefix));
            return last(site).isSettled(Is.AS_IS);
        } catch (RedirectException e) {
            gone(site, e);
            return false;
        }
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

    /** The one site that originates a path with this AS number; empty if none does, or several. */
    Optional<String> withNumber(String asn) {
        List<String> its = last.entrySet().stream().filter(e -> e.getValue().asn().equals(asn)).map(Map.Entry::getKey)
                .collect(Collectors.toList());
        return its.size() == 1 ? Optional.of(its.getFirst()) : Optional.empty();
    }

    /**
     * Logs in where it is not, and keeps the sessions from timing out.
     *
     * @return true if a site that was lost is back
     * @throws RedirectException if none answers
     */
    boolean ping() throws RedirectException {
        Set<String> before = Set.copyOf(lost.keySet());
        Set<String> names = sites.speakers().entrySet().stream()
                .filter(e -> e.getValue().session() == SessionKeeping.WARM).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Map<String, RedirectException> failed = atOnce(names, site -> of(site).stayAwake());
        failed.forEach(this::gone);
        allLost(names);
        return before.stream().anyMatch(s -> !failed.containsKey(s));
    }

    @Override
    public void close() {
        open.values().forEach(Speaker::close);
        open.clear();
    }
}
