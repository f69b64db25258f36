package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.reroute.lab.Lab;
import net.reroute.lab.LabFarm;

/** The longest gap of new connections to the three-tier farm, for each box that falls silent. */
final class FarmFigures {

    static final List<String> NAMES = List.of("farm");

    private static final int ROUNDS = 5;
    private static final int MORE = 60;

    private FarmFigures() {}

    static void measure() {
        try (Lab lab = new Lab(); LabFarm farm = new LabFarm(lab)) {
            for (String box : LabFarm.BOXES) {
                List<Long> gaps = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    gaps.add(gap(lab, farm, box, lab.folder().resolve(box + i)));
                }
                gaps.sort(Long::compare);
                System.out.println("farm: " + box + " falls silent, longest gap of new connections, ms: median "
                        + gaps.get(ROUNDS / 2) + ", all " + gaps);
            }
            farm.reroute().stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long gap(Lab lab, LabFarm farm, String box, Path out) throws IOException {
        Process load = farm.load(out);
        Lab.await("load", () -> lines(out).size() > 20);
        int before = lines(out).size();
        lab.cutOff(box);
        Lab.await("served", () -> lines(out).size() > before + MORE);
        load.descendants().forEach(ProcessHandle::destroyForcibly);
        load.destroyForcibly();
        lab.plugIn(box);
        Lab.await("well", () -> farm.reroute().ask("status").status() == 0
                && lab.nextHop(LabFarm.ADDRESS).equals("192.168.1.2"));
        List<Long> times = lines(out);
        long longest = 0;
        for (int i = 1; i < times.size(); i++) {
            longest = Math.max(longest, times.get(i) - times.get(i - 1));
        }
        return longest;
    }

    private static List<Long> lines(Path out) {
        try {
            return Files.readString(out).lines().filter(l -> l.matches("\\d{13}")).map(Long::parseLong).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
