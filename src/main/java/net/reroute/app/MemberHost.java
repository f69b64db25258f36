package net.reroute.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.reroute.cluster.member.ClusterHost;
import net.reroute.control.AuditLog;
import net.reroute.control.Controller;
import net.reroute.control.RefreshScope;
import net.reroute.core.Inventory;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import net.reroute.core.Sightings.HealthSeen;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Target;
import net.reroute.journal.RecordStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a cluster asks of this daemon: records, and what follows when it begins to lead, follows, or stops leading. */
final class MemberHost implements ClusterHost {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final String VERSION = Optional
            .ofNullable(ClusterMember.class.getPackage().getImplementationVersion()).orElse("(not packaged)");

    private final AuditLog audit;
    private final ClusterMember.Duties duties;
    private final Supplier<RecordStore> store;
    private final boolean witness;
    private final Evidence evidence = new Evidence();
    private final AgreedHealth agreed;
    private volatile Inventory printed;
    private volatile String print = "";

    /**
     * @param store where records of a leader go
     * @param witness true: it looks at nothing, whatever others see
     */
    MemberHost(AuditLog audit, ClusterMember.Duties duties, Supplier<RecordStore> store, boolean witness) {
        this.witness = witness;
        this.audit = audit;
        this.duties = duties;
        this.store = store;
        this.agreed = new AgreedHealth(duties.runtime());
    }

    @Override
    public RecordedState state() {
        return audit.state();
    }

    @Override
    public CompletableFuture<Void> record(Record... facts) {
        CompletableFuture<Void> written = audit.record(facts);
        looked(List.of(facts));
        return written;
    }

    @Override
    public void took(List<Record> records) {
        audit.took(records);
        looked(records);
    }

    /** What another controller sees may turn a server. */
    private void looked(List<Record> records) {
        List<Target> targets = records.stream().filter(HealthSeen.class::isInstance)
                .map(r -> ((HealthSeen) r).sight().target()).toList();
        if (!targets.isEmpty() && !witness) {
            agreed.look(targets);
            duties.runtime().controller.cycle(Cause.of("others see " + targets.getFirst()), RefreshScope.NONE);
        }
    }

    @Override
    public void recount() {
        if (witness) {
            return;
        }
        agreed.lookAtAll();
        duties.runtime().controller.cycle(Cause.of("another controller is heard, or is not any more"),
                RefreshScope.NONE);
    }

    /** The health that all members agree on. */
    AgreedHealth agreed() {
        return agreed;
    }

    @Override
    public void replaced(RecordedState state) {
        audit.follow(state);
    }

    @Override
    public void won(RecordedState state) {
        audit.lead(state, store.get());
    }

    @Override
    public void begin() {
        Controller controller = duties.runtime().controller;
        controller.cycle(Cause.of("leads from now on"), RefreshScope.ALL);
        controller.pool().keepWarm();
        duties.takeUp();
    }

    @Override
    public void lost(String why) {
        audit.follow(audit.state());
        LOG.warn("does not lead any more: {}", why);
        duties.layDown();
    }

    @Override
    public void command(String member, JsonNode request, OutputStream out) throws IOException {
        ForeignCommands.answer(request, out, duties::run);
    }

    @Override
    public JsonNode api(JsonNode request) throws IOException {
        return duties.api(request);
    }

    @Override
    public Standing standing() {
        Inventory inventory = duties.runtime().inventory();
        if (!inventory.equals(printed)) {
            print = Fingerprint.of(inventory);
            printed = inventory;
        }
        return new Standing(VERSION, print, evidence.counts(duties.runtime().monitor));
    }
}
