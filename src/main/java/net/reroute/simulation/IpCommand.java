package net.reroute.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.reroute.simulation.LinuxTable.Verb;

/** {@code ip} of iproute2 6.1, as far as addresses, links and routes go. */
final class IpCommand implements LinuxCommand {

    static final String USAGE = "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n       ip [ -force ] -batch filename";
    private static final String ROUTE_USAGE = "Usage: ip route { list | flush } SELECTOR\n"
            + "       ip route get ADDRESS\n       ip route { add | del | change | append | replace } ROUTE";
    /** In the order iproute2 tries them: a beginning means the first that fits. */
    private static final List<String> OBJECTS = List.of("address", "route", "rule", "neighbor", "neighbour", "link",
            "help");

    private final LinuxNetwork network;
    private final Consumer<String> typed;

    /** @param typed told every command that changed something */
    IpCommand(LinuxNetwork network, Consumer<String> typed) {
        this.network = network;
        this.typed = typed;
    }

    @Override
    public int run(LinuxCall call) throws IOException {
        StringBuilder out = new StringBuilder();
        int status;
        try {
            status = run(call, out);
        } catch (IpFailure e) {
            call.err(e.getMessage() + "\n");
            status = e.status();
        }
        call.out(out.toString());
        return status;
    }

    private int run(LinuxCall call, StringBuilder out) throws IOException, IpFailure {
        if (call.args().stream().findFirst().filter(Set.of("-V", "-Version")::contains).isPresent()) {
            out.append("ip utility, iproute2-6.1.0, libbpf 1.1.2\n");
            return 0;
        }
        IpWords words = new IpWords(call.args());
        IpOptions options = IpOptions.read(words);
        if (options.batch().isPresent()) {
            return batch(call, options, out);
        }
        return one(call, words, new Line(options, false, out));
    }

    /**
     * How one command is run.
     *
     * @param options before it
     * @param batch it is a line of a batch
     * @param out what it prints; seen when {@code ip} ends, after all complaints, as with a pipe
     */
    private record Line(IpOptions options, boolean batch, StringBuilder out) {}

    private int one(LinuxCall call, IpWords words, Line line) throws IOException, IpFailure {
        if (!words.hasNext()) {
            throw IpFailure.fatal(USAGE, 255);
        }
        try {
            object(words, line);
            return 0;
        } catch (IpFailure e) {
            if (e.isLast()) {
                throw e;
            }
            call.err(e.getMessage() + "\n");
            return e.status();
        }
    }

    private int batch(LinuxCall call, IpOptions options, StringBuilder out) throws IOException, IpFailure {
        String file = options.batch().orElseThrow();
        if (!file.equals("-")) {
            throw IpFailure.fatal("Cannot open file \"" + file + "\" for reading: No such file or directory", 1);
        }
        int status = 0;
        int number = 0;
        for (String text : ShellIo.text(call.io().in()).replace("\\\n", " ").replaceAll("(?m)^[ \\t]*#.*$", "")
                .split("\n", -1)) {
            number++;
            List<String> words = split(text);
            if (!words.isEmpty() && one(call, new IpWords(words), new Line(options, true, out)) != 0) {
                call.err("Command failed -:" + number + "\n");
                status = 1;
                if (!options.force()) {
                    return status;
                }
            }
        }
        return status;
    }

