package net.reroute.redirect.arp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.IpBatch;
import net.reroute.core.Takeover.Announce;
import net.reroute.redirect.arp.RemoteRawSocket.Announcement;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/**
 * Brings addresses up on one server, reads back and announces them from there: one exchange for all that come up, one for
 * all that are announced, since traffic waits for the last of them.
 */
final class AddressActivation {

    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration COMMANDS = Duration.ofSeconds(10);

    private final ServerLink link;
    private final MacTable hardware;
    private final List<Taking> takings;

    AddressActivation(ServerLink link, MacTable hardware, List<Taking> takings) {
        this.link = link;
        this.hardware = hardware;
        this.takings = takings;
    }

    /** What is typed to have the address. */
    String line(Taking taking) {
        return link.script().add(taking.address(), taking.interfaceAt(taking.to()),
                taking.kept().getOrDefault(taking.to(), ""));
    }

    /**
     * A planned takeover leaves an address alone that a machine answers for which is none of the servers. A dead server's is
     * taken over all the same: else whoever claims it in that moment would keep the site down.
     */
    Map<Taking, Taken> run() {
        Map<Taking, Taken> taken = new LinkedHashMap<>();
        Map<Taking, String> claimed = new Duplicates(link, hardware).among(takings);
        claimed.forEach((taking, who) -> {
            if (taking.planned()) {
                taken.put(taking, Taken.not(who));
            }
        });
        takings.stream().filter(t -> !taken.containsKey(t)).forEach(t -> refusal(t.how().commands().before(), "")
                .ifPresent(said -> taken.put(t, Taken.not(link.name() + ": " + said))));
        List<Taking> left = takings.stream().filter(t -> !taken.containsKey(t)).toList();
        try {
            taken.putAll(left.isEmpty() ? Map.of() : added(left));
        } catch (SshException e) {
            left.forEach(t -> taken.put(t, Taken.not(e.getMessage())));
        } catch (IOException | IllegalArgumentException e) {
            left.forEach(t -> taken.put(t, Taken.not(link.name() + " shows its interfaces in a way nobody understands: "
                    + e.getMessage())));
        }
        List<Taking> there = left.stream().filter(t -> taken.get(t).there()).toList();
        List<String> complaints = announce(there);
        there.forEach(t -> taken.put(t, taken.get(t).and(List.of(), complaints)));
        claimed.forEach((taking, who) -> taken.computeIfPresent(taking, (t, done) -> done.there()
                ? done.and(List.of(), List.of(who + "; it was taken over all the same, and each claim is answered"))
                : done));
        return taken;
    }

    /** Runs what the admin wants run after it. Returns what went wrong. */
    Optional<String> after(Taking taking) {
        return refusal(taking.how().commands().after(), "after-takeover failed: ");
    }

    /** Runs an admin's command, if there is one. Returns what it said when it failed. */
    private Optional<String> refusal(List<String> command, String prefix) {
        if (command.isEmpty()) {
            return Optional.empty();
        }
        try {
            Shell.Answer answer = link.run(link.script().command(command), COMMANDS);
            return answer.ok() ? Optional.empty() : Optional.of(prefix + answer.complaint());
        } catch (SshException e) {
            return Optional.of(prefix + e.getMessage());
        }
    }

    private Map<Taking, Taken> added(List<Taking> all) throws IOException {
        Shell.Answer answer;
        synchronized (link.typing()) {
            answer = link.run(link.script().addAndShow(all.stream().map(this::line).toList()), PATIENCE);
        }
        String[] parts = answer.out().split(LanScript.NEXT + "\n?", 2);
        if (parts.length != 2) {
            throw new IOException(answer.complaint());
        }
        List<Interface> now = Interface.read(parts[1]);
        Map<Integer, String> complaints = IpBatch.complaints(parts[0]);
        Map<Taking, Taken> taken = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            taken.put(all.get(i), readBack(all.get(i), now, complaints.getOrDefault(i + 1, "it is not there")));
        }
        return taken;
    }

    private Taken readBack(Taking taking, List<Interface> now, String complaint) {
        String on = taking.interfaceAt(taking.to());
        List<String> typed = List.of(link.name() + ": " + line(taking));
        Optional<Interface> there = now.stream().filter(i -> i.name().equals(on)).findFirst();
        if (there.flatMap(i -> i.entry(taking.address())).isEmpty()) {
            String fix = there.isEmpty() ? "; correct 'interface:' in the inventory" : "";
            return new Taken(false, link.name() + ": " + complaint + fix, typed, List.of());
        }
        return new Taken(true, "", typed,
                there.get().up() ? List.of() : List.of(on + " of " + link.name() + " is down"));
    }

    /** Returns what went wrong. */
    private List<String> announce(List<Taking> there) {
        List<Announcement> all = new ArrayList<>();
        for (Taking taking : there) {
            if (taking.how().announce() == Announce.SERVER) {
                hardware.of(taking.to(), taking.interfaceAt(taking.to()))
                        .ifPresent(own -> all.add(new Announcement(taking.interfaceAt(taking.to()), taking.address(),
                                Frames.announcement(own, own, taking.address()))));
            }
        }
        try {
            if (!all.isEmpty()) {
                link.wire().send(all);
            }
            return List.of();
        } catch (SshException e) {
            return List.of("not announced by " + link.name() + ": " + e.getMessage());
        }
    }
}
