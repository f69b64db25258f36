package net.reroute.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The program itself, and the options that may stand before or after every command. */
@Command(name = "reroute", description = "Keeps web sites up by moving routes.", synopsisHeading = "Usage: reroute PREFIX|SERVICE to SERVER [OPTIONS]%n       ", mixinStandardHelpOptions = false, versionProvider = Version.class, footer = {
        "",
        "Exit codes: 0 done, 1 refused, 2 usage or bad inventory, 3 could not be reached,",
        "4 not verified and put back, 5 partly applied, 6 status: no daemon watches."})
final class Root implements Runnable {

    @Option(names = "--home", paramLabel = "FOLDER", scope = ScopeType.INHERIT, description = "Folder with inventory/ (default: $REROUTE_HOME, /etc/reroute, or here).")
    String home;

    @Option(names = "--state", paramLabel = "FOLDER", scope = ScopeType.INHERIT, description = "Folder of the journal and the daemon's socket.")
    String state;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer as JSON; errors too.")
    boolean json;

    @Option(names = "--fields", paramLabel = "LIST", scope = ScopeType.INHERIT, description = "As JSON, and only these fields, like headline,services.name,services.status.")
    String fields;

    @Option(names = {"-h",
            "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Tell about the command.")
    boolean help;

    @Option(names = {"-V",
            "--version"}, versionHelp = true, scope = ScopeType.INHERIT, description = "Tell the version.")
    boolean version;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do, for instance 'reroute status'");
    }
}
