package net.reroute.redirect.nft;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Traits;
import net.reroute.redirect.route.linux.CommandMonitor;
import net.reroute.ssh.Shell;
import net.reroute.ssh.Shell.Output;
import net.reroute.ssh.SshException;

/** nft and ip on one router, in a shell that another has opened. */
public final class Nft {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
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
            return shell.run("LC_ALL=C; export LC_ALL; " + script, PATIENCE);
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
     * Types lines for ip, one by one until one is refused, and then those for nft in one transaction. Returns the answer to
     * the last.
     *
     * @param table that the lines for nft need
     */
    public Output type(Collection<String> first, String table, List<String> lines) throws RedirectException {
        if (!first.isEmpty()) {
            StringBuilder script = new StringBuilder();
            first.forEach(line -> script.append(script.isEmpty() ? "" : " &&\n").append(sudo).append(line));
            Output answer = run(script + "\n");
            if (!answer.ok()) {
                return answer;
            }
        }
        // The text is no shell's: a quoted end leaves it as it is.
        return lines.isEmpty()
                ? new Output(0, "", "")
                : run(nft + " -f - <<'=-=end=-='\nadd table " + table + "\n" + String.join("\n", lines)
                        + "\n=-=end=-=\n");
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
