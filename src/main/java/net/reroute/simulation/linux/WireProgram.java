package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * {@code perl} on a machine of a LAN. It runs two programs: one that does nothing, by which a login learns that perl is
 * there, and the one that sends and hears frames for reroute.
 */
final class WireProgram implements LinuxCommand {

    private static final String NOTHING = "1";
    /** The first words of the program. */
    private static final String OURS = "# reroute keeps this running";

    private final SimulatedLan lan;
    private final LanStation station;

    WireProgram(SimulatedLan lan, LanStation station) {
        this.lan = lan;
        this.station = station;
    }

    @Override
    public int run(LinuxCall call) throws IOException {
        String program = call.args().size() == 2 && call.args().getFirst().equals("-e") ? call.args().get(1) : "";
        if (program.equals(NOTHING)) {
            return 0;
        }
        return program.startsWith(OURS) ? new Run(call).run() : call.fail(2, "this machine runs no such program");
    }

    /** One run of the program. */
    private final class Run {

        private final LinuxCall call;
        /** What to report, by interface: c and an address for claims, a and an address for questions. */
        private final Map<String, Set<String>> watched = new ConcurrentHashMap<>();

        private final Consumer<LanFrame> ears = this::hears;

        Run(LinuxCall call) {
            this.call = call;
        }

        int run() throws IOException {
            station.listen(ears);
            try {
                for (Optional<String> line = next(); line.isPresent(); line = next()) {
                    obey(List.of(line.get().strip().split(" +")));
                }
                return 0;
            } finally {
                station.leave(ears);
            }
        }

        private Optional<String> next() throws IOException {
            return ShellIo.line(call.io().in());
        }

        /** @param words number, send or watch, interface, frames or addresses */
        private void obey(List<String> words) throws IOException {
            String on = words.get(2);
            List<String> rest = words.subList(3, words.size());
            if (!rest.isEmpty() && !station.has(on)) {
                say("failed " + words.getFirst() + " " + on + ": No such file or directory");
                return;
            }
            if (words.get(1).equals("watch")) {
                watched.put(on, Set.copyOf(rest));
            } else {
                rest.forEach(digits -> lan.broadcast(station, new LanFrame(digits)));
            }
            say("done " + words.getFirst());
        }

        private void hears(LanFrame frame) {
            boolean wanted = watched.values().stream()
                    .anyMatch(w -> w.contains("c" + frame.claimed()) || w.contains("a" + frame.target()));
            if (wanted) {
                try {
                    say("heard " + frame.digits());
                } catch (IOException e) {
                    station.leave(ears); // its client hung up
                }
            }
        }

        private synchronized void say(String line) throws IOException {
            call.out(line + "\n");
        }
    }
}
