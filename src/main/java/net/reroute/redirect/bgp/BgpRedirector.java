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
     * @param announcedOnce the sites that announced when they were last seen
     */
    public BgpRedirector(BgpSites sites, Duration within, Set<String> announcedOnce) {
        this.sites = sites;
        this.speakers = new Speakers(sites, within, announcedOnce);
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
        List<String> announcing = service.servers().stream().filter(s -> speakers.last(s).is() != Is.NOT).toList();
        List<String> otherwise = service.servers().stream().filter(s -> speakers.last(s).otherwise()).toList();
        if (!otherwise.isEmpty()) {
            return new Seen.Owned(announcing, otherwise, "originates it at " + String.join(", ", otherwise)
                    + " in another way than reroute would, so it is somebody else's");
        }
        List<String> worse = announcing.stream().filter(s -> speakers.last(s).is() == Is.WORSE).toList();
        if (!worse.isEmpty() && worse.size() < announcing.size()) { // a planned withdrawal that was cut off
            return new Seen.Foreign(announcing, "a worse announcement at " + String.join(", ", worse), true, true);
        }
        return announcing.isEmpty()
                ? new Seen.Nobody()
                : new Seen.At(announcing, announcing, speakers.hasForgotten(), remark(service, announcing),
                        Optional.of(!worse.isEmpty()));
    }

    private String remark(Service service, List<String> announcing) {
        List<String> untold = announcing.stream().filter(s -> speakers.last(s).told() == 0).toList();
        List<String> all = new ArrayList<>();
        if (!speakers.lost().isEmpty()) {
            all.add("cannot be asked everywhere: " + String.join("; ", speakers.lost()));
        }
        if (!untold.isEmpty()) {
            all.add("has no neighbour that is told at " + String.join(", ", untold));
        }
        vantage.map(v -> v.look(service.prefix())).filter(v -> v.away() || !v.reaches()).map(View::text)
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
            return new Done(Outcome.Kind.MOVED, "read back, and neighbours are told" + seenFromAfar(shift),
                    change.typed, now, restore);
        }
        String text = String.join("; ", change.complaints);
        return new Done(change.typed.isEmpty() ? Outcome.Kind.REFUSED : Outcome.Kind.FAILED,
                text.isEmpty() ? "announced at " + String.join("+", now.servers()) + " now" : text, change.typed, now,
                restore);
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
