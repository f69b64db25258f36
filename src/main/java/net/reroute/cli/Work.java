package net.reroute.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.reroute.core.By;
import net.reroute.core.Durations;
import net.reroute.core.Inventory;
import net.reroute.core.Names;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have. */
abstract class Work implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Spec
    CommandSpec spec;

    private Office office;
    private Console console;

    final Work in(Office where, Console whither) {
        this.office = where;
        this.console = whither;
        return this;
    }

    Office office() {
        return office;
    }

    Console console() {
        return console;
    }

    void say(String line) {
        console.out().println(line);
    }

    void json(JsonNode node) throws JsonProcessingException {
        say(JSON.writeValueAsString(node));
    }

    ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    Service service(Inventory inventory, String nameOrPrefix) {
        return inventory.service(nameOrPrefix).orElseThrow(() -> usage("no service or prefix '" + nameOrPrefix + "'"
                + Names.didYouMean(nameOrPrefix, inventory.services().keySet()) + hint(inventory, nameOrPrefix)));
    }

    /** A prefix with host bits set is the usual mistake. */
    private static String hint(Inventory inventory, String text) {
        try {
            net.reroute.core.Prefix.parse(text);
            return "";
        } catch (IllegalArgumentException e) {
            return text.indexOf('/') > 0 ? ": " + e.getMessage() : "";
        }
    }

    String server(Inventory inventory, String name) {
        if (!inventory.servers().containsKey(name)) {
            throw usage("no server '" + name + "'" + Names.didYouMean(name, inventory.servers().keySet()));
        }
        return name;
    }

    By by(String because) {
        return new By(console.actor(), because == null ? "" : because, Instant.now());
    }

    /** The moment a wish ends; without a daemon nobody would be there to end it. */
    Optional<Instant> until(String wishedFor) throws RequestRefusedException {
        if (wishedFor == null) {
            return Optional.empty();
        }
        return Optional.of(office.now().plus(lasting(wishedFor)));
    }

    /** How long a wish lasts. */
    Duration lasting(String wishedFor) throws RequestRefusedException {
        Duration duration;
        try {
            duration = Durations.parse(wishedFor);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--for: " + e.getMessage(), e);
        }
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw usage("--for: from one moment to " + LONGEST.toDays() + " days, not '" + wishedFor + "'");
        }
        if (!office.isDaemon()) {
            throw new RequestRefusedException(
                    "--for needs the daemon, which ends it; start it with 'reroute daemon', or leave --for out");
        }
        return duration;
    }
}
