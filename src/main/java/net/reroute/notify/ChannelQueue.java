package net.reroute.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.reroute.core.NotificationRule;
import net.reroute.core.NotificationRule.Severity;

/**
 * The queue of one channel, and when its alerts are sent. The alerts of one second are sent together; then none of the
 * same rule until its group time is over. Not safe for many threads: the caller holds a lock.
 */
final class ChannelQueue {

    static final Duration GATHER = Duration.ofSeconds(1);
    static final int REFUSALS = 5;
    private static final int MOST_TOGETHER = 2000;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    private Duration keep = Duration.ofDays(7);
    private final List<QueuedAlert> items = new ArrayList<>();
    private final Map<String, Instant> arrived = new HashMap<>();
    private final Map<String, Instant> sent = new HashMap<>();
    private Map<String, NotificationRule> rules = Map.of();
    private int failures;
    private int refusals;
    private Instant notBefore = Instant.EPOCH;
    private String trouble = "";

    /** Sets how long undelivered alerts are kept. */
    void keep(Duration time) {
        this.keep = time;
    }

    void rules(Map<String, NotificationRule> byName) {
        this.rules = byName;
    }

    void add(QueuedAlert item, Instant now) {
        items.add(item);
        arrived.putIfAbsent(item.rule(), now);
    }

    int size() {
        return items.size();
    }

    /** Why the last attempt failed; empty if it did not. */
    String trouble() {
        return trouble;
    }

    Instant notBefore() {
        return notBefore;
    }

    /**
     * The message to send now; empty if none is due. A message that failed is repeated first and unchanged: the
     * receiver may have it already.
     *
     * @param now by a clock that only goes forward
     * @param wall by the wall clock, for quiet hours
     * @param id for a new message
     */
    Optional<Message> due(Instant now, Instant wall, Supplier<String> id) {
        if (now.isBefore(notBefore) || items.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> tried = items.stream().flatMap(i -> i.message().stream()).findFirst();
        List<QueuedAlert> again = items.stream().filter(i -> i.message().equals(tried)).toList();
        if (tried.isPresent() && !again.stream().allMatch(i -> isQuiet(i, wall))) {
            return Optional.of(new Message(tried.get(), again));
        }
        Map<String, List<QueuedAlert>> byRule = new LinkedHashMap<>();
        items.stream().filter(i -> i.message().isEmpty() && !isQuiet(i, wall))
                .forEach(i -> byRule.computeIfAbsent(i.rule(), r -> new ArrayList<>()).add(i));
        return byRule.entrySet().stream().filter(e -> isReady(e.getKey(), now)).findFirst()
                .map(e -> together(e.getValue(), id.get()));
    }

    private Message together(List<QueuedAlert> ready, String id) {
        List<QueuedAlert> chosen = ready.stream().limit(MOST_TOGETHER).map(i -> i.in(id)).toList();
        Map<String, QueuedAlert> byId = new HashMap<>();
        chosen.forEach(i -> byId.put(i.id(), i));
        items.replaceAll(i -> byId.getOrDefault(i.id(), i));
        return new Message(id, chosen);
    }

    private boolean isQuiet(QueuedAlert item, Instant wall) {
        NotificationRule rule = rules.get(item.rule());
        return rule != null && item.alert().severity() != Severity.CRITICAL
                && rule.quiet().filter(q -> q.contain(wall)).isPresent();
    }

    /** Messages of playbooks are sent at once. */
    private boolean isReady(String rule, Instant now) {
        if (!rules.containsKey(rule)) {
            return true;
        }
        Instant last = sent.get(rule);
        boolean gathered = !now.isBefore(arrived.getOrDefault(rule, Instant.EPOCH).plus(GATHER));
        return gathered && (last == null || !now.isBefore(last.plus(rules.get(rule).group())));
    }

    void sent(Message message, Instant now) {
        items.removeAll(message.items());
        message.items().forEach(i -> {
            sent.put(i.rule(), now);
            arrived.remove(i.rule());
        });
        items.forEach(i -> arrived.putIfAbsent(i.rule(), now));
        failures = 0;
        refusals = 0;
        notBefore = Instant.EPOCH;
        trouble = "";
    }

    /** Returns true if the message is dropped: the receiver refused it repeatedly, and others wait behind it. */
    boolean failed(Message message, NotSentException why, Instant now) {
        trouble = why.getMessage();
        refusals = why.refused() ? refusals + 1 : 0;
        if (refusals >= REFUSALS) {
            items.removeAll(message.items());
            refusals = 0;
            failures = 0;
            return true;
        }
        Duration first = why.refused() ? AFTER_REFUSAL : FIRST_WAIT;
        Duration wait = first.multipliedBy(1L << Math.min(why.refused() ? refusals - 1 : failures, 10));
        failures++;
        Duration longest = why.pause().isPresent() || why.refused() ? LONGEST_PAUSE : LONGEST_WAIT;
        Duration asked = why.pause().filter(p -> p.compareTo(wait) > 0).orElse(wait);
        notBefore = now.plus(asked.compareTo(longest) < 0 ? asked : longest);
        return false;
    }

    /** Removes alerts that are too old. */
    List<QueuedAlert> expired(Instant now) {
        List<QueuedAlert> old = items.stream().filter(i -> i.alert().at().plus(keep).isBefore(now)).toList();
        items.removeAll(old);
        return old;
    }

    List<QueuedAlert> clear() {
        List<QueuedAlert> all = List.copyOf(items);
        items.clear();
        return all;
    }
}
