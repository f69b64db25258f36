package net.reroute.redirect.bgp;

import java.time.Duration;
import net.reroute.core.BgpSites;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.RedirectException;
import net.reroute.ssh.Fence;

/** Opens speakers. */
final class SpeakerLogin {

    private SpeakerLogin() {}

    /**
     * Logs in within this time.
     *
     * @param fence that every change has to pass
     */
    static Speaker open(RouterSpec spec, Duration within, BgpSites sites, Fence fence) throws RedirectException {
        if (spec.appliance().isPresent()) {
            return new GobgpSpeaker(spec, sites, fence);
        }
        return spec.cli().isPresent()
                ? CliSpeaker.open(spec, within, sites, fence)
                : VtyshSpeaker.open(spec, within, sites, fence);
    }
}
