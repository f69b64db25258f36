package net.reroute.redirect.bgp;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import net.reroute.command.CommandResult;
import net.reroute.command.LocalCommand;
import net.reroute.core.BgpSites;
import net.reroute.core.BgpSites.Worse;
import net.reroute.core.GobgpSpec;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.bgp.Announcement.Is;
import net.reroute.redirect.bgp.BgpTable.Path;
import net.reroute.ssh.Fence;

/**
 * BGP sessions of the controller's own, held by a GoBGP daemon (gobgpd 3) and commanded by its client. It announces a
 * path with the site's next hop. There is no configuration to look at: what is in its table is what it announces.
 */
final class GobgpSpeaker implements Speaker {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The state of a session over which routes are exchanged (RFC 4271, 8.2.2), as GoBGP counts them. */
    private static final int ESTABLISHED = 6;
    private static final long GRACEFUL_SHUTDOWN = 65_535L << 16;
    private static final int AS_PATH = 2;
    private static final int NEXT_HOP = 3;
    private static final int COMMUNITIES = 8;
    private static final int REACHABLE = 14;

    private final GobgpSpec spec;
    private final BgpSites sites;
    private final Fence fence;
    private String asn = "";

    GobgpSpeaker(RouterSpec spec, BgpSites sites, Fence fence) {
        this.fence = fence;
        this.spec = (GobgpSpec) spec.appliance().orElseThrow();
        this.sites = sites;
    }

    private String client() {
        return "gobgp -u " + spec.api().address() + " -p " + spec.api().port();
    }

    private CommandResult run(String line) {
        return LocalCommand.run(List.of(line.split(" ")), Map.of(), "", PATIENCE);
    }

    private JsonNode ask(String what) throws RedirectException {
        CommandResult answer = run(client() + " -j " + what);
        if (!answer.ok()) {
            throw new RedirectException(answer.ending() == CommandResult.Ending.NOT_RUN, why(answer), null);
        }
        try {
            JsonNode json = JSON.readTree(answer.output());
            if (json.has("error")) {
                throw new RedirectException(false, json.path("error").asText(), null);
            }
            return json;
        } catch (JacksonException e) {
            throw new RedirectException(true, "what gobgp says is not understood: " + e.getOriginalMessage(), e);
        }
    }

    private String why(CommandResult answer) {
        return switch (answer.ending()) {
            case NOT_RUN -> "gobgp cannot be run here; install GoBGP (" + answer.sentence() + ")";
            case ENDED, TOO_LATE, LOST -> "no gobgpd answers at " + spec.api() + "; is it running, with --api-hosts "
                    + spec.api() + "? (" + answer.sentence() + ")";
        };
    }

    private static String rib(Prefix prefix) {
        return "global rib -a " + (prefix.network().v6() ? "ipv6" : "ipv4");
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Override
    public Announcement look(Prefix prefix) throws RedirectException {
        if (asn.isEmpty()) {
            asn = ask("global").path("asn").asText();
        }
        JsonNode all = ask(rib(prefix) + " " + prefix).path(prefix.toString());
        Optional<JsonNode> own = StreamSupport.stream(all.spliterator(), false).filter(GobgpSpeaker::isLocal)
                .findFirst();
        if (own.isEmpty() || !nextHop(own.get()).equals(spec.nextHop().toString())) {
            return new Announcement(Is.NOT, "", 0, own.isPresent(), asn);
        }
        return new Announcement(isWorse(own.get()) ? Is.WORSE : Is.AS_IS, "", told(prefix), true, asn);
    }

    /** Paths from neighbours name them. */
    private static boolean isLocal(JsonNode path) {
        return !path.has("source-id") && !path.has("neighbor-ip");
    }

    private static Optional<JsonNode> attribute(JsonNode path, int type) {
        return StreamSupport.stream(path.path("attrs").spliterator(), false)
                .filter(a -> a.path("type").asInt() == type).findFirst();
    }

    private static String nextHop(JsonNode path) {
        return attribute(path, NEXT_HOP).or(() -> attribute(path, REACHABLE)).map(a -> a.path("nexthop").asText())
                .orElse("");
    }

    private boolean isWorse(JsonNode path) {
        boolean community = StreamSupport.stream(attribute(path, COMMUNITIES).map(a -> a.path("communities"))
                .orElse(JSON.createArrayNode()).spliterator(), false).anyMatch(c -> c.asLong() == GRACEFUL_SHUTDOWN);
        boolean other = path.path("attrs").findValue("metric") != null || attribute(path, AS_PATH)
                .filter(a -> !a.path("as_paths").isEmpty()).isPresent();
        return community || other;
    }

    private int told(Prefix prefix) throws RedirectException {
        int told = 0;
        for (JsonNode neighbor : ask("neighbor")) {
            String address = neighbor.path("state").path("neighbor_address").asText();
            boolean up = neighbor.path("state").path("session_state").asInt() == ESTABLISHED;
            if (up && ask("neighbor " + address + " adj-out " + rib(prefix).substring("global rib ".length()))
                    .has(prefix.toString())) {
                told++;
            }
        }
        return told;
    }

    @Override
    public BgpTable table(Prefix prefix) throws RedirectException {
        List<Path> paths = new ArrayList<>();
        ask(rib(prefix) + " " + prefix).path(prefix.toString()).forEach(p -> paths.add(new Path(
                p.path("best").asBoolean(), isLocal(p), attribute(p, AS_PATH).map(GobgpSpeaker::numbers).orElse(""),
                nextHop(p))));
        return new BgpTable(paths, 0);
    }

    private static String numbers(JsonNode asPath) {
        return StreamSupport.stream(asPath.path("as_paths").spliterator(), false)
                .flatMap(s -> StreamSupport.stream(s.path("asns").spliterator(), false)).map(JsonNode::asText)
                .collect(Collectors.joining(" "));
    }

    // ---- acting --------------------------------------------------------------------------------------------------

    /** One line, since an added path replaces the one before. */
    @Override
    public List<String> lines(Prefix prefix, Is wanted, String map) throws RedirectException {
        if (asn.isEmpty()) {
            look(prefix);
        }
        String path = client() + " " + rib(prefix).replace("rib", wanted == Is.NOT ? "rib del" : "rib add") + " "
                + prefix;
        return List.of(switch (wanted) {
            case NOT -> path;
            case AS_IS -> path + " nexthop " + spec.nextHop();
            case WORSE -> path + " nexthop " + spec.nextHop() + sites.worse().stream().sorted().map(this::set)
                    .collect(Collectors.joining());
        });
    }

    private String set(Worse way) {
        return switch (way) {
            case COMMUNITY -> " community 65535:0";
            case PREPEND -> " aspath " + asn + "," + asn + "," + asn;
            case MED -> " med " + BgpLines.HIGH;
        };
    }

    @Override
    public Optional<String> type(List<String> lines) throws RedirectException {
        fence.admit();
        for (String line : lines) {
            CommandResult answer = run(line);
            if (!answer.ok() || !answer.output().isBlank()) {
                return Optional.of(answer.sentence());
            }
        }
        return Optional.empty();
    }

    @Override
    public void stayAwake() throws RedirectException {
        ask("global");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
