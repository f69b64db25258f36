package net.reroute.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.HistoryRequest;
import net.reroute.operations.Operations;
import net.reroute.operations.PauseReport;
import net.reroute.operations.ReloadReport;
import net.reroute.operations.ResumeReport;
import net.reroute.operations.StatusReport;
import net.reroute.view.DrillText;
import net.reroute.view.ExplanationJson;
import net.reroute.view.FindingText;
import net.reroute.view.HistoryText;
import net.reroute.view.JobsText;
import net.reroute.view.JsonFields;
import net.reroute.view.MaintenanceText;
import net.reroute.view.MomentText;
import net.reroute.view.MoveText;
import net.reroute.view.PlanText;
import net.reroute.view.StatusJson;
import net.reroute.view.ValidationText;
import net.reroute.web.Route.Field;

/** All operations of the API, under /api/v1. The document about them is made from this table. */
final class ApiRoutes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Field BECAUSE = Field.text("because", "why, for the journal");
    private static final Field DRY_RUN = Field.flag("dryRun", "tell what would be typed, and type nothing");
    private static final Field FOR = Field.text("for", "how long, like 2h; without it there is no end");
    private static final Field FORCE = Field.flag("force", "despite objections");
    private static final Field FIELDS = Field.text("fields", "only these, like headline,services.name");

    private final String version;

    ApiRoutes(String version) {
        this.version = version;
    }

    List<Route> all() {
        List<Route> all = new ArrayList<>(reading());
        all.addAll(moving());
        all.addAll(modes());
        return all;
    }

    private List<Route> reading() {
        return List.of(
                Route.get("/status", "What needs you, what happened, what comes next, and where everything is",
                        List.of(Field.text("of", "names and patterns of services, servers and routers"), FIELDS),
                        (o, c) -> fields(c, StatusJson.of(o.status(c.all("of")), version))),
                Route.get("/services", "The services of the status", List.of(FIELDS), part("services")),
                Route.get("/servers", "The servers of the status", List.of(FIELDS), part("servers")),
                Route.get("/routers", "The routers of the status", List.of(FIELDS), part("routers")),
                Route.get("/explanations/{name}", "Why a service is where it is, or what checks say of a server",
                        List.of(), (o, c) -> Reply.json(ExplanationJson.of(o.explain(c.inPath("name"))))),
                Route.get("/plan", "What would be done now, and what time will do",
                        List.of(Field.text("ifDown", "assume that this server is DOWN")),
                        (o, c) -> Reply.json(PlanText.json(o.plan(c.inQuery("ifDown"))))),
                Route.get("/history", "What was decided and done, oldest first; a thousand rows at most",
                        List.of(Field.text("since", "1d, yesterday, 2026-12-01, or a moment"),
                                Field.text("of", "names and patterns"), Field.text("kind", "kinds of rows")),
                        ApiRoutes::history),
                Route.get("/history/verification", "Whether the journal is complete and unchanged", List.of(),
                        (o, c) -> Reply.json(HistoryText.json(o.verifyHistory(List.of())))),
                Route.get("/jobs", "What is due when", List.of(), (o, c) -> Reply.json(JobsText.json(o.jobs()))),
                Route.get("/findings", "What the doctor finds; this logs in everywhere", List.of(),
                        (o, c) -> Reply.json(FindingText.json(o.examine()))),
                Route.get("/drills", "Past drills, newest first", List.of(),
                        (o, c) -> Reply.json(DrillText.json(o.drills()))),
                Route.get("/drills/{server}", "The report of a server's last drill", List.of(),
                        (o, c) -> Reply.json(o.lastDrill(c.inPath("server")).json())),
                Route.get("/zones/{zone}", "A DNS zone with the records of its names as they should be", List.of(),
                        ApiRoutes::zone),
                Route.get("/validation", "Whether the inventory's files are good", List.of(),
                        (o, c) -> Reply.json(ValidationText.json(o.validate(List.of())))));
    }

    private List<Route> moving() {
        return List.of(
                Route.post("/moves", "Moves services to a server and pins them there",
                        List.of(Field.list("services", "names, prefixes, patterns"),
                                Field.needed("to", "the server"), FOR, BECAUSE,
                                Field.flag("stay", "stay there even if the server is DOWN"), FORCE, DRY_RUN),
                        (o, c) -> Reply.json(MoveText.json(o.move(c.texts("services"), c.needed("to"), c.flag("stay"),
                                c.request())))),
                Route.post("/releases", "Gives a service back to automatic",
                        List.of(Field.needed("service", "name or prefix"), BECAUSE, DRY_RUN),
                        (o, c) -> Reply.json(MoveText.json(o.release(c.needed("service"), c.request())))),
                Route.post("/drains", "Takes all services off a server, or plans that",
                        List.of(Field.needed("server", "its name"),
                                Field.text("from", "when it begins, like 2026-12-01 02:00; needs 'for'"), FOR, BECAUSE,
                                FORCE, DRY_RUN),
                        ApiRoutes::drain),
                Route.post("/undrains", "Ends a maintenance, or cancels planned ones",
                        List.of(Field.needed("server", "its name"), BECAUSE, DRY_RUN),
                        (o, c) -> Reply.json(MoveText.json(o.undrain(c.needed("server"), c.request()).moves()))),
                Route.post("/undos", "Takes back the last wish", List.of(BECAUSE, FORCE, DRY_RUN), ApiRoutes::undo));
    }

    private List<Route> modes() {
        return List.of(
                Route.post("/pauses", "Stops automatic moves", List.of(BECAUSE), (o, c) -> {
                    PauseReport report = o.pause(c.request());
                    return Reply.json(JSON.createObjectNode().put("observes", report.observes()));
                }),
                Route.post("/resumptions", "Ends a pause; an observing controller acts from now on",
                        List.of(BECAUSE, FORCE), (o, c) -> {
                            ResumeReport report = o.resume(c.request());
                            return Reply.json(JSON.createObjectNode().put("paused", report.paused())
                                    .put("leads", report.leads()));
                        }),
                Route.post("/reloads", "Reads the inventory anew", List.of(FORCE, DRY_RUN), (o, c) -> {
                    ReloadReport report = o.reload(c.flag("force"), c.flag("dryRun"));
                    ObjectNode node = JSON.createObjectNode().put("dryRun", report.dryRun());
                    report.changes().forEach(node.putArray("changes")::add);
                    return Reply.json(node);
                }),
                Route.post("/drills", "Takes all services off a healthy server and brings them back",
                        List.of(Field.needed("server", "its name, or next"),
                                Field.flag("shadow", "decide only, and type nothing"), BECAUSE),
                        (o, c) -> Reply.json(o.drill(c.needed("server"), c.flag("shadow"), c.caller().actor(),
                                c.text("because").orElse("")).json())),
                Route.post("/plays", "Runs a playbook and waits for its end",
                        List.of(Field.needed("playbook", "its name"), Field.text("server", "what {server} stands for"),
                                Field.text("service", "what {service} stands for"),
                                Field.text("check", "what {check} stands for"), BECAUSE, DRY_RUN),
                        ApiRoutes::play));
    }

    // ---- handlers -------------------------------------------------------------------------------------------------

    private Route.Handler part(String name) {
        return (o, c) -> {
            StatusReport report = o.status(List.of());
            return fields(c, StatusJson.of(report, version).get(name));
        };
    }

    private static Reply fields(Call call, JsonNode node) {
        List<String> fields = call.all("fields");
        return Reply.json(fields.isEmpty() ? node : orBad(f -> JsonFields.keep(node, f), fields));
    }

    private static <A, T> T orBad(Function<A, T> what, A argument) {
        try {
            return what.apply(argument);
        } catch (IllegalArgumentException e) {
            throw new Call.BadRequestException(e.getMessage());
        }
    }

    private static Reply history(Operations operations, Call call) throws java.io.IOException {
        Instant since = orBad(s -> MomentText.past(s, Instant.now(), ZoneId.systemDefault()),
                call.inQuery("since").orElse("1d"));
        return Reply.json(HistoryText.json(operations.history(new HistoryRequest(since, call.all("of"),
                HistoryText.kinds(call.all("kind"))))));
    }

    private static Reply zone(Operations operations, Call call)
            throws RequestRefusedException, BadInventoryException, java.io.IOException {
        var zone = operations.zone(call.inPath("zone"));
        return Reply.json(JSON.createObjectNode().put("zone", zone.zone())
                .put("text", String.join("\n", zone.lines())));
    }

    private static Reply drain(Operations operations, Call call)
            throws RequestRefusedException, BadInventoryException, java.io.IOException {
        Optional<String> from = call.text("from");
        if (from.isEmpty()) {
            return Reply.json(MoveText.json(operations.drain(call.needed("server"), call.request(), Optional.empty())
                    .moves()));
        }
        Instant begins = orBad(f -> MomentText.parse(f, ZoneId.systemDefault()), from.get());
        if (call.duration("for").isEmpty() || !begins.isAfter(Instant.now())) {
            throw new Call.BadRequestException("'from' is a moment in the future, and needs 'for'");
        }
        return Reply.json(MaintenanceText.json(operations.planMaintenance(call.needed("server"), begins,
                call.request()).window()));
    }

    private static Reply undo(Operations operations, Call call)
            throws RequestRefusedException, BadInventoryException, java.io.IOException {
        List<String> about = new ArrayList<>();
        var report = operations.undo(call.request(), a -> about.add(a.intent()));
        ObjectNode node = JSON.createObjectNode().put("undone", String.join("; ", about)).put("holds", report.holds());
        node.set("moves", MoveText.json(report.moves()));
        return Reply.json(node);
    }

    private static Reply play(Operations operations, Call call)
            throws RequestRefusedException, BadInventoryException, java.io.IOException {
        Map<String, String> names = new LinkedHashMap<>();
        List.of("server", "service", "check").forEach(n -> call.text(n).ifPresent(v -> names.put(n, v)));
        List<String> lines = new ArrayList<>();
        boolean good = operations.play(call.needed("playbook"), names, call.request(), lines::add);
        ObjectNode node = JSON.createObjectNode().put("succeeded", good);
        lines.forEach(node.putArray("lines")::add);
        return Reply.json(node);
    }
}
