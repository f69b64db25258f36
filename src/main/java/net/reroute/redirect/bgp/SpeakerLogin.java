package net.reroute.redirect.bgp;

import java.time.Duration;
import net.reroute.core.BgpSites;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.RedirectException;

/** Opens speakers. */
final class SpeakerLogin {

    private SpeakerLogin() {}

    /** Logs in within this time. */
    static Speaker open(RouterSpec spec, Duration within, BgpSites sites) throws RedirectException {
        if (spec.appliance().isPresent()) {
            return new GobgpSpeaker(spec, sites);
        }
        return spec.cli().isPresent()
                ? CliSpeaker.open(spec, within, sites)
                : VtyshSpeaker.open(spec, within, sites);
    }
}
