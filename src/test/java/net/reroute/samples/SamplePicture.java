package net.reroute.samples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Inventory;
import net.reroute.core.Service;

/**
 * The picture of a sample, drawn from its inventory: clients, what leads to the servers, the servers, and reroute below.
 * A solid arrow is the way to the home of a service; a dashed one leads to the next server of the first service.
 */
final class SamplePicture {

    private static final int MIDDLE = 210;
    private static final int RIGHT = 540;
    private static final int WIDE = 240;
    private static final int TOP = 62;
    private static final int GAP = 22;
    private static final int LINE = 18;
    private static final int HEAD = 34;
    private static final int CORRIDOR = RIGHT + WIDE + 20;

    private record Box(int x, int y, int width, int height) {

        int middle() {
            return y + height / 2;
        }

        int bottom() {
            return y + height;
        }
    }

    private final String name;
    private final Inventory inventory;
    private final SampleWords words;
    private final Map<String, Box> leading = new LinkedHashMap<>();
    private final Map<String, Box> servers = new LinkedHashMap<>();
    private final StringBuilder boxes = new StringBuilder();
    private final StringBuilder lines = new StringBuilder();

    SamplePicture(String name, Inventory inventory) {
        this.name = name;
        this.inventory = inventory;
        this.words = new SampleWords(inventory);
    }

    /** The picture as SVG. */
    String draw() {
        int bottom = Math.max(column(words.leads(), MIDDLE, leading), column(words.holds(), RIGHT, servers));
        inventory.services().values().forEach(this::ways);
        int end = controllers(bottom + 34);
        return frame(end + 20).replace("NAME", name).replace("DESCRIPTION", words.described())
                .replace("BODY\n", lines.toString() + boxes);
    }

