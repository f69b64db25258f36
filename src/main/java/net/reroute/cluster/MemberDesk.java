package net.reroute.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.MemberServer;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.journal.JournalReader;

/** Answers what other members ask this one. */
record MemberDesk(Here cluster, MemberParts parts, Follower follower)
        implements
            MemberServer.Desk {

    /** What other members ask for here. */
    interface Here {

        /** Takes in the beat of another member; returns this member's own. */
        Beat heard(String member, Beat beat);

        Optional<Peer> peer(String member);

        /** Takes down what another member sees. */
        void saw(String member, List<Sights.Change> changes) throws IOException;

        /** Up to where Raft's log is in the journal here. */
        String applied() throws IOException;

        /** The leader has given the lead up for this member. */
        void lead();

        /** Certifies a newcomer. */
        JsonNode join(JsonNode question) throws IOException;
    }

    private static final int NOT_A_MEMBER = 403;
    private static final int UNKNOWN = 404;

    @Override
    public JsonNode answer(Optional<String> member, String what, JsonNode question) throws IOException {
        if (member.isEmpty()) {
            if (what.equals("/join")) {
                return cluster.join(question);
            }
            throw new MemberException(NOT_A_MEMBER, "only members may ask; 'reroute cluster join' makes one of you");
        }
        return switch (what) {
            case "/beat" -> Messages.JSON.valueToTree(cluster.heard(member.get(), Peer.read(question)));
            case "/head" -> follower.head(question);
            case "/rows" -> follower.rows(question);
            case "/fetch" -> follower.fetch(question, cluster.peer(member.get())
                    .orElseThrow(() -> new MemberException(NOT_A_MEMBER, "not in the inventory here")).client());
            case "/health" -> {
                cluster.saw(member.get(), Sights.read(question));
                yield Messages.empty();
            }
            case "/api" -> parts.host().api(question);
            case "/lead" -> lead();
            case "/applied" -> Messages.empty().put("applied", cluster.applied());
            default -> throw new MemberException(UNKNOWN, "this version does not know " + what);
        };
    }

    private ObjectNode lead() {
        cluster.lead();
        return Messages.empty();
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
