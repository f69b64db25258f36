package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.reroute.core.CheckRemarks.CertificateNear;
import net.reroute.core.CheckRemarks.Flapping;
import net.reroute.core.CheckRemarks.Suspected;
import net.reroute.core.CheckRemarks.Turned;
import net.reroute.core.CheckRemarks.Unsteady;
import net.reroute.core.Durations;
import net.reroute.core.Event.Kind;
import net.reroute.core.Expiry;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Server;
import net.reroute.core.Target;
import net.reroute.health.Flaps;
import net.reroute.health.Turns;

/** Turns results of checks into events. A server's first UP is not reported, unless it was DOWN before. */
public final class HealthEvents {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration BETWEEN_SUSPICIONS = Duration.ofMinutes(10);

    private final Supplier<Inventory> inventory;
    private final AuditLog audit;
    private final Set<Target> down = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> certificates;
    private final Map<Target, Instant> suspected = new ConcurrentHashMap<>();

    /**
     * @param inventory supplies the inventory in force
     * @param before healths at the end of the previous process
     * @param certificates when each target's certificate was last reported; modified here
     */
    public HealthEvents(Supplier<Inventory> inventory, AuditLog audit, Map<Target, Settled> before,
            Map<String, Instant> certificates) {
        this.certificates = certificates;
        this.inventory = inventory;
        this.audit = audit;
        before.forEach((target, settled) -> {
            if (settled.state() == State.DOWN) {
                down.add(target);
            }
        });
    }

    /** The first failure of a server that was UP. */
    public void suspected(Target target, Health now) {
        if (isNew(target, now.last().at())) {
            audit.recordInTime(new Suspected(target, now.last().said()));
        }
        tell(Kind.SERVER_SUSPECT, target,
                target.server() + " fails " + target.check() + " (" + now.last().said() + ")");
    }

    /** Records and reports a server that is UP but fails again and again. */
    public void unsteady(Target target, Health now, Flaps.Count count) {
        Unsteady unsteady = new Unsteady(target, count.failed(), count.of(), now.last().said());
        audit.record(unsteady);
        tell(Kind.SERVER_SUSPECT, target, unsteady.text(), Map.of("failed", count.toString()));
    }

    /** Reports a certificate that expires soon, once a day. */
    public void certified(Target target, Instant until) {
        Instant now = Instant.now(); // certificates expire by the wall clock
        Expiry.warning(Optional.of(until), now).ifPresent(warning -> {
            Instant last = certificates.get(target.toString());
            if (last == null || !now.isBefore(last.plus(DAY)) || now.isBefore(last)) {
                certificates.put(target.toString(), now);
                CertificateNear near = new CertificateNear(target, warning);
                audit.record(new NoteKept(Shelf.CERTIFICATE, target.toString(), now.toString()), near);
                tell(Kind.CERTIFICATE_EXPIRING, target, near.text(), Map.of());
            }
        });
    }

    /** A server turns UP and DOWN again and again. */
    public void flapping(Target target, Health now) {
        audit.record(new Flapping(target, Turns.MANY, Turns.WITHIN, now.last().said()));
    }

    /** True unless a suspicion of the same server was recorded a short while ago: a lossy line must not fill the journal. */
    private boolean isNew(Target target, Instant at) {
        Instant last = suspected.get(target);
        boolean isNew = last == null || at.isAfter(last.plus(BETWEEN_SUSPICIONS));
        if (isNew) {
            suspected.put(target, at);
        }
        return isNew;
    }

    public void changed(Target target, Health before, Health now) {
        String said = now.last() == null ? "" : " (" + target.check() + ": " + now.last().said() + ")";
        if (now.state() == State.DOWN && down.add(target)) {
            turned(target, now);
            tell(Kind.SERVER_DOWN, target, target.server() + " is DOWN" + said);
        } else if (now.state() == State.UP && down.remove(target)) {
            String after = before.state() == State.DOWN
                    ? " after " + Durations.age(before.since(), now.since())
                    : "";
            turned(target, now);
            tell(Kind.SERVER_UP, target, target.server() + " is UP again" + after + said);
        }
    }

    private void turned(Target target, Health now) {
        audit.recordInTime(new Turned(target, now.state() == State.UP, now.last() == null ? "" : now.last().said()));
    }

    private void tell(Kind kind, Target target, String text) {
        tell(kind, target, text, Map.of());
    }

    private void tell(Kind kind, Target target, String text, Map<String, String> more) {
        Server server = inventory.get().servers().get(target.server());
        if (server == null) {
            return; // no longer in the inventory
        }
        Map<String, String> facts = new HashMap<>(more);
        facts.putAll(Map.of("server", target.server(), "check", target.check(), "text", text, "address",
                server.address().toString()));
        if (!target.service().isEmpty()) {
            facts.put("service", target.service());
        }
        audit.tell(kind, facts);
    }
}