    private static String frame(int height) {
        try (InputStream in = SamplePicture.class.getResourceAsStream("picture.svg")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("HEIGHT", Integer.toString(height));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- what stands where ------------------------------------------------------------------------------------------

    /** Draws boxes below each other. Returns where the last one ends. */
    private int column(Map<String, List<String>> content, int x, Map<String, Box> into) {
        int y = TOP;
        for (Map.Entry<String, List<String>> one : content.entrySet()) {
            String who = one.getKey().split(" ")[0];
            Box box = new Box(x, words.isAnnounced() ? beside(who, y, into) : y, WIDE,
                    HEAD + LINE * one.getValue().size());
            into.put(who, box);
            box(box, one.getKey(), one.getValue());
            y = box.bottom() + GAP;
        }
        return y - GAP;
    }

    /** A speaker stands beside the first server of its site. */
    private int beside(String who, int y, Map<String, Box> into) {
        if (into != leading) {
            return y;
        }
        List<String> all = List.copyOf(inventory.servers().keySet());
        String first = inventory.services().values().iterator().next().announced().orElseThrow().sites().get(who)
                .getFirst();
        return TOP + all.indexOf(first) * (HEAD + LINE * inventory.services().size() + GAP);
    }

    private void box(Box box, String head, List<String> more) {
        boxes.append("  <rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n".formatted(
                box.x(), box.y(), box.width(), box.height()));
        text("", box.x() + 12, more.isEmpty() ? box.middle() + 5 : box.y() + 22, head);
        for (int i = 0; i < more.size(); i++) {
            text("code", box.x() + 12, box.y() + 42 + LINE * i, more.get(i));
        }
    }

    private void text(String kind, int x, int y, String text) {
        boxes.append("  <text%s x=\"%d\" y=\"%d\">%s</text>\n".formatted(kind.isEmpty()
                ? ""
                : " class=\"" + kind + "\"", x, y, text));
    }

    // ---- ways -------------------------------------------------------------------------------------------------------

    private void ways(Service service) {
        boolean first = service.equals(inventory.services().values().iterator().next());
        if (service.announced().isPresent()) {
            service.announced().get().sites().forEach((site, its) -> {
                way(leading.get(site).middle(), its.getFirst(), 0, "way");
                its.stream().skip(1).limit(1).forEach(next -> way(leading.get(site).middle() + 12, next, 0, "next"));
            });
            return;
        }
        int at = List.copyOf(inventory.services().values()).indexOf(service);
        List<Box> from = service.livesOnLan()
                ? List.copyOf(leading.values())
                : service.routers().stream().map(leading::get).toList();
        for (int i = 0; i < from.size(); i++) {
            int y = from.get(i).y() + 38 + LINE * at;
            way(y, service.home(), (i - at) * 14, "way");
            if (first) {
                way(y, service.servers().get(1), 20 + i * 8, "next");
            }
        }
    }

    /** From a line of what leads there to a server, a bit beside its middle. */
    private void way(int from, String server, int beside, String kind) {
        int to = servers.get(server).middle() + Math.clamp(beside, -20, 20);
        lines.append("  <path class=\"%s\" d=\"M%d %dC%d %d %d %d %d %d\" marker-end=\"url(#tip)\"/>\n".formatted(kind,
                MIDDLE + WIDE, from, MIDDLE + WIDE + 45, from, RIGHT - 45, to, RIGHT - 3, to));
    }

    // ---- clients and controllers ------------------------------------------------------------------------------------

    /** Draws what checks and decides. Returns where it ends. */
    private int controllers(int y) {
        Box clients = new Box(20, (TOP + leading.values().stream().mapToInt(Box::bottom).max().orElseThrow()) / 2 - 24,
                90, 48);
        box(clients, "clients", List.of());
        leading.values()
                .forEach(l -> lines.append(("  <path class=\"way\" d=\"M110 %d L%d %d\" marker-end=\"url(#tip)\"/>"
                        + "\n").formatted(clients.middle(), MIDDLE - 3, l.middle())));
        List<Member> members = List.copyOf(inventory.settings().cluster().members().values());
        int wide = members.isEmpty() ? WIDE : 140;
        int x = MIDDLE + WIDE / 2 - (Math.max(1, members.size()) * (wide + 10) - 10) / 2;
        for (int i = 0; i < Math.max(1, members.size()); i++) {
            box(new Box(x + i * (wide + 10), y, wide, 40), members.isEmpty()
                    ? "reroute"
                    : members.get(i).name() + "  " + members.get(i).address(), List.of());
        }
        int right = x + Math.max(1, members.size()) * (wide + 10) - 10;
        watch(x, right, y);
        if (!members.isEmpty()) {
            path("M%d %dH%d".formatted(x, y + 20, right));
            text("", x, y + 60, "a majority elects the one that leads and logs in");
        }
        return y + (members.isEmpty() ? 40 : 64);
    }

    /** Logins on the left, checks on the right. */
    private void watch(int left, int right, int y) {
        int corridor = MIDDLE - 24;
        if (words.isLan()) {
            text("", RIGHT + 110, y + 14, "checks, SSH");
        } else if (leading.size() == 1) {
            text("", MIDDLE + WIDE / 2 + 8, y - 6, "SSH");
            path("M%d %dV%d".formatted(MIDDLE + WIDE / 2, y, leading.values().iterator().next().bottom()));
        } else {
            text("", corridor - 36, y - 6, "SSH");
            leading.values().forEach(l -> path("M%d %dH%dV%dH%d".formatted(Math.max(left, MIDDLE), y + 20, corridor,
                    l.bottom() - 8, MIDDLE)));
        }
        servers.values().forEach(s -> path("M%d %dH%dV%dH%d".formatted(right, y + 20, CORRIDOR, s.middle(),
                RIGHT + WIDE)));
        if (!words.isLan()) {
            text("", RIGHT + 130, y + 14, "checks");
        }
    }

    private void path(String d) {
        lines.append("  <path class=\"watch\" d=\"").append(d).append("\"/>\n");
    }
}
