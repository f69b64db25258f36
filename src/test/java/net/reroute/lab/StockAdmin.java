package net.reroute.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An admin at a terminal of the first set-up, who reads what is printed and types what it says at the console of the
 * machine that it names.
 */
final class StockAdmin {

    private final StockMachines machines;
    private final List<String> said = new ArrayList<>();
    private String machine = "";
    private String compare = "";
    private String type = "";
    private int pasted;

    StockAdmin(StockMachines machines) {
        this.machines = machines;
    }

    /** Types a command, and answers what it asks. Returns its exit status. */
    int types(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer answers = process.outputWriter()) {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                line.append((char) c);
                String answer = c == '\n' ? read(line.toString().strip()) : answer(line.toString());
                if (!answer.isEmpty()) {
                    said.add(line.toString());
                    answers.write(answer);
                    answers.flush();
                }
                if (c == '\n' || !answer.isEmpty()) {
                    line.setLength(0);
                }
            }
        }
        return process.waitFor();
    }

    /** What was printed. */
    String all() {
        return String.join("\n", said);
    }

    /** How many lines were typed at consoles. */
    int pasted() {
        return pasted;
    }

    private String read(String line) {
        said.add(line);
        StockMachines.NAMES.forEach((address, name) -> {
            if (line.contains("root@" + address)) {
                machine = name;
            }
        });
        if (line.startsWith("On its console, this prints the same:")) {
            compare = line.substring(line.indexOf(':') + 1).strip();
        }
        if (line.startsWith("mkdir -p")) {
            type = line;
        }
        return "";
    }

    private String answer(String begun) {
        if (begun.endsWith("[yes/no] ")) {
            String fingerprint = machines.console(machine, compare).split(" ")[1];
            return said.stream().anyMatch(s -> s.contains(fingerprint)) ? "yes\n" : "no\n";
        }
        if (begun.matches("  Enter when that is done.*: ")) {
            machines.console(machine, type);
            pasted++;
            return "\n";
        }
        return "";
    }
}
