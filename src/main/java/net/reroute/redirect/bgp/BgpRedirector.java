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
import net.reroute.redirect.bgp.Vantage.View;
import net.reroute.ssh.Fence;

/**
 * Redirects a prefix between sites by announcing it at one and withdrawing it at another. New announcements come first, and a
 * site is withdrawn only while another one announces.
 */
public final class BgpRedirector implements Redirector, Traits.Session {

    /** The sites before a change. */
    private record Before(List<String> sites) implements Restore {}

    private final BgpSites sites;
    private final Speakers speakers;
    private final Optional<Vantage> vantage;

    /**
     * @param within deadline of each login
     * @param fence that every change has to pass
     */
    public BgpRedirector(BgpSites sites, Duration within, BgpMemory memory, Fence fence) {
        this.sites = sites;
        this.speakers = new Speakers(sites, within, memory, fence);
        this.vantage = sites.vantage().map(v -> new Vantage(sites, within, speakers::withNumber));
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Override
    public Map<String, Seen> look(Collection<Service> services) throws RedirectException {
        Map<String, Seen> seen = new LinkedHashMap<>();
        for (Service service : services) {
            seen.put(service.name(), look(service));
        }
        speakers.rest();
        return seen;
    }

    private Seen look(Service service) throws RedirectException {
        speakers.look(service.servers(), service.prefix());
        List<String> otherwise = service.servers().stream().filter(s -> speakers.last(s).otherwise()).toList();
        List<String> announcing = service.servers().stream()
                .filter(s -> speakers.last(s).is() != Is.NOT || otherwise.contains(s)).toList();
        if (announcing.isEmpty()) {
            return new Seen.Nobody();
        }
        if (otherwise.containsAll(announcing)) {
            return new Seen.Owned(announcing, otherwise, isOthers(otherwise));
        }
        return new Seen.At(announcing, announcing, speakers.hasForgotten(), remark(service, announcing, otherwise),
                Optional.of(isLastResort(announcing)));
    }

    /** A site that announces worse beside others is one of a planned withdrawal that was cut off, or has nobody to rely on. */
    private boolean isLastResort(List<String> announcing) {
        List<Announcement> worse = announcing.stream().map(speakers::last).filter(a -> a.is() == Is.WORSE).toList();
        return !worse.isEmpty() && worse.stream().noneMatch(Announcement::isBroken);
    }

    private static String isOthers(List<String> sites) {
        return "is originated at " + String.join(", ", sites)
                + " in another way than reroute would, which is somebody else's and left alone";
    }

    private String remark(Service service, List<String> announcing, List<String> otherwise) {
        List<String> untold = announcing.stream().filter(s -> speakers.last(s).told() == 0).toList();
        List<String> all = new ArrayList<>();
        if (!speakers.lost().isEmpty()) {
            all.add("cannot be asked everywhere: " + String.join("; ", speakers.lost()));
        }
        if (!otherwise.isEmpty()) {
            all.add(isOthers(otherwise));
        }
        List<String> worse = announcing.stream().filter(s -> speakers.last(s).is() == Is.WORSE).toList();
        if (!worse.isEmpty()) {
            all.add("is announced worse at " + String.join(", ", worse));
        }
        if (!untold.isEmpty()) {
            all.add("has no neighbour that is told at " + String.join(", ", untold));
        }
        vantage.flatMap(v -> v.lately(service.prefix())).filter(v -> v.away() || !v.reaches()).map(View::text)
                .ifPresent(text -> all.add("is not seen from afar: " + text));
        return String.join("; it ", all);
    }

    // ---- acting --------------------------------------------------------------------------------------------------

    private SiteChange change(Shift shift) {
        return new SiteChange(speakers, vantage, sites.settle(), shift, wanted(shift));
    }

    private static List<String> wanted(Shift shift) {
        return shift.restore().map(r -> ((Before) r).sites()).orElse(shift.to());
    }

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) throws RedirectException {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (Shift shift : shifts) {
            lines.put(shift.service().name(), change(shift).lines());
        }
        speakers.rest();
        return lines;
    }

    @Override
    public Applied apply(List<Shift> shifts) throws RedirectException {
        Map<String, Done> done = new LinkedHashMap<>();
        for (Shift shift : shifts) {
            SiteChange change = change(shift);
            change.make();
            done.put(shift.service().name(), done(shift, change));
        }
        speakers.rest();
        return new Applied(done);
    }

    private Done done(Shift shift, SiteChange change) throws RedirectException {
        Seen now = look(shift.service());
        Optional<Restore> restore = Optional.of(new Before(shift.before().servers()));
        boolean same = Set.copyOf(now.servers()).equals(Set.copyOf(wanted(shift)));
        if (same && change.complaints.isEmpty()) {
            return new Done(Outcome.Kind.MOVED, heard(shift) + seenFromAfar(shift),
                    change.typed, now, restore);
        }
        String text = String.join("; ", change.complaints);
        return new Done(change.typed.isEmpty() ? Outcome.Kind.REFUSED : Outcome.Kind.FAILED,
                text.isEmpty() ? "announced at " + String.join("+", now.servers()) + " now" : text, change.typed, now,
                restore);
    }

    private String heard(Shift shift) {
        List<String> unheard = wanted(shift).stream().filter(s -> speakers.isLost(s) || !speakers.last(s).isHeard())
                .toList();
        return unheard.isEmpty()
                ? "read back, and neighbours are told"
                : "read back; whether neighbours hear of it from " + String.join(", ", unheard) + " is not known";
    }

    private String seenFromAfar(Shift shift) {
        return vantage.map(v -> ", and " + v.look(shift.service().prefix()).text()).orElse("");
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
        vantage.ifPresent(Vantage::close);
        speakers.close();
    }
}
