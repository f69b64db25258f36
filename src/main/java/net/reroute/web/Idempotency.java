package net.reroute.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Answers of requests that carry an Idempotency-Key: a request that is sent again gets the answer of the first, and
 * nothing is done twice. Thread-safe.
 */
final class Idempotency {

    private static final int MOST = 1000;
    private static final long LASTS = Duration.ofHours(24).toNanos();
    private static final int OTHER = 422;

    private record First(String request, CompletableFuture<Reply> reply, long at) {}

    private final Map<String, First> known = new LinkedHashMap<>();

    /**
     * Runs work once for a key.
     *
     * @param request the whole of it: another request under the same key is refused
     */
    Reply once(String key, String request, Supplier<Reply> work) {
        First mine = new First(request, new CompletableFuture<>(), System.nanoTime());
        First first;
        synchronized (known) {
            known.values().removeIf(f -> System.nanoTime() - f.at > LASTS);
            first = known.putIfAbsent(key, mine);
            while (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
        if (first == null) {
            return run(key, mine, work);
        }
        return Objects.equals(first.request, request)
                ? await(first)
                : Reply.problem(OTHER, "Another request", "this Idempotency-Key belongs to another request");
    }

    /** What ended with an exception may be tried again. */
    private Reply run(String key, First mine, Supplier<Reply> work) {
        try {
            Reply reply = work.get();
            mine.reply.complete(reply);
            return reply;
        } catch (RuntimeException | Error e) {
            synchronized (known) {
                known.remove(key, mine);
            }
            mine.reply.completeExceptionally(e);
            throw e;
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
