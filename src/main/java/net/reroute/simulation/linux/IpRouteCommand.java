package net.reroute.simulation.linux;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import net.reroute.simulation.linux.LinuxTable.Verb;

/** {@code ip route}. */
final class IpRouteCommand {

    private static final String ROUTE_USAGE = "Usage: ip route { list | flush } SELECTOR\n"
            + "       ip route get ADDRESS\n       ip route { add | del | change | append | replace } ROUTE";

    private final LinuxNetwork network;
    private final Consumer<String> typed;
    private final IpContext line;

    IpRouteCommand(LinuxNetwork network, Consumer<String> typed, IpContext line) {
        this.network = network;
        this.typed = typed;
        this.line = line;
    }

    void run(IpArguments words) throws IpFailure {
        String verb = words.hasNext() ? words.next() : "show";
        if (IpArguments.isShow(verb)) {
            show(words);
        } else if (IpArguments.matches(verb, "get")) {
            line.out().append(IpFields.print(List.of(new IpRouteGet(network, line.options()).find(words)),
                    line.options()));
        } else if (IpArguments.matches(verb, "flush")) {
            flush(words);
        } else if (verb.equals("help")) {
            throw IpFailure.fatal(ROUTE_USAGE, 255);
        } else {
            change(verb, words);
        }
    }

    private void show(IpArguments words) throws IpFailure {
        IpRouteShow show = new IpRouteShow(words, network, line.options()).inBatch(line.batch()).read();
        try {
            line.out().append(IpFields.print(show.found(line.options()), line.options()));
        } catch (IpFailure e) {
            line.out().append(line.options().json() ? "[" : "");
            throw e;
        }
    }

    private void flush(IpArguments words) throws IpFailure {
        if (!words.hasNext()) {
            throw IpFailure.mild("\"ip route flush\" requires arguments.");
        }
        String text = words.rest();
        new IpRouteShow(words, network, line.options()).read().flush();
        typed.accept("ip route flush " + text);
    }

    private void change(String verb, IpArguments words) throws IpFailure {
        String full = List.of("add", "change", "chg", "replace", "prepend", "append", "delete").stream()
                .filter(v -> IpArguments.matches(verb, v)).findFirst().orElseThrow(() -> IpFailure
                        .fatal("Command \"" + verb + "\" is unknown, try \"ip route help\".", 255));
        if (!words.hasNext()) {
            throw IpFailure.fatal(ROUTE_USAGE, 255);
        }
        String text = words.rest();
        RouteRequest request = new IpRouteParser(words, network, line.options().v6()).read();
        if (full.equals("delete")) {
            network.delete(request);
        } else {
            network.write(request,
                    full.equals("chg") ? Verb.CHANGE : Verb.valueOf(full.toUpperCase(Locale.ROOT)));
        }
        typed.accept("ip " + family(line.options()) + "route " + verb + " " + text);
    }

    private static String family(IpOptions options) {
        return options.v6().map(v6 -> v6 ? "-6 " : "-4 ").orElse("");
    }
}
