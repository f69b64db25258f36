package net.reroute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** The pages of the documentation, which are all files of Markdown in the repository, as a git host reads them. */
public final class Docs {

    private static final Set<String> NOT_OURS = Set.of("target", "state", "node_modules", ".git");
    private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private Docs() {}

    /**
     * One file.
     *
     * @param file from the root of the repository
     */
    public record Page(Path file, Node text) {

        /** Reads it. */
        public static Page of(Path file) {
            try {
                return new Page(file, PARSER.parse(Files.readString(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Its parts of one kind, from the first to the last. */
        public <T extends Node> List<T> all(Class<T> kind) {
            List<T> found = new ArrayList<>();
            collect(text, kind, found);
            return found;
        }

        /** What can stand behind # in a link to it. */
        public Set<String> anchors() {
            Map<String, Integer> times = new HashMap<>();
            for (Heading heading : all(Heading.class)) {
                String anchor = anchor(literal(heading));
                int before = times.merge(anchor, 1, Integer::sum) - 1;
                times.putIfAbsent(before == 0 ? anchor : anchor + "-" + before, 1);
            }
            return times.keySet();
        }

        /** The texts of its blocks of code, with the language of each, or nothing. */
        public List<Map.Entry<String, String>> blocks() {
            Stream<Map.Entry<String, String>> fenced = all(FencedCodeBlock.class).stream()
                    .map(b -> Map.entry(b.getInfo(), b.getLiteral()));
            return Stream.concat(fenced, all(IndentedCodeBlock.class).stream().map(b -> Map.entry("", b.getLiteral())))
                    .toList();
        }

        @Override
        public String toString() {
            return file.toString();
        }

        /** The texts of its code within sentences. */
        public List<String> inline() {
            return all(Code.class).stream().map(Code::getLiteral).toList();
        }
    }

    /** All of them, in the order of their names. */
    public static List<Page> pages() {
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            return files.filter(f -> f.toString().endsWith(".md"))
                    .filter(f -> Stream.iterate(f, p -> p != null, Path::getParent)
                            .noneMatch(p -> NOT_OURS.contains(p.getFileName().toString())))
                    .sorted().map(Page::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of a heading in an address, by the rules of GitHub. */
    static String anchor(String heading) {
        return heading.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc}\\- ]", "").replace(' ',
                '-');
    }

    private static <T> void collect(Node in, Class<T> kind, List<T> found) {
        for (Node node = in.getFirstChild(); node != null; node = node.getNext()) {
            if (kind.isInstance(node)) {
                found.add(kind.cast(node));
            }
            collect(node, kind, found);
        }
    }

    private static String literal(Node in) {
        String text = "";
        for (Node node = in.getFirstChild(); node != null; node = node.getNext()) {
            text += switch (node) {
                case Text words -> words.getLiteral();
                case Code code -> code.getLiteral();
                case SoftLineBreak space -> " ";
                default -> literal(node);
            };
        }
        return text;
    }
}
