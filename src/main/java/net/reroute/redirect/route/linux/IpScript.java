package net.reroute.redirect.route.linux;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * The shell scripts for a Linux router. They contain no free text: only prefixes, addresses, checked table names, and
 * words that the router itself printed.
 */
final class IpScript {

    /**
     * Above this number of prefixes, printing the table is cheaper than a lookup for each, unless it has many other
     * routes.
     */
    static final int ASK_EACH = 500;
    /** Separates the parts of the output. */
    static final String NEXT = "=-=next=-=";
    /** Precedes the part about IPv6. */
    static final String SIX = "=-=six=-=";
    /** Marks a table that could not be read: empty output after an error must never look like an empty table. */
    static final String UNREADABLE = "=-=unreadable=-=";

    /** Reports events. Needs no privilege. */
    static final String MONITOR = "ip -o monitor link address route";
    /** Links and addresses, whose lines begin with a number, and routes of prefixes that matter. */
    static final String MATTERS = "/^(Deleted )?[0-9]+: /||($2 in w)||($3 in w)";

    private static final String END = "=-=end=-=";
    private static final String OR_UNREADABLE = "|| echo " + UNREADABLE;
    /** Prints lines whose first word, or second after a type, is one of the arguments, and what belongs to such a line. */
    private static final String SELECT = "awk 'BEGIN{for(i=1;i<ARGC;i++){w[ARGV[i]];ARGV[i]=\"\"}}"
            + "{p=($1 in w)||($2 in w)||p&&$1==\"nh_info\"}p' " + UNREADABLE;
    /** Foreign routes that are cheaper to read than to filter out. */
    private static final int OTHERS = 1000;
    /** Limit of walks, since each one reads the whole table. */
    private static final int MOST_WALKS = 16;
    /** An argument list on Linux may have 2 MB; each word also costs a pointer. */
    private static final int MOST_NAMES = 20_000;

    private final String ip;
    private final Optional<String> table;

    IpScript(boolean sudo, Optional<String> table) {
        this.ip = sudo ? "sudo -n ip" : "ip";
        this.table = table;
    }

    private String in() {
        return " table " + table.orElse("main");
    }

    /** True if the table is main, which the router's own lookups use. */
    boolean isMain() {
        return table.isEmpty();
    }

    // ---- what there is -------------------------------------------------------------------------------------------

    /**
     * Shows addresses, version, whether a lookup can show the matched prefix, whether {@code ip} prints JSON, and which
     * groups of next hops it knows.
     */
    String examine() {
        return ip + " -o addr show " + OR_UNREADABLE + "; echo " + NEXT + "\n" + ip + " -V 2>&1; echo " + NEXT + "\n"
                + ip + " -o -d route get fibmatch 127.0.0.2 2>&1; echo " + NEXT + "\n" + ip
                + " -j route get 127.0.0.1 2>&1; echo " + NEXT + "\n" + ip + " nexthop help 2>&1\n";
    }

    /** Shows routing daemons in the network namespace of the shell. */
    static String daemons() {
        return "for p in $(pidof zebra bird bird6 babeld olsrd bgpd ospfd gobgpd keepalived 2>/dev/null); do"
                + " [ \"$(readlink /proc/$p/ns/net)\" = \"$(readlink /proc/self/ns/net)\" ] && cat /proc/$p/comm;"
                + " done; :";
    }

    // ---- reading -------------------------------------------------------------------------------------------------

    /** The limit of lines in {@link #dump}. Output with that many lines is cut. */
    static int most(Collection<Prefix> prefixes) {
        return OTHERS + 4 * prefixes.size();
    }

    /** Lines of output. iproute2 6.1 begins one for a nexthop object in the middle of a route's. */
    static Stream<String> lines(String out) {
        return out.replace("\n\tnh_info", "\\nh_info").lines();
    }

    /** The whole table, up to the limit. */
    String dump(IpProgram program, Collection<Prefix> prefixes) {
        StringBuilder script = new StringBuilder();
        families(prefixes).forEach((family, part) -> script.append(mark(family)).append("{ ").append(ip).append(family)
                .append(' ').append(program.options()).append(" route show").append(in()).append(' ')
                .append(OR_UNREADABLE).append("; } | head -n ").append(most(prefixes)).append(' ')
                .append(OR_UNREADABLE).append('\n'));
        return script.toString();
    }

    /** Looks up the first address of each prefix, at a cost that does not depend on the table. */
    String matches(String options, Collection<Prefix> prefixes) {
        StringBuilder script = new StringBuilder();
        families(prefixes).forEach((family, part) -> script.append(mark(family)).append(batch(
                family.strip() + " " + options + " -force",
                part.stream().map(p -> "route get fibmatch " + p.firstUsable()).toList(), "2>/dev/null || :")));
        return script.toString();
    }

