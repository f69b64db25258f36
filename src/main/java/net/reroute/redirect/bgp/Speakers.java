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
import net.reroute.redirect.bgp.Announcement.Is;
import net.reroute.ssh.Fence;

/** The speakers of all sites: their sessions, and what each was last seen to announce. One that is away is no hindrance. */
final class Speakers implements AutoCloseable {

    private static final Announcement NOTHING = new Announcement(Is.NOT, "", 0, false, "");
    /** Not asked yet by this process, and announced before. */
    private static final Announcement UNSEEN = new Announcement(Is.AS_IS, "", 1, true, "");

    private final BgpSites sites;
    private final BgpMemory memory;
    private final Map<String, SpeakerSession> sessions = new HashMap<>();
    private final Map<String, Announcement> last = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Map<String, String> lost = new LinkedHashMap<>();

    Speakers(BgpSites sites, Duration within, BgpMemory memory, Fence fence) {
        this.memory = memory;
        this.sites = sites;
        sites.speakers().forEach((name, spec) -> sessions.put(name, new SpeakerSession(spec, within, sites, fence)));
    }

    /** The speaker of a site. */
    Speaker of(String site) throws RedirectException {
        return sessions.get(site).speaker();
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

    private void allLost(Collection<String> names) throws RedirectException {
        if (lost.keySet().containsAll(names)) {
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
        sessions.get(site).works();
        if (last(site).is() != Is.NOT && now.is() == Is.NOT) {
            forgotten.add(site);
        } else if (now.is() != Is.NOT) {
            forgotten.remove(site);
        }
        if (now.is() == Is.AS_IS) {
            memory.keepMap(site, now.map());
        }
        last.put(site, now);
    }

    /** The route-map for the line of a site: that of the inventory, or the one that was there; empty if none is known. */
    String map(String site) {
        return sites.routeMap().isEmpty() ? memory.map(site) : sites.routeMap();
    }

    /** True if neighbours are told of it now: it may have been restarted since the last look. */
    boolean stands(String site, Prefix prefix) {
        if (lost.containsKey(site)) {
            return false;
        }
        try {
            note(site, of(site).look(prefix));
            return last(site).isHeard();
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
        return last.getOrDefault(site, memory.announced().contains(site) ? UNSEEN : NOTHING);
    }

    /** After a change by reroute. */
    void saw(String site, Announcement now) {
        forgotten.remove(site);
        last.put(site, now);
    }

    void gone(String site, RedirectException e) {
        lost.put(site, site + ": " + e.getMessage());
        sessions.get(site).lost(e);
    }

    /** Sites that could not be asked, with the reason. */
    List<String> lost() {
        return List.copyOf(lost.values());
    }

    /** The one site that originates a path with this AS number; empty if none does, or several. */
    Optional<String> withNumber(String asn) {
        List<String> its = last.entrySet().stream().filter(e -> e.getValue().asn().equals(asn)).map(Map.Entry::getKey)
                .toList();
        return its.size() == 1 ? Optional.of(its.getFirst()) : Optional.empty();
    }

    // ---- sessions ------------------------------------------------------------------------------------------------

    /**
     * Keeps the sessions from timing out.
     *
     * @return true if a site was lost, or one that was lost can be asked again
     * @throws RedirectException if none answers
     */
    boolean ping() throws RedirectException {
        List<String> here = sessions.keySet().stream().filter(s -> !lost.containsKey(s)).toList();
        Map<String, RedirectException> failed = atOnce(here, site -> sessions.get(site).stayAwake());
        failed.forEach(this::gone);
        boolean back = lost.keySet().stream().anyMatch(s -> sessions.get(s).isBack());
        if (!back) {
            allLost(sessions.keySet());
        }
        return back || !failed.isEmpty();
    }

    /** Logs out where sessions must not stay. */
    void rest() {
        sessions.values().forEach(SpeakerSession::rest);
    }

    @Override
    public void close() {
        sessions.values().forEach(SpeakerSession::close);
    }
}
