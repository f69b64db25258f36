package net.reroute.inventory;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.Inventory;
import net.reroute.core.Login;
import net.reroute.core.Reactions;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Takeover;
import net.reroute.ssh.Permissions;
import org.yaml.snakeyaml.nodes.Node;

/** Reads inventory/*.yaml of a home folder. */
public final class InventoryReader {

    private static final List<String> ROUTER_KEYS = Fields.keys(RouterReader.KEYS, LoginReader.KEYS);
    private static final List<String> SERVER_KEYS = Fields.keys(List.of("address", "next-hop", "port", "interface"),
            LoginReader.KEYS);

    private final Path home;
    private final ProblemList problems;
    private final Sections sections;
    private final LoginReader logins;
    private final DialectFiles dialects;
    private final RouterReader routerReader;
    private final PlaybookReader playbooks;
    private final Interfaces interfaces = new Interfaces();

    private InventoryReader(Path home, boolean practice, ProblemList problems) {
        this.home = home;
        this.problems = problems;
        this.sections = new Sections(problems);
        this.playbooks = new PlaybookReader(problems);
        this.logins = new LoginReader(home, practice);
        this.dialects = new DialectFiles(home, problems);
        this.routerReader = new RouterReader(logins, dialects);
    }

    /**
     * Reads all files of {@code home}/inventory together, in name order.
     *
     * @throws BadInventoryException with all mistakes
     */
    public static Inventory read(Path home) throws BadInventoryException {
        return read(home, false);
    }

    /** As {@link #read(Path)}, for a rehearsal: files that a login needs may be missing, since there are no logins. */
    public static Inventory forPractice(Path home) throws BadInventoryException {
        return read(home, true);
    }

    /** Why routers of a home cannot have this dialect; empty if they can. */
    public static Optional<String> unknownDialect(Path home, String name) {
        return new DialectFiles(home, new ProblemList()).unknown(name);
    }

    private static Inventory read(Path home, boolean practice) throws BadInventoryException {
        Path folder = home.resolve("inventory");
        ProblemList problems = new ProblemList();
        List<Path> files = YamlFolder.files(folder, "an inventory's file", problems);
        if (files.isEmpty() && problems.count() == 0) {
            HomeFolder.complain(home, problems);
        }
        return read(new InventoryReader(home, practice, problems), folder, files);
    }

    /**
     * Reads these files together, in place of those in {@code home}/inventory.
     *
     * @throws BadInventoryException with all mistakes
     */
    public static Inventory read(Path home, List<Path> files) throws BadInventoryException {
        Path place = files.size() == 1 ? files.getFirst() : home.resolve("inventory");
        return read(new InventoryReader(home, false, new ProblemList()), place, files);
    }

    private static Inventory read(InventoryReader reader, Path place, List<Path> files) throws BadInventoryException {
        Permissions.writable(reader.home)
                .ifPresent(why -> reader.problems.unread(reader.home, why));
        if (files.size() > 1 && YamlFile.isTooMuch(files)) {
            reader.problems.unread(place, YamlFile.TOO_MUCH);
            throw new BadInventoryException(reader.problems.sorted());
        }
        files.forEach(file -> YamlFile.read(file, reader.problems).ifPresent(reader.sections::add));
        Inventory inventory = reader.understand();
        boolean unbegun = !files.isEmpty() && reader.problems.count() == 0 && inventory.servers().isEmpty()
                && inventory.routers().isEmpty() && inventory.services().isEmpty() && inventory.switches().isEmpty();
        reader.check(inventory, files.size() == 1 ? files.getFirst() : place);
        List<Problem> found = reader.problems.sorted();
        if (!found.isEmpty()) {
            throw new BadInventoryException(found, unbegun);
        }
        return inventory;
    }

    private void check(Inventory inventory, Path place) {
        if (!problems.anySyntax()) {
            new CrossChecks(problems, sections).check(inventory);
            new PlaybookChecks(problems, playbooks, sections, inventory).check();
        }
        if (inventory.services().isEmpty() && inventory.switches().isEmpty() && problems.count() == 0) {
            problems.in(place, "no services are defined; 'reroute init' asks and writes a first inventory, the"
                    + " manual's first hour shows the smallest one");
        }
    }

    /** True if a file looks like a dialect rather than a part of an inventory. */
    public static boolean isDialect(Path file) {
        return DialectFiles.isDialect(file);
    }