    /** Shows these prefixes as JSON. The kernel walks the table for each. */
    String json(Collection<Prefix> prefixes) {
        StringBuilder script = new StringBuilder();
        families(prefixes).forEach((family, part) -> {
            if (part.size() > ASK_EACH) {
                script.append(ip).append(family).append(" -j -d route show").append(in()).append(' ')
                        .append(OR_UNREADABLE).append('\n');
            } else {
                script.append(batch(family.strip() + " -j -d",
                        part.stream().map(p -> "route show exact " + p + in()).toList(), OR_UNREADABLE));
            }
        });
        return script.toString();
    }

    /** Shows the table, filtered on the router: only lines of these prefixes are sent. */
    String select(IpProgram program, Collection<Prefix> prefixes) {
        StringBuilder script = new StringBuilder();
        families(prefixes).forEach((family, part) -> {
            script.append(mark(family));
            for (List<Prefix> group : groups(part)) {
                Prefix around = around(group);
                script.append("{ ").append(ip).append(family).append(' ').append(program.options())
                        .append(" route show").append(in()).append(around.length() == 0 ? "" : " root " + around)
                        .append(' ').append(OR_UNREADABLE).append("; } | ").append(SELECT);
                group.forEach(p -> script.append(' ').append(name(p)));
                script.append(' ').append(OR_UNREADABLE).append('\n');
            }
        });
        return script.toString();
    }

    /** Groups neighbouring prefixes: {@code root} makes {@code ip} skip others before printing, which costs most. */
    private static List<List<Prefix>> groups(List<Prefix> prefixes) {
        Map<Prefix, List<Prefix>> near = new LinkedHashMap<>();
        prefixes.forEach(p -> near.computeIfAbsent(Prefix.around(p.network(), Math.min(p.length(),
                p.network().v6() ? 32 : 8)), k -> new ArrayList<>()).add(p));
        List<List<Prefix>> all = near.size() > MOST_WALKS ? List.of(prefixes) : List.copyOf(near.values());
        List<List<Prefix>> groups = new ArrayList<>();
        for (List<Prefix> group : all) {
            for (int i = 0; i < group.size(); i += MOST_NAMES) {
                groups.add(group.subList(i, Math.min(i + MOST_NAMES, group.size())));
            }
        }
        return groups;
    }

    /** The longest prefix that contains all of these. */
    private static Prefix around(List<Prefix> prefixes) {
        Prefix around = prefixes.getFirst();
        for (Prefix prefix : prefixes) {
            while (around.length() > prefix.length() || !around.contains(prefix.network())) {
                around = Prefix.around(around.network(), around.length() - 1);
            }
        }
        return around;
    }

    /** The prefix as {@code ip} prints it. */
    private static String name(Prefix prefix) {
        if (prefix.length() == 0) {
            return "default";
        }
        return prefix.length() == prefix.network().width() ? prefix.network().toString() : prefix.toString();
    }

    private static String mark(String family) {
        return family.equals(" -6") ? "echo " + SIX + "\n" : "";
    }

    private static Map<String, List<Prefix>> families(Collection<Prefix> prefixes) {
        Map<String, List<Prefix>> families = new LinkedHashMap<>();
        for (boolean v6 : List.of(false, true)) {
            List<Prefix> part = prefixes.stream().filter(p -> p.network().v6() == v6).distinct().toList();
            if (!part.isEmpty()) {
                families.put(v6 ? " -6" : " -4", part);
            }
        }
        return families;
    }

    /** The words by which reports name these prefixes. */
    static List<String> names(Collection<Prefix> prefixes) {
        return prefixes.stream().map(IpScript::name).toList();
    }

    // ---- changing ------------------------------------------------------------------------------------------------

    /** Runs all lines in order, even if some fail. */
    String change(IpProgram program, List<String> lines) {
        String script = program.small() ? each("", lines, true) : batch("-force", lines, "2>&1");
        return script + "echo; echo " + NEXT + "\n";
    }

    /** Looks up each address on the router. */
    String lookups(IpProgram program, List<Address> addresses) {
        StringBuilder script = new StringBuilder();
        for (boolean v6 : List.of(false, true)) {
            List<String> each = addresses.stream().filter(a -> a.v6() == v6).map(a -> "route get " + a).toList();
            String options = (v6 ? "-6 " : "-4 ") + program.options();
            // ip reports a missing route as an error; here it is a result
            String mark = mark(v6 ? " -6" : "");
            script.append(each.isEmpty() ? "" : mark).append(program.small()
                    ? each(options, each, false)
                    : batch(options + " -force", each, "|| :"));
        }
        return script.toString();
    }

    /** Runs lines without a batch. Complaints look like those of a batch (see {@link net.reroute.core.IpBatch}). */
    private String each(String options, List<String> lines, boolean complains) {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            script.append(ip).append(options.isEmpty() ? " " : " " + options + " ").append(lines.get(i))
                    .append(complains ? " 2>&1 || echo Command failed -:" + (i + 1) : "").append('\n');
        }
        return script.toString();
    }

    /** @param after what follows the command on its line: a redirection or an alternative */
    private String batch(String options, List<String> lines, String after) {
        String text = "\n" + String.join("\n", lines) + "\n" + END + "\n";
        return lines.isEmpty() ? "" : ip + " " + options + " -batch - <<'" + END + "' " + after + text;
    }
}
