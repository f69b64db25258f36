package net.reroute.ssh;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.reroute.core.Login;
import net.reroute.ssh.KnownHosts.Entry;

/** The error messages about host keys, each with a remedy. Fingerprints look as in ssh. */
final class HostKeyWording {

    private HostKeyWording() {}

    static String unreadable(SshTarget target) {
        return "the known-hosts file " + target.login().knownHosts() + " cannot be read; make it with ssh-keyscan -p "
                + target.port() + " " + target.host();
    }

    static String unknown(SshTarget target, SshKey key) {
        return shown(target, key) + " is not in " + target.login().knownHosts() + target.strictness()
                + "; compare it on the machine itself: " + onMachine(key) + "; then add it: " + add(target, key);
    }

    static String changed(SshTarget target, SshKey key, List<Entry> known) {
        List<Entry> same = known.stream().filter(e -> e.key().type().equals(key.plainType())).toList();
        String others = known.stream().map(e -> e.key().kind()).distinct().collect(Collectors.joining(", "));
        String known1 = same.isEmpty()
                ? known.getFirst().file() + ", which has only " + others + " for it"
                : same.getFirst().place() + " (" + same.getFirst().key().fingerprint() + ")";
        return shown(target, key) + " is not the one in " + known1
                + "; either the machine was set up anew or somebody else answers in its place: compare it on the"
                + " machine itself: " + onMachine(key) + "; see what the file has: ssh-keygen -lF " + quoted(target)
                + " -f " + target.login().knownHosts();
    }

    static String revoked(SshTarget target, SshKey key, Entry entry) {
        String which = entry.key().plain().equals(key.plain())
                ? shown(target, key)
                : "the authority " + entry.key().fingerprint() + " of the host certificate of " + at(target);
        return which + " is marked @revoked in " + entry.place() + ": it may be stolen, and somebody else may answer in"
                + " the machine's place; give the machine another key, or take the line out if it is wrong";
    }

    static String revokedByFile(SshTarget target, SshKey key) {
        return shown(target, key) + ", or its authority, is in the RevokedHostKeys of " + target.configFile()
                + ": it may be stolen, and somebody else may answer in the machine's place";
    }

    static String weak(SshTarget target, SshKey key) {
        return shown(target, key) + " has " + key.rsaBits() + " bits, and " + target.leastRsaBits()
                + " is the least; give the machine a longer one, or an ed25519 key";
    }

    static String illegible(SshTarget target) {
        return "the host key of " + at(target)
                + " is of a kind that reroute cannot read; give the machine an ed25519 key";
    }

    static String forged(SshTarget target, SshKey key) {
        return "the host certificate of " + at(target) + " is not signed by the authority it names ("
                + key.certificate().authority().fingerprint() + "): somebody else may answer in the machine's place";
    }

    static String badCertificate(SshTarget target, SshKey key, Entry authority, String why) {
        return "the host certificate of " + at(target) + " " + why + " (its authority is in " + authority.place()
                + "), and its " + key.kind() + " key (" + key.fingerprint() + ") is not in "
                + target.login().knownHosts() + "; sign the machine's key anew, for the name "
                + target.principal() + ": ssh-keygen -s AUTHORITY -h -n " + target.principal() + " -I NAME KEY.pub";
    }

    static String unknownAuthority(SshTarget target, SshKey key) {
        SshKey authority = key.certificate().authority();
        return shown(target, key) + " is not in " + target.login().knownHosts() + ", nor is the authority of its"
                + " certificate (" + authority.fingerprint() + ") there for " + target.knownName()
                + target.strictness() + "; compare it on the machine itself: " + onMachine(key) + "; then add it: "
                + add(target, key) + ", or the authority in a line '@cert-authority " + target.knownName() + " KEY'";
    }

    private static String shown(SshTarget target, SshKey key) {
        return "the " + key.kind() + " host key of " + at(target) + " (" + key.fingerprint() + ")";
    }

    private static String onMachine(SshKey key) {
        return "ssh-keygen -lf /etc/ssh/ssh_host_" + key.kind() + "_key.pub";
    }

    private static String add(SshTarget target, SshKey key) {
        String scan = "ssh-keyscan -p " + target.port() + " -t " + key.kind() + " " + target.host();
        return target.hasAlias()
                ? scan + ", written under the name " + target.knownName() + " in " + target.login().knownHosts()
                : scan + " >> " + target.login().knownHosts();
    }

    private static String quoted(SshTarget target) {
        return target.knownName().startsWith("[") ? "'" + target.knownName() + "'" : target.knownName();
    }

    private static String at(SshTarget target) {
        Login login = target.login();
        String named = target.host().equals(login.host().toLowerCase(Locale.ROOT))
                ? login.host()
                : login.host() + " (" + target.host() + ")";
        return named + (target.port() == 22 ? "" : " port " + target.port());
    }
}
