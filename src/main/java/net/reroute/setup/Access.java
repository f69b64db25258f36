package net.reroute.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.reroute.core.Login;
import net.reroute.ssh.Connections;
import net.reroute.ssh.HostKeyScan;
import net.reroute.ssh.HostKeyScan.Standing;
import net.reroute.ssh.SshException;

/** Gets into machines: their host keys are compared by the admin, the key of this home is brought there. */
final class Access {

    /** For each step of a login, and for each command. */
    static final Duration STEP = Duration.ofSeconds(10);
    private static final int MOST_TRIES = 5;
    /** The file that holds the key of this kind, on OpenSSH's machines. */
    private static final String ON_OPENSSH = "ssh-keygen -lf /etc/ssh/ssh_host_%s_key.pub";

    private final HomeFiles files;
    private final List<String> fingerprints;
    private final Questions questions;
    private final PrintStream out;

    /** @param fingerprints that the admin has named as right before */
    Access(HomeFiles files, List<String> fingerprints, Questions questions, PrintStream out) {
        this.files = files;
        this.fingerprints = new ArrayList<>(fingerprints);
        this.questions = questions;
        this.out = out;
    }

    /**
     * Asks a machine for its host keys.
     *
     * @throws Incomplete if nothing speaks SSH there
     */
    static HostKeyScan scan(Machine machine) throws Incomplete {
        try {
            return HostKeyScan.of(machine.address().toString(), machine.port(), STEP);
        } catch (IOException e) {
            throw new Incomplete(machine + " cannot be reached: " + e.getMessage()
                    + "; check the address, and that sshd runs there", e);
        }
    }

    /** Has the admin compare the host key of a machine, and stores it. Returns what the machine says of itself. */
    String trust(Machine machine, HostKeyScan scan) throws Incomplete, IOException {
        Standing standing = scan.standing(files.knownHosts());
        if (standing == Standing.CHANGED) {
            throw new Incomplete(machine + " shows another host key than the one in " + files.knownHosts()
                    + ": either it was set up anew, or another machine answers in its place. If it was set up anew:"
                    + " ssh-keygen -R '" + scan.name() + "' -f " + files.knownHosts() + ", then type this again");
        }
        if (standing == Standing.KNOWN) {
            out.println("  " + machine + ": its host key is in " + files.knownHosts() + " already");
            return scan.software();
        }
        Optional<HostKeyScan.Shown> named = named(scan);
        HostKeyScan.Shown compared = named.isPresent() ? named.get() : compare(machine, scan);
        fingerprints.remove(compared.fingerprint()); // it names one machine
        // The keys that nobody has compared may be of whoever stands between.
        files.trust(scan.line(compared));
        return scan.software();
    }

    private Optional<HostKeyScan.Shown> named(HostKeyScan scan) {
        return scan.keys().stream().filter(k -> fingerprints.contains(k.fingerprint())).findFirst();
    }

    private HostKeyScan.Shown compare(Machine machine, HostKeyScan scan) throws Incomplete {
        HostKeyScan.Shown key = scan.keys().getFirst();
        if (!fingerprints.isEmpty()) {
            out.println("  None of the keys named by --host-key is this machine's; each names the key of one machine.");
        }
        out.println("  " + machine + " shows this host key: " + key.kind() + " " + key.fingerprint());
        String kind = key.kind().toLowerCase(Locale.ROOT);
        out.println("  On its console, " + (scan.software().contains("OpenSSH")
                ? "this prints the same:  " + ON_OPENSSH.formatted(kind)
                : "the fingerprint of its key has to be the same."));
        Optional<Boolean> same = questions.yes("  Are they the same?");
        if (same.isEmpty()) {
            throw new Incomplete("nobody has compared the host key of " + machine + "; type this at a terminal, or name"
                    + " what its console prints: --host-key SHA256:...");
        }
        if (!same.get()) {
            throw new Incomplete("nothing was sent to " + machine + ", since its host key is not the one of its"
                    + " console: another machine may answer at this address");
        }
        return key;
    }

    Login login(Machine machine, String key) {
        return new Login(machine.address().toString(), machine.port(), machine.user().orElse("root"),
                Optional.of(files.at(key)), false, Optional.empty(), files.knownHosts(), Optional.empty(), false,
                false);
    }

    /**
     * Has the key let in there.
     *
     * @param needed true if the set-up cannot do without
     * @return false if the admin does without
     */
    boolean enter(Machine machine, String dialect, boolean needed) throws Incomplete, IOException {
        SshException refused = null;
        for (int tried = 0; tried < MOST_TRIES; tried++) {
            try {
                Connections.open(login(machine, KeyLines.key(dialect)), STEP).close();
                out.println("  " + machine + ": login works");
                return true;
            } catch (SshException e) {
                refused = e;
            }
            out.println("  " + refused.getMessage());
            if (!bring(machine, dialect, needed, tried)) {
                break;
            }
        }
        if (needed) {
            throw new Incomplete(refused.getMessage() + "; let the key in there, then type this again", refused);
        }
        without(machine, "no login");
        return false;
    }

    /**
     * Compares the host key of a server and has the key let in there.
     *
     * @return false if it has no SSH, or the admin does without
     */
    boolean enterServer(Machine server) throws Incomplete, IOException {
        HostKeyScan scan;
        try {
            scan = scan(server);
        } catch (Incomplete e) {
            out.println("  " + e.getMessage());
            without(server, "no SSH there");
            return false;
        }
        trust(server, scan);
        return enter(server, KeyLines.LINUX, false);
    }

    private void without(Machine server, String why) {
        out.println(
                "  " + server + ": " + why + "; reroute does without, and cannot tell whether it holds the addresses");
    }

    /** Returns false if the admin does not go on. */
    private boolean bring(Machine machine, String dialect, boolean needed, int tried) throws IOException {
        String key = KeyLines.key(dialect);
        if (tried == 0) {
            out.println("  If it does not let this key in yet: as " + machine.user().orElse("root")
                    + " on the console of " + machine + ", type:");
            KeyLines.of(dialect, machine.user().orElse("root"), files.publicLine(key))
                    .forEach(l -> out.println("    " + l));
        }
        boolean openssh = dialect.equals(KeyLines.LINUX);
        Optional<String> answer = questions.line("  Enter when that is done"
                + (openssh ? "; 'copy' to have ssh-copy-id do it" : "") + (needed ? "" : "; 'skip' to do without")
                + ": ");
        String word = answer.map(String::strip).orElse("skip");
        if (openssh && word.equals("copy")) {
            copy(machine);
        }
        return !word.equals("skip");
    }

    private void copy(Machine machine) throws IOException {
        try {
            new ProcessBuilder("ssh-copy-id", "-i", files.publicPart(KeyLines.ED25519).toString(), "-p",
                    Integer.toString(machine.port()), "-o", "UserKnownHostsFile=" + files.knownHosts(), "-o",
                    "StrictHostKeyChecking=yes", machine.user().orElse("root") + "@" + machine.address()).inheritIO()
                    .start().waitFor();
        } catch (IOException e) {
            out.println("  ssh-copy-id cannot be started; install openssh-client, or type the line above");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
