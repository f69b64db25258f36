package net.reroute.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import net.reroute.core.Frontend;
import net.reroute.journal.JournalRow;
import net.reroute.operations.Attention;
import net.reroute.operations.ClusterStatus;
import net.reroute.operations.Headline;
import net.reroute.operations.StatusReport;
import net.reroute.operations.StatusReport.OfRouter;
import net.reroute.operations.StatusReport.OfServer;
import net.reroute.operations.StatusReport.OfService;

/**
 * The status in the form that the page keeps: short rows without anything that changes with time alone, so that only
 * real changes are sent.
 */
public final class PageJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PageJson() {}

    /** All but the rows of services, servers and routers. */
    public static ObjectNode top(StatusReport report, String version) {
        ObjectNode top = JsonNodeFactory.instance.objectNode().put("version", version);
        Headline headline = Headline.of(report);
        top.set("headline", AttentionJson.parts(headline.says()));
        top.put("level", headline.level().name().toLowerCase(Locale.ROOT));
        ArrayNode needs = top.putArray("needs");
        Attention.of(report).forEach(a -> needs.add(AttentionJson.attention(a)));
        AttentionJson.coming(report, top);
        top.put("acts", report.mode().acts()).put("configured", report.mode().configured())
                .put("paused", report.mode().paused().isPresent());
        report.mode().cluster().flatMap(ClusterStatus::report).ifPresent(r -> top.put("leader",
                r.leader().orElse("")).put("self", r.self()));
        ArrayNode addresses = top.putArray("addresses");
        report.addresses().forEach(a -> addresses.addObject().put("address", a.address().toString())
                .put("at", a.at()).put("away", a.away()).put("trouble", a.trouble()));
        ArrayNode channels = top.putArray("channels");
        report.troubles().channels().forEach(c -> channels.addObject().put("name", c.channel())
                .put("waiting", c.waiting()).put("trouble", c.trouble()));
        return top;
    }

    public static ObjectNode service(OfService s) {
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("name", s.service().name())
                .put("prefix", s.service().clientsUse()).put("state", s.standing().state().word())
                .put("kind", kind(s.service().frontend())).put("home", s.service().home());
        s.where().servers().forEach(row.putArray("at")::add);
        s.service().servers().forEach(row.putArray("servers")::add);
        s.service().routers().forEach(row.putArray("routers")::add);
        row.put("since", s.assignment().map(a -> a.since().toString()).orElse(null));
        if (!s.standing().says().isEmpty()) {
            row.set("says", AttentionJson.parts(s.standing().says()));
        }
        s.standing().action().ifPresent(a -> row.set("action", AttentionJson.action(a)));
        if (s.wishes().pin().isPresent()) {
            row.put("pin", s.wishes().pin().get().server());
        }
        return row;
    }

    private static String kind(Frontend frontend) {
        return switch (frontend) {
            case Frontend.Routed routed -> "route";
            case Frontend.DnsName name -> "name";
            case Frontend.Switched switched -> "switch";
            case Frontend.Balanced balanced -> "virtual server";
            case Frontend.Announced announced -> "BGP";
        };
    }

    public static ObjectNode server(OfServer s) {
        ObjectNode row = StatusJson.verdict(s.worst(), JsonNodeFactory.instance.objectNode().put("name", s.name()));
        s.maintenance().ifPresent(m -> row.set("maintenance", StatusJson.wish(m)));
        s.carries().forEach(row.putArray("carries")::add);
        s.warnings().forEach(row.putArray("warnings")::add);
        return row;
    }

    public static ObjectNode router(OfRouter r) {
        return JsonNodeFactory.instance.objectNode().put("name", r.name())
                .put("state", r.status().state().name().toLowerCase(Locale.ROOT))
                .put("since", r.status().since().toString()).put("why", r.status().why());
    }

    /** A row of the history, with the fields of its record. */
    public static ObjectNode row(JournalRow row) {
        ObjectNode node = AttentionJson.row(row).put("brief", RowText.brief(row));
        try {
            JsonNode detail = row.detail().isEmpty() ? null : JSON.readTree(row.detail());
            if (detail != null && detail.has("phases") && detail.get("phases").isObject()) {
                node.set("phases", detail.get("phases"));
            }
        } catch (JsonProcessingException e) {
            return node; // its text stands for it
        }
        return node;
    }
}
