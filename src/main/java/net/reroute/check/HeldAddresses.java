package net.reroute.check;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Login;
import net.reroute.ssh.Sessions;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** Asks a server over SSH which service addresses it holds. */
public final class HeldAddresses {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private HeldAddresses() {}

    /**
     * Returns those of {@code wanted} that the server holds on any interface, the loopback included.
     *
     * @throws SshException if the server could not be asked; then nothing is known
     */
    public static Set<Address> ask(Sessions sessions, Login login, Collection<Address> wanted) throws SshException {
        String each = wanted.stream().map(HeldAddresses::printIfHeld).collect(Collectors.joining("\n"));
        Shell.Output answer = sessions.open(login, PATIENCE)
                .run("ip -o addr show to 127.0.0.1 >&2 || exit\n" + each + "\n:", PATIENCE);
        return answer.out().lines().map(String::strip).filter(l -> !l.isEmpty()).map(Address::parse)
                .collect(Collectors.toSet());
    }

    /**
     * A subnet on the loopback makes all its addresses local without listing each, so this also asks the kernel for the
     * route.
     */
    private static String printIfHeld(Address address) {
        return "{ ip -o addr show to " + address + " | grep -q . || ip route get " + address
                + " 2>/dev/null | grep -q '^local '; } && echo " + address;
    }
}
