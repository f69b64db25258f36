package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.core.Prefix;
import net.reroute.core.Shift;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.bgp.Announcement.Is;
import net.reroute.redirect.bgp.Vantage.View;

/** One change of the sites that announce a prefix, step by step. It stops where nothing else would announce it. */
final class SiteChange {

    /** For neighbours to be told: bgpd coalesces, and a session may just be starting. */
    private static final Duration TOLD = Duration.ofSeconds(3);
    /** For the network to leave a site that announces worse, or not at all. */
    private static final Duration LEFT = Duration.ofSeconds(5);

    private record Step(String site, Is to) {}

    private final Speakers speakers;
    private final Optional<Vantage> vantage;
    private final Duration settle;
    private final Shift shift;
    private final Prefix prefix;
    private final List<String> wanted;
    private final Is form;
    private final List<String> leaving;
    final List<String> typed = new ArrayList<>();
    final List<String> complaints = new ArrayList<>();

    /** @param wanted the sites that shall announce */
    SiteChange(Speakers speakers, Optional<Vantage> vantage, Duration settle, Shift shift, List<String> wanted) {
        this.speakers = speakers;
        this.vantage = vantage;
        this.settle = settle;
        this.shift = shift;
        this.prefix = shift.service().prefix();
        this.wanted = wanted;
        this.form = shift.lastResort() ? Is.WORSE : Is.AS_IS;
        this.leaving = shift.service().servers().stream()
                .filter(s -> !wanted.contains(s) && speakers.last(s).is() != Is.NOT && isOurs(s)).toList();
    }

    /** What has to be done, in order: announcements first. A planned withdrawal begins with a worse announcement. */
    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        wanted.stream().filter(s -> isOurs(s) && (speakers.last(s).is() != form || speakers.last(s).isBroken()))
                .forEach(s -> steps.add(new Step(s, form)));
        if (shift.planned()) {
            leaving.forEach(s -> steps.add(new Step(s, Is.WORSE)));
        }
        leaving.forEach(s -> steps.add(new Step(s, Is.NOT)));
        return steps;
    }

    /** What somebody else makes a speaker announce is left alone. */
    private boolean isOurs(String site) {
        return !speakers.last(site).otherwise();
    }

    /** The lines of all steps. */
    List<String> lines() throws RedirectException {
        List<String> all = new ArrayList<>();
        for (Step step : steps()) {
            all.addAll(lines(step));
        }
        return all;
    }

    private List<String> lines(Step step) throws RedirectException {
        return speakers.of(step.site).lines(prefix, step.to, speakers.map(step.site)).stream()
                .map(l -> step.site + ": " + l).toList();
    }

    void make() throws RedirectException {
        Is waitedFor = form;
        for (Step step : steps()) {
            boolean leaves = !wanted.contains(step.site);
            if (leaves && shift.planned() && step.to != waitedFor) {
                Speaker.pause(settle); // others must have heard of the new site before the old one goes
                waitedFor = step.to;
            }
            if (leaves && wanted.stream().noneMatch(this::carries)) {
                stay(step.site);
                if (shift.planned()) {
                    break;
                }
            } else if (!(leaves && shift.planned() && step.to == Is.NOT && isInUse(step.site))) {
                take(step);
            }
        }
        lookFromAfar();
    }

    /** True if neighbours hear of it from this site. A planned change takes nothing from a site that works on trust. */
    private boolean carries(String site) {
        return shift.planned()
                ? speakers.stands(site, prefix)
                : !speakers.isLost(site) && speakers.last(site).isHeard();
    }

    /** The last site that is known to be heard is never withdrawn. If it fails, it announces worse: others may be there. */
    private void stay(String site) {
        if (!shift.planned() && speakers.last(site).is() != Is.WORSE) {
            take(new Step(site, Is.WORSE));
        }
        complaints.add(site + (shift.planned() ? " stays, since " : " announces worse and stays, since ")
                + (wanted.isEmpty()
                        ? "nothing else is left"
                        : wanted.stream().map(this::whyNot).collect(
                                Collectors.joining(", "))));
    }

    private String whyNot(String site) {
        return site + (speakers.isLost(site) ? " cannot be asked" : " is not heard of by any neighbour");
    }

    private boolean isInUse(String site) throws RedirectException {
        if (vantage.isEmpty()) {
            return false;
        }
        View view = vantage.get().awaitLeft(prefix, site, LEFT);
        boolean inUse = view.site().equals(Optional.of(site));
        if (inUse) {
            complaints.add(site + " stays, since " + view.text() + " although it announces worse");
        }
        return inUse;
    }

    /** With a vantage, a change is made when the network has followed. */
    private void lookFromAfar() throws RedirectException {
        if (vantage.isEmpty() || !complaints.isEmpty()) {
            return;
        }
        View view = vantage.get().look(prefix);
        for (String site : leaving) {
            view = vantage.get().awaitLeft(prefix, site, TOLD);
        }
        boolean old = view.site().filter(s -> !wanted.contains(s)).isPresent();
        if (!view.away() && (old || !view.reaches())) {
            complaints.add(view.text());
        }
    }

    private void take(Step step) {
        if (speakers.isLost(step.site)) {
            complaints.add(step.site + " cannot be reached"); // its time was spent in the look
            return;
        }
        try {
            List<String> lines = speakers.of(step.site).lines(prefix, step.to, speakers.map(step.site));
            Optional<String> refused = speakers.of(step.site).type(lines);
            if (refused.isPresent()) {
                complaints.add(step.site + " refused: " + refused.get());
                return;
            }
            lines.forEach(l -> typed.add(step.site + ": " + l));
            Announcement now = speakers.of(step.site).await(prefix, step.to, TOLD);
            speakers.saw(step.site, now);
            if (!now.isSettled(step.to)) {
                complaints.add(step.site + " has taken the line, and " + (now.is() != step.to
                        ? "its configuration does not show it"
                        : now.told() + " neighbours are told of it"));
            }
        } catch (RedirectException e) {
            speakers.gone(step.site, e);
            complaints.add(step.site + ": " + e.getMessage());
        }
    }
}
