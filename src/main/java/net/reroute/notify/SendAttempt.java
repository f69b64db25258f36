package net.reroute.notify;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One attempt to send a message, on a thread of its own and with a deadline. */
final class SendAttempt {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private SendAttempt() {}

    /** Returns why it failed; empty if the message has arrived. */
    static Optional<NotSentException> of(Sender sender, Message message) throws InterruptedException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            sender.send(message);
            return null;
        });
        Thread.ofPlatform().daemon().name("send").start(task);
        try {
            task.get(DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(new NotSentException("no end within " + DEADLINE.toSeconds() + "s", e));
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() instanceof NotSentException why
                    ? why
                    : new NotSentException("internal error: " + e.getCause(), e));
        } finally {
            task.cancel(true);
        }
    }
}
