package net.reroute.simulation.linux;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Prefix;

/** FRR's {@code vtysh -c}, as far as announcements need it: two questions, and lines of configuration. */
final class Vtysh implements LinuxCommand {

    private static final Pattern TABLE = Pattern.compile("show bgp ipv[46] unicast (\\S+) json");

    private final SimulatedBgp network;
    private final BgpSpeaker speaker;
    private final Consumer<String> typed;

    /** @param typed receives every line of configuration that was taken */
    Vtysh(SimulatedBgp network, BgpSpeaker speaker, Consumer<String> typed) {
        this.network = network;
        this.speaker = speaker;
        this.typed = typed;
    }

    @Override
    public int run(LinuxCall call) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i + 1 < call.args().size(); i += 2) {
            if (!call.args().get(i).equals("-c")) {
                return call.fail(1, "invalid option -- '" + call.args().get(i) + "'");
            }
            lines.add(call.args().get(i + 1));
        }
        return lines.isEmpty() ? call.fail(1, "this machine has no dialogue with FRR") : answer(call, lines);
    }

    private int answer(LinuxCall call, List<String> lines) throws IOException {
        Matcher table = TABLE.matcher(lines.getFirst());
        if (table.matches() && Prefix.tryParse(table.group(1)).isPresent()) {
            call.out(table(Prefix.parse(table.group(1))) + "\n");
            return 0;
        }
        return switch (lines.getFirst()) {
            case "show running-config" -> {
                call.out(speaker.config());
                yield 0;
            }
            case "configure terminal" -> configure(call, lines.subList(1, lines.size()));
            default -> {
                call.out("% Unknown command: " + lines.getFirst() + "\n");
                yield 1;
            }
        };
    }

    private int configure(LinuxCall call, List<String> lines) throws IOException {
        VtyshConfig config = new VtyshConfig(speaker);
        for (String line : lines) {
            Optional<String> refusal = config.take(line);
            if (refusal.isPresent()) {
                call.out(refusal.get() + "\n");
                return 1;
            }
            typed.accept(line);
        }
        return 0;
    }

    // ---- the table ------------------------------------------------------------------------------------------------

    private ObjectNode table(Prefix prefix) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<BgpPath> own = speaker.path(prefix).stream().toList();
        boolean provider = speaker.asn().equals(Integer.toString(SimulatedBgp.PROVIDER));
        List<BgpPath> others = provider ? network.paths(prefix) : network.heardBy(speaker, prefix).stream().toList();
        if (own.isEmpty() && others.isEmpty()) {
            return json;
        }
        json.put("prefix", prefix.toString());
        ObjectNode told = json.putObject("advertisedTo");
        if (!provider) { // FRR tells the best path to all neighbours, also to the one that it is from
            told.putObject(speaker.neighbour());
        }
        var paths = json.putArray("paths");
        Stream.concat(own.stream(), others.stream()).forEach(p -> paths.add(path(p, own.contains(p), provider)));
        ((ObjectNode) paths.get(0)).putObject("bestpath").put("overall", true);
        return json;
    }

    private ObjectNode path(BgpPath path, boolean own, boolean provider) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("aspath").put("string", numbers(path, own, provider));
        json.put("metric", path.med()).put("valid", true);
        if (own) {
            json.put("weight", 32_768).put("sourced", true).put("local", true);
        }
        String near = provider ? path.nextHop() : speaker.neighbour();
        json.putArray("nexthops").addObject().put("ip", own ? "0.0.0.0" : near);
        return json;
    }

    /** Each speaker adds its number only when it tells others. */
    private static String numbers(BgpPath path, boolean own, boolean provider) {
        String all = String.join(" ", path.numbers());
        if (own) {
            return path.numbers().size() == 1
                    ? "Local"
                    : String.join(" ", path.numbers().subList(1,
                            path.numbers().size()));
        }
        return provider ? all : SimulatedBgp.PROVIDER + " " + all;
    }
}
