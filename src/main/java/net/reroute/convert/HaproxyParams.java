package net.reroute.convert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words behind a server's address in haproxy.cfg: those with a counterpart, and the others. */
final class HaproxyParams {

    private static final Set<String> VALUES = Set.of("inter", "fastinter", "rise", "fall", "port", "weight");
    private static final Set<String> FLAGS = Set.of("check", "backup", "ssl", "check-ssl", "send-proxy",
            "send-proxy-v2", "disabled");
    private static final Set<String> ONE_MORE = Set.of("cookie", "maxconn", "minconn", "maxqueue", "slowstart", "sni",
            "check-sni", "ca-file", "crt", "verify", "verifyhost", "id", "on-error", "on-marked-down", "on-marked-up",
            "observe", "error-limit", "source", "resolvers", "init-addr", "resolve-prefer", "track", "alpn",
            "check-alpn", "agent-port", "agent-inter", "agent-addr", "agent-send", "ciphers", "ciphersuites",
            "crl-file", "proto", "check-proto", "downinter", "addr", "redir", "namespace", "socks4", "proxy-v2-options",
            "pool-max-conn", "pool-low-conn", "pool-purge-delay", "max-reuse", "ws", "log-proto", "log-bufsize",
            "shard",
            "hash-key", "guid", "npn", "curves", "sigalgs", "client-sigalgs", "ssl-min-ver", "ssl-max-ver", "tcp-ut",
            "usesrc", "interface", "init-state", "idle-ping", "pool-conn-name", "check-pool-conn-name");
    /** Words that mean nothing without "check". */
    private static final List<String> OF_CHECKS = List.of("inter", "fastinter", "rise", "fall", "port");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> flags = new HashSet<>();
    private final List<String> rest = new ArrayList<>();

    /** Adds words; later ones count. */
    void add(List<String> words) {
        Set<String> here = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean more = i + 1 < words.size();
            if (VALUES.contains(word) && more) {
                keep(word, words.get(++i), !here.add(word));
            } else if (FLAGS.contains(word)) {
                flags.add(word);
            } else if (word.startsWith("no-") && FLAGS.contains(word.substring(3))) {
                flags.remove(word.substring(3));
            } else {
                rest.add(word);
                if (ONE_MORE.contains(word) && more) {
                    rest.add(words.get(++i));
                }
            }
        }
    }

    /** A line that gives a parameter twice gets a remark. */
    private void keep(String key, String value, boolean again) {
        String before = values.put(key, value);
        if (again && before != null) {
            rest.addAll(List.of(key, before));
        }
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    Optional<Duration> time(String key) {
        return Optional.ofNullable(values.get(key)).flatMap(HaproxyTimes::of);
    }

    Optional<Integer> number(String key) {
        return Optional.ofNullable(values.get(key)).flatMap(v -> Numbers.whole(v).stream().boxed().findFirst());
    }

    Optional<Integer> port() {
        return number("port").filter(p -> p >= 1 && p <= 65_535);
    }

    /** Words that nothing is made of, and values that cannot be read. */
    List<String> rest() {
        List<String> all = new ArrayList<>(rest);
        values.forEach((key, value) -> {
            if (!isRead(key) || !has("check") && OF_CHECKS.contains(key)) {
                all.addAll(List.of(key, value));
            }
        });
        if (has("check-ssl") && !has("check")) {
            all.add("check-ssl");
        }
        return all;
    }

    private boolean isRead(String key) {
        return switch (key) {
            case "inter", "fastinter" -> time(key).isPresent();
            case "port" -> port().isPresent();
            default -> number(key).isPresent();
        };
    }
}
