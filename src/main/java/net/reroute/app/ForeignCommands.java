package net.reroute.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.api.Forwarding;
import net.reroute.api.Request;
import net.reroute.cluster.Cluster;

/**
 * Commands at one member that another one runs. The leader runs all that ask or tell something about the network, so the
 * answer is the same at each member. What is about one member's own files and sessions stays there.
 */
final class ForeignCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** About the machine where they are typed. */
    private static final Set<String> HERE = Set.of("reload", "doctor", "validate", "record", "completion", "names",
            "man", "cluster", "jobs");
    /** What only the leader does, of the commands about the cluster. */
    private static final Set<String> CLUSTER = Set.of("invite", "remove", "lead");
    private static final Duration TO_BEGIN = Duration.ofSeconds(2);

    private ForeignCommands() {}

    /**
     * Has the leader run a command.
     *
     * @return its exit code; empty if it is to be run here: this member leads, none does, or it is about this machine
     */
    static Optional<Integer> forward(Optional<Cluster> cluster, Request request, String who, PrintStream out,
            PrintStream err) {
        String command = CommandWords.command(request.args().toArray(String[]::new));
        boolean tells = command.equals("cluster") && CLUSTER.stream().anyMatch(request.args()::contains);
        if (cluster.isEmpty() || HERE.contains(command) && !tells
                || request.args().contains("--help") || request.args().contains("--verify")) {
            return Optional.empty();
        }
        Optional<String> leader = cluster.get().toLeader().awaited();
        if (leader.isEmpty() || leader.get().equals(cluster.get().name())) {
            return Optional.empty();
        }
        boolean begun = false;
        try (InputStream answer = cluster.get().toLeader().command(json(request, who), TO_BEGIN)) {
            begun = true;
            return Optional.of(Forwarding.copy(answer, out, err));
        } catch (IOException e) {
            if (begun) {
                err.println("reroute: " + e.getMessage() + "; 'reroute history' tells what was done");
                return Optional.of(1);
            }
            err.println("reroute: " + leader.get() + ", which leads, was not reached (" + e.getMessage()
                    + "); this is what " + cluster.get().name() + " knows itself");
            return Optional.empty();
        }
    }

    private static ObjectNode json(Request request, String who) {
        ObjectNode node = JSON.createObjectNode().put("who", who);
        node.set("request", JSON.valueToTree(request));
        return node;
    }

    /** Runs a command for another member. */
    interface Desk {
        int run(Request request, String who, PrintStream out, PrintStream err);
    }

    /** Answers another member. */
    static void answer(JsonNode question, OutputStream out, Desk desk) throws IOException {
        Request request;
        try {
            request = JSON.treeToValue(question.path("request"), Request.class);
        } catch (JsonProcessingException e) {
            throw new IOException("the command cannot be read", e);
        }
        Request safe = new Request(List.copyOf(request.args()), request.folder(), request.width(), request.colour(),
                request.playbook());
        Forwarding.answer(out, (text, complaints) -> desk.run(safe, question.path("who").asText("unknown"), text,
                complaints));
    }
}
