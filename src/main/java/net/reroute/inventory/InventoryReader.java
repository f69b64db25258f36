package net.reroute.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.Inventory;
import net.reroute.core.Inventory.Peer;
import net.reroute.core.Inventory.Settings;
import net.reroute.core.Login;
import net.reroute.core.Response;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Takeover;
import org.yaml.snakeyaml.nodes.Node;

/** Reads inventory/*.yaml of a home folder. */
public final class InventoryReader {

    private static final List<String> ROUTER_KEYS = join(RouterReader.KEYS, LoginReader.KEYS);
    private static final List<String> SERVER_KEYS = join(List.of("address", "next-hop", "port", "interface"),
            LoginReader.KEYS);
    private static final List<String> PEER_KEYS = join(List.of("address", "command"), LoginReader.KEYS);
    private static final Pattern HOST_PORT = Pattern.compile("\\[([^]]+)](?::(\\d{1,5}))?|([^:]+)(?::(\\d{1,5}))?");

    private enum Mode {
        ACT, OBSERVE
    }

    private final Problems problems = new Problems();
    private final Sections sections = new Sections(problems);
    private final LoginReader logins;
    private final DialectReader dialects;
    private final RouterReader routerReader;
    private final PlaybookReader playbooks = new PlaybookReader(problems);
    private final Map<String, String> interfaces = new LinkedHashMap<>();

    private InventoryReader(Path home, boolean practice) {
        this.logins = new LoginReader(home, practice);
        this.dialects = new DialectReader(home, problems);
        this.routerReader = new RouterReader(logins, dialects);
    }

    /** All files of {@code home}/inventory together, in name order. */
    public static Inventory read(Path home) throws BadInventoryException {
        return read(home, false);
    }

    /** As {@link #read(Path)}, for practice: files that a login needs may be missing, since nobody logs in with them. */
    public static Inventory forPractice(Path home) throws BadInventoryException {
        return read(home, true);
    }

