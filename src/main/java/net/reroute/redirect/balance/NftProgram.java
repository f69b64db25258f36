package net.reroute.redirect.balance;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Traits;
import net.reroute.redirect.route.linux.CommandMonitor;
import net.reroute.ssh.Shell;
import net.reroute.ssh.Shell.Output;
import net.reroute.ssh.SshException;

/** nft and ip on one router, in a shell that another has opened. */
final class NftProgram {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String NO_TABLE = "No such file or directory";

    private final Shell shell;
    private final String sudo;
    private final String nft;

    NftProgram(Shell shell, boolean sudo) {
        this.shell = shell;
        this.sudo = sudo ? "sudo -n " : "";
        this.nft = "timeout 3 " + this.sudo + "nft"; // a hang would cost the routes their session
    }

    private Output run(String script) throws RedirectException {
        try {
            return shell.run("LC_ALL=C; export LC_ALL; " + script, PATIENCE);
        } catch (SshException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    /** reroute's table; an empty one if there is none. */
    NftTable table() throws RedirectException {
        Output answer = run(nft + " -j list table " + NftScript.TABLE + "\n");
        if (answer.status() != 0 && answer.err().contains(NO_TABLE)) {
            return NftTable.read("{}");
        }
        if (answer.status() != 0) {
            throw new RedirectException(true, answer.err().contains("not found")
                    ? "it has no nft; install nftables there (1.0 or later)"
                    : "it refuses '" + nft + "': " + answer.complaint(), null);
        }
        try {
            return NftTable.read(answer.out());
        } catch (IllegalArgumentException e) {
            throw new RedirectException(true, e.getMessage(), e);
        }
    }

    /** The rules of routing for marked packets to these next hops. */
    DirectRoutes routes(Collection<Address> hops) throws RedirectException {
        if (hops.isEmpty()) {
            return new DirectRoutes(Set.of());
        }
        try {
            return DirectRoutes.read(run(DirectRoutes.look(hops)).out(), hops);
        } catch (IllegalArgumentException e) {
            throw new RedirectException(true, e.getMessage(), e);
        }
    }

    /**
     * Types lines for ip, one by one until one is refused, and then those for nft in one transaction. Returns the answer to
     * the last.
     */
    Output type(Collection<String> first, List<String> lines) throws RedirectException {
        for (String line : first) {
            Output answer = run(sudo + line + "\n");
            if (!answer.ok()) {
                return answer;
            }
        }
        return lines.isEmpty() ? new Output(0, "", "") : run(NftScript.apply(nft, lines));
    }

    /** Tells of what is done in reroute's table. Its own changes are told, too, and cost one look more. */
    Traits.Watch watch(Consumer<String> told) throws RedirectException {
        try {
            return CommandMonitor.start(shell.beside("LC_ALL=C exec sh", PATIENCE), sudo + "nft monitor",
                    "/ " + NftScript.TABLE + "/", List.of(), told);
        } catch (IOException e) {
            throw new RedirectException(false, "nft monitor: " + e.getMessage(), e);
        }
    }
}
