package net.reroute.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to talk to one kind of router with a command line; read from routers/NAME.yaml. Patterns are found in single lines
 * of text that is free of control characters.
 *
 * @param name of the file
 * @param prompts how an answer ends in each mode
 * @param ways between modes
 * @param answers what an answer means
 * @param ipv4 commands for IPv4; empty = it cannot
 * @param ipv6 commands for IPv6; empty = it cannot
 * @param writing what is done about a change besides typing it
 */
public record Dialect(String name, Prompts prompts, Ways ways, Answers answers, Optional<Family> ipv4,
        Optional<Family> ipv6, Writing writing) {

    /** Where a session stands. */
    public enum Mode {
        USER, PRIVILEGED, CONFIG
    }

    /**
     * @param user regular expression for the last line; {@code {host}} stands for whatever the device shows there, a name
     *         as a rule; may be empty
     * @param privileged where routes are shown
     * @param config where routes are changed
     * @param password the question for a password
     * @param username the question for a user's name
     */
    public record Prompts(Optional<String> user, String privileged, String config, Pattern password,
            Pattern username) {}

    /**
     * @param enable from user to privileged mode, asks for a password
     * @param configure to config mode
     * @param leave back from there
     * @param open typed once after the login
     * @param close ends the session
     * @param loginSuffix put behind the user's name at the login
     * @param repaints the line is painted anew, prompt and command, behind the echo of what was typed
     * @param lines how many can be logged in at a time where nobody has configured more
     */
    public record Ways(Optional<String> enable, String configure, String leave, List<String> open, String close,
            String loginSuffix, boolean repaints, Optional<Integer> lines) {}

    /**
     * What lines of an answer mean. A line that fits none is unknown: nothing more is built on it until the route has been
     * read back.
     *
     * @param pager asks for a key
     * @param questions text of a question, and the answer to it
     * @param refused it did not take the command
     * @param denied this user may not
     * @param locked somebody else configures; worth another try
     * @param passed it says something and has done it
     * @param noise says nothing about the command
     */
    public record Answers(Pattern pager, Map<Pattern, String> questions, List<Pattern> refused, List<Pattern> denied,
            List<Pattern> locked, List<Pattern> passed, List<Pattern> noise) {}

    /**
     * Commands and patterns for one address family. Groups in patterns: prefix, or network and mask; hop; distance;
     * interface; tag; vrf; rest (words in any order); way (the word before a next hop, where it tells lines apart);
     * attribute (the line adds to another one with the same next hop); device (a way without a next hop); recursive
     * (what is resolved stands below, further to the right).
     *
     * @param table shows the static routes that are used
     * @param route lines of that: a prefix, a next hop, or both; one that names neither is known and says nothing
     * @param unused lines that begin a route which is not in use: what follows belongs to it
     * @param lookup shows the way to one address
     * @param found lines of that
     * @param config shows the static routes as they are written
     * @param line a line of that
     * @param other lines of it that are no routes
     * @param add makes a route
     * @param remove takes one next hop away
     * @param ping makes the router resolve a next hop
     * @param own shows the router's own addresses
     */
    public record Family(Template table, List<Pattern> route, List<Pattern> unused, Template lookup,
            List<Pattern> found, Template config, Pattern line, List<Pattern> other, Template add, Template remove,
            Optional<Template> ping,
            Optional<Template> own) {}

    /**
     * @param save makes the running configuration the one to start from
     * @param saved what it says when that is done
     * @param savedInside whether it is typed in config mode
     * @param revert takes planned changes back by itself when nobody keeps them
     * @param commit where typed lines do nothing until they are committed
     * @param words that a route's line may have
     */
    public record Writing(Optional<String> save, Optional<Pattern> saved, boolean savedInside,
            Optional<Revert> revert, Optional<Commit> commit, Words words) {}

    /**
     * The words of a route's line. A line with any other word is not understood.
     *
     * @param values those with one value behind them, such as a tag
     * @param flags those that stand alone
     * @param texts those that take the rest of the line, such as a description
     * @param interfaces names in the place of an interface that the device does not list among its own
     */
    public record Words(List<String> values, List<String> flags, List<String> texts, List<String> interfaces) {}

    /**
     * @param probe asks whether it can be used
     * @param usable what it then says
     * @param begin instead of configure
     * @param keep ends the waiting
     * @param check whether it still waits
     */
    public record Revert(String probe, Pattern usable, String begin, String keep, Optional<Check> check) {}

    /**
     * How to see whether the device is about to take a change back.
     *
     * @param show what to ask
     * @param kept found in a line of the answer when nothing is to be taken back; nothing else proves that
     * @param waiting found in a line of any answer while something is
     */
    public record Check(String show, Pattern kept, Optional<Pattern> waiting) {}

    /**
     * @param commit makes the lines real
     * @param planned instead, where it goes back by itself unless kept
     * @param keep ends that waiting
     * @param compare shows what would be committed
     * @param discard throws the lines away
     * @param inside put before a command of privileged mode in config mode
     * @param check whether it still waits for {@code keep}
     */
    public record Commit(String commit, Optional<String> planned, Optional<String> keep, Optional<String> compare,
            String discard, Optional<String> inside, Optional<Check> check) {}

    /** True if planned changes may go back by themselves. */
    public boolean mayRevert() {
        return writing.revert().isPresent() || writing.commit().flatMap(Commit::planned).isPresent();
    }

    public Optional<Family> family(boolean v6) {
        return v6 ? ipv6 : ipv4;
    }
}
