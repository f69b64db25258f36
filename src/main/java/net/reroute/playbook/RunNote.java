package net.reroute.playbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import net.reroute.core.Playbook;

/** The note that says which step of a run begins. Kept while the run lasts; after a crash the next process reads it. */
final class RunNote {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunNote() {}

    /** @param at the step's index, from 0 */
    static String of(Playbook playbook, String subject, int at) {
        return JSON.createObjectNode().put("playbook", playbook.name()).put("for", subject).put("step", at + 1)
                .put("of", playbook.steps().size()).put("what", Playbook.word(playbook.steps().get(at).action()))
                .put("at", Instant.now().toString()).toString();
    }

    /** What an earlier process left unfinished, in words. */
    static String cutOff(String kept) {
        try {
            JsonNode row = JSON.readTree(kept);
            int step = row.path("step").asInt();
            int of = row.path("of").asInt();
            List<String> parts = List.of(row.path("for").asText().isEmpty() ? "" : row.path("for").asText() + ": ",
                    "cut off by the end of the process in step " + step + " of " + of + " ("
                            + row.path("what").asText() + ", begun " + row.path("at").asText() + ")",
                    step > 1 ? "; what was done before stands in the history" : "",
                    step < of ? "; the " + (of - step) + " after it were not done" : "", "; nothing is repeated");
            return String.join("", parts);
        } catch (JsonProcessingException e) {
            return "cut off by the end of the process, and nobody can read at which step: " + e.getOriginalMessage();
        }
    }

    static String playbook(String kept) {
        try {
            return JSON.readTree(kept).path("playbook").asText();
        } catch (JsonProcessingException e) {
            return "?";
        }
    }
}
