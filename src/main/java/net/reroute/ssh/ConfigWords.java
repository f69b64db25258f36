package net.reroute.ssh;

import java.util.ArrayList;
import java.util.List;

/** Splits a configuration line into words as OpenSSH does: quotes hold a word together, {@code #} starts a comment. */
final class ConfigWords {

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean open;
    private char quote;

    private ConfigWords(String line) {
        this.line = line;
    }

    static List<String> of(String line) {
        return new ConfigWords(line).split();
    }

    private List<String> split() {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && isEscaped(line.charAt(i + 1))) {
                add(line.charAt(++i));
            } else if (quote != 0) {
                inQuotes(c);
            } else if (c == ' ' || c == '\t') {
                end();
            } else if (c == '#' && !open) {
                return words;
            } else if (c == '"' || c == '\'') {
                quote = c;
                open = true;
            } else {
                add(c);
            }
        }
        end();
        return words;
    }

    private boolean isEscaped(char next) {
        return next == '\\' || next == '"' || next == '\'' || next == ' ' && quote == 0;
    }

    private void inQuotes(char c) {
        if (c == quote) {
            quote = 0;
        } else {
            add(c);
        }
    }

    private void add(char c) {
        word.append(c);
        open = true;
    }

    private void end() {
        if (open) {
            words.add(word.toString());
        }
        word.setLength(0);
        open = false;
    }
}
