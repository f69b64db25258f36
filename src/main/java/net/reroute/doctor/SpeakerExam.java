package net.reroute.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Frontend.Announced;
import net.reroute.core.Service;
import net.reroute.redirect.bgp.SpeakerTrial;
import net.reroute.redirect.bgp.SpeakerTrial.Found;

/** Examines the BGP speakers of a service. */
final class SpeakerExam {

    private static final String FIX = "docs/bgp.md has what a speaker needs";

    private SpeakerExam() {}

    static List<Finding> findings(Service service, Announced announced, Duration within) {
        List<Finding> findings = new ArrayList<>();
        SpeakerTrial.of(announced.bgp(), announced.prefix(), within)
                .forEach((name, found) -> findings.add(finding(name, service, found)));
        return findings;
    }

    private static Finding finding(String name, Service service, Found found) {
        if (found.bad()) {
            return Finding.bad(name, found.text(), FIX);
        }
        return found.untold()
                ? Finding.bad(name, found.text() + " (" + service.name() + ")", "its session may be down, or a policy"
                        + " keeps the prefix in: 'show bgp summary' and 'show bgp ipv4 unicast " + service.prefix()
                        + "' there")
                : Finding.good(name, found.text());
    }
}
