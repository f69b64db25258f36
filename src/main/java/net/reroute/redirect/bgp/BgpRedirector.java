package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.BgpSites;
import net.reroute.core.Outcome;
import net.reroute.core.Prefix;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Shift.Restore;
import net.reroute.redirect.Applied;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.Traits;
import net.reroute.redirect.bgp.Announcement.Is;

/**
 * Redirects a prefix between sites by announcing it at one and withdrawing it at another. New announcements come first, and a
 * site is withdrawn only while another one announces.
 */
public final class BgpRedirector implements Redirector, Traits.Session {

    /** For neighbours to be told: bgpd coalesces, and a session may just be starting. */
    private static final Duration TOLD = Duration.ofSeconds(3);

    /** The sites before a change. */
    private record Before(List<String> sites) implements Restore {}

    private final BgpSites sites;
    private final Speakers speakers;

    /**
     * @param within deadline of each login
     * @param announcedOnce the sites that announced when they were last seen
     */
    public BgpRedirector(BgpSites sites, Duration within, Set<String> announcedOnce) {
        this.sites = sites;
        this.speakers = new Speakers(sites, within, announcedOnce);
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Override
    public Map<String, Seen> look(Collection<Service> services) throws RedirectException {
        Map<String, Seen> seen = new LinkedHashMap<>();
        for (Service service : services) {
            seen.put(service.name(), look(service));
        }
        return seen;
    }

    private Seen look(Service service) throws RedirectException {
        speakers.look(service.servers(), service.prefix());
        List<String> announcing = service.servers().stream().filter(s -> speakers.last(s).is() != Is.NOT).toList();
        List<String> otherwise = service.servers().stream().filter(s -> speakers.last(s).otherwise()).toList();
        if (!otherwise.isEmpty()) {
            return new Seen.Owned(announcing, otherwise, "originates it without a 'network' line at "
                    + String.join(", ", otherwise) + ", so it is somebody else's");
        }
        List<String> worse = announcing.stream().filter(s -> speakers.last(s).is() == Is.WORSE).toList();
        if (!worse.isEmpty()) { // a planned withdrawal that was cut off
            return new Seen.Foreign(announcing, "a worse announcement at " + String.join(", ", worse), true, true);
        }
        return announcing.isEmpty()
                ? new Seen.Nobody()
                : new Seen.At(announcing, announcing, speakers.hasForgotten(), remark(announcing));
    }

    private String remark(List<String> announcing) {
        List<String> untold = announcing.stream().filter(s -> speakers.last(s).told() == 0).toList();
        List<String> all = new ArrayList<>();
        if (!speakers.lost().isEmpty()) {
            all.add("cannot be asked everywhere: " + String.join("; ", speakers.lost()));
        }
        if (!untold.isEmpty()) {
            all.add("has no neighbour that is told at " + String.join(", ", untold));
        }
        return String.join("; it ", all);
    }

    // ---- acting --------------------------------------------------------------------------------------------------

    private record Step(String site, Is to) {}

    /** What has to be done, in order: announcements first. A planned withdrawal begins with a worse announcement. */
    private List<Step> steps(Shift shift, List<String> wanted) {
        List<Step> steps = new ArrayList<>();
        wanted.stream().filter(s -> speakers.last(s).is() != Is.AS_IS).forEach(s -> steps.add(new Step(s, Is.AS_IS)));
        List<String> leaving = shift.service().servers().stream()
                .filter(s -> !wanted.contains(s) && speakers.last(s).is() != Is.NOT).toList();
        if (shift.planned()) {
            leaving.forEach(s -> steps.add(new Step(s, Is.WORSE)));
        }
        leaving.forEach(s -> steps.add(new Step(s, Is.NOT)));
        return steps;
    }

    private static List<String> wanted(Shift shift) {
        return shift.restore().map(r -> ((Before) r).sites()).orElse(shift.to());
    }

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) throws RedirectException {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (Shift shift : shifts) {
            List<String> all = new ArrayList<>();
            for (Step step : steps(shift, wanted(shift))) {
                all.addAll(lines(step, shift.service().prefix()));
            }
            lines.put(shift.service().name(), all);
        }
        return lines;
    }

