package net.reroute.simulation.linux;

import java.util.ArrayList;
import java.util.List;
import net.reroute.simulation.linux.ShellWord.Part;
import net.reroute.simulation.linux.ShellWord.Syntax;

/** Collects the parts of a word. Joins adjacent text. */
final class ShellPieces {

    private final List<Part> parts = new ArrayList<>();

    void add(Part part) {
        parts.add(part);
    }

    void plain(char c) {
        text(Character.toString(c), false);
    }

    void quote(String text) {
        text(text, true);
    }

    private void text(String text, boolean quoted) {
        Part last = parts.isEmpty() ? null : parts.getLast();
        if (last != null && last.kind() == Syntax.TEXT && last.quoted() == quoted) {
            parts.set(parts.size() - 1, new Part(Syntax.TEXT, last.text() + text, quoted));
        } else {
            parts.add(new Part(Syntax.TEXT, text, quoted));
        }
    }

    List<Part> done() {
        return parts;
    }
}
