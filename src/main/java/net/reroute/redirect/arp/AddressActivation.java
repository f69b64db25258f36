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
 * Brings addresses up on one server, reads them back and announces them from there. All addresses share one exchange to
 * bring them up and one to announce them, since traffic waits for the last one.
 */
final class AddressActivation {

    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration COMMANDS = Duration.ofSeconds(10);

    private final ServerLink link;
    private final MacTable hardware;
    private final List<TakeoverRequest> requests;

    AddressActivation(ServerLink link, MacTable hardware, List<TakeoverRequest> requests) {
        this.link = link;
        this.hardware = hardware;
        this.requests = requests;
    }

    /** The line that adds the address. */
    String line(TakeoverRequest request) {
        return link.script().add(request.address(), request.interfaceAt(request.to()),
                request.kept().getOrDefault(request.to(), ""));
    }

    /**
     * Brings the addresses up. A planned takeover fails if a machine other than the servers claims the address. A
     * failover continues: otherwise any machine could keep the site down by claiming the address at that moment.
     */
    Map<TakeoverRequest, TakeoverResult> run() {
        Map<TakeoverRequest, TakeoverResult> taken = new LinkedHashMap<>();
        Map<TakeoverRequest, String> claimed = new Duplicates(link, hardware).among(requests);
        claimed.forEach((request, who) -> {
            if (request.planned()) {
                taken.put(request, TakeoverResult.not(who));
            }
        });
        requests.stream().filter(t -> !taken.containsKey(t)).forEach(t -> refusal(t.how().commands().before(), "")
                .ifPresent(said -> taken.put(t, TakeoverResult.not(link.name() + ": " + said))));
        List<TakeoverRequest> left = requests.stream().filter(t -> !taken.containsKey(t)).toList();
        try {
            taken.putAll(left.isEmpty() ? Map.of() : added(left));
        } catch (SshException e) {
            left.forEach(t -> taken.put(t, TakeoverResult.not(e.getMessage())));
        } catch (IOException | IllegalArgumentException e) {
            left.forEach(t -> taken.put(t,
                    TakeoverResult.not(link.name() + " shows its interfaces in a way that reroute does not understand: "
                            + e.getMessage())));
        }
        List<TakeoverRequest> there = left.stream().filter(t -> taken.get(t).there()).toList();
        List<String> complaints = announce(there);
        there.forEach(t -> taken.put(t, taken.get(t).and(List.of(), complaints)));
        claimed.forEach((request, who) -> taken.computeIfPresent(request, (t, done) -> done.there()
                ? done.and(List.of(), List.of(who + "; it was taken over all the same, and each claim is answered"))
                : done));
        return taken;
    }

    /** Runs the admin's {@code after-takeover} command. Returns the complaint; empty if it worked or there is none. */
    Optional<String> after(TakeoverRequest request) {
        return refusal(request.how().commands().after(), "after-takeover failed: ");
    }

    /** Runs an admin's command, if there is one. Returns its output if it failed, else empty. */
    private Optional<String> refusal(List<String> command, String prefix) {
        if (command.isEmpty()) {
            return Optional.empty();
        }
        try {
            Shell.Output answer = link.change(link.script().command(command), COMMANDS);
            return answer.ok() ? Optional.empty() : Optional.of(prefix + answer.complaint());
        } catch (SshException e) {
            return Optional.of(prefix + e.getMessage());
        }
    }

    private Map<TakeoverRequest, TakeoverResult> added(List<TakeoverRequest> all) throws IOException {
        Shell.Output answer;
        synchronized (link.typing()) {
            answer = link.change(link.script().addAndShow(all.stream().map(this::line).toList()), PATIENCE);
        }
        String[] parts = answer.out().split(LanScript.NEXT + "\n?", 2);
        if (parts.length != 2) {
            throw new IOException(answer.complaint());
        }
        List<Interface> now = Interface.read(parts[1]);
        Map<Integer, String> complaints = IpBatch.complaints(parts[0]);
        Map<TakeoverRequest, TakeoverResult> taken = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            taken.put(all.get(i), readBack(all.get(i), now, complaints.getOrDefault(i + 1, "it is not there")));
        }
        return taken;
    }

    private TakeoverResult readBack(TakeoverRequest request, List<Interface> now, String complaint) {
        String on = request.interfaceAt(request.to());
        List<String> typed = List.of(link.name() + ": " + line(request));
        Optional<Interface> there = now.stream().filter(i -> i.name().equals(on)).findFirst();
        if (there.flatMap(i -> i.entry(request.address())).isEmpty()) {
            String fix = there.isEmpty() ? "; correct 'interface:' in the inventory" : "";
            return new TakeoverResult(false, link.name() + ": " + complaint + fix, typed, List.of());
        }
        return new TakeoverResult(true, "", typed,
                there.get().up() ? List.of() : List.of(on + " of " + link.name() + " is down"));
    }

    /** Returns complaints; empty if all was announced. */
    private List<String> announce(List<TakeoverRequest> there) {
        List<Announcement> all = new ArrayList<>();
        for (TakeoverRequest request : there) {
            if (request.how().announce() == Announce.SERVER) {
                hardware.of(request.to(), request.interfaceAt(request.to()))
                        .ifPresent(own -> all.add(new Announcement(request.interfaceAt(request.to()), request.address(),
                                Frames.announcement(own, own, request.address()))));
            }
        }
        try {
            if (!all.isEmpty()) {
                link.socket().send(all);
            }
            return List.of();
        } catch (SshException e) {
            return List.of("not announced by " + link.name() + ": " + e.getMessage());
        }
    }
}
