package net.reroute.redirect.dns;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import net.reroute.core.Durations;
import net.reroute.redirect.RedirectException;
import org.xbill.DNS.Message;

/** The name servers that take a zone over from elsewhere, and whether they have its newest serial. */
final class Followers {

    /** BIND notifies its secondaries after 5 s, and they may have to ask again; this is well above. */
    private static final Duration ORDINARY = Duration.ofSeconds(60);

    private final List<NameServerClient> servers;
    private final Soa soa;
    private final Map<NameServerClient, CompletableFuture<Message>> asked = new LinkedHashMap<>();
    private final Map<NameServerClient, Long> behindSince = new LinkedHashMap<>();
    private final Map<NameServerClient, String> lost = new LinkedHashMap<>();

    Followers(List<NameServerClient> servers, Soa soa) {
        this.servers = List.copyOf(servers);
        this.soa = soa;
    }

    /** Reads the answers to the last questions, and asks anew. Does not wait. */
    void look(long serial) {
        for (NameServerClient server : servers) {
            CompletableFuture<Message> answer = asked.get(server);
            if (answer == null || answer.isDone()) {
                if (answer != null) {
                    read(server, answer, serial);
                }
                asked.put(server, server.begin(soa.question()));
            }
        }
    }

    private void read(NameServerClient server, CompletableFuture<Message> answer, long serial) {
        try {
            boolean same = soa.serial(server, server.await(answer)) == serial;
            lost.remove(server);
            if (same) {
                behindSince.remove(server);
            } else {
                behindSince.putIfAbsent(server, System.nanoTime());
            }
        } catch (RedirectException e) {
            lost.put(server, e.getMessage());
        }
    }

    /** What is wrong, clauses about the zone; empty if nothing is. */
    List<String> remarks() {
        Map<NameServerClient, String> all = new LinkedHashMap<>();
        behindSince.forEach((server, since) -> {
            Duration age = Duration.ofSeconds((System.nanoTime() - since) / 1_000_000_000);
            if (age.compareTo(ORDINARY) > 0) {
                all.put(server, "has not reached " + server + " for " + Durations.text(age));
            }
        });
        lost.forEach((server, why) -> all.put(server, "cannot be seen everywhere: " + why));
        return all.values().stream().collect(Collectors.toList());
    }
}
