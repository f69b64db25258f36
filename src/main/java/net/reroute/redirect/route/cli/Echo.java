package net.reroute.redirect.route.cli;

import java.io.IOException;
import java.util.List;

/** Finds the echo of a command at the start of a text, so that it does not count as an answer. */
record Echo(Prompt prompt) {

    /**
     * The index of the line at which the answer starts; at most that of the last line, the prompt.
     *
     * @throws IOException if text before the echo belongs to an earlier answer
     */
    int end(List<String> lines, String command) throws IOException {
        String squeezed = AnswerMatcher.squeezed(command);
        int end = AnswerMatcher.echoEnd(lines, squeezed)
                .orElseThrow(() -> new IOException("out of step: what it echoed was overwritten")) + 1;
        inStep(lines.subList(0, end), squeezed);
        while (end < lines.size() - 1 && isAgain(lines.get(end), squeezed)) {
            end++; // some devices echo twice
        }
        return end;
    }

    /**
     * True if a line is only the command again, as RouterOS redraws it. FRR repeats a command behind its complaint,
     * which is an answer.
     */
    private boolean isAgain(String line, String squeezed) {
        String text = AnswerMatcher.squeezed(line);
        return text.endsWith(squeezed) && isNothing(start(line, text.length() - squeezed.length()));
    }

    /** Fails if text other than a prompt precedes the echo: it belongs to an earlier answer. */
    private void inStep(List<String> upToEcho, String squeezed) throws IOException {
        StringBuilder before = new StringBuilder();
        upToEcho.stream().filter(l -> !prompt.isKnown(l)).forEach(before::append);
        String text = AnswerMatcher.squeezed(before.toString());
        String stray = "";
        for (int at = text.indexOf(squeezed); at >= 0; at = text.indexOf(squeezed, at + 1)) {
            stray = start(before.toString(), at);
            if (isNothing(stray)) {
                return; // a prompt may contain the command, such as /
            }
        }
        if (!stray.isEmpty()) {
            throw new IOException("out of step: it said '" + stray + "' before it echoed the command");
        }
    }

    private boolean isNothing(String before) {
        return before.isBlank() || prompt.isKnown(before.strip());
    }

    /** The start of a line, up to this number of non-blank characters. */
    private static String start(String line, int characters) {
        int end = 0;
        for (int seen = 0; seen < characters; end++) {
            seen += Character.isWhitespace(line.charAt(end)) ? 0 : 1;
        }
        return line.substring(0, end);
    }
}
