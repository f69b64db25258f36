package net.reroute.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.convert.Claim.Use;
import net.reroute.convert.Draft.Section;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/** Reads haresources of heartbeat: a node, and the addresses and programs that it prefers to have. */
final class HaresourcesReader implements FormatReader {

    private static final Set<String> ADDRESSES = Set.of("IPaddr", "IPaddr2", "IPv6addr");
    private static final Set<String> ABOUT_ADDRESSES = Set.of("IPsrcaddr", "SendArp", "MailTo", "LVSSyncDaemonSwap");

    private final Making making;
    private final Set<String> nodes = new LinkedHashSet<>();
    private final Map<Entry, String> homes = new LinkedHashMap<>();

    HaresourcesReader(Making making) {
        this.making = making;
    }

    @Override
    public void read(Source source) throws BadSourceException {
        for (Source.Line line : source.joined()) {
            List<String> words = Words.of(line.text().replace('\\', ' '), "#", line.place());
            if (!words.isEmpty()) {
                group(words, line.place());
            }
        }
    }

    private void group(List<String> words, Place place) throws BadSourceException {
        String node = words.getFirst();
        if (words.size() < 2 || node.contains("::")) {
            throw new BadSourceException(place, "a line is a node and its resources, like 'node1"
                    + " IPaddr::10.0.0.1/24/eth0 httpd'; a line that goes on ends with a backslash");
        }
        nodes.add(node);
        List<Entry> made = new ArrayList<>();
        List<Remark> programs = new ArrayList<>();
        for (String resource : words.subList(1, words.size())) {
            List<String> parts = List.of(resource.split("::", -1));
            boolean bare = Host.of(parts.getFirst().split("/", 2)[0]).address().isPresent();
            if (bare || ADDRESSES.contains(parts.getFirst()) && parts.size() > 1) {
                int used = bare ? 1 : 2;
                if (parts.size() > used) {
                    programs.add(Remark.without("what stands behind the address in " + Mention.words(List.of(resource))
                            + " (" + place + ")"));
                }
                address(bare ? parts.getFirst() : parts.get(1), node, place).ifPresentOrElse(made::add,
                        () -> programs.add(untold(resource, place)));
            } else {
                programs.add(untold(resource, place));
            }
        }
        tell(made, programs);
    }

    private void tell(List<Entry> made, List<Remark> programs) {
        if (made.isEmpty()) {
            programs.forEach(r -> making.draft().remark(Section.SERVICES, r));
        } else {
            made.getFirst().remarks(programs);
        }
    }

    private static Remark untold(String resource, Place place) {
        String name = resource.split("::", 2)[0];
        boolean address = ADDRESSES.contains(name) || ABOUT_ADDRESSES.contains(name);
        return Remark.without("the resource " + Mention.words(List.of(resource.replace("::", " "))) + " (" + place + ")"
                + (address
                        ? ""
                        : ": reroute moves addresses alone; let it run on all servers, or write"
                                + " 'before-takeover: [systemctl, start, NAME]'"));
    }

    // ---- addresses ---------------------------------------------------------------------------------------------------

    /** The form is ADDRESS/LENGTH/INTERFACE/BROADCAST, where all but the address may be missing. */
    private Optional<Entry> address(String text, String node, Place place) {
        List<String> parts = List.of(text.split("/", -1));
        Optional<Address> address = Host.of(parts.getFirst()).address();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Prefix prefix = new Prefix(address.get(), address.get().width());
        Entry entry = making.draft().add(Section.SERVICES, "ip-" + address.get()).set("prefix",
                Scalar.of(prefix.toString())).set("redirect", "arp");
        entry.remark(Remark.note(Mention.words(List.of(text)) + " of " + Plain.text(node) + " (" + place
                + "): 'redirect: arp', since no router takes part (docs/takeover.md)"));
        String device = parts.size() > 2 ? parts.get(2) : device(parts);
        Interfaces.set(entry, device.replaceFirst(":.*", ""));
        if (parts.size() > 1 && !parts.get(1).equals(device) && !parts.get(1).equals("" + prefix.length())) {
            entry.remark(Remark.without("/" + Plain.text(parts.get(1)) + " (" + place + "): the address comes up as "
                    + prefix));
        }
        if (device.contains(":")) {
            entry.remark(Remark.without("the label " + Plain.text(device) + " (" + place + "): reroute has its own"));
        }
        if (parts.size() > 3) {
            entry.remark(Remark.without("the broadcast address " + Plain.text(String.join("/", parts.subList(3,
                    parts.size()))) + " (" + place + "): Linux computes it"));
        }
        entry.claim(Claim.service(Use.ARP, prefix, 0, List.of()));
        homes.put(entry, node);
        return Optional.of(entry);
    }

    /** Without a length, the interface may come second. */
    private static String device(List<String> parts) {
        return parts.size() > 1 && !parts.get(1).matches("[\\d.]*") ? parts.get(1) : "";
    }

    @Override
    public void finish() {
        List<String> servers = new ArrayList<>();
        Map<String, String> byNode = new LinkedHashMap<>();
        nodes.forEach(n -> byNode.put(n, machine(new Host(n, Optional.empty()), n)));
        servers.addAll(byNode.values());
        if (servers.size() == 1) {
            servers.add(machine(new Host("the other node: haresources names the preferred one only, and ha.cf has both",
                    Optional.empty()), "node2"));
        }
        String check = making.checks().name(CheckWish.icmp(Heartbeats.TIMERS, List.of(Heartbeats.REMARK)));
        making.draft().link((long) homes.size() * servers.size());
        homes.forEach((entry, node) -> {
            List<String> order = new ArrayList<>(servers);
            order.remove(byNode.get(node));
            order.addFirst(byNode.get(node));
            entry.set("servers", Scalar.list(order)).set("checks", Scalar.list(List.of(check)));
            entry.claim(Claim.service(Use.ARP, entry.claim().orElseThrow().prefix(), 0, order));
        });
    }

    private String machine(Host host, String wish) {
        String server = making.machines().server(host, wish, false);
        making.machines().login(server, Remark.toDo("the login by which addresses come up here: root, or a user with"
                + " 'become: sudo'; 'key: FILE' in place of the agent under systemd (docs/takeover.md)"));
        return server;
    }
}
