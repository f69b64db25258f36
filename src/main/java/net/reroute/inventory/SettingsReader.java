package net.reroute.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Endpoint;
import net.reroute.core.Inventory.Peer;
import net.reroute.core.Inventory.Settings;
import net.reroute.core.Names;
import net.reroute.core.RouterSpec;
import net.reroute.core.WebSpec;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the section "settings". */
record SettingsReader(ProblemList problems, Sections sections, LoginReader logins,
        Map<String, RouterSpec> routers) {

    private static final List<String> KEYS = List.of("mode", "history", "announce", "peer", "anchor", "web",
            "lease", "when-alone");
    private static final List<String> PEER_KEYS = Fields.keys(List.of("address", "command"), LoginReader.KEYS);
    private static final List<String> WEB_KEYS = List.of("listen", "cert", "key", "read", "names", "proxy");
    private static final String HEADER = "[A-Za-z0-9-]{1,64}";

    private enum ControllerMode {
        ACT, OBSERVE
    }

    private enum Readers {
        LOGIN, ANYONE
    }

    Settings read() {
        Map<String, Node> all = sections.of("settings");
        MappingNode node = new MappingNode(Tag.MAP, all.keySet().stream()
                .map(k -> new NodeTuple(sections.key("settings", k), all.get(k))).toList(), FlowStyle.BLOCK);
        Fields fields = new Fields(problems, "settings", node, KEYS);
        return new Settings(fields.choice("mode", ControllerMode.class, ControllerMode.ACT) == ControllerMode.ACT,
                fields.duration("history", Duration.ofDays(400)), fields.duration("announce", Duration.ofHours(1)),
                fields.inner("peer", PEER_KEYS).flatMap(this::peer), anchors(fields), web(fields),
                new ClusterReader(problems, sections, routers).read(fields));
    }

    private List<String> anchors(Fields fields) {
        List<String> anchors = fields.words("anchor");
        anchors.stream()
                .filter(a -> !a.startsWith("/") && !a.equals(Settings.SYSLOG) && !sections.mayHave("channels", a))
                .forEach(a -> fields.problem("anchor",
                        "'" + a + "' is no place for an anchor; write syslog, the name of a"
                                + " channel, or the path of a file, beginning with /"
                                + Names.didYouMean(a, sections.names("channels"))));
        return anchors;
    }

    private Optional<Peer> peer(Fields fields) {
        List<String> command = fields.words("command");
        Optional<HostPort> address = fields.required("address", HostPort::parse);
        return address.map(at -> new Peer(logins.read(fields, at), command.isEmpty() ? List.of("reroute") : command));
    }

    // ---- the page -------------------------------------------------------------------------------------------------

    private Optional<WebSpec> web(Fields fields) {
        if (!fields.has("web")) {
            return Optional.of(WebSpec.USUAL);
        }
        if (fields.node("web") instanceof ScalarNode word) {
            if (!word.getValue().equals("off")) {
                fields.problem("web", "'web' is off, or {listen: \"127.0.0.1:8480\", ...}, not '" + word.getValue()
                        + "'");
            }
            return Optional.empty();
        }
        return fields.inner("web", WEB_KEYS).map(this::served);
    }

    private WebSpec served(Fields fields) {
        int before = problems.count();
        Endpoint listen = fields.value("listen", SettingsReader::endpoint).orElse(WebSpec.USUAL.listen());
        Optional<WebSpec.Tls> tls = tls(fields);
        boolean anyone = fields.choice("read", Readers.class, Readers.LOGIN) == Readers.ANYONE;
        List<String> names = fields.words("names");
        names.stream().filter(n -> !n.matches("[A-Za-z0-9.-]{1,253}"))
                .forEach(n -> fields.problem("names", "'" + n + "' is not the name of a host"));
        Optional<WebSpec.TrustedProxy> proxy = fields.inner("proxy", List.of("header", "from")).flatMap(this::proxy);
        WebSpec spec = new WebSpec(listen, true, tls, anyone, names, proxy);
        if (problems.count() == before && !spec.isLoopback() && tls.isEmpty()) {
            fields.problem("listen", listen + " can be reached from elsewhere, so the page needs TLS there: write cert:"
                    + " and key: beside it, or listen on 127.0.0.1 behind a proxy");
        }
        return spec;
    }

    private Optional<WebSpec.Tls> tls(Fields fields) {
        if (fields.has("cert") != fields.has("key")) {
            fields.problem(fields.has("cert") ? "cert" : "key", "'cert' and 'key' belong together; write both");
            return Optional.empty();
        }
        var certificate = fields.value("cert", logins::path);
        var key = fields.value("key", logins::path);
        key.ifPresent(k -> logins.checkSecret(fields, "key", k));
        return certificate.flatMap(c -> key.map(k -> new WebSpec.Tls(c, k)));
    }

    private Optional<WebSpec.TrustedProxy> proxy(Fields fields) {
        Optional<String> header = fields.required("header", text -> {
            if (!text.matches(HEADER)) {
                throw new IllegalArgumentException("'" + text + "' is not the name of a header, like X-Remote-User");
            }
            return text;
        });
        List<Address> from = fields.words("from").stream()
                .flatMap(a -> fields.parsedAs("from", a, Address::parse).stream()).toList();
        if (!fields.has("from")) {
            fields.problem("header", fields.what() + " needs 'from:', the addresses of the proxy; anybody else could"
                    + " write that header");
        }
        return header.map(h -> new WebSpec.TrustedProxy(h, from));
    }

    private static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        if (host.isEmpty() || host.endsWith(":")) {
            throw new IllegalArgumentException("'" + text + "' is not an address and a port; write it like"
                    + " 127.0.0.1:8480 or \"[::1]:8480\"");
        }
        return new Endpoint(Address.parse(host.equals("localhost") ? "127.0.0.1" : host),
                HostPort.port(text.substring(colon + 1)));
    }
}