    private static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        String plain = line.replaceFirst("#.*", "").strip();
        if (!plain.isEmpty()) {
            for (String word : plain.split("\\s+")) {
                words.add(word.replaceAll("^([\"'])(.*)\\1$", "$2"));
            }
        }
        return words;
    }

    private void object(IpWords words, Line line) throws IpFailure {
        String typed = words.next();
        String object = OBJECTS.stream().filter(o -> IpWords.matches(typed, o)).findFirst()
                .orElseThrow(() -> IpFailure.mild("Object \"" + typed + "\" is unknown, try \"ip help\"."));
        switch (object) {
            case "address" -> line.out().append(links(words, line, "address").addr());
            case "link" -> line.out().append(links(words, line, "link").link());
            case "route" -> route(words, line);
            case "rule" -> rule(line);
            case "help" -> throw IpFailure.fatal(USAGE, 255);
            default -> line.out().append(line.options().json() ? "[]\n" : "");
        }
    }

    private IpLinks links(IpWords words, Line line, String object) throws IpFailure {
        if (words.hasNext()) {
            String verb = words.next();
            if (verb.equals("add") || verb.equals("del") || verb.equals("set")) {
                throw IpFailure.answer("Operation not supported");
            }
            if (!isShow(verb)) {
                throw IpFailure.fatal("Command \"" + verb + "\" is unknown, try \"ip " + object + " help\".", 255);
            }
        }
        return new IpLinks(network, line.options()).read(words);
    }

    private static boolean isShow(String verb) {
        return IpWords.matches(verb, "show") || IpWords.matches(verb, "lst") || IpWords.matches(verb, "list");
    }

    private void rule(Line line) {
        List<Long> tables = line.options().v6().orElse(false)
                ? List.of(LinuxNetwork.LOCAL, LinuxNetwork.MAIN)
                : List.of(LinuxNetwork.LOCAL, LinuxNetwork.MAIN, LinuxNetwork.DEFAULT);
        List<IpFields> rules = new ArrayList<>();
        for (long table : tables) {
            long priority = table == LinuxNetwork.LOCAL ? 0 : table == LinuxNetwork.MAIN ? 32_766 : 32_767;
            rules.add(new IpFields().add("priority", priority, "%s:\t").add("src", "all", "from %s ")
                    .add("table", IpWords.tableName(table), "lookup %s"));
        }
        line.out().append(IpFields.print(rules, line.options()));
    }

    private void route(IpWords words, Line line) throws IpFailure {
        String verb = words.hasNext() ? words.next() : "show";
        if (isShow(verb)) {
            show(words, line);
        } else if (IpWords.matches(verb, "get")) {
            line.out().append(IpFields.print(List.of(new IpRouteGet(network, line.options()).find(words)),
                    line.options()));
        } else if (IpWords.matches(verb, "flush")) {
            flush(words, line);
        } else if (verb.equals("help")) {
            throw IpFailure.fatal(ROUTE_USAGE, 255);
        } else {
            change(verb, words, line);
        }
    }

    private void show(IpWords words, Line line) throws IpFailure {
        IpRouteShow show = new IpRouteShow(words, network, line.options()).inBatch(line.batch()).read();
        try {
            line.out().append(IpFields.print(show.found(line.options()), line.options()));
        } catch (IpFailure e) {
            line.out().append(line.options().json() ? "[" : "");
            throw e;
        }
    }

    private void flush(IpWords words, Line line) throws IpFailure {
        if (!words.hasNext()) {
            throw IpFailure.mild("\"ip route flush\" requires arguments.");
        }
        String text = words.rest();
        new IpRouteShow(words, network, line.options()).read().flush();
        typed.accept("ip route flush " + text);
    }

    private void change(String verb, IpWords words, Line line) throws IpFailure {
        String full = List.of("add", "change", "chg", "replace", "prepend", "append", "delete").stream()
                .filter(v -> IpWords.matches(verb, v)).findFirst().orElseThrow(() -> IpFailure
                        .fatal("Command \"" + verb + "\" is unknown, try \"ip route help\".", 255));
        if (!words.hasNext()) {
            throw IpFailure.fatal(ROUTE_USAGE, 255);
        }
        String text = words.rest();
        IpRequest request = new IpRouteParser(words, network, line.options().v6()).read();
        if (full.equals("delete")) {
            network.delete(request);
        } else {
            network.write(request,
                    full.equals("chg") ? Verb.CHANGE : Verb.valueOf(full.toUpperCase(java.util.Locale.ROOT)));
        }
        typed.accept("ip " + family(line.options()) + "route " + verb + " " + text);
    }

    private static String family(IpOptions options) {
        return options.v6().map(v6 -> v6 ? "-6 " : "-4 ").orElse("");
    }
}
