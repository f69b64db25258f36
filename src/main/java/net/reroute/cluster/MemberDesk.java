package net.reroute.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.MemberServer;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.core.ClusterRemarks.RecordsSetAside;
import net.reroute.core.Text;
import net.reroute.journal.JournalReader;

/** Answers what other members ask this one. */
record MemberDesk(MemberParts parts, Identity identity, Leadership leadership, Follower follower, Peers peers,
        Sights sights, Reign reign, Self self, Consensus consensus) implements MemberServer.Desk {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int NOT_A_MEMBER = 403;
    private static final int UNKNOWN = 404;

    @Override
    public JsonNode answer(Optional<String> member, String what, JsonNode question) throws IOException {
        if (member.isEmpty()) {
            if (what.equals("/join")) {
                return new Invitations(parts, identity).join(question, leadership, consensus::add);
            }
            throw new MemberException(NOT_A_MEMBER, "only members may ask; 'reroute cluster join' makes one of you");
        }
        return switch (what) {
            case "/beat" -> heard(member.get(), Peer.read(question));
            case "/head" -> follower.head(question);
            case "/rows" -> follower.rows(question);
            case "/fetch" -> follower.fetch(question, peers.of(member.get())
                    .orElseThrow(() -> new MemberException(NOT_A_MEMBER, "not in the inventory here")).client());
            case "/health" -> {
                sights.saw(member.get(), Sights.read(question));
                yield Messages.empty();
            }
            case "/aside" -> {
                aside(member.get(), Text.one(question.path("what").asText()));
                yield Messages.empty();
            }
            case "/sights" -> sights.all();
            case "/api" -> parts.host().api(question);
            case "/lead" -> lead();
            case "/applied" -> Messages.empty().put("applied", consensus.applied());
            default -> throw new MemberException(UNKNOWN, "this version does not know " + what);
        };
    }

    private JsonNode heard(String member, Beat beat) {
        peers.of(member).ifPresent(p -> p.heard(beat));
        return Messages.JSON.valueToTree(self.beat());
    }

    private void aside(String member, String what) throws MemberException {
        leadership.mustLead();
        parts.host().record(new RecordsSetAside(member, what));
    }

    /** The leader has given the lead up for this member. */
    private ObjectNode lead() {
        reign.handedOver();
        long end = System.nanoTime() + SHORT.toNanos();
        while (!leadership.leads() && System.nanoTime() - end < 0) {
            consensus.hurry();
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return Messages.empty().put("leads", leadership.leads());
    }

    @Override
    public boolean stream(String member, String what, JsonNode question, MemberServer.Body body) throws IOException {
        switch (what) {
            case "/command" -> {
                try (OutputStream out = body.begin()) {
                    parts.host().command(member, question, out);
                }
                return true;
            }
            case "/snapshot" -> {
                snapshot(body);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void snapshot(MemberServer.Body body) throws IOException {
        Path copy = Files.createTempFile(parts.state().resolve("cluster"), "journal", ".out");
        try {
            Files.delete(copy);
            try (JournalReader reader = JournalReader.open(parts.state())) {
                reader.chain().copyTo(copy);
            }
            try (OutputStream out = body.begin()) {
                Files.copy(copy, out);
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    @Override
    public boolean isMember(String name, String fingerprint) {
        return parts.roster().has(name, fingerprint);
    }
}
