package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import net.reroute.core.BgpSites;
import net.reroute.core.Prefix;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.bgp.Announcement.Is;
import net.reroute.ssh.Fence;

/** Finds out whether speakers can announce a prefix, without changing anything. */
public final class SpeakerTrial {

    private SpeakerTrial() {}

    /**
     * What was found at a speaker.
     *
     * @param bad true if nothing can be announced there
     * @param untold true if it announces, and no neighbour is told
     * @param text a clause
     */
    public record Found(boolean bad, boolean untold, String text) {}

    /** By the name of the speaker. */
    public static Map<String, Found> of(BgpSites sites, Prefix prefix, Duration within) {
        Map<String, Found> all = new LinkedHashMap<>();
        sites.speakers().forEach((name, spec) -> {
            try (Speaker speaker = SpeakerLogin.open(spec, within, sites, Fence.NONE)) {
                all.put(name, found(speaker.look(prefix), prefix));
            } catch (RedirectException e) {
                all.put(name, new Found(true, false, e.getMessage()));
            }
        });
        sites.vantage().ifPresent(v -> all.put(v.name(), vantage(sites, prefix, within)));
        return all;
    }

    private static Found found(Announcement now, Prefix prefix) {
        if (now.otherwise()) {
            return new Found(true, false, "originates " + prefix + " in another way than reroute would");
        }
        boolean untold = now.is() != Is.NOT && !now.isHeard();
        String says = now.is() == Is.NOT ? "does not announce " + prefix : "announces " + prefix;
        return new Found(false, untold, "speaks BGP as AS " + now.asn() + ", and " + says
                + (untold ? " to nobody" : ""));
    }

    private static Found vantage(BgpSites sites, Prefix prefix, Duration within) {
        try (Vantage vantage = new Vantage(sites, within, n -> java.util.Optional.empty())) {
            Vantage.View view = vantage.look(prefix);
            return new Found(view.away(), false, view.away() ? view.text() : "is asked from afar: " + view.text());
        }
    }
}
