package net.reroute.simulation.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code ip addr show} and {@code ip link show}. */
final class IpLinks {

    private static final long FOREVER = 0xFFFF_FFFFL;

    private final LinuxNetwork network;
    private final IpOptions options;
    private Optional<String> dev = Optional.empty();
    private Predicate<IpNet> wanted = n -> true;
    private boolean filtered;
    private boolean byNet;

    IpLinks(LinuxNetwork network, IpOptions options) {
        this.network = network;
        this.options = options;
        options.v6().ifPresent(v6 -> wanted = n -> n.address().v6() == v6);
    }

    IpLinks read(IpArguments words) throws IpFailure {
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "up" -> filtered |= false; // all links are up
                case "scope" -> scope(words.scope());
                case "to" -> to(words.net(options.v6()));
                case "dev" -> device(words.need());
                default -> device(word);
            }
        }
        return this;
    }

    private void scope(String scope) {
        filtered = true;
        wanted = wanted.and(n -> LinuxLink.scope(n).equals(scope));
    }

    private void to(IpNet net) {
        filtered = true;
        byNet = true;
        wanted = wanted.and(n -> net.prefix().contains(n.address()));
    }

    private void device(String name) throws IpFailure {
        if (network.link(name).isEmpty()) {
            throw IpFailure.mild("Device \"" + name + "\" does not exist.");
        }
        dev = Optional.of(name);
    }

    private List<LinuxLink> links() {
        return network.links().stream().filter(l -> dev.map(l.name()::equals).orElse(true)).toList();
    }

    String link() {
        return IpFields.print(links().stream().map(options.brief() ? this::briefLink : this::plainLink).toList(),
                options);
    }

    private IpFields plainLink(LinuxLink link) {
        return hardware(head(link, true), link);
    }

    private IpFields briefLink(LinuxLink link) {
        IpFields fields = briefHead(link).add("address", link.mac(), "%s ");
        return fields.list("flags", link.flags()).text("<" + String.join(",", link.flags()) + "> ");
    }

    String addr() {
        List<IpFields> all = new ArrayList<>();
        for (LinuxLink link : links()) {
            List<LinkAddress> nets = link.addresses().stream().filter(a -> wanted.test(a.net()))
                    .filter(n -> !options.family().equals("link")).toList();
            if (nets.isEmpty() && (filtered || options.v6().isPresent())) {
                continue;
            }
            if (options.oneLine() && !options.json() && !options.brief()) {
                nets.forEach(n -> all.add(new IpFields().text(link.index() + ": " + link.name()).part("addr_info",
                        address(link, n, "    "))));
            } else {
                all.add(options.brief() ? briefAddr(link, nets) : plainAddr(link, nets));
            }
        }
        return IpFields.print(all, options);
    }

    private IpFields briefAddr(LinuxLink link, List<LinkAddress> nets) {
        IpFields fields = briefHead(link).list("addr_info", List.of());
        for (LinkAddress one : nets) {
            fields.part("addr_info", new IpFields().add("local", one.net().address().toString(), "%s")
                    .add("prefixlen", one.net().length(), "/%s "));
        }
        return fields;
    }

    private IpFields plainAddr(LinuxLink link, List<LinkAddress> nets) {
        IpFields fields = head(link, false);
        if (options.v6().isEmpty() && !byNet) {
            hardware(fields, link);
        }
        fields.list("addr_info", List.of());
        nets.forEach(n -> fields.part("addr_info", address(link, n, "\n    ")));
        return fields;
    }

    private static IpFields briefHead(LinuxLink link) {
        return new IpFields().add("ifname", link.name(), "%-16s ").add("operstate",
                link.state(), "%-14s ");
    }

    private IpFields head(LinuxLink link, boolean mode) {
        // For IPv6 alone the kernel shows less about the link.
        boolean v6 = options.v6().orElse(false) && !mode;
        IpFields fields = new IpFields().add("ifindex", link.index(), "%s: ").add("ifname", link.name(), "%s: ")
                .list("flags", link.flags()).text("<" + String.join(",", link.flags()) + "> ")
                .add("mtu", link.mtu(), "mtu %s ");
        if (!v6) {
            fields.add("qdisc", link.qdisc(), "qdisc %s ");
        }
        fields.add("operstate", link.state(), "state %s ");
        if (mode) {
            fields.add("linkmode", "DEFAULT", "mode %s ");
        }
        if (!v6) {
            fields.add("group", "default", "group %s ");
        }
        return fields.add("txqlen", 1000, "qlen %s");
    }

    private static IpFields hardware(IpFields fields, LinuxLink link) {
        return fields.add("link_type", link.loopback() ? "loopback" : "ether", "\n    link/%s ")
                .add("address", link.mac(), "%s").add("broadcast", link.broadcast(), " brd %s");
    }

    private static IpFields address(LinuxLink link, LinkAddress one, String before) {
        IpNet net = one.net();
        boolean v6 = net.address().v6();
        IpFields fields = new IpFields().text(before).add("family", v6 ? "inet6" : "inet", "%s ")
                .add("local", net.address().toString(), "%s").add("prefixlen", net.length(), "/%s ");
        if (one.broadcast()) {
            fields.add("broadcast", net.last().toString(), "brd %s ");
        }
        fields.add("scope", LinuxLink.scope(net), "scope %s ");
        if (link.isSecondary(net)) {
            fields.flag("secondary");
        }
        if (!v6) {
            fields.add("label", one.label(), "%s");
        } else if (!one.label().isEmpty()) {
            fields.flag(one.label());
        }
        return fields.add("valid_life_time", FOREVER, "\n       valid_lft forever").add("preferred_life_time", FOREVER,
                " preferred_lft forever");
    }
}
