package net.reroute.redirect.bgp;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a BGP table knows of one prefix.
 *
 * @param paths to it
 * @param told how many neighbours, or groups of them, the best path is advertised to
 */
record BgpTable(List<Path> paths, int told) {

    /**
     * @param local true if this router originates it
     * @param asPath AS numbers with blanks between; empty within the AS
     * @param nextHop as shown
     */
    record Path(boolean best, boolean local, String asPath, String nextHop) {

        /** The AS that originates it; empty if that is the router's own. */
        String origin() {
            return asPath.substring(asPath.lastIndexOf(' ') + 1);
        }
    }

    private static final BgpTable NOTHING = new BgpTable(List.of(), 0);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = "BGP routing table entry for";
    private static final Pattern NONE = Pattern.compile("(?m)^% ?Network not in table");
    /** "    172.16.1.2 from isp(172.16.1.2) (10.0.0.1)", below the line with the AS path. */
    private static final Pattern FROM = Pattern.compile(" {4,}([0-9a-fA-F:.]+)\\S* .*from \\S+ \\(.*");
    private static final Pattern TOLD = Pattern.compile("\\s*Advertised to .*:\\s*");

    boolean isLocal() {
        return paths.stream().anyMatch(Path::local);
    }

    Optional<Path> best() {
        return paths.stream().filter(Path::best).findFirst();
    }

    /**
     * Reads the answer to {@code show bgp ... json} of FRR 7.5 and later.
     *
     * @throws IllegalArgumentException if it is not understood
     */
    static BgpTable ofJson(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            List<Path> paths = new ArrayList<>();
            json.path("paths").forEach(p -> {
                String asPath = p.path("aspath").path("string").asText();
                paths.add(new Path(p.path("bestpath").path("overall").asBoolean(),
                        p.path("sourced").asBoolean() || p.path("local").asBoolean(),
                        asPath.equals("Local") ? "" : asPath, p.path("nexthops").path(0).path("ip").asText()));
            });
            return new BgpTable(paths, json.path("advertisedTo").size());
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads the answer to {@code show ip bgp PREFIX}, as IOS and FRR print it for people.
     *
     * @throws IllegalArgumentException if it is not understood
     */
    static BgpTable ofText(List<String> lines) {
        if (lines.stream().noneMatch(l -> l.startsWith(HEAD))) {
            if (NONE.matcher(String.join("\n", lines)).find()) {
                return NOTHING;
            }
            throw new IllegalArgumentException(lines.isEmpty() ? "no answer" : lines.getFirst().strip());
        }
        int told = 0;
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i + 1 < lines.size(); i++) {
            String next = lines.get(i + 1);
            Matcher from = FROM.matcher(next);
            if (TOLD.matcher(lines.get(i)).matches()) {
                told += next.strip().split("\\s+").length;
            } else if (from.matches()) {
                paths.add(path(lines.get(i).strip(), from.group(1), detail(lines, i + 2)));
            }
        }
        return new BgpTable(paths, told);
    }

    private static String detail(List<String> lines, int from) {
        return Stream.iterate(from, i -> i < lines.size(), i -> i + 1).map(lines::get).map(String::strip)
                .filter(l -> l.startsWith("Origin ")).findFirst().orElse("");
    }

    private static Path path(String asPath, String nextHop, String detail) {
        String numbers = asPath.replaceAll(",.*", "").strip(); // ", (aggregated by ...)"
        return new Path(detail.contains(", best"), detail.contains("sourced"),
                numbers.equals("Local") ? "" : numbers, nextHop);
    }
}
