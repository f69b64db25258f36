package net.reroute.control;

import java.util.function.Consumer;
import java.util.function.Supplier;
import net.reroute.core.Event;
import net.reroute.core.Intents;
import net.reroute.core.Intents.IntentExpired;
import net.reroute.core.Inventory;
import net.reroute.core.Moves.MoveBegun;
import net.reroute.core.Record;
import net.reroute.core.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears of each record: the log, a listener, and the publisher of events. Thread-safe. */
final class RecordListeners {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final boolean writes;
    private volatile Consumer<Record> listener = record -> {
    };
    private volatile EventPublisher publisher = new EventPublisher(() -> null, event -> {
    });

    /** @param writes false: nobody hears of anything */
    RecordListeners(boolean writes) {
        this.writes = writes;
    }

    void listen(Supplier<Inventory> inventory, Consumer<Record> to, Consumer<Event> events) {
        if (writes) {
            this.listener = to;
            this.publisher = new EventPublisher(inventory, events);
        }
    }

    EventPublisher publisher() {
        return publisher;
    }

    /** A record of another controller. A move that begins is told when it has ended, as one that begins here. */
    void took(Record fact) {
        if (fact instanceof MoveBegun) {
            listener.accept(fact);
        } else {
            tell(fact);
        }
    }

    void tell(Record... facts) {
        if (!writes) {
            return;
        }
        for (Record fact : facts) {
            if (!fact.isQuiet()) {
                log(fact);
            }
            listener.accept(fact);
            publisher.take(fact);
        }
    }

    private static void log(Record fact) {
        String line = fact.kind() + " " + (isByHand(fact) ? "" : fact.subject() + ": ")
                + Text.one(fact.text());
        if (fact.isWarning()) {
            LOG.warn("{}", line);
        } else {
            LOG.info("{}", line);
        }
    }

    private static boolean isByHand(Record fact) {
        return fact instanceof Intents && !(fact instanceof IntentExpired);
    }
}
