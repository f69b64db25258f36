package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;

/**
 * Reads ExaBGP: its healthcheck in an exabgp.conf, as a command line alone in a file, or as the healthcheck's own file of
 * {@code option = value}.
 */
final class ExabgpReader implements FormatReader {

    private static final String PROGRAM = "healthcheck";

    private final Making making;
    private final Healthchecks healthchecks;

    ExabgpReader(Making making) {
        this.making = making;
        this.healthchecks = new Healthchecks(making);
    }

    @Override
    public void read(Source source) throws BadSourceException {
        if (source.lines().stream().anyMatch(l -> l.strip().matches("(process|neighbor|group|template)\\b.*"))) {
            configuration(source);
        } else if (source.lines().stream().anyMatch(ExabgpReader::isCommand)) {
            commands(source);
        } else {
            List<Statement> options = options(source);
            if (!options.isEmpty()) {
                healthchecks.add(options, options.getFirst().place(), Optional.empty(), "");
            }
        }
    }

    private static boolean isCommand(String line) {
        return !line.strip().startsWith("#") && (line.contains(PROGRAM) || line.strip().startsWith("--"));
    }

    /** A command line alone, which may go on behind a backslash. */
    private void commands(Source source) throws BadSourceException {
        for (Source.Line line : source.joined()) {
            List<String> words = Words.of(line.text(), "#", line.place());
            if (!words.isEmpty()) {
                run(words, line.place(), "", Optional.empty());
            }
        }
    }

    /** The form of --config: each line is an option without its dashes. */
    private static List<Statement> options(Source source) throws BadSourceException {
        List<Statement> all = new ArrayList<>();
        List<String> lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                List<String> words = new ArrayList<>(List.of(("--" + line).split("\\s*=\\s*|\\s+", 2)));
                all.addAll(HealthcheckOptions.of(words, new Place(source.name(), i + 1)));
            }
        }
        return all;
    }

    // ---- exabgp.conf -------------------------------------------------------------------------------------------------

    private void configuration(Source source) throws BadSourceException {
        Block top = new Block(ExabgpParser.parse(source));
        List<Statement> processes = top.takeAll("process");
        Optional<Address> local = Optional.empty();
        List<Statement> neighbors = top.takeAll("neighbor");
        for (Statement neighbor : neighbors) {
            Optional<Address> own = neighbor(neighbor);
            local = local.isPresent() ? local : own;
        }
        for (Statement process : processes) {
            process(process, local);
        }
        top.rest().forEach(s -> making.draft().general(Remark.without(Mention.of(s))));
    }

    /** A neighbour is the router whose route changes; what its session says of BGP has no counterpart. */
    private Optional<Address> neighbor(Statement neighbor) {
        Block block = neighbor.inside();
        Optional<Address> local = block.take("local-address").flatMap(s -> Host.of(s.word(1)).address());
        Entry router = making.machines().router(Host.of(neighbor.word(1)), "router-" + neighbor.word(1));
        router.remark(Remark.toDo("the kind of this router ('dialect') and the login: 'linux' with an agent is a"
                + " placeholder. It is " + Mention.words(neighbor.words()) + " (" + neighbor.place() + ")"));
        block.rest().forEach(s -> router.remark(Remark.without(Mention.of(s))));
        healthchecks.router(router.name());
        return local;
    }

    private void process(Statement process, Optional<Address> local) throws BadSourceException {
        Block block = process.inside();
        Optional<Statement> run = block.take("run");
        boolean health = run.isPresent() && run.get().words().contains(PROGRAM);
        if (!health) {
            making.draft().general(Remark.without(Mention.of(process) + (run.isPresent()
                    ? ": it runs " + Mention.words(run.get().values()) + ", a program of its own"
                    : "")));
            return;
        }
        run(run.get().values(), run.get().place(), process.word(1), local);
        block.rest().forEach(s -> making.draft().general(Remark.without(Mention.of(s))));
    }

    private void run(List<String> words, Place place, String name, Optional<Address> local)
            throws BadSourceException {
        int at = words.lastIndexOf(PROGRAM);
        List<Statement> options = new ArrayList<>();
        List<Statement> given = HealthcheckOptions.of(words.subList(at + 1, words.size()), place);
        for (Statement config : given.stream().filter(o -> o.key().equals("config")).toList()) {
            List<Source> found = making.includes().matching(config.word(1), place.file());
            if (found.isEmpty()) {
                making.draft().general(Remark.toDo("the file of --config is not there: " + Mention.of(config)
                        + "; convert where it is"));
            }
            for (Source source : found) {
                options.addAll(options(source));
            }
        }
        options.addAll(given.stream().filter(o -> !o.key().equals("config")).toList());
        healthchecks.add(options, place, local, name);
    }

    @Override
    public void finish() {
        healthchecks.finish();
    }
}
