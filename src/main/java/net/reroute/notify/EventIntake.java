package net.reroute.notify;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import net.reroute.core.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes events and handles them in order on a thread of its own, so that callers never wait. */
final class EventIntake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final Consumer<Event> handler;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Thread thread;

    EventIntake(Consumer<Event> handler) {
        this.handler = handler;
        this.thread = Thread.ofVirtual().name("outbox").start(this::loop);
    }

    void add(Event event) {
        events.add(event);
    }

    private void loop() {
        try {
            while (true) {
                handle(events.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // reroute ends
        }
    }

    private void handle(Event event) {
        try {
            handler.accept(event);
        } catch (RuntimeException e) {
            LOG.error("{}: internal error; no notification is sent", event, e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
