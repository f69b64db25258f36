package net.reroute.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.RouterStatus;
import net.reroute.core.Health.State;
import net.reroute.core.Intent;
import net.reroute.core.Verdict;
import net.reroute.health.Turns;

/** Clauses about one service and its servers, as they are at present. */
record StandingClauses(StandingFacts facts, StandingFacts.Of of) {

    /** No more servers than these are told of one by one. */
    private static final int MANY = 4;

    List<String> at() {
        return of.where().servers();
    }

    Sentence failures() {
        Sentence all = Sentence.NOTHING;
        for (String server : at()) {
            all = all.and(sick(server));
        }
        return all;
    }

    /** What is wrong with a server now; empty if nothing is. */
    Sentence sick(String server) {
        Sentence how = how(server);
        return how.isEmpty() ? how : Sentence.of(server + " ").then(how);
    }

    /** The same without its name. */
    Sentence how(String server) {
        Optional<Intent> maintenance = facts.maintenance(of.service(), server);
        if (maintenance.isPresent()) {
            return Sentence.of("drained ").then(wished(maintenance.get()));
        }
        Verdict verdict = facts.verdict(of, server);
        return switch (verdict.state()) {
            case UP -> verdict.doubt() ? Sentence.of("in doubt" + because(verdict.why())) : Sentence.NOTHING;
            case DOWN -> Sentence.of("DOWN for ").age(verdict.since()).then(because(verdict.why()));
            case UNKNOWN -> Sentence.of("without a verdict" + because(verdict.why()));
        };
    }

    static String because(String why) {
        return why.isEmpty() ? "" : ": " + why;
    }

    /** By whom, until when and why. */
    static Sentence wished(Intent intent) {
        Sentence until = intent.until().map(u -> Sentence.of(" until ").clock(u)).orElse(Sentence.NOTHING);
        String why = intent.by().why();
        return Sentence.of("by " + intent.by().who()).then(until).then(why.isEmpty() ? "" : " (\"" + why + "\")");
    }

    static Sentence pinnedTo(Intent pin) {
        return Sentence.of("pinned to " + (pin.stay() ? "stay at " : "") + pin.server() + " ").then(wished(pin));
    }

    Optional<Sentence> unusable() {
        return facts.unusable(of).map(router -> routerTrouble(router.getKey(), router.getValue()));
    }

    /** For example "gw1 unreachable for 7s, next try in 3s". */
    static Sentence routerTrouble(String name, RouterStatus status) {
        Sentence text = Sentence.of(name + " " + status.state().name().toLowerCase(Locale.ROOT) + " for ")
                .age(status.since());
        return status.next().map(n -> text.then(", next try ").in(n)).orElse(text);
    }

    /** How routers differ, and what else they tell. */
    Sentence drift() {
        Sentence all = Sentence.NOTHING;
        for (Map.Entry<String, String> router : of.drift().entrySet()) {
            all = all.and(Sentence.of(router.getKey() + " " + router.getValue()));
        }
        for (Map.Entry<String, String> router : of.where().remarks().entrySet()) {
            if (!of.drift().containsKey(router.getKey())) {
                all = all.and(Sentence.of(router.getKey() + " " + router.getValue()));
            }
        }
        return all;
    }

    Sentence remarks() {
        List<String> all = new ArrayList<>();
        of.where().remarks().forEach((router, text) -> all.add(router + " " + text));
        return Sentence.of(String.join("; ", all));
    }

    /** Why no other server takes over, each by itself. */
    Sentence others() {
        List<String> rest = of.service().servers().stream().filter(s -> !at().contains(s)).toList();
        boolean up = rest.stream().anyMatch(s -> facts.verdict(of, s).state() == State.UP);
        Sentence all = Sentence.of(up ? "no other server may take over" : "no other server is UP");
        for (int i = 0; i < Math.min(MANY, rest.size()); i++) {
            all = all.then(i == 0 ? ": " : ", ").then(other(rest.get(i)));
        }
        int more = rest.size() - MANY;
        return all.then(more > 0 ? " and " + more + " more" : "");
    }

    /** Without its evidence, which stands at the server. */
    private Sentence other(String server) {
        Optional<Intent> maintenance = facts.maintenance(of.service(), server);
        Verdict verdict = facts.verdict(of, server);
        if (maintenance.isPresent() || verdict.state() == State.UP && verdict.doubt()) {
            return sick(server);
        }
        return verdict.state() == State.UP
                ? Sentence.of(server + " set aside after a failed probe")
                : Sentence.of(server + " " + verdict.state() + " for ").age(verdict.since());
    }

    Sentence flapping() {
        Sentence all = Sentence.NOTHING;
        List<String> missing = facts.missing(of);
        for (Map.Entry<String, Integer> server : of.flapping().entrySet()) {
            if (missing.contains(server.getKey())) {
                all = all.and(Sentence.of(server.getKey() + " " + Turns.flapping(server.getValue())));
            }
        }
        return all;
    }
}
