package net.reroute.app;

/** Finds the command among the words of a command line, before anything else is loaded. */
final class CommandWords {

    private CommandWords() {}

    /** The first word that is neither an option nor the value of --home or --state; empty if there is none. */
    static String command(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--home") || args[i].equals("--state") || args[i].equals("--fields")) {
                i++;
            } else if (!args[i].startsWith("-")) {
                return args[i];
            }
        }
        return "";
    }
}
