package net.reroute.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.reroute.core.Actor;

/** Writes the manual pages of the packages: those of commands, and those of files from the manual's own text. */
public final class ManPages {

    /** What is read in section 5, from which page of docs. */
    private static final Map<String, String> FILES = new TreeMap<>(
            Map.of("inventory", "inventory.md", "dialect", "dialects.md", "playbook", "playbooks.md"));
    private static final Map<String, String> PURPOSE = Map.of("inventory", "what reroute watches and moves",
            "dialect", "how reroute speaks to a kind of router", "playbook",
            "what reroute does by itself, step by step");

    private ManPages() {}

    /** @param args the folder to write to */
    public static void main(String[] args) throws IOException {
        Path to = Files.createDirectories(Path.of(args[0]));
        for (Map.Entry<String, List<String>> page : all().entrySet()) {
            Files.write(to.resolve(page.getKey()), page.getValue());
        }
    }

    /** The lines of each page, by the name of its file. */
    static Map<String, List<String>> all() throws IOException {
        Map<String, List<String>> pages = new TreeMap<>();
        pages.put("reroute.1", printed("man"));
        for (ManPage.Group group : ManPage.Group.values()) {
            String name = "reroute-" + group.word();
            pages.put(name + ".1", printed("man", group.word()));
            group.commands().stream().filter(c -> !c.equals(group.word()))
                    .forEach(c -> pages.put("reroute-" + c + ".1", List.of(".so man1/" + name + ".1")));
        }
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            String text = Files.readString(Path.of("docs", file.getValue()));
            List<String> lines = new ArrayList<>(ManText.of(file.getKey(), PURPOSE.get(file.getKey()), text));
            lines.addAll(List.of(".SH SEE ALSO", "reroute(1), /usr/share/doc/reroute/docs"));
            pages.put(file.getKey() + ".5", lines);
        }
        return pages;
    }

    private static List<String> printed(String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Cli.run(List.of(words), null, null, new Console(out, out, 80, false, new Actor.Human("root", "")));
        if (code != 0) {
            throw new IllegalStateException(bytes.toString(StandardCharsets.UTF_8));
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
