package net.reroute.notify;

/** Words for a number of alerts of the same kind. */
final class AlertWording {

    private AlertWording() {}

    /** The words, with # for the number and {s} for the plural. */
    static String plural(Alert alert) {
        boolean over = alert.state() == Alert.Phase.RESOLVED;
        return switch (alert.event()) {
            case "server-down" -> over ? "# server{s} UP again" : "# server{s} DOWN";
            case "moved" -> "# service{s} moved";
            case "not-moved" -> over ? "# service{s} moved after all" : "# service{s} NOT moved";
            case "router-unreachable" -> over ? "# router{s} back" : "# router{s} unreachable";
            case "takeover" -> over ? "# takeover{s} ended" : "# takeover{s}";
            case "drift" -> over ? "# service{s} as decided again" : "# service{s} otherwise than decided";
            default -> "# " + alert.event();
        };
    }

    /** The name of the object that the alert is about; its text if it has none. */
    static String name(Alert alert) {
        String first = switch (alert.event()) {
            case "moved", "not-moved", "drift" -> "service";
            case "router-unreachable" -> "router";
            default -> "server";
        };
        String name = alert.facts().getOrDefault(first, "");
        return name.isEmpty() ? alert.text() : name;
    }
}
