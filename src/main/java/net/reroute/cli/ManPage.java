package net.reroute.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Manual pages in the man(7) macros: one of everything, and one of each group of commands. */
final class ManPage {

    /** Commands that are read about together; the page is reroute-NAME(1). */
    enum Group {
        /** Moves by hand. */
        MOVES("move routes by hand", "move", "release", "drain", "undrain", "undo"),
        /** What is, was, and will be. */
        WATCH("see where everything is, why, and what comes next", "status", "explain", "history", "plan", "jobs"),
        /** The processes, and whether they act. */
        RUN("run the daemon, and hold it back", "daemon", "switch", "reload", "pause", "resume", "token"),
        /** Before it is relied on. */
        PREPARE("set up, check and rehearse", "init", "convert", "validate", "doctor", "rehearse", "record", "dns",
                "completion", "man"),
        /** What runs by itself. */
        PLAYBOOKS("run playbooks and drills", "play", "drill"),
        /** Several daemons. */
        CONTROLLERS("run several controllers that stand in for each other", "cluster");

        private final String purpose;
        private final List<String> commands;

        Group(String purpose, String... commands) {
            this.purpose = purpose;
            this.commands = List.of(commands);
        }

        static Optional<Group> of(String name) {
            return Arrays.stream(values()).filter(g -> g.word().equals(name)).findFirst();
        }

        static String names() {
            return Arrays.stream(values()).map(Group::word).collect(Collectors.joining(", "));
        }

        List<String> commands() {
            return commands;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Example(String command, String purpose) {}

    private static final List<Example> EXAMPLES = List.of(
            new Example("reroute status", "what needs you, what happened, what comes next, and where everything is"),
            new Example("reroute www-1 to host3 --for 2h --because kernel", "pins a service to a server for two hours"),
            new Example("reroute 'www-*' to host2 --dry-run", "what moving several services would type"),
            new Example("reroute release www-1", "gives a service back to automatic"),
            new Example("reroute drain host4 --for 1h --wait",
                    "takes everything off a server, and waits for its connections"),
            new Example("reroute explain www-1", "the chain of evidence behind a decision"),
            new Example("reroute history --since yesterday --of host1", "what happened to a server"),
            new Example("reroute status --check", "one line for Nagios or Icinga"),
            new Example("reroute token add anna", "a token for the page and the API"));

    private final List<String> lines = new ArrayList<>();

    private ManPage() {}

    /** The page of everything, reroute(1). */
    static List<String> of(CommandLine line) {
        ManPage page = new ManPage();
        page.begin("REROUTE", "reroute - keeps web sites up by moving routes");
        page.section("SYNOPSIS", "reroute PREFIX|SERVICE to SERVER [OPTIONS]", ".br", "reroute COMMAND [OPTIONS]");
        page.section("DESCRIPTION", "Several servers carry the same service addresses on their loopbacks; the router's"
                + " next hop decides who gets the traffic. reroute watches the servers and, when one fails, rewrites"
                + " the next hop over SSH. It installs nothing on servers or routers.");
        page.add(".SH COMMANDS");
        line.getSubcommands().forEach(page::commands);
        page.end(line);
        page.add(".SH EXAMPLES");
        EXAMPLES.forEach(e -> page.add(".TP", ".B " + escape(e.command), escape(e.purpose)));
        page.section("SEE ALSO", Arrays.stream(Group.values()).map(g -> "reroute-" + g.word() + "(1)")
                .collect(Collectors.joining(", ")) + ", inventory(5), dialect(5), playbook(5)");
        return page.lines;
    }

    /** The page of a group of commands. */
    static List<String> of(CommandLine line, Group group) {
        ManPage page = new ManPage();
        page.begin("REROUTE-" + group.name(), "reroute-" + group.word() + " - " + group.purpose);
        page.add(".SH COMMANDS");
        group.commands.forEach(name -> Optional.ofNullable(line.getSubcommands().get(name))
                .ifPresent(command -> page.commands(name, command)));
        page.end(line);
        page.section("SEE ALSO", "reroute(1)");
        return page.lines;
    }

    private void begin(String title, String name) {
        add(".TH " + title + " 1");
        section("NAME", name);
    }

    private void end(CommandLine line) {
        add(".SH OPTIONS OF EVERY COMMAND");
        options(line.getCommandSpec());
        section("EXIT STATUS", "0 done or already so (status: every service is at an UP server); 1 refused, with the"
                + " reason; 2 usage or bad inventory; 3 a router or server could not be reached; 4 not verified, put"
                + " back; 5 partly applied, or putting back failed; 6 status: no daemon watches.");
        section("ENVIRONMENT", "REROUTE_HOME and REROUTE_STATE, as --home and --state; NO_COLOR for no colour.");
        section("FILES", "/etc/reroute/inventory/*.yaml, /var/lib/reroute");
    }

    private void commands(String name, CommandLine command) {
        if (command.getCommandSpec().usageMessage().hidden() && !name.equals("move")) {
            return;
        }
        command(name, command.getCommandSpec());
        command.getSubcommands().forEach((more, of) -> command(name + " " + more, of.getCommandSpec()));
    }

    private void command(String name, CommandSpec spec) {
        String parameters = spec.positionalParameters().stream().map(p -> " " + p.paramLabel())
                .reduce("", String::concat);
        add(".TP", ".B " + escape("reroute " + (name.equals("move") ? "" : name) + parameters).replace("  ", " "));
        add(escape(String.join(" ", spec.usageMessage().description())));
        add(".RS");
        options(spec);
        add(".RE");
    }

    private void options(CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            if (option.inherited()) {
                continue;
            }
            String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
            add(".TP", ".B " + escape(String.join(", ", option.names()) + value));
            add(escape(String.join(" ", option.description())));
        }
    }

    private void section(String title, String... text) {
        add(".SH " + title);
        for (String line : text) {
            add(line.startsWith(".") ? line : escape(line));
        }
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
