package net.reroute.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.reroute.cli.Console;
import net.reroute.cli.Processes.Practice;
import net.reroute.core.Inventory;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.rehearsal.Narrator;
import net.reroute.rehearsal.Rehearsal;
import net.reroute.rehearsal.Scenario;
import net.reroute.rehearsal.Script;

/** Runs the real daemon on a practice network. */
final class Rehearse {

    private static final int DONE = 0;
    private static final int NOT_AS_HOPED = 1;

    private final Paths paths;
    private final Practice practice;
    private final Console console;
    private final Inventory real;

    private Rehearse(Paths paths, Practice practice, Console console, Inventory real) {
        this.paths = paths;
        this.practice = practice;
        this.console = console;
        this.real = real;
    }

    /**
     * Runs until the script has ended, or with --keep until the process is stopped.
     *
     * @return 0 if every step ended as expected, else 1
     */
    static int run(Paths paths, Practice practice, Console console)
            throws RequestRefusedException, BadInventoryException, IOException {
        Optional<Inventory> own = own(paths);
        boolean reference = own.isEmpty();
        try (PracticeFolder made = PracticeFolder.create()) {
            Path folder = made.path();
            Path stage = Files.createDirectories(folder.resolve("home"));
            if (reference) {
                shipped(stage);
            }
            Inventory real = reference ? InventoryReader.forPractice(stage) : own.get();
            if (Rehearsal.rehearsable(real).services().isEmpty()) {
                throw new RequestRefusedException(
                        "nothing here can be rehearsed: there is no service, or only such as nothing stands in for ('redirect:"
                                + " balance', switches, and speakers of BGP other than Linux routers with FRR)");
            }
            Script script = script(practice, real);
            if (reference) {
                console.err().println("reroute: there is no inventory in " + paths.home()
                        + " yet; the reference network is played");
            } else {
                copy(paths.home(), stage);
            }
            Files.createFile(stage.resolve(Paths.REHEARSAL));
            Files.createDirectories(folder.resolve("state"));
            return new Rehearse(new Paths(stage, folder.resolve("state"), true), practice, console, real)
                    .perform(folder, script);
        } catch (IllegalStateException e) {
            if (String.valueOf(e.getMessage()).contains("Shutdown")) {
                return NOT_AS_HOPED; // stopped before it began
            }
            throw e;
        }
    }

    /** The home's inventory. Empty if the home was found rather than named, and holds no inventory yet. */
    private static Optional<Inventory> own(Paths paths) throws BadInventoryException {
        if (!paths.named() && !Files.isDirectory(paths.home().resolve("inventory"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InventoryReader.forPractice(paths.home()));
        } catch (BadInventoryException e) {
            if (paths.named() || !e.isUnbegun()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Copies the inventory to a home for the rehearsal, so that no command reaches the real one by mistake. */
    private static void copy(Path from, Path to) throws IOException {
        for (String folder : List.of("inventory", "routers")) {
            Files.createDirectories(to.resolve(folder));
            if (Files.isDirectory(from.resolve(folder))) {
                try (Stream<Path> files = Files.list(from.resolve(folder))) {
                    for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                        Files.copy(file, to.resolve(folder).resolve(file.getFileName()));
                    }
                }
            }
        }
    }

    /** Writes the shipped inventory of the reference network, where there is no inventory yet. */
    private static void shipped(Path home) throws IOException {
        Path stage = Files.createDirectories(home.resolve("inventory"));
        try (var in = Rehearse.class.getResourceAsStream("/inventory/widgetco.yaml")) {
            Files.write(stage.resolve("widgetco.yaml"), in.readAllBytes());
        }
    }

    private static Script script(Practice practice, Inventory real) throws RequestRefusedException, IOException {
        try {
            if (practice.script().isPresent()) {
                return Script.read(text(practice.script().get()), real);
            }
            return practice.kill().isPresent()
                    ? Script.killing(real, practice.kill().get())
                    : Script.usual(Rehearsal.rehearsable(real));
        } catch (IllegalArgumentException e) {
            throw new RequestRefusedException(practice.script().map(s -> s + ": ").orElse("") + e.getMessage());
        }
    }

    private static String text(Path script) throws RequestRefusedException {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new RequestRefusedException(
                    "the script " + script + " cannot be read as text; check that it is there, and its mode");
        }
    }

    private int perform(Path folder, Script script) throws RequestRefusedException, BadInventoryException, IOException {
        PrintStream out = practice.json() ? console.err() : console.out();
        Narrator narrator = new Narrator(out, console.width(), console.colour());
        try (Rehearsal rehearsal = Rehearsal.prepare(real, folder, narrator)) {
            rehearsal.introduce();
            if (practice.json()) {
                console.out().println(rehearsal.doors(paths.home(), paths.state()));
                console.out().flush();
            }
            PracticeMembers members = new PracticeMembers(rehearsal, paths, narrator);
            members.start();
            CompletableFuture<Boolean> ended = new CompletableFuture<>();
            Thread.ofPlatform().name("story").start(() -> {
                tell(rehearsal, members, script, ended);
                members.stop();
            });
            members.await();
            boolean well = ended.getNow(false);
            narrator.plain(verdict(well) + " The rehearsal is over; nothing is left of it.");
            return well ? DONE : NOT_AS_HOPED;
        }
    }

    private String verdict(boolean well) {
        if (!well) {
            return "Not all went as hoped; the notes above say what did not.";
        }
        return real.settings().act()
                ? "All went as hoped."
                : "All was noticed; nothing was moved by itself, since the inventory says 'mode: observe'.";
    }

    private void tell(Rehearsal rehearsal, PracticeMembers members, Script script, CompletableFuture<Boolean> ended) {
        Console inside = new Console(practice.json() ? console.err() : console.out(), console.err(), console.width(),
                console.colour(), console.actor());
        Scenario story = new Scenario(rehearsal, new PracticeCast(members, inside));
        try {
            ended.complete(story.begin() & story.play(script));
            if (practice.keep()) {
                rehearsal
                        .tellDoors(
                                System.getenv().getOrDefault("REROUTE_COMMAND", "reroute") + " --home " + paths.home()
                                        + " --state " + members.daemon().paths().state());
                byHand(story);
            }
        } catch (IOException e) {
            console.err().println("reroute: the rehearsal broke off: " + e.getMessage());
        } finally {
            ended.complete(false);
        }
    }

    /** Plays the steps that are typed on standard input. After its end it waits until the process is stopped. */
    private void byHand(Scenario story) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            try {
                if (!line.isBlank()) {
                    story.play(Script.step(line.strip(), real));
                }
            } catch (IllegalArgumentException e) {
                console.err().println("reroute: " + e.getMessage());
            }
        }
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
