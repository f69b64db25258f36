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

/** Looks at servers and sees to it that every address that is looked after is at its server and at no other. */
final class OwnershipCheck {

    private final Lan lan;
    private final LanEventHandler events;
    private final AddressGuard keeper;

    OwnershipCheck(Lan lan, LanEventHandler events, AddressGuard keeper) {
        this.lan = lan;
        this.events = events;
        this.keeper = keeper;
    }

    /** Looks at all servers, each once: every address is where it should be, and nowhere else. */
    void attend(List<Watch> some) {
        Set<String> servers = new LinkedHashSet<>();
        some.forEach(w -> {
            servers.add(w.held().request().to());
            servers.addAll(w.held().request().others());
        });
        Lan.Sight sight = lan.look(servers);
        List<Watch> current = some.stream().filter(keeper::isCurrent).toList();
        List<Watch> well = current.stream().filter(w -> isThere(w, sight)).toList();
        Lan.all(current.stream().filter(w -> !also(w, sight).isEmpty()).toList(), w -> alone(w, sight));
        unseen(current.stream().filter(w -> !sight.saw(w.held().request().to())).toList(), sight);
        well.forEach(Watch::isAlone);
        keeper.announce(well.stream().filter(w -> w.held().away()).map(w -> w.held().request()).toList(), sight);
        well.stream().filter(w -> !w.held().away()).forEach(w -> w.trouble(""));
    }

    private static List<String> also(Watch watch, Lan.Sight sight) {
        TakeoverRequest request = watch.held().request();
        return sight.holders(request.address(), List.of(request.to())).isEmpty()
                ? List.of()
                : sight.holders(request.address(), request.others());
    }

    /** True if it is at its server and at no other. */
    private boolean isThere(Watch watch, Lan.Sight sight) {
        TakeoverRequest request = watch.held().request();
        boolean held = !sight.holders(request.address(), List.of(request.to())).isEmpty();
        if (sight.saw(request.to()) && !held) {
            watch.trouble(request.to() + " does not hold " + request.address() + " any more")
                    .ifPresent(t -> events.tell(new AddressLost(request.address(), t)));
            events.lost(request.address());
        }
        return held && also(watch, sight).isEmpty();
    }

    /** One sentence for all of a server; what is at home nobody announces anyway. */
    private void unseen(List<Watch> some, Lan.Sight sight) {
        Map<String, List<TakeoverRequest>> news = new LinkedHashMap<>();
        for (Watch watch : some) {
            TakeoverRequest request = watch.held().request();
            boolean isNews = watch
                    .trouble(request.to() + " cannot be asked whether it holds it, so it is not announced: "
                            + sight.silent().get(request.to()))
                    .isPresent();
            if (isNews && watch.held().away()) {
                news.computeIfAbsent(request.to(), s -> new ArrayList<>()).add(request);
            }
        }
        news.forEach((server, all) -> keeper.notAnnounced(all, server + " cannot be asked whether it holds "
                + (all.size() == 1 ? "it" : "them") + ": " + sight.silent().get(server)));
    }

    /** Two have it, as after a partition that has healed: the one that was decided keeps it. */
    private void alone(Watch watch, Lan.Sight sight) {
        TakeoverRequest request = watch.held().request();
        String text = request.address() + Watch.ALSO + String.join(", ", also(watch, sight));
        if (!events.types()) {
            keeper.announce(List.of(request), sight);
            watch.trouble(text).ifPresent(t -> events.tell(new TwoHolders(request.address(), t)));
            return;
        }
        ReentrantLock moving = lan.moving(request.address());
        if (!moving.tryLock()) {
            return; // it is on its way, and for a moment two have it
        }
        try {
            if (keeper.isCurrent(watch)) {
                alone(watch, request, sight, text);
            }
        } finally {
            moving.unlock();
        }
    }

    private void alone(Watch watch, TakeoverRequest request, Lan.Sight sight, String also) {
        // Whoever works and has it too, as after a partition, is not cut off for that.
        TakeoverRequest gently = request.fence() == Means.INTERFACE ? request.with(Means.ALIAS) : request;
        Fencing fencing = new Fencing(lan, gently, () -> sight, () -> keeper.isCurrent(watch));
        keeper.announce(List.of(request), sight);
        fencing.run();
        TakeoverResult done = fencing.with(new TakeoverResult(true, "", List.of(), List.of()), true);
        String text = also + "; it stays at " + request.to()
                + (done.typed().isEmpty() ? "" : ", typed " + String.join("; ", done.typed()))
                + (done.remarks().isEmpty() ? "" : " (" + String.join("; ", done.remarks()) + ")");
        watch.trouble(text).ifPresent(t -> events.tell(new TwoHolders(request.address(), t)));
        keeper.burst(List.of(request));
    }
}
