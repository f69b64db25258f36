package net.reroute.simulation.linux;

import java.util.Optional;

/**
 * The options before the object of an {@code ip} command.
 *
 * @param family inet, inet6 or link; empty: all, or the usual one
 * @param json true: JSON instead of text
 * @param details true: more fields
 * @param brief true: a table
 * @param oneLine true: each entry on one line
 * @param force true: a batch continues after an error
 * @param batch file of commands; - is the standard input
 */
record IpOptions(String family, boolean json, boolean details, boolean brief, boolean oneLine, boolean force,
        Optional<String> batch) {

    static final IpOptions NONE = new IpOptions("", false, false, false, false, false, Optional.empty());

    /** Reads options up to the object. */
    static IpOptions read(IpArguments words) throws IpFailure {
        IpOptions options = NONE;
        while (words.hasNext() && words.peek().startsWith("-") && words.peek().length() > 1) {
            options = options.with(words.next().replaceFirst("^--", "-"), words);
        }
        return options;
    }

    private IpOptions with(String option, IpArguments words) throws IpFailure {
        return switch (full(option)) {
            case "-4" -> inFamily("inet");
            case "-6" -> inFamily("inet6");
            case "-0" -> inFamily("link");
            case "-family" -> inFamily(words.need());
            case "-json" -> new IpOptions(family, true, details, brief, oneLine, force, batch);
            case "-details" -> new IpOptions(family, json, true, brief, oneLine, force, batch);
            case "-brief" -> new IpOptions(family, json, details, true, oneLine, force, batch);
            case "-oneline" -> new IpOptions(family, json, details, brief, true, force, batch);
            case "-force" -> new IpOptions(family, json, details, brief, oneLine, true, batch);
            case "-batch" -> new IpOptions(family, json, details, brief, oneLine, force, Optional.of(file(words)));
            default -> this;
        };
    }

    private IpOptions inFamily(String name) {
        return new IpOptions(name, json, details, brief, oneLine, force, batch);
    }

    private static String file(IpArguments words) throws IpFailure {
        if (!words.hasNext()) {
            throw IpFailure.usage();
        }
        return words.next();
    }

    /** The first option that this may abbreviate. Some, such as -statistics, change nothing here. */
    private static String full(String option) throws IpFailure {
        for (String known : new String[]{"-details", "-4", "-6", "-0", "-family", "-oneline", "-statistics", "-resolve",
                "-force", "-batch", "-brief", "-json", "-pretty", "-timestamp", "-Numeric", "-color", "-human"}) {
            if (IpArguments.matches(option, known)) {
                return known;
            }
        }
        throw IpFailure.fatal("Option \"" + option + "\" is unknown, try \"ip -help\".", 255);
    }

    /** Empty if no IP family was given. */
    Optional<Boolean> v6() {
        return family.startsWith("inet") ? Optional.of(family.equals("inet6")) : Optional.empty();
    }
}
