package net.reroute.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import net.reroute.core.AccessToken;

/**
 * Answers of actions that carry an Idempotency-Key: a request that is sent again gets the answer of the first, and
 * nothing is done twice. What was refused may be tried again. Thread-safe.
 */
final class Idempotency {

    private static final int MOST = 1000;
    private static final int ERRORS = 400;
    private static final long LASTS = Duration.ofHours(24).toNanos();
    private static final int OTHER = 422;

    private record First(String request, CompletableFuture<Reply> reply, long at) {}

    /** By caller: no caller pushes out the keys of another. */
    private final Map<String, Map<String, First>> callers = new HashMap<>();

    /**
     * Runs work once for a key.
     *
     * @param caller may act
     * @param request the whole of it: another request under the same key is refused
     */
    Reply once(String caller, String key, String request, Supplier<Reply> work) {
        First mine = new First(AccessToken.hash(request), new CompletableFuture<>(), System.nanoTime());
        Map<String, First> known;
        synchronized (callers) {
            known = callers.computeIfAbsent(caller, c -> new LinkedHashMap<>());
        }
        First first;
        synchronized (known) {
            known.values().removeIf(f -> System.nanoTime() - f.at > LASTS);
            first = known.putIfAbsent(key, mine);
            if (known.size() > MOST) {
                known.values().stream().filter(f -> f.reply.isDone()).findFirst().ifPresent(known.values()::remove);
            }
        }
        if (first == null) {
            return run(known, key, mine, work);
        }
        return first.request.equals(mine.request)
                ? await(first)
                : Reply.problem(OTHER, "Another request", "this Idempotency-Key belongs to another request");
    }

    private static Reply run(Map<String, First> known, String key, First mine, Supplier<Reply> work) {
        boolean done = false;
        try {
            Reply reply = work.get();
            done = reply.status() < ERRORS;
            mine.reply.complete(reply);
            return reply;
        } catch (RuntimeException | Error e) {
            mine.reply.completeExceptionally(e);
            throw e;
        } finally {
            if (!done) {
                synchronized (known) {
                    known.remove(key, mine);
                }
            }
        }
    }

    private static Reply await(First first) {
        try {
            return first.reply.join();
        } catch (CompletionException e) {
            return Reply.problem(409, "Failed", "the first request under this Idempotency-Key failed; send it again");
        }
    }
}
