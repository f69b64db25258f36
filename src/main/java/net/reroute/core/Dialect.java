package net.reroute.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to talk to one kind of router with a command line. Read from routers/NAME.yaml; docs/dialects.md explains each
 * key. Patterns match anywhere in a single line, without control characters.
 *
 * @param name name of the file
 * @param prompts how an answer ends in each mode
 * @param ways commands that change the mode
 * @param answers the meaning of lines of an answer
 * @param ipv4 commands for IPv4; empty: the device has none
 * @param ipv6 commands for IPv6; empty: the device has none
 * @param writing how changes are saved, committed and reverted
 * @param bgp how BGP is read and configured; empty: announcements cannot be made there
 */
public record Dialect(String name, Prompts prompts, Ways ways, Answers answers, Optional<Family> ipv4,
        Optional<Family> ipv6, Writing writing, Optional<Bgp> bgp) {

    /** The mode of a session. */
    public enum Mode {
        USER, PRIVILEGED, CONFIG
    }

    /**
     * @param user regular expression for the last line in user mode; {@code {host}} stands for whatever the device
     *     shows there, usually its name; empty: there is no user mode
     * @param privileged the same for the mode that shows routes
     * @param config the same for the mode that changes routes
     * @param password the question for a password
     * @param username the question for a user name
     */
    public record Prompts(Optional<String> user, String privileged, String config, Pattern password,
            Pattern username) {}

    /**
     * @param enable from user to privileged mode; may ask for a password
     * @param configure from privileged to config mode
     * @param leave from config to privileged mode
     * @param open lines typed once after the login
     * @param close ends the session
     * @param loginSuffix appended to the user name at the login
     * @param repaints the device prints prompt and command again after the echo
     * @param lines how many logins the device takes at a time by default
     */
    public record Ways(Optional<String> enable, String configure, String leave, List<String> open, String close,
            String loginSuffix, boolean repaints, Optional<Integer> lines) {}

    /**
     * The meaning of lines of an answer. A line that matches no pattern is unknown: the old next hop then stays until
     * the new one has been read back.
     *
     * @param pager waits for a key
     * @param questions patterns of questions, and the answers to type
     * @param refused the device rejected the command
     * @param denied this user may not type the command
     * @param locked another session configures; worth another try
     * @param passed a message of a command that was done
     * @param noise unrelated to the command
     */
    public record Answers(Pattern pager, Map<Pattern, String> questions, List<Pattern> refused, List<Pattern> denied,
            List<Pattern> locked, List<Pattern> passed, List<Pattern> noise) {}

    /**
     * Commands and patterns for one address family. Groups in patterns: {@code prefix}, or {@code network} and
     * {@code mask}; {@code hop}; {@code distance}; {@code interface}; {@code tag}; {@code vrf}; {@code rest} (words in
     * any order); {@code way} (the word before a next hop, if it distinguishes lines); {@code attribute} (the line adds
     * to another line with the same next hop); {@code device} (a path without a next hop); {@code recursive} (the
     * resolved next hop stands below, further to the right).
     *
     * @param table shows the static routes in use
     * @param route lines of that: a prefix, a next hop, or both; a pattern without groups matches a line to ignore
     * @param unused lines that begin a route which is not in use; the next hops below it are ignored
     * @param lookup shows the path to one address
     * @param found lines of that
     * @param config shows the static routes as configured
     * @param line a line of that
     * @param other lines of that which are no routes
     * @param add adds a route
     * @param remove removes one next hop
     * @param ping makes the router resolve a next hop
     * @param own shows the router's own addresses
     */
    public record Family(Template table, List<Pattern> route, List<Pattern> unused, Template lookup,
            List<Pattern> found, Template config, Pattern line, List<Pattern> other, Template add, Template remove,
            Optional<Template> ping,
            Optional<Template> own) {}

    /**
     * @param save makes the running configuration the startup configuration
     * @param saved what the device then prints
     * @param savedInside true if {@code save} is typed in config mode
     * @param revert timed revert of planned changes, if the device has one
     * @param commit present if lines take effect only when committed
     * @param words that a route's line may contain
     */
    public record Writing(Optional<String> save, Optional<Pattern> saved, boolean savedInside,
            Optional<Revert> revert, Optional<Commit> commit, Words words) {}

    /**
     * The words of a route's line. A line with any other word is not understood.
     *
     * @param values words followed by one value, such as a tag
     * @param flags words that stand alone
     * @param texts words that take the rest of the line, such as a description
     * @param interfaces names that stand for an interface although the device does not list them as one
     */
    public record Words(List<String> values, List<String> flags, List<String> texts, List<String> interfaces) {}

    /**
     * Timed revert: the device undoes a change unless it is told to keep it.
     *
     * @param probe asks whether timed revert is available
     * @param usable found in the answer if it is
     * @param begin enters config mode with the timer; replaces {@code configure}
     * @param keep keeps the change and stops the timer
     * @param check how to find out whether the timer still runs
     */
    public record Revert(String probe, Pattern usable, String begin, String keep, Optional<Check> check) {}

    /**
     * How to find out whether the device will still revert a change.
     *
     * @param show the command
     * @param kept found in a line of the answer if the change is kept; nothing else proves that
     * @param waiting found in a line of any answer while the timer runs
     */
    public record Check(String show, Pattern kept, Optional<Pattern> waiting) {}

    /**
     * @param commit makes the lines take effect
     * @param planned used instead for planned moves: the device reverts unless told to keep
     * @param keep keeps the change and stops the timer
     * @param compare shows what would be committed
     * @param discard discards the lines
     * @param inside put before a show command in config mode
     * @param check how to find out whether the timer still runs
     */
    public record Commit(String commit, Optional<String> planned, Optional<String> keep, Optional<String> compare,
            String discard, Optional<String> inside, Optional<Check> check) {}

    /**
     * BGP as IOS and its like have it: {@code router bgp NUMBER}, and in it a line for each prefix.
     *
     * @param config shows all of {@code router bgp}
     * @param ipv4 empty: not for this address family
     * @param ipv6 empty: not for this address family
     */
    public record Bgp(String config, Optional<BgpFamily> ipv4, Optional<BgpFamily> ipv6) {

        /** Empty if the device does not announce this address family. */
        public Optional<BgpFamily> family(boolean v6) {
            return v6 ? ipv6 : ipv4;
        }
    }

    /**
     * @param enter the line within {@code router bgp} that the lines of this family stand under
     * @param network the line that announces a prefix, without a route-map
     * @param paths shows what is known of a prefix, and whom it is advertised to
     */
    public record BgpFamily(String enter, Template network, Template paths) {}

    /** True if the device may revert planned changes by itself. */
    public boolean mayRevert() {
        return writing.revert().isPresent() || writing.commit().flatMap(Commit::planned).isPresent();
    }

    /** Empty if the device has no commands for this address family. */
    public Optional<Family> family(boolean v6) {
        return v6 ? ipv6 : ipv4;
    }
}
