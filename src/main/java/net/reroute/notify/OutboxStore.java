package net.reroute.notify;

import java.time.Duration;
import java.util.Collection;

/** Keeps the outbox. Writes return at once and are done in order. */
public interface OutboxStore {

    void put(String id, String json);

    void remove(Collection<String> ids);

    void open(String problem, String since);

    void close(String problem);

    /** Waits until earlier writes are done, or until the time is over. */
    void awaitKept(Duration atMost);

    /** Alerts were dropped. */
    void lost(String channel, String text);
}
