package net.reroute.redirect.nft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.reroute.core.IpBatch;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Traits;
import net.reroute.redirect.route.linux.CommandMonitor;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Deadline;
import net.reroute.ssh.Shell;
import net.reroute.ssh.Shell.Output;
import net.reroute.ssh.SshException;

/** nft and ip on one router, in a shell that another has opened. */
public final class Nft {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** What a slow router does. */
    private static final int LINES_A_SECOND = 200;
    /** Users who are not root often lack these folders. */
    private static final String ENGLISH = "LC_ALL=C; export LC_ALL; ";
    private static final String PATH = "PATH=$PATH:/usr/sbin:/sbin; ";
    private static final String END = "=-=end=-=";
    private static final String NO_TABLE = "No such file or directory";

    private final Shell shell;
    private final String sudo;
    private final String nft;

    /** @param sudo true: run nft and ip through {@code sudo -n} */
    public Nft(Shell shell, boolean sudo) {
        this.shell = shell;
        this.sudo = sudo ? "sudo -n " : "";
        this.nft = "timeout 3 " + this.sudo + "nft"; // a hang would cost the routes their session
    }

    /** What a command must begin with to run with the rights that routes are changed with. */
    public String sudo() {
        return sudo;
    }

    /** Runs a script in English. */
    public Output run(String script) throws RedirectException {
        try {
            return shell.run(ENGLISH + PATH + script, PATIENCE.plusSeconds(2));
        } catch (SshException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    /** @param lines that it types; many take their time */
    private Output change(String script, int lines) throws RedirectException {
        try {
            return shell.change(ENGLISH + PATH + script, PATIENCE.plusSeconds(2 + lines / LINES_A_SECOND));
        } catch (SshException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    /** A table as JSON; empty if there is none. */
    public Optional<String> table(String name) throws RedirectException {
        Output answer = run(nft + " -j list table " + name + "\n");
        if (answer.status() != 0 && answer.err().contains(NO_TABLE)) {
            return Optional.empty();
        }
        if (answer.status() != 0) {
            throw new RedirectException(true, answer.err().contains("not found")
                    ? "it has no nft; install nftables there (1.0 or later)"
                    : "it refuses '" + nft + "': " + answer.complaint(), null);
        }
        return Optional.of(answer.out());
    }

    /** All rules as JSON, without the elements of sets; what nft says if it cannot show them. */
    public Output ruleset() throws RedirectException {
        return run(nft + " -j -t list ruleset\n");
    }

    /**
     * What came of lines.
     *
     * @param complaints of ip, by line
     * @param nft the answer of nft; good if it was asked for nothing
     */
    public record Typed(Map<String, String> complaints, Output nft) {

        public boolean ok() {
            return complaints.isEmpty() && nft.ok();
        }

        /** One clause about the first thing that was refused. */
        public String complaint() {
            return complaints.isEmpty()
                    ? nft.complaint()
                    : complaints.entrySet().stream().map(e -> e.getValue() + " (" + e.getKey() + ")").findFirst()
                            .orElseThrow();
        }
    }

    /**
     * Types lines for ip, each whatever comes of the others, and then those for nft in one transaction.
     *
     * @param ip lines that begin with {@code ip -4} or {@code ip -6}
     * @param table that the lines for nft need
     */
    public Typed type(Collection<String> ip, String table, List<String> lines) throws RedirectException {
        Map<String, String> complaints = new LinkedHashMap<>();
        for (String family : List.of("ip -4 ", "ip -6 ")) {
            List<String> its = ip.stream().filter(l -> l.startsWith(family)).toList();
            if (!its.isEmpty()) {
                String answer = change(limited(its.size()) + sudo + family + "-force -batch - <<'" + END + "' 2>&1\n"
                        + its.stream().map(l -> l.substring(family.length()) + "\n").collect(Collectors.joining()) + END
                        + "\n", its.size()).out();
                IpBatch.complaints(answer).forEach((line, what) -> complaints.put(its.get(line - 1), what));
            }
        }
        // The text is no shell's: a quoted end leaves it as it is.
        Output nft = lines.isEmpty()
                ? new Output(0, "", "")
                : change(limited(lines.size()) + sudo + "nft -f - <<'" + END + "'\nadd table " + table + "\n"
                        + String.join("\n", lines) + "\n" + END + "\n", lines.size());
        return new Typed(complaints, nft);
    }

    /** A hang would cost the routes their session. */
    private static String limited(int lines) {
        return "timeout " + (PATIENCE.toSeconds() + lines / LINES_A_SECOND) + " ";
    }

    /**
     * Runs a script over a channel of its own, beside the session, which goes on meanwhile.
     *
     * @return its output; empty if it took too long; the script itself tells whether it came to its end
     */
    public String beside(String script, Duration within) throws RedirectException {
        try {
            Connection.Remote remote = shell.beside("LC_ALL=C exec sh", PATIENCE);
            try (Deadline deadline = Deadline.closes(() -> remote.end().run(), within)) {
                remote.in().write((PATH + script + "\nexit\n").getBytes(StandardCharsets.UTF_8));
                remote.in().flush();
                String answer = new String(remote.out().readAllBytes(), StandardCharsets.UTF_8);
                return deadline.isOver() ? "" : answer;
            } finally {
                remote.end().run();
            }
        } catch (SshException e) {
            throw new RedirectException(shell.isOpen(), "it gives no second session: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RedirectException(shell.isOpen(), "it broke off: " + e.getMessage(), e);
        }
    }

    /** Tells of what is done in a table. Our own changes are told, too, and cost one look more. */
    public Traits.Watch watch(String table, Consumer<String> told) throws RedirectException {
        try {
            return CommandMonitor.start(shell.beside("LC_ALL=C exec sh", PATIENCE), sudo + "nft monitor",
                    "/ " + table + "( |$)/", List.of(), told);
        } catch (SshException e) {
            throw new RedirectException(shell.isOpen(), "nft monitor: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RedirectException(false, "nft monitor: " + e.getMessage(), e);
        }
    }
}
