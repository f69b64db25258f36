package net.reroute.convert;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The tools whose configurations are understood. */
public enum Kind {
    KEEPALIVED("keepalived"), EXABGP("ExaBGP's healthcheck"), HARESOURCES("heartbeat (haresources)"), LDIRECTORD(
            "ldirectord"), HAPROXY("HAProxy");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As it is written behind --from. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Stream.of(values()).map(Kind::word).toList();
    }

    /** Empty if there is no such tool. */
    public static Optional<Kind> named(String word) {
        return Stream.of(values()).filter(k -> k.word().equals(word)).findFirst();
    }
}