    private static Inventory read(Path home, boolean practice) throws BadInventoryException {
        Path folder = home.resolve("inventory");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> yaml = files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
            return read(home, yaml, practice);
        } catch (IOException e) {
            throw new BadInventoryException(List.of(new Problem(folder.toString(), 1, 1,
                    "there is no such folder; say --home FOLDER, or make it and put a file like widgetco.yaml there")));
        }
    }

    /** These files together. */
    public static Inventory read(Path home, List<Path> files) throws BadInventoryException {
        return read(home, files, false);
    }

    private static Inventory read(Path home, List<Path> files, boolean practice) throws BadInventoryException {
        InventoryReader reader = new InventoryReader(home, practice);
        for (Path file : files) {
            YamlFile.read(file, shown(file), reader.problems).ifPresent(reader.sections::add);
        }
        Inventory inventory = reader.understand(home.resolve("playbooks"));
        if (!reader.problems.anySyntax()) {
            new CrossChecks(reader.problems, reader.sections).check(inventory);
            new PlaybookChecks(reader.problems, reader.playbooks, inventory).check();
        }
        List<Problem> found = reader.problems.sorted();
        if (!found.isEmpty()) {
            throw new BadInventoryException(found);
        }
        if (inventory.services().isEmpty()) {
            throw new BadInventoryException(List.of(new Problem(shown(home.resolve("inventory")), 1, 1,
                    "no services are defined; the manual's first hour shows the smallest inventory")));
        }
        return inventory;
    }

    /** True if a file looks like a dialect's and not like a part of an inventory. */
    public static boolean isDialect(Path file) {
        return DialectReader.isDialect(file);
    }

    /** Checks dialects. Returns their names. */
    public static List<String> dialects(Path home, List<Path> files) throws BadInventoryException {
        Problems problems = new Problems();
        DialectReader reader = new DialectReader(home, problems);
        files.forEach(reader::check);
        if (!problems.sorted().isEmpty()) {
            throw new BadInventoryException(problems.sorted());
        }
        return files.stream().map(DialectReader::name).toList();
    }

    /** As the admin would type it from where he stands. */
    static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    }

    private Inventory understand(Path playbookFolder) {
        dialects.readOwn();
        Map<String, RouterSpec> routers = each("routers", this::router);
        Map<String, Server> servers = each("servers", this::server);
        CheckReader checkReader = new CheckReader(logins);
        Map<String, CheckSpec> checks = each("checks", (name, node) -> checkReader.read(problems, name, node));
        ServiceReader serviceReader = new ServiceReader(new ServiceReader.Known(sections.of("servers").keySet(),
                sections.of("checks").keySet(), sections.of("routers").keySet(), interfaces));
        Map<String, Service> services = problems.anySyntax()
                ? Map.of()
                : each("services", (name, node) -> serviceReader.read(problems, name, node));
        return new Inventory(routers, servers, checks, services, settings(), response(playbookFolder));
    }

    private Response response(Path playbookFolder) {
        ChannelReader reader = new ChannelReader(problems, logins);
        ChannelReader.Known known = new ChannelReader.Known(sections.of("channels").keySet(),
                sections.of("services").keySet(), sections.of("servers").keySet());
        return new Response(playbooks.read(playbookFolder), each("channels", reader::channel),
                List.copyOf(each("notify", (name, node) -> reader.rule(name, node, known)).values()));
    }

    private interface EntryReader<T> {
        Optional<T> read(String name, Node node);
    }

    private <T> Map<String, T> each(String section, EntryReader<T> reader) {
        Map<String, T> read = new LinkedHashMap<>();
        sections.of(section).forEach((name, node) -> reader.read(name, node).ifPresent(t -> read.put(name, t)));
        return read;
    }

    private Optional<RouterSpec> router(String name, Node node) {
        Fields fields = new Fields(problems, "router " + name, node, ROUTER_KEYS);
        if (name.equals(Takeover.LAN)) {
            problems.at(node,
                    "the name '" + name + "' is taken: it stands for the servers' LAN, where addresses are taken"
                            + " over by ARP; name the router otherwise");
        }
        Optional<Matcher> address = fields.required("address", InventoryReader::hostPort);
        String host = address.map(m -> m.group(1) != null ? m.group(1) : m.group(3)).orElse("0.0.0.0");
        String port = address.map(m -> m.group(1) != null ? m.group(2) : m.group(4)).orElse("22");
        return routerReader.read(name, fields, host, Integer.parseInt(port));
    }

    private static Matcher hostPort(String text) {
        Matcher match = HOST_PORT.matcher(text);
        boolean fits = match.matches();
        if (!fits || fits && match.group(1) == null && !match.group(3).matches("[A-Za-z0-9.-]+")) {
            throw new IllegalArgumentException("'" + text
                    + "' is not HOST, HOST:PORT or \"[IPv6]:PORT\"; IPv6 with a port stands in brackets and quotes");
        }
        if (match.group(1) != null) {
            Address.parse(match.group(1));
        }
        return match;
    }

    private Optional<Server> server(String name, Node node) {
        Fields fields = new Fields(problems, "server " + name, node, SERVER_KEYS);
        Optional<Address> address = fields.required("address", Address::parse);
        Optional<Address> nextHop = fields.value("next-hop", Address::parse);
        fields.value("interface", TakeoverReader::interfaceName).ifPresent(i -> interfaces.put(name, i));
        boolean logsIn = LoginReader.KEYS.stream().anyMatch(fields::has);
        Optional<Login> login = logsIn && address.isPresent()
                ? Optional.of(logins.read(fields, address.get().toString(),
                        fields.value("port", CheckReader::port).orElse(22)))
                : Optional.empty();
        return address.map(a -> new Server(name, a, nextHop.orElse(a), login));
    }

    private Settings settings() {
        Map<String, Node> all = sections.of("settings");
        List<String> known = List.of("mode", "history", "announce", "peer");
        org.yaml.snakeyaml.nodes.MappingNode node = new org.yaml.snakeyaml.nodes.MappingNode(
                org.yaml.snakeyaml.nodes.Tag.MAP, all.keySet().stream()
                        .map(k -> new org.yaml.snakeyaml.nodes.NodeTuple(sections.key("settings", k), all.get(k)))
                        .toList(),
                org.yaml.snakeyaml.DumperOptions.FlowStyle.BLOCK);
        Fields fields = new Fields(problems, "settings", node, known);
        return new Settings(fields.choice("mode", Mode.class, Mode.ACT) == Mode.ACT,
                fields.duration("history", Duration.ofDays(400)), fields.duration("announce", Duration.ofHours(1)),
                fields.inner("peer", PEER_KEYS).flatMap(this::peer));
    }

    private Optional<Peer> peer(Fields fields) {
        List<String> command = fields.words("command");
        return fields.required("address", InventoryReader::hostPort).map(address -> {
            String host = address.group(1) != null ? address.group(1) : address.group(3);
            String port = address.group(1) != null ? address.group(2) : address.group(4);
            return new Peer(logins.read(fields, host, port == null ? 22 : Integer.parseInt(port)),
                    command.isEmpty() ? List.of("reroute") : command);
        });
    }

    private static List<String> join(List<String> a, List<String> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }
}
