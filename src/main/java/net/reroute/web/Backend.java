package net.reroute.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.core.AccessToken;
import net.reroute.journal.JournalRow;
import net.reroute.operations.Operations;

/** What the page and the API stand on. All methods return at once, but for those of {@link Operations}. */
public interface Backend {

    /** @param who the caller, for limits of each caller */
    Operations operations(String who);

    /**
     * Has the controller that leads carry out a request. Blocks until it has.
     *
     * @return its answer; empty if it is to be carried out here
     * @throws java.io.IOException if the leader does not answer
     */
    default Optional<JsonNode> elsewhere(JsonNode request) throws java.io.IOException {
        return Optional.empty();
    }

    /** The tokens in force and those that have expired. */
    List<AccessToken> tokens();

    String version();

    /** Why the daemon is not alive; empty if it is. */
    Optional<String> stuck();

    /** Why the daemon is not ready to act; empty if it is. */
    Optional<String> unready();

    /** The metrics in the format that an Accept header asks for. */
    Metrics metrics(String accept);

    /** @param type of the content */
    record Metrics(String type, byte[] body) {}

    /** The newest rows of the history, newest first. */
    List<JournalRow> recent();

    /** Rows of the history after a row, oldest first, and as many as a client that comes back may have missed. */
    List<JournalRow> after(long id) throws java.io.IOException;

    /** @param listener receives rows as they are committed; it must return at once */
    void listen(Consumer<List<JournalRow>> listener);
}
