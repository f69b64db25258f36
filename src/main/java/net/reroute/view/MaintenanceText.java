package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.reroute.core.Intent;
import net.reroute.operations.MaintenanceReport;
import net.reroute.operations.UndrainReport;

/** Planned maintenances, as text and as JSON. */
public final class MaintenanceText {

    private MaintenanceText() {}

    public static List<String> lines(MaintenanceReport report) {
        Intent window = report.window();
        return List.of((report.dryRun() ? "would be planned" : "planned") + ": " + window.server()
                + " carries nothing from "
                + MomentText.text(window.from().orElseThrow()) + " until "
                + MomentText.text(window.until().orElseThrow())
                + "; 'reroute undrain " + window.server() + "' cancels it");
    }

    public static List<String> cancelled(UndrainReport report) {
        String done = report.moves().dryRun() ? "would be cancelled" : "cancelled";
        return report.cancelled().stream().map(w -> done + ": maintenance of " + w.server() + " from "
                + MomentText.text(w.from().orElseThrow())).toList();
    }

    public static ArrayNode json(List<Intent> windows) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        windows.forEach(w -> array.add(json(w)));
        return array;
    }

    public static ObjectNode json(Intent window) {
        return JsonNodeFactory.instance.objectNode().put("server", window.server())
                .put("from", window.from().orElseThrow().toString())
                .put("until", window.until().orElseThrow().toString()).put("by", window.by().who())
                .put("why", window.by().why());
    }
}
