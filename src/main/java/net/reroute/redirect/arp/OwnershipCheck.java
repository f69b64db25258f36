package net.reroute.redirect.arp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.reroute.core.LanRemarks.AddressLost;
import net.reroute.core.LanRemarks.TwoHolders;
import net.reroute.core.Takeover.Means;

/** Checks that every guarded address is at its server and at no other, and corrects that. Thread-safe. */
final class OwnershipCheck {

    private final Lan lan;
    private final AddressMover mover;
    private final LanEventHandler events;
    private final AddressGuard guard;

    OwnershipCheck(Lan lan, AddressMover mover, AddressGuard guard) {
        this.lan = lan;
        this.mover = mover;
        this.events = lan.events();
        this.guard = guard;
    }

    /** Asks each server once, and checks all these addresses. Blocks. */
    void check(List<GuardedAddress> some) {
        Set<String> servers = new LinkedHashSet<>();
        some.forEach(w -> {
            servers.add(w.held().request().to());
            servers.addAll(w.held().request().others());
        });
        Census census = lan.look(servers);
        List<GuardedAddress> current = some.stream().filter(guard::isCurrent).toList();
        List<GuardedAddress> well = current.stream().filter(w -> isThere(w, census)).toList();
        Lan.all(current.stream().filter(w -> !also(w, census).isEmpty()).toList(), w -> alone(w, census));
        unseen(current.stream().filter(w -> !census.saw(w.held().request().to())).toList(), census);
        well.forEach(GuardedAddress::isAlone);
        guard.announce(well.stream().filter(w -> w.held().away()).map(w -> w.held().request()).toList(), census);
        well.stream().filter(w -> !w.held().away()).forEach(w -> w.trouble(""));
    }

    private static List<String> also(GuardedAddress one, Census census) {
        TakeoverRequest request = one.held().request();
        return census.holders(request.address(), List.of(request.to())).isEmpty()
                ? List.of()
                : census.holders(request.address(), request.others());
    }

    /** True if the address is at its server and at no other. */
    private boolean isThere(GuardedAddress one, Census census) {
        TakeoverRequest request = one.held().request();
        boolean held = !census.holders(request.address(), List.of(request.to())).isEmpty();
        if (census.saw(request.to()) && !held) {
            one.trouble(request.to() + " does not hold " + request.address() + " any more")
                    .ifPresent(t -> events.tell(new AddressLost(request.address(), t)));
            events.lost(request.address());
        }
        return held && also(one, census).isEmpty();
    }

    /**
     * Reports a server that cannot be asked, in one sentence for all its addresses. Only addresses that were taken over
     * are reported; others are not announced anyway.
     */
    private void unseen(List<GuardedAddress> some, Census census) {
        Map<String, List<TakeoverRequest>> news = new LinkedHashMap<>();
        for (GuardedAddress one : some) {
            TakeoverRequest request = one.held().request();
            boolean isNews = one
                    .trouble(request.to() + " cannot be asked whether it holds it, so it is not announced: "
                            + census.silent().get(request.to()))
                    .isPresent();
            if (isNews && one.held().away()) {
                news.computeIfAbsent(request.to(), s -> new ArrayList<>()).add(request);
            }
        }
        news.forEach((server, all) -> guard.notAnnounced(all, server + " cannot be asked whether it holds "
                + (all.size() == 1 ? "it" : "them") + ": " + census.silent().get(server)));
    }

    /** Two servers have the address, as after a network partition. The one that was decided keeps it. */
    private void alone(GuardedAddress one, Census census) {
        TakeoverRequest request = one.held().request();
        String text = request.address() + " is also at " + String.join(", ", also(one, census));
        if (!events.types()) {
            guard.announce(List.of(request), census);
            one.sharedTrouble(text).ifPresent(t -> events.tell(new TwoHolders(request.address(), t)));
            return;
        }
        ReentrantLock moving = mover.moving(request.address());
        if (!moving.tryLock()) {
            return; // a move is in progress; two servers may have it
        }
        try {
            if (guard.isCurrent(one)) {
                alone(one, request, census, text);
            }
        } finally {
            moving.unlock();
        }
    }

    private void alone(GuardedAddress one, TakeoverRequest request, Census census, String also) {
        // the other server works, as after a partition, so its interface stays up
        TakeoverRequest gently = request.fence() == Means.INTERFACE ? request.with(Means.ALIAS) : request;
        Fencing fencing = new Fencing(lan, gently, () -> census, () -> guard.isCurrent(one));
        guard.announce(List.of(request), census);
        fencing.run();
        TakeoverResult done = fencing.with(new TakeoverResult(true, "", List.of(), List.of()), true);
        String text = also + "; it stays at " + request.to()
                + (done.typed().isEmpty() ? "" : ", typed " + String.join("; ", done.typed()))
                + (done.remarks().isEmpty() ? "" : " (" + String.join("; ", done.remarks()) + ")");
        one.sharedTrouble(text).ifPresent(t -> events.tell(new TwoHolders(request.address(), t)));
        guard.burst(List.of(request));
    }
}
