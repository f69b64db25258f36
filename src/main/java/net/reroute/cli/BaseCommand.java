package net.reroute.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.concurrent.Callable;
import net.reroute.operations.Operations;
import net.reroute.view.JsonFields;
import net.reroute.view.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have in common. */
abstract class BaseCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Spec
    CommandSpec spec;

    private Operations operations;
    private Processes processes;
    private Console console;

    final BaseCommand with(Operations what, Processes runs, Console where) {
        this.operations = what;
        this.processes = runs;
        this.console = where;
        return this;
    }

    Operations operations() {
        return operations;
    }

    Processes processes() {
        return processes;
    }

    Console console() {
        return console;
    }

    Style style() {
        return console.style();
    }

    void say(String line) {
        console.out().println(line);
    }

    void say(List<String> lines) {
        lines.forEach(this::say);
    }

    /** A report in one of its two forms: JSON or text. */
    interface Form<T> {
        T render() throws JsonProcessingException;
    }

    /** Prints a report as JSON, as far as it is wanted, or as text. */
    void tell(Form<? extends JsonNode> asJson, Form<List<String>> asText) throws JsonProcessingException {
        if (isJson()) {
            print(asJson.render());
        } else {
            say(asText.render());
        }
    }

    /** Prints one sentence, or an object with a key and its value. */
    void tell(String sentence, String key, Object value) throws JsonProcessingException {
        tell(() -> JSON.createObjectNode().put("text", sentence).set(key, JSON.valueToTree(value)),
                () -> List.of(sentence));
    }

    private void print(JsonNode node) throws JsonProcessingException {
        String fields = root().fields;
        try {
            say(JSON.writeValueAsString(fields == null ? node : JsonFields.keep(node, List.of(fields.split(",")))));
        } catch (IllegalArgumentException e) {
            throw usage("--fields", e);
        }
    }

    /** True if the answer is to be JSON. */
    boolean isJson() {
        return root().json || root().fields != null;
    }

    private Root root() {
        return (Root) spec.root().userObject();
    }

    void complain(String sentence) {
        console.err().println("reroute: " + sentence);
    }

    ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    ParameterException usage(String option, IllegalArgumentException cause) {
        return new ParameterException(spec.commandLine(), option + ": " + cause.getMessage(), cause);
    }
}
