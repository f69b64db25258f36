package net.reroute.notify;

import java.time.Duration;
import java.util.Collection;

/** Keeps the outbox across restarts. Writes return at once and are done in order. */
public interface OutboxStore {

    /** Keeps an alert; replaces one with the same id. */
    void put(String id, String json);

    /** Forgets alerts that have arrived or were dropped. */
    void remove(Collection<String> ids);

    /**
     * Keeps an open problem.
     *
     * @param since when it began, as ISO text
     */
    void open(String problem, String since);

    /** Forgets a problem that is resolved. */
    void close(String problem);

    /** Waits until earlier writes are done, or until the time is over. */
    void awaitKept(Duration atMost);

    /** Reports that alerts were dropped. */
    void lost(String channel, String text);
}
