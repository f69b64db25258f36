package net.reroute.notify;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.NotificationRule.Severity;

/**
 * Alerts that are sent together.
 *
 * @param id the same in a repeat, so that a receiver can recognise it
 * @param items at least one, in the order they happened
 */
record Message(String id, List<QueuedAlert> items) {

    /** The event of messages that a playbook sends. */
    static final String TOLD = "told";
    private static final int MOST_LINES = 200;
    private static final int LONGEST_SUBJECT = 120;
    private static final int MOST_NAMES = 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    Severity severity() {
        return items.stream().map(i -> i.alert().severity()).max(Severity::compareTo).orElse(Severity.INFO);
    }

    boolean allOver() {
        return items.stream().allMatch(i -> i.alert().state() == Alert.Phase.RESOLVED);
    }

    Instant at() {
        return items.getLast().alert().at();
    }

    /** One line; how bad, then what. */
    String subject() {
        String own = items.getFirst().alert().facts().getOrDefault("subject", "");
        if (!own.isEmpty() && items.size() == 1) {
            return cut(own);
        }
        String mark = allOver() ? "resolved" : severity().name().toLowerCase(java.util.Locale.ROOT);
        String what = items.size() == 1 ? items.getFirst().alert().text() : counted();
        return cut("[" + mark + "] " + what);
    }

    private static String cut(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}]+", " ");
        return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT - 3) + "..." : line;
    }

    /** "2 servers DOWN (host1, host2), 50 services moved". */
    private String counted() {
        Map<String, Set<String>> kinds = new LinkedHashMap<>();
        List<QueuedAlert> worstFirst = items.stream()
                .sorted(Comparator.comparing((QueuedAlert i) -> i.alert().severity()).reversed()).toList();
        for (QueuedAlert item : worstFirst) {
            Alert alert = item.alert();
            kinds.computeIfAbsent(AlertWording.plural(alert), k -> new LinkedHashSet<>()).add(AlertWording.name(alert));
        }
        List<String> parts = new ArrayList<>();
        kinds.forEach((kind, names) -> parts.add(counted(kind, names)));
        return String.join(", ", parts);
    }

    private static String counted(String kind, Set<String> names) {
        boolean named = names.size() <= MOST_NAMES && names.stream().noneMatch(n -> n.contains(" "));
        return kind.replace("#", Integer.toString(names.size())).replace("{s}", names.size() == 1 ? "" : "s")
                + (named ? " (" + String.join(", ", names) + ")" : "");
    }

    /** A line each, oldest first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        items.stream().limit(MOST_LINES).forEach(i -> lines.add(line(i.alert())));
        if (items.size() > MOST_LINES) {
            lines.add("... and " + (items.size() - MOST_LINES) + " more; 'reroute history' has them all");
        }
        return lines;
    }

    private static String line(Alert alert) {
        if (alert.event().equals(TOLD)) {
            return alert.text();
        }
        String time = TIME.withZone(ZoneId.systemDefault()).format(alert.at());
        return time + "  " + (alert.state() == Alert.Phase.RESOLVED ? "resolved: " : "") + alert.text();
    }
}