    /**
     * Checks files of dialects. Returns the names of the dialects.
     *
     * @throws BadInventoryException with all mistakes
     */
    public static List<String> dialects(Path home, List<Path> files) throws BadInventoryException {
        ProblemList problems = new ProblemList();
        DialectFiles reader = new DialectFiles(home, problems);
        files.forEach(reader::check);
        if (!problems.sorted().isEmpty()) {
            throw new BadInventoryException(problems.sorted());
        }
        return files.stream().map(DialectFiles::name).toList();
    }

    private Inventory understand() {
        dialects.readOwn();
        Map<String, RouterSpec> routers = each("routers", this::router);
        Map<String, Server> servers = each("servers", this::server);
        CheckReader checkReader = new CheckReader(logins);
        Map<String, CheckSpec> checks = each("checks", (name, node) -> checkReader.read(problems, name, node));
        Map<String, RouterSpec> speakers = new LinkedHashMap<>(routers);
        speakers.putAll(each("speakers", (name, node) -> BgpReader.speaker(problems, sections, name, node)));
        ServiceReader serviceReader = new ServiceReader(problems, sections, interfaces, speakers);
        Map<String, Service> services = problems.anySyntax() ? Map.of() : each("services", serviceReader::read);
        DnsNameReader nameReader = new DnsNameReader(problems, sections, logins, services);
        Map<String, Service> names = problems.anySyntax() ? Map.of() : each("names", nameReader::read);
        SwitchReader switchReader = new SwitchReader(problems, sections, servers, checks);
        Map<String, Service> switches = problems.anySyntax() ? Map.of() : each("switches", switchReader::read);
        return new Inventory(routers, servers, checks, services, names, switches,
                new SettingsReader(problems, sections, logins, routers).read(), response());
    }

    private Reactions response() {
        ChannelReader reader = new ChannelReader(problems, logins);
        return new Reactions(playbooks.read(home.resolve("playbooks")), each("channels", reader::channel),
                List.copyOf(each("notify", (name, node) -> reader.rule(name, node, sections)).values()));
    }

    private interface EntryReader<T> {
        Optional<T> read(String name, Node node);
    }

    /**
     * The entries without mistakes. Of an entry with a mistake only the name is used: its values may not be what was
     * meant.
     */
    private <T> Map<String, T> each(String section, EntryReader<T> reader) {
        Map<String, T> read = new LinkedHashMap<>();
        sections.of(section).forEach((name, node) -> {
            int before = problems.count();
            Optional<T> entry = reader.read(name, node);
            if (problems.count() == before) {
                entry.ifPresent(t -> read.put(name, t));
            }
        });
        return read;
    }

    private Optional<RouterSpec> router(String name, Node node) {
        Fields fields = new Fields(problems, "router " + name, node, ROUTER_KEYS);
        if (name.equals(Takeover.LAN)) {
            problems.at(node,
                    "the name '" + name + "' is taken: it stands for the servers' LAN, where addresses are taken"
                            + " over by ARP; name the router otherwise");
        }
        Optional<HostPort> address = fields.required("address", HostPort::parse);
        return routerReader.read(name, fields, address.orElse(HostPort.NONE));
    }

    private Optional<Server> server(String name, Node node) {
        int before = problems.count();
        Fields fields = new Fields(problems, "server " + name, node, SERVER_KEYS);
        Optional<Address> address = fields.required("address", ServerAddress::managed);
        Optional<Address> nextHop = fields.value("next-hop", ServerAddress::nextHop);
        Optional<String> ownInterface = fields.value("interface", TakeoverReader::interfaceName);
        Optional<Login> login = login(name, fields, address);
        if (problems.count() == before) {
            interfaces.add(name, ownInterface);
        }
        return address.map(a -> new Server(name, a, nextHop.orElse(a), login));
    }

    private Optional<Login> login(String server, Fields fields, Optional<Address> address) {
        Optional<Integer> port = fields.value("port", HostPort::port);
        if (LoginReader.KEYS.stream().anyMatch(fields::has)) {
            String host = address.map(Address::toString).orElse("");
            return Optional.of(logins.read(fields, new HostPort(host, port.orElse(HostPort.SSH))));
        }
        if (port.isPresent()) {
            fields.problem("port", "'port' is of a login, and " + server + " has none; write user and key there, or"
                    + " leave it out");
        }
        return Optional.empty();
    }
}
