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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import net.reroute.core.Channel;
import net.reroute.core.Event;
import net.reroute.core.Lines;
import net.reroute.core.Response;
import net.reroute.core.TellRule;
import net.reroute.core.TellRule.Severity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything people are still to be told. It is kept until it has arrived, over the end of the process too; each channel
 * has a thread of its own, and nobody who tells waits for any of them.
 */
public final class Outbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final int MOST = 20_000;

    /**
     * A channel as status shows it.
     *
     * @param waiting how much has not arrived
     * @param trouble why not; empty if nothing is wrong
     */
    public record Report(String channel, int waiting, String trouble, Instant nextTry) {}

    private final OutboxStore store;
    private final InstantSource clock;
    private final Map<String, ChannelQueue> queues = new LinkedHashMap<>();
    private final Map<String, Thread> threads = new HashMap<>();
    private final Map<String, Channel> channels = new HashMap<>();
    private final OpenProblems problems;
    private final String process = UUID.randomUUID().toString();
    private final AtomicLong number = new AtomicLong();
    private final BlockingQueue<Event> happened = new LinkedBlockingQueue<>();
    private final Thread taker;
    private List<TellRule> rules = List.of();
    private ServiceMembership membership = (server, services) -> false;
    private boolean closed;

    /**
     * @param kept items by id, in order
     * @param open problems that people were told of, with their beginnings
     */
    public Outbox(OutboxStore store, InstantSource clock, Map<String, String> kept, Map<String, String> open) {
        this.store = store;
        this.clock = clock;
        kept.forEach((id, json) -> {
            try {
                QueuedAlert item = QueuedAlert.read(id, json);
                queues.computeIfAbsent(item.channel(), c -> new ChannelQueue()).add(item, clock.instant());
            } catch (IllegalArgumentException e) {
                LOG.error("{}; it is left out", e.getMessage());
                store.remove(List.of(id));
            }
        });
        problems = new OpenProblems(store, open);
        taker = Thread.ofVirtual().name("outbox").start(this::take);
    }

    /** From now on these channels and rules hold. What waits for a channel that is no more is given up. */
    public synchronized void use(Response response, ServiceMembership of) {
        this.rules = response.rules();
        this.membership = of;
        Map<String, TellRule> byName = new HashMap<>();
        rules.forEach(r -> byName.put(r.name(), r));
        List.copyOf(queues.keySet()).stream().filter(c -> !response.channels().containsKey(c)).forEach(this::giveUp);
        response.channels().values().forEach(channel -> {
            ChannelQueue queue = queues.computeIfAbsent(channel.name(), c -> new ChannelQueue());
            queue.keep(channel.keep());
            queue.rules(byName);
            if (!channel.equals(channels.put(channel.name(), channel))) {
                stop(channel.name());
                Sender sender = Senders.of(channel);
                threads.put(channel.name(), Thread.ofVirtual().name("notify-" + channel.name())
                        .start(() -> loop(channel.name(), sender)));
            }
        });
        notifyAll();
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

    /** Takes what happened to whoever is to be told; returns at once, and lets a thread of its own do the rest. */
    public void tell(Event event) {
        happened.add(event);
    }

    private void take() {
        try {
            while (true) {
                Event event = happened.take();
                try {
                    take(event);
                } catch (RuntimeException e) {
                    LOG.error("{}: a mistake of the program; nobody is told", event, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // reroute ends
        }
    }

    private synchronized void take(Event event) {
        for (Alert alert : Alert.of(event)) {
            // Whoever was told that it began is told that it is over, whatever else the rule asks for.
            rules.stream()
                    .filter(r -> alert.state() == Alert.State.RESOLVED || new RuleMatcher(r, membership).wants(alert))
                    .forEach(rule -> byRule(rule, alert));
        }
    }

    private void byRule(TellRule rule, Alert alert) {
        if (alert.state() == Alert.State.FIRING && !problems.open(rule.name(), alert) && !alert.hasReasons()) {
            return; // as was told; a reload found it again
        }
        Optional<Instant> since = alert.state() == Alert.State.RESOLVED
                ? problems.close(rule.name(), alert)
                : Optional.of(alert.at());
        // Nobody is told that something is over who was not told that it began.
        since.ifPresent(s -> rule.to().forEach(channel -> put(channel, rule.name(), alert, s)));
    }

    /** Takes what a playbook says; returns at once. */
    public synchronized void tell(String channel, String subject, String text) {
        if (!channels.containsKey(channel)) {
            throw new IllegalArgumentException("no channel '" + channel + "' in the inventory");
        }
        Instant now = Instant.now();
        put(channel, "", new Alert(now, Message.TOLD, Severity.INFO, Alert.State.INFO, text,
                Map.of("subject", Lines.one(subject))), now);
    }

    private void put(String channel, String rule, Alert alert, Instant since) {
        ChannelQueue queue = queues.get(channel);
        if (queue == null || closed) {
            return;
        }
        if (queue.size() >= MOST) {
            lost(channel, List.of(), "more than " + MOST + " wait: " + alert.text());
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
                end(channel, message, sent(sender, message));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the channel is no more, or reroute ends
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
            if (queue.size() == 0) {
                wait();
            } else {
                wait(LOOK.toMillis());
            }
        }
    }

    /** Tries it once; empty if it has arrived. */
    private static Optional<NotSentException> sent(Sender sender, Message message) throws InterruptedException {
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
                    : new NotSentException("a mistake of the program: " + e.getCause(), e));
        } finally {
            task.cancel(true);
        }
    }

    private synchronized void end(String channel, Message message, Optional<NotSentException> why) {
        ChannelQueue queue = queues.get(channel);
        if (queue == null) {
            return;
        }
        String before = queue.trouble();
        if (why.isEmpty()) {
            queue.sent(message, clock.instant());
            store.remove(message.items().stream().map(QueuedAlert::id).toList());
            if (!before.isEmpty()) {
                LOG.info("notify {}: arrives again", channel);
            }
            return;
        }
        if (queue.failed(message, why.get(), clock.instant())) {
            lost(channel, message.items(), "refused " + ChannelQueue.REFUSALS + " times: " + why.get().getMessage());
        } else if (!before.equals(queue.trouble())) {
            LOG.warn("notify {}: {}; it is kept and tried again", channel, queue.trouble());
        }
    }

    private void lost(String channel, List<QueuedAlert> items, String why) {
        if (!items.isEmpty() || why.startsWith("more than")) {
            store.lost(channel, why + (items.isEmpty()
                    ? ""
                    : "; not told: " + items.size() + ", the first is: " + items.getFirst().alert().text()));
            store.remove(items.stream().map(QueuedAlert::id).toList());
        }
    }

    /** All of them. */
    public synchronized Set<OpenProblem> open() {
        return problems.all();
    }

    /** A problem is over, as was found by looking and not by an event. */
    public synchronized void over(OpenProblem problem, String text) {
        Alert alert = new Alert(Instant.now(), problem.event(), Severity.WARNING, Alert.State.RESOLVED, text,
                problem.about());
        rules.forEach(rule -> byRule(rule, alert));
        problems.forget(problem); // of a rule that is no more nobody is to be told
    }

    /** The channels, and what waits; that is kept by then, unless the disk takes nothing at present. */
    public List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        synchronized (this) {
            queues.forEach((channel, queue) -> reports
                    .add(new Report(channel, queue.size(), queue.trouble(), queue.notBefore())));
        }
        store.awaitKept(KEPT);
        return reports;
    }

    @Override
    public synchronized void close() {
        closed = true;
        taker.interrupt();
        threads.values().forEach(Thread::interrupt);
    }
}
