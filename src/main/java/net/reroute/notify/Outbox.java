package net.reroute.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import net.reroute.core.Channel;
import net.reroute.core.Event;
import net.reroute.core.NotificationRule;
import net.reroute.core.NotificationRule.Severity;
import net.reroute.core.Reactions;
import net.reroute.core.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All alerts that have not arrived. They are kept until they have, across restarts too. Each channel has a thread of
 * its own; callers wait for none of them. Safe for many threads.
 */
public final class Outbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final int MOST = 20_000;

    /**
     * A channel as status shows it.
     *
     * @param waiting the number of alerts that have not arrived
     * @param trouble why not; empty if nothing is wrong
     */
    public record ChannelReport(String channel, int waiting, String trouble, Instant nextTry) {}

    private final OutboxStore store;
    private final InstantSource clock;
    private final Map<String, ChannelQueue> queues = new LinkedHashMap<>();
    private final Map<String, Thread> threads = new HashMap<>();
    private final Map<String, Channel> channels = new HashMap<>();
    private final AlertRouter router;
    private final String process = UUID.randomUUID().toString();
    private final AtomicLong number = new AtomicLong();
    private final EventIntake intake;
    private boolean closed;

    /**
     * @param kept items by id, in order
     * @param open problems that are not resolved, with the times they began
     */
    public Outbox(OutboxStore store, InstantSource clock, Map<String, String> kept, Map<String, String> open) {
        this.store = store;
        this.clock = clock;
        kept.forEach(this::restore);
        router = new AlertRouter(new OpenProblems(store, open), this::put);
        intake = new EventIntake(this::route);
    }

    private void restore(String id, String json) {
        try {
            QueuedAlert item = QueuedAlert.read(id, json);
            queues.computeIfAbsent(item.channel(), c -> new ChannelQueue()).add(item, clock.instant());
        } catch (IllegalArgumentException e) {
            LOG.error("{}; it is left out", e.getMessage());
            store.remove(List.of(id));
        }
    }

    /** Replaces channels and rules. Alerts for a channel that is gone are dropped. */
    public synchronized void use(Reactions response, ServiceMembership of) {
        router.use(response.rules(), of);
        Map<String, NotificationRule> byName = new HashMap<>();
        response.rules().forEach(r -> byName.put(r.name(), r));
        List.copyOf(queues.keySet()).stream().filter(c -> !response.channels().containsKey(c)).forEach(this::giveUp);
        response.channels().values().forEach(channel -> {
            ChannelQueue queue = queues.computeIfAbsent(channel.name(), c -> new ChannelQueue());
            queue.keep(channel.keep());
            queue.rules(byName);
            if (!channel.equals(channels.put(channel.name(), channel))) {
                restart(channel);
            }
        });
        notifyAll();
    }

    private void restart(Channel channel) {
        String name = channel.name();
        stop(name);
        Sender sender = Senders.of(channel);
        threads.put(name, Thread.ofVirtual().name("notify-" + name).start(() -> loop(name, sender)));
    }

    private void giveUp(String channel) {
        stop(channel);
        channels.remove(channel);
        ChannelQueue gone = queues.remove(channel);
        lost(channel, gone.clear(), "the inventory has no such channel any more");
    }

    private void stop(String channel) {
        Thread thread = threads.remove(channel);
        if (thread != null) {
            thread.interrupt();
        }
    }

    // ---- taking --------------------------------------------------------------------------------------------------

    /** Queues an event and returns at once; a thread of the outbox does the rest. */
    public void tell(Event event) {
        intake.add(event);
    }

    private synchronized void route(Event event) {
        router.route(event);
    }

    /** Queues a message of a playbook and returns at once. An unknown channel is an IllegalArgumentException. */
    public synchronized void tell(String channel, String subject, String text) {
        if (!channels.containsKey(channel)) {
            throw new IllegalArgumentException("no channel '" + channel + "' in the inventory");
        }
        Instant now = Instant.now();
        put(channel, "", new Alert(now, Message.TOLD, Severity.INFO, Alert.Phase.INFO, text,
                Map.of("subject", Text.one(subject))), now);
    }

    private void put(String channel, String rule, Alert alert, Instant since) {
        ChannelQueue queue = queues.get(channel);
        if (queue == null || closed) {
            return;
        }
        if (queue.size() >= MOST) {
            store.lost(channel, "more than " + MOST + " wait: " + alert.text());
            return;
        }
        String id = process + "-" + number.incrementAndGet();
        QueuedAlert item = new QueuedAlert(id, channel, rule, alert, since, Optional.empty());
        store.put(id, item.json());
        queue.add(item, clock.instant());
        notifyAll();
    }

    // ---- sending -------------------------------------------------------------------------------------------------

    private void loop(String channel, Sender sender) {
        try {
            while (true) {
                Message message = next(channel);
                end(channel, message, SendAttempt.of(sender, message));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the channel is gone, or reroute ends
        }
    }

    private synchronized Message next(String channel) throws InterruptedException {
        while (true) {
            ChannelQueue queue = queues.get(channel);
            if (queue == null) {
                throw new InterruptedException("no such channel any more");
            }
            Instant now = clock.instant();
            lost(channel, queue.expired(Instant.now()), "could not be delivered in time");
            Optional<Message> due = queue.due(now, Instant.now(), () -> UUID.randomUUID().toString());
            if (due.isPresent()) {
                due.get().items().forEach(i -> store.put(i.id(), i.json())); // a repeat carries the same id
                return due.get();
            }
            wait(queue.size() == 0 ? 0 : LOOK.toMillis());
        }
    }

    private synchronized void end(String channel, Message message, Optional<NotSentException> why) {
        ChannelQueue queue = queues.get(channel);
        if (queue == null) {
            return;
        }
        if (why.isPresent()) {
            failed(channel, queue, message, why.get());
        } else {
            arrived(channel, queue, message);
        }
    }

    private void arrived(String channel, ChannelQueue queue, Message message) {
        String before = queue.trouble();
        queue.sent(message, clock.instant());
        store.remove(message.items().stream().map(QueuedAlert::id).toList());
        if (!before.isEmpty()) {
            LOG.info("notify {}: arrives again", channel);
        }
    }

    private void failed(String channel, ChannelQueue queue, Message message, NotSentException why) {
        String before = queue.trouble();
        if (queue.failed(message, why, clock.instant())) {
            lost(channel, message.items(), "refused " + ChannelQueue.REFUSALS + " times: " + why.getMessage());
        } else if (!before.equals(queue.trouble())) {
            LOG.warn("notify {}: {}; it is kept and tried again", channel, queue.trouble());
        }
    }

    private void lost(String channel, List<QueuedAlert> items, String why) {
        if (!items.isEmpty()) {
            store.lost(channel, why + "; not told: " + items.size() + ", the first is: "
                    + items.getFirst().alert().text());
            store.remove(items.stream().map(QueuedAlert::id).toList());
        }
    }

    /** The problems that an alert was sent for and that are not over. */
    public synchronized Set<OpenProblem> open() {
        return router.open();
    }

    /** Resolves a problem that ended without an event. */
    public synchronized void over(OpenProblem problem, String text) {
        router.resolve(problem, text);
    }

    /**
     * The channels and their queues. The queues are on the disk when this returns, unless the disk cannot be written.
     */
    public List<ChannelReport> reports() {
        List<ChannelReport> reports = new ArrayList<>();
        synchronized (this) {
            queues.forEach((channel, queue) -> reports
                    .add(new ChannelReport(channel, queue.size(), queue.trouble(), queue.notBefore())));
        }
        store.awaitKept(KEPT);
        return reports;
    }

    @Override
    public synchronized void close() {
        closed = true;
        intake.close();
        threads.values().forEach(Thread::interrupt);
    }
}