    private List<String> lines(Step step, Prefix prefix) throws RedirectException {
        return speakers.of(step.site).lines(prefix, step.to, speakers.map(step.site)).stream()
                .map(l -> step.site + ": " + l).toList();
    }

    @Override
    public Applied apply(List<Shift> shifts) throws RedirectException {
        Map<String, Done> done = new LinkedHashMap<>();
        for (Shift shift : shifts) {
            done.put(shift.service().name(), apply(shift));
        }
        return new Applied(done);
    }

    private Done apply(Shift shift) throws RedirectException {
        Prefix prefix = shift.service().prefix();
        List<String> typed = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        boolean settled = false;
        for (Step step : steps(shift, wanted(shift))) {
            boolean leaves = step.to != Is.AS_IS;
            if (leaves && wanted(shift).stream().noneMatch(s -> carries(s, shift.planned()))) {
                complaints.add(step.site + " stays, since nothing else announces " + prefix);
                break;
            }
            if (leaves && shift.planned() && !settled) {
                pause(); // others must have heard of the new site before the old one goes
                settled = step.to == Is.NOT;
            }
            take(step, prefix, typed).ifPresent(complaints::add);
        }
        return done(shift, typed, complaints);
    }

    /** A dead site may go if another one announced when it was last seen; one that works, only if it does so now. */
    private boolean carries(String site, boolean planned) {
        return planned ? speakers.stands(site) : speakers.last(site).is() == Is.AS_IS;
    }

    private void pause() throws RedirectException {
        try {
            Thread.sleep(sites.settle());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedirectException(false, "cut off", e);
        }
    }

    private Optional<String> take(Step step, Prefix prefix, List<String> typed) {
        if (speakers.isLost(step.site)) {
            return Optional.of(step.site + " cannot be reached"); // its time was spent in the look
        }
        try {
            Speaker speaker = speakers.of(step.site);
            Optional<String> complaint = speaker.type(speaker.lines(prefix, step.to, speakers.map(step.site)));
            if (complaint.isPresent()) {
                return complaint.map(c -> step.site + " refused: " + c);
            }
            typed.addAll(lines(step, prefix));
            Announcement now = speaker.await(prefix, step.to, TOLD);
            speakers.saw(step.site, now);
            return now.isSettled(step.to)
                    ? Optional.empty()
                    : Optional.of(step.site + " has taken the line, and " + now.told() + " neighbours are told of it");
        } catch (RedirectException e) {
            speakers.gone(step.site, e);
            return Optional.of(step.site + ": " + e.getMessage());
        }
    }

    private Done done(Shift shift, List<String> typed, List<String> complaints) throws RedirectException {
        Seen now = look(shift.service());
        Optional<Restore> restore = Optional.of(new Before(shift.before().servers()));
        boolean same = Set.copyOf(now.servers()).equals(Set.copyOf(wanted(shift)));
        if (same && complaints.isEmpty()) {
            return new Done(Outcome.Kind.MOVED, "read back, and neighbours are told", typed, now, restore);
        }
        String text = String.join("; ", complaints);
        return new Done(typed.isEmpty() ? Outcome.Kind.REFUSED : Outcome.Kind.FAILED,
                text.isEmpty() ? "announced at " + String.join("+", now.servers()) + " now" : text, typed, now,
                restore);
    }

    // ---- what it is ----------------------------------------------------------------------------------------------

    @Override
    public Traits traits() {
        return new Traits(true, sites.settle(), Set.of(), Optional.of(this), Optional.empty(), Optional.empty());
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean ping() throws RedirectException {
        return speakers.ping();
    }

    @Override
    public void close() {
        speakers.close();
    }
}
