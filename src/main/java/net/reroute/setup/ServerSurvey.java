package net.reroute.setup;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** Finds the addresses that a server holds on its loopback. */
final class ServerSurvey {

    private static final Pattern HELD = Pattern.compile("\\binet6? (\\S+?)/\\d+");

    private ServerSurvey() {}

    /** All but those that every machine has. */
    static Set<Address> held(Shell shell) throws SshException {
        Shell.Output answer = shell.run("PATH=$PATH:/usr/sbin:/sbin; ip -o addr show dev lo", Access.STEP);
        Set<Address> found = new TreeSet<>();
        Matcher match = HELD.matcher(answer.out());
        while (match.find()) {
            Address.tryParse(match.group(1)).filter(a -> !a.loopback()).ifPresent(found::add);
        }
        return found;
    }

    /** True if this user may change routes there by himself. */
    static boolean isRoot(Shell shell) throws SshException {
        return shell.run("id -u", Access.STEP).out().strip().equals("0");
    }
}
