package net.reroute.takeover;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Takeover.Announce;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** Brings addresses up on one server, announces them from there, and reads back; all in one round trip. */
final class Activation {

    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration COMMANDS = Duration.ofSeconds(10);
    private static final String STEP = "\necho; echo " + LanScript.NEXT + "\n";
    private static final int PARTS = 2;

    private final ServerLink link;
    private final Hardware hardware;
    private final List<Taking> takings;

    Activation(ServerLink link, Hardware hardware, List<Taking> takings) {
        this.link = link;
        this.hardware = hardware;
        this.takings = takings;
    }

    /** What is typed to have the address. */
    String line(Taking taking) {
        return link.script().add(taking.address(), taking.interfaceAt(taking.to()),
                taking.kept().getOrDefault(taking.to(), ""));
    }

    /** Addresses that a machine answers for which is none of the servers are left alone. */
    Map<Taking, Taken> run() {
        Map<Taking, String> foreign = new Duplicates(link, hardware).among(takings);
        Map<Taking, Taken> taken = new LinkedHashMap<>(
                run(takings.stream().filter(t -> !foreign.containsKey(t)).toList()));
        foreign.forEach((taking, who) -> taken.put(taking, Taken.not(who)));
        return taken;
    }

    private Map<Taking, Taken> run(List<Taking> takings) {
        Map<Taking, Taken> taken = new LinkedHashMap<>();
        if (takings.isEmpty()) {
            return taken;
        }
        try {
            boolean commands = takings.stream().anyMatch(t -> !t.how().commands().before().isEmpty()
                    || !t.how().commands().after().isEmpty());
            Shell.Answer answer = link.run(script(takings), commands ? PATIENCE.plus(COMMANDS) : PATIENCE);
            String[] parts = answer.out().split(LanScript.NEXT + "\n?", -1);
            if (parts.length != takings.size() * PARTS + 1) {
                takings.forEach(t -> taken.put(t, Taken.not(link.name() + " gave an answer nobody understands: "
                        + answer.complaint())));
                return taken;
            }
            List<Interface> there = Interface.read(parts[parts.length - 1]);
            for (int i = 0; i < takings.size(); i++) {
                taken.put(takings.get(i), readBack(takings.get(i), there, parts[i * PARTS], parts[i * PARTS + 1]));
            }
        } catch (IOException | IllegalArgumentException e) {
            takings.forEach(t -> taken.put(t, Taken.not(e instanceof SshException
                    ? String.valueOf(e.getMessage())
                    : link.name() + " shows its interfaces in a way nobody understands: " + e.getMessage())));
        }
        return taken;
    }

    private String script(List<Taking> takings) {
        StringBuilder script = new StringBuilder();
        for (Taking taking : takings) {
            String on = taking.interfaceAt(taking.to());
            List<String> before = taking.how().commands().before();
            List<String> after = taking.how().commands().after();
            script.append("{ ").append(before.isEmpty() ? "" : link.script().command(before) + " >&2 && ")
                    .append(link.script().sudo(line(taking))).append("; } 2>&1").append(STEP);
            script.append("if ").append(LanScript.isHeld(taking.address(), on)).append("; then\n")
                    .append(frames(taking).map(f -> "{ " + link.script().send(link.sender(), on, f, taking.address())
                            + "; } 2>&1\n").orElse(""))
                    .append(after.isEmpty()
                            ? ":"
                            : "{ " + link.script().command(after) + " || echo \"after-takeover"
                                    + " failed\"; } 2>&1")
                    .append("\nfi").append(STEP);
        }
        return script.append(link.script().show()).toString();
    }

    /** Empty if they are sent from elsewhere. */
    private Optional<List<byte[]>> frames(Taking taking) {
        return hardware.of(taking.to(), taking.interfaceAt(taking.to()))
                .filter(h -> taking.how().announce() == Announce.SERVER)
                .map(h -> Frames.announcement(h, h, taking.address()));
    }

    private Taken readBack(Taking taking, List<Interface> now, String adding, String announcing) {
        String on = taking.interfaceAt(taking.to());
        List<String> typed = List.of(link.name() + ": " + line(taking));
        Optional<Interface> there = now.stream().filter(i -> i.name().equals(on)).findFirst();
        String said = adding.strip().replaceAll("\\s*\\R\\s*", "; ");
        if (there.flatMap(i -> i.entry(taking.address())).isEmpty()) {
            return new Taken(false, link.name() + ": " + (said.isEmpty() ? "it is not there" : said), typed, List.of());
        }
        List<String> remarks = new ArrayList<>();
        if (!there.get().up()) {
            remarks.add(on + " of " + link.name() + " is down");
        }
        String complaint = announcing.strip().replaceAll("\\s*\\R\\s*", "; ");
        if (!complaint.isEmpty()) {
            remarks.add("not announced by " + link.name() + ": " + complaint);
        }
        return new Taken(true, "", typed, List.copyOf(remarks));
    }
}
