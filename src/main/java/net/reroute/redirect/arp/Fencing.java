package net.reroute.redirect.arp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.reroute.core.Address;
import net.reroute.core.Durations;
import net.reroute.core.Takeover.Means;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** Takes an address off the servers that should not have it any more, as far as they can be reached. Thread-safe. */
final class Fencing {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Lan lan;
    private final TakeoverRequest request;
    private final LanEventHandler events;
    private final Supplier<Census> census;
    private final BooleanSupplier current;
    private final List<String> typed = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean overdue;

    /**
     * @param census what the other servers hold; may block
     * @param current false once the address moves again: late fencing must not take it off its new server
     */
    Fencing(Lan lan, TakeoverRequest request, Supplier<Census> census, BooleanSupplier current) {
        this.lan = lan;
        this.events = lan.events();
        this.current = current;
        this.census = census;
        this.request = request;
    }

    /** Fences the servers that hold the address. Blocks until all are done. */
    void run() {
        Census census = this.census.get();
        Lan.all(request.others(), server -> {
            if (census.saw(server)) {
                census.byServer().get(server)
                        .forEach(i -> i.entriesOf(request.address()).forEach(e -> off(server, i, e)));
            } else if (server.equals(request.from())) {
                remark(server + " cannot be asked whether it still holds it: " + census.silent().get(server));
            }
        });
    }

    /** What was typed after the move stopped waiting; empty if it waited for all. */
    synchronized Optional<String> late() {
        return overdue && !typed.isEmpty()
                ? Optional.of("typed " + String.join("; ", typed) + ", since it is at " + request.to())
                : Optional.empty();
    }

    /**
     * Adds what is known so far to a result.
     *
     * @param ended false if fencing still runs
     */
    synchronized TakeoverResult with(TakeoverResult result, boolean ended) {
        overdue = !ended;
        return ended
                ? result.and(typed, remarks)
                : result.and(typed, List.of(request.from() + " does not answer, so it may still hold it"));
    }

    private synchronized void remark(String text) {
        remarks.add(text);
    }

    private synchronized void typed(String line) {
        typed.add(line);
    }

    private void off(String server, Interface on, Interface.AssignedAddress entry) {
        try {
            if (!request.planned() && request.fence() == Means.NONE) {
                remark(server + " still holds it, and fence is none");
            } else if (carriesOthers(server, on, entry)) {
                return;
            } else if (!request.planned() && request.fence() == Means.INTERFACE) {
                down(server, on, entry);
            } else {
                alias(server, on, entry);
            }
        } catch (SshException | RuntimeException e) {
            remark(server + " was not fenced: " + e.getMessage());
        }
    }

    /**
     * True if deleting this address would delete others, since the kernel deletes the secondaries of a primary. Our
     * login may use one of them.
     */
    private boolean carriesOthers(String server, Interface on, Interface.AssignedAddress entry) throws SshException {
        ServerLink link = lan.link(server);
        List<Address> others = on.goingWith(entry);
        boolean carries = !others.isEmpty()
                && !link.run(link.script().promotes(on.name()), PATIENCE).out().contains("1");
        if (carries) {
            remark(server + " was not fenced: " + entry.address() + " is the primary address of " + others.getFirst()
                    + (others.size() > 1 ? " and " + (others.size() - 1) + " more" : "") + " on " + on.name()
                    + ", which would go with it; set net.ipv4.conf." + on.name() + ".promote_secondaries=1 there");
        }
        return carries;
    }

    private void alias(String server, Interface on, Interface.AssignedAddress entry) throws SshException {
        ServerLink link = lan.link(server);
        String line = link.script().delete(entry, on.name());
        Shell.Output answer;
        synchronized (link.typing()) { // waits for an activation on the same server
            if (!current.getAsBoolean()) {
                return;
            }
            events.removed(request.address(), server, String.join(" ", entry.words()));
            answer = link.change(link.script().sudo(line), PATIENCE);
        }
        if (answer.ok()) {
            typed(server + ": " + line);
        } else {
            remark(server + " was not fenced: " + answer.complaint());
        }
    }

    /** Starts the restore timer before the interface goes down, since the server may be unreachable after that. */
    private void down(String server, Interface on, Interface.AssignedAddress entry) throws SshException {
        ServerLink link = lan.link(server);
        Duration after = request.how().fence().restoreAfter();
        Shell.Output answer;
        synchronized (link.typing()) {
            if (!current.getAsBoolean()) {
                return;
            }
            answer = link.change(link.script().downFor(on.name(), entry, after.toSeconds()), PATIENCE);
        }
        if (answer.ok()) {
            events.removed(request.address(), server, String.join(" ", entry.words()));
            typed(server + ": ip link set " + on.name() + " down, and up again after " + Durations.text(after));
        } else {
            remark(server + " was not fenced: " + answer.complaint());
        }
    }
}
