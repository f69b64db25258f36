package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** {@code ip} of iproute2 6.1, for addresses, links and routes. */
final class IpCommand implements LinuxCommand {

    /** In iproute2's order: an abbreviation means the first object that fits. */
    private static final List<String> OBJECTS = List.of("address", "route", "rule", "neighbor", "neighbour", "link",
            "help");

    private static final Map<Long, Long> PRIORITIES = Map.of(LinuxTable.LOCAL, 0L, LinuxTable.MAIN, 32_766L,
            LinuxTable.DEFAULT, 32_767L);

    private final LinuxNetwork network;
    private final Consumer<String> typed;

    /** @param typed receives every command that changed something */
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
        IpArguments words = new IpArguments(call.args());
        IpOptions options = IpOptions.read(words);
        if (options.batch().isPresent()) {
            return batch(call, options, out);
        }
        return one(call, words, new IpContext(options, false, out));
    }

    private int one(LinuxCall call, IpArguments words, IpContext line) throws IOException, IpFailure {
        if (!words.hasNext()) {
            throw IpFailure.usage();
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
            if (!words.isEmpty() && one(call, new IpArguments(words), new IpContext(options, true, out)) != 0) {
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

    private void object(IpArguments words, IpContext line) throws IpFailure {
        String word = words.next();
        String object = OBJECTS.stream().filter(o -> IpArguments.matches(word, o)).findFirst()
                .orElseThrow(() -> IpFailure.mild("Object \"" + word + "\" is unknown, try \"ip help\"."));
        switch (object) {
            case "address" -> address(words, line);
            case "link" -> line.out().append(links(words, line, "link").link());
            case "route" -> new IpRouteCommand(network, typed, line).run(words);
            case "rule" -> rule(line);
            case "help" -> throw IpFailure.usage();
            default -> line.out().append(line.options().json() ? "[]\n" : "");
        }
    }

    private void address(IpArguments words, IpContext line) throws IpFailure {
        boolean changes = words.hasNext() && List.of("add", "del", "delete").contains(words.peek());
        if (changes) {
            typed.accept(new IpAddressChange(network).make(words));
        } else {
            line.out().append(links(words, line, "address").addr());
        }
    }

    private IpLinks links(IpArguments words, IpContext line, String object) throws IpFailure {
        if (words.hasNext()) {
            String verb = words.next();
            if (verb.equals("add") || verb.equals("del") || verb.equals("set")) {
                throw IpFailure.answer("Operation not supported");
            }
            if (!IpArguments.isShow(verb)) {
                throw IpFailure.fatal("Command \"" + verb + "\" is unknown, try \"ip " + object + " help\".", 255);
            }
        }
        return new IpLinks(network, line.options()).read(words);
    }

    private void rule(IpContext line) {
        List<Long> tables = line.options().v6().orElse(false)
                ? List.of(LinuxTable.LOCAL, LinuxTable.MAIN)
                : List.of(LinuxTable.LOCAL, LinuxTable.MAIN, LinuxTable.DEFAULT);
        List<IpFields> rules = new ArrayList<>();
        for (long table : tables) {
            rules.add(new IpFields().add("priority", PRIORITIES.get(table), "%s:\t").add("src", "all", "from %s ")
                    .add("table", IpArguments.tableName(table), "lookup %s"));
        }
        line.out().append(IpFields.print(rules, line.options()));
    }
}
