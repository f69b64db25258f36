package net.reroute.simulation.linux;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * {@code ip route show}: parses the selectors, and finds the routes. A field that was selected by value is not printed.
 */
final class IpRouteShow {

    private final IpArguments words;
    private final LinuxNetwork network;
    private final Set<String> hidden = new HashSet<>();
    private Predicate<LinuxRoute> wanted = r -> true;
    private Optional<Boolean> v6;
    private Optional<Prefix> exact = Optional.empty();
    private long table = LinuxTable.MAIN;
    private boolean allTables;
    private boolean strict = true;

    IpRouteShow(IpArguments words, LinuxNetwork network, IpOptions options) {
        this.words = words;
        this.network = network;
        this.v6 = options.v6();
    }

    /** In a batch a missing table counts as empty: there iproute2 requests no strict checks. */
    IpRouteShow inBatch(boolean batch) {
        strict = !batch;
        return this;
    }

    IpRouteShow read() throws IpFailure {
        while (words.hasNext()) {
            select(words.next());
        }
        return this;
    }

    private void select(String word) throws IpFailure {
        if (IpArguments.matches(word, "table")) {
            table();
        } else if (word.equals("dev") || word.equals("oif")) {
            device(words.need());
        } else if (IpArguments.matches(word, "protocol")) {
            int proto = words.proto("invalid \"protocol\"");
            hide("protocol", r -> r.proto() == proto);
        } else if (word.equals("scope")) {
            String scope = words.scope();
            hide("scope", r -> r.scope().equals(scope));
        } else if (word.equals("type")) {
            String type = words.need();
            wanted = wanted.and(r -> r.type().equals(type));
        } else {
            selectValue(word);
        }
    }

    private void selectValue(String word) throws IpFailure {
        switch (word) {
            case "metric", "preference", "priority" -> {
                long metric = words.number(0xFFFF_FFFFL, "\"metric\" value is invalid");
                hide("metric", r -> r.metric() == metric);
            }
            case "src" -> {
                Address src = words.net(v6).address();
                hide("prefsrc", r -> r.src().equals(Optional.of(src)));
            }
            case "via" -> {
                Address via = words.net(v6).address();
                hide("gateway", r -> r.hops().stream().anyMatch(h -> h.via().equals(Optional.of(via))));
            }
            case "to" -> destination(words.need());
            default -> destination(word);
        }
    }

    private void hide(String field, Predicate<LinuxRoute> only) {
        hidden.add(field);
        wanted = wanted.and(only);
    }

    private void table() throws IpFailure {
        allTables = words.take("all");
        if (!allTables) {
            table = words.table("table id value is invalid");
        }
    }

    private void device(String name) throws IpFailure {
        if (network.link(name).isEmpty()) {
            throw IpFailure.mild("Cannot find device \"" + name + "\"");
        }
        hide("dev", r -> r.hops().stream().anyMatch(h -> h.dev().equals(name)));
    }

    private void destination(String word) throws IpFailure {
        boolean mode = List.of("exact", "match", "root").contains(word);
        Prefix prefix = IpArguments.net(mode ? words.need() : word, v6).prefix();
        v6 = Optional.of(prefix.network().v6());
        if (word.equals("match")) {
            wanted = wanted.and(r -> r.prefix().overlaps(prefix) && r.prefix().length() <= prefix.length());
        } else if (word.equals("root")) {
            wanted = wanted.and(r -> r.prefix().overlaps(prefix) && r.prefix().length() >= prefix.length());
        } else {
            exact = Optional.of(prefix);
        }
    }

    /**
     * The routes found, ready to print.
     *
     * @throws IpFailure if the table does not exist
     */
    List<IpFields> found(IpOptions options) throws IpFailure {
        if (strict && !allTables && !network.tables(v6.orElse(false)).contains(table)) {
            throw IpFailure.error("ipv" + (v6.orElse(false) ? 6 : 4) + ": FIB table does not exist.\nDump terminated");
        }
        List<IpFields> fields = new ArrayList<>();
        for (boolean family : v6.isPresent() || !allTables ? List.of(v6.orElse(false)) : List.of(false, true)) {
            List<Long> tables = allTables ? inDumpOrder(family) : List.of(table);
            for (long each : tables) {
                routes(family, each).forEach(r -> fields.add(new IpRouteText(options, hidden, r)
                        .show(allTables && each != LinuxTable.MAIN ? each : 0)));
            }
        }
        return fields;
    }

    /** The order of the kernel's hash of tables: other tables by number, then main, then local. */
    private List<Long> inDumpOrder(boolean family) {
        List<Long> tables = network.tables(family);
        return Stream.concat(tables.stream().filter(t -> t != LinuxTable.MAIN && t != LinuxTable.LOCAL),
                Stream.of(LinuxTable.MAIN, LinuxTable.LOCAL)).toList();
    }

    private List<LinuxRoute> routes(boolean family, long from) {
        List<LinuxRoute> routes = exact.isPresent()
                ? network.exactly(from, exact.get())
                : network.routes(family, from);
        return routes.stream().filter(wanted).toList();
    }

    /** Deletes the routes that {@code show} would print, in one table only. */
    void flush() throws IpFailure {
        network.flush(table, routes(v6.orElse(false), table));
    }
}
