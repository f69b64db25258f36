package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import net.reroute.core.Health;
import net.reroute.core.Intent;
import net.reroute.core.Reading;
import net.reroute.core.Verdict;
import net.reroute.operations.CheckReport;
import net.reroute.operations.RefusedReload;
import net.reroute.operations.StatusReport;
import net.reroute.operations.StatusReport.Candidate;
import net.reroute.operations.StatusReport.ControllerMode;
import net.reroute.operations.StatusReport.OfServer;
import net.reroute.operations.StatusReport.OfService;
import net.reroute.operations.StatusReport.Troubles;
import net.reroute.operations.Whereabouts;
import net.reroute.redirect.tcp.SwitchReport;

/** The status as JSON, as documented in docs/json.md. */
public final class StatusJson {

    private StatusJson() {}

    /** @param version of this program */
    public static ObjectNode of(StatusReport report, String version) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", version).put("time", report.now().toString());
        AttentionJson.headline(report, root);
        mode(report, root);
        ArrayNode services = root.putArray("services");
        report.services().forEach(s -> services.add(service(s, report.connections().of(s.service().name()),
                report.now())));
        ArrayNode servers = root.putArray("servers");
        report.servers().forEach(s -> servers.add(server(s)));
        routers(report, root.putArray("routers"));
        ArrayNode addresses = root.putArray("addresses");
        report.addresses().forEach(a -> addresses.addObject().put("address", a.address().toString())
                .put("at", a.at()).put("away", a.away()).put("announced", a.announced())
                .put("contested", a.contested()).put("trouble", a.trouble()));
        ArrayNode switches = root.putArray("switches");
        report.switches().forEach((name, s) -> switches.add(ofSwitch(name, s)));
        return root;
    }

    private static void mode(StatusReport report, ObjectNode root) {
        ControllerMode mode = report.mode();
        Troubles troubles = report.troubles();
        root.put("mode", mode.configured() ? "act" : "observe");
        root.put("acts", mode.acts()).put("lead", mode.lead().isPresent()).put("daemon", mode.daemon());
        root.put("reloadRefused", troubles.reload().map(RefusedReload::why).orElse(""));
        root.put("log", troubles.log().orElse("good")).put("page", troubles.page().orElse("good"));
        troubles.findings().forEach(root.putArray("journalFindings")::add);
        mode.cluster().ifPresent(c -> root.set("cluster", ClusterText.json(c)));
        root.put("paused", mode.paused().isPresent()).put("journal", troubles.journal().orElse("good"));
    }

    /** A server, without the evidence of its checks, which stands at the services. */
    static ObjectNode server(OfServer s) {
        ObjectNode node = verdict(s.worst(), JsonNodeFactory.instance.objectNode().put("name", s.name()))
                .put("seen", s.seen().map(Instant::toString).orElse(null));
        node.set("maintenance", s.maintenance().map(StatusJson::wish).orElse(null));
        s.carries().forEach(node.putArray("carries")::add);
        s.warnings().forEach(node.putArray("warnings")::add);
        s.remarks().forEach(node.putArray("remarks")::add);
        return node;
    }

    static ObjectNode verdict(Verdict verdict, ObjectNode into) {
        return into.put("state", verdict.state().name()).put("doubt", verdict.doubt())
                .put("since", verdict.since().toString()).put("why", verdict.why());
    }

    /** A pin or a maintenance in force. */
    static ObjectNode wish(Intent intent) {
        return JsonNodeFactory.instance.objectNode().put("server", intent.kind() == Intent.Kind.PIN
                ? intent.server()
                : intent.key()).put("by", intent.by().who()).put("why", intent.by().why())
                .put("since", intent.by().at().toString())
                .put("until", intent.until().map(Instant::toString).orElse(null)).put("stay", intent.stay());
    }

    private static ObjectNode ofSwitch(String name, SwitchReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", name).put("connections", report.active())
                .put("taken", report.taken()).put("refused", report.refused()).put("lastWords", report.lastWords())
                .put("bytesToBackends", report.toBackends()).put("bytesToClients", report.toClients());
        ArrayNode backends = node.putArray("backends");
        report.backends().forEach(b -> backends.addObject().put("at", b.at()).put("used", b.allowed())
                .put("bad", b.bad()).put("connections", b.active()).put("taken", b.taken()).put("failed", b.failed()));
        return node;
    }

    private static void routers(StatusReport report, ArrayNode routers) {
        report.routers().forEach(r -> routers.addObject().put("name", r.name())
                .put("state", r.status().state().name().toLowerCase(Locale.ROOT))
                .put("since", r.status().since().toString()).put("seen", r.status().seen().toString())
                .put("read", r.read().map(Instant::toString).orElse(null))
                .put("nextTry", r.status().next().map(Instant::toString).orElse(null))
                .put("why", r.status().why())
                .put("keepsNoConnections", report.connections().troubles().get(r.name())));
    }

    private static ObjectNode service(OfService s, Map<String, Integer> left, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", s.service().name())
                .put("prefix", s.service().clientsUse()).put("home", s.service().home()).put("up", s.up());
        s.where().servers().forEach(node.putArray("now")::add);
        node.put("state", s.where().state().word());
        s.remembered().forEach(node.putArray("remembered")::add);
        ArrayNode routers = node.putArray("routers");
        s.service().routers().forEach(name -> routers.add(reading(name, s.where())));
        node.put("since", s.assignment().map(p -> p.since().toString()).orElse(null));
        node.put("origin", s.assignment().map(p -> p.origin().name().toLowerCase(Locale.ROOT)).orElse(null));
        node.put("status", s.standing().state().word()).put("why", s.standing().full().text(now));
        node.set("pin", s.wishes().pin().map(StatusJson::wish).orElse(null));
        node.put("soakEnds", s.wishes().soakEnds().map(Instant::toString).orElse(null));
        ArrayNode servers = node.putArray("servers");
        s.servers().forEach(server -> servers.add(candidate(server)));
        ObjectNode connections = node.put("flows", s.service().flows().mode().name().toLowerCase(Locale.ROOT))
                .putObject("connections");
        left.forEach(connections::put);
        ObjectNode drift = node.putObject("drift");
        s.drift().forEach(drift::put);
        return node;
    }

    private static ObjectNode reading(String name, Whereabouts where) {
        Reading reading = where.readings().get(name);
        ObjectNode router = JsonNodeFactory.instance.objectNode().put("name", name)
                .put("read", reading == null ? null : reading.at().toString());
        ArrayNode hops = router.putArray("nextHops");
        if (reading != null) {
            reading.seen().shown().forEach(hops::add);
        }
        return router.put("remark", where.remarks().getOrDefault(name, ""));
    }

    private static ObjectNode candidate(Candidate candidate) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", candidate.server())
                .put("state", candidate.verdict().state().name()).put("doubt", candidate.verdict().doubt())
                .put("since", candidate.verdict().since().toString()).put("why", candidate.verdict().why());
        ObjectNode checks = node.putObject("checks");
        candidate.checks().forEach(c -> checks.set(c.name(), check(c)));
        return node;
    }

    static ObjectNode check(CheckReport check) {
        Health health = check.health();
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("state", health.state().name());
        node.put("said", health.last() == null ? null : health.last().said());
        node.put("certificateUntil", health.last() == null
                ? null
                : health.last().certificateUntil().map(Instant::toString).orElse(null));
        node.put("at", health.last() == null ? null : health.last().at().toString());
        return node.put("failed", check.steady().failures().failed()).put("of", check.steady().failures().of());
    }
}
