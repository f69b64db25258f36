package net.reroute.notify;

import java.time.Duration;
import java.util.Collection;

/** Where it is kept. Writes return at once and are done in order. */
public interface OutboxStore {

    void put(String id, String json);

    void remove(Collection<String> ids);

    void open(String problem, String since);

    void close(String problem);

    /** Waits until all that was put by now is kept, or for so long. */
    void awaitKept(Duration atMost);

    /** Something could not be told to anybody. */
    void lost(String channel, String text);
}
