package net.reroute.control;

import java.util.List;
import net.reroute.core.Decision;
import net.reroute.core.RouteRemarks.ProbeBlind;
import net.reroute.core.Service;

/** Judges what a probe through a router proves about the servers that a move added. */
record ProbeJudge(Parts parts, ControllerState state, ProbeEvidence evidence) {

    /** A probe that fails at every server proves nothing: that is recorded once, and the checks decide. */
    Prober.ProbeFinding weighed(Decision decision, Prober.ProbeFinding finding) {
        String service = decision.service().name();
        if (finding.kind() == Prober.ProbeResult.GOOD) {
            evidence.good(service);
        }
        if (finding.kind() != Prober.ProbeResult.BAD
                || evidence.speaksAgainst(service, decision.joining(), fit(decision.service()))) {
            return finding;
        }
        state.absolve(service);
        String text = "its probe fails whatever server carries it, so it proves nothing about any (" + finding.text()
                + ")";
        if (evidence.becomesBlind(service)) {
            parts.audit().record(new ProbeBlind(service, decision.service().address(), text));
        }
        return new Prober.ProbeFinding(Prober.ProbeResult.NOT_TAKEN, text);
    }

    private List<String> fit(Service service) {
        return service.servers().stream().filter(s -> parts.monitor().verdict(s, service.name()).candidate()
                && state.intents().maintenance(s, parts.clock().instant()).isEmpty()).toList();
    }
}
