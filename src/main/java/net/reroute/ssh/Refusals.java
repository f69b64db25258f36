package net.reroute.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.reroute.core.Login;
import net.reroute.ssh.SshConfig.Setting;

/**
 * Checks the settings of an OpenSSH configuration. Some are honoured, some do not affect the target or its trust; the
 * rest cannot be honoured and are refused.
 */
final class Refusals {

    /** Settings that {@link SshTarget} and the two libraries read. */
    private static final Set<String> HONOURED = words("addressfamily bindaddress casignaturealgorithms certificatefile"
            + " ciphers globalknownhostsfile hostkeyalgorithms hostkeyalias hostname identitiesonly identityagent"
            + " identityfile kexalgorithms macs port pubkeyacceptedalgorithms requiredrsasize revokedhostkeys"
            // The inventory's user counts, as one on the command line of ssh would.
            + " user");

    /** Ignored: host keys are always verified strictly, and known_hosts files are never written. */
    private static final Set<String> OVERRULED = words("hashknownhosts nohostauthenticationforlocalhost"
            + " stricthostkeychecking updatehostkeys");

    /** Ignored: settings of interactive sessions, keepalives and forwardings, which reroute does not use. */
    private static final Set<String> HARMLESS = words("addkeystoagent afstokenpassing batchmode canonicaldomains"
            + " canonicalizefallbacklocal canonicalizemaxdots canonicalizepermittedcnames"
            + " challengeresponseauthentication channeltimeout cipher clearallforwardings compression compressionlevel"
            + " connectionattempts connecttimeout controlmaster controlpath controlpersist dynamicforward"
            + " enableescapecommandline enablesshkeysign escapechar exitonforwardfailure fallbacktorsh"
            + " fingerprinthash forkafterauthentication forwardagent forwardx11 forwardx11timeout forwardx11trusted"
            + " gatewayports globalknownhostsfile2 gssapiauthentication gssapidelegatecredentials"
            + " hostbasedacceptedalgorithms hostbasedauthentication hostbasedkeytypes ignoreunknown ipqos"
            + " kbdinteractivedevices keepalive kerberosauthentication kerberostgtpassing localcommand localforward"
            + " loglevel logverbose numberofpasswordprompts obscurekeystroketiming permitlocalcommand"
            + " permitremoteopen protocol proxyusefdpass rekeylimit remotecommand remoteforward requesttty"
            + " rhostsauthentication rhostsrsaauthentication rsaauthentication securitykeyprovider sendenv"
            + " serveralivecountmax serveraliveinterval sessiontype setenv skeyauthentication stdinnull"
            + " streamlocalbindmask streamlocalbindunlink syslogfacility tag tcpkeepalive tisauthentication tunnel"
            + " tunneldevice userknownhostsfile2 useprivilegedport useroaming usersh visualhostkey"
            + " warnweakcrypto xauthlocation");

    private record Rule(Set<String> allowed, String reason) {}

    private static final Rule DIRECT = new Rule(Set.of("none"), "leads through something else, and reroute connects"
            + " directly; give it an address it can reach by itself, and write 'ProxyCommand none' for that host");
    private static final Rule TOKEN = new Rule(Set.of("none"),
            "takes keys from a token, which reroute cannot; load them"
                    + " into an ssh-agent and say 'agent: true'");
    private static final Map<String, Rule> REFUSED = Map.of("proxycommand", DIRECT, "proxyjump", DIRECT,
            "pkcs11provider", TOKEN, "smartcarddevice", TOKEN,
            "knownhostscommand",
            new Rule(Set.of("none"), "learns host keys from a command, and reroute runs none; write"
                    + " the keys into the inventory's known-hosts"),
            "verifyhostkeydns",
            new Rule(Set.of("no", "false"), "trusts host keys in the DNS, and reroute looks up none;"
                    + " write no, and the keys into the inventory's known-hosts"),
            "checkhostip",
            new Rule(Set.of("no", "false"), "asks for the keys of addresses too, and reroute looks up none;"
                    + " write no"),
            "canonicalizehostname",
            new Rule(Set.of("no", "false", "none"), "changes the host's name, and reroute leaves"
                    + " it as it is; write no, and the whole name in the inventory"),
            "bindinterface", new Rule(Set.of(), "chooses an interface, which reroute cannot; write BindAddress"));

    private static final Rule UNKNOWN = new Rule(Set.of(), "is not known here, so what it would change is not either;"
            + " take it out of what applies to that host");

    private static final Rule ODD = new Rule(Set.of(), "has a value that is not understood here; write another");
    private static final Map<String, String> FORMS = Map.of("port", "0*[1-9]\\d{0,4}", "requiredrsasize", "\\d{1,6}",
            "addressfamily", "(?i)any|inet|inet6", "hostname", "(?:[^%]|%[h%])*", "identityfile", Tokens.KNOWN,
            "certificatefile", Tokens.KNOWN, "userknownhostsfile", Tokens.KNOWN, "globalknownhostsfile", Tokens.KNOWN,
            "revokedhostkeys", Tokens.KNOWN,
            "identityagent", Tokens.KNOWN);

    private Refusals() {}

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }

    /**
     * Checks every setting.
     *
     * @param paths resolves a file name, with its tokens filled in
     * @throws SshException refused, if a setting cannot be honoured; the message names it
     */
    static void check(Login login, SshConfig config, Function<String, Path> paths) throws SshException {
        for (Setting setting : config.all()) {
            String name = setting.name().toLowerCase(Locale.ROOT);
            if (REFUSED.containsKey(name)) {
                Rule rule = REFUSED.get(name);
                boolean counts = config.first(name).filter(setting::equals).isPresent();
                refuseUnless(!counts || rule.allowed().contains(low(setting)), login, setting, rule);
            } else if (!isKnown(name) && !ignored(config, name)) {
                refuseUnless(false, login, setting, UNKNOWN);
            }
        }
        values(login, config);
        methods(login, config);
        knownHosts(login, config, paths);
    }

    private static String low(Setting setting) {
        return setting.value().toLowerCase(Locale.ROOT);
    }

    private static boolean isKnown(String name) {
        return HONOURED.contains(name) || OVERRULED.contains(name) || HARMLESS.contains(name) || List.of(
                "pubkeyacceptedkeytypes", "identityfile2", "dsaauthentication", "pubkeyauthentication",
                "passwordauthentication", "kbdinteractiveauthentication", "preferredauthentications",
                "userknownhostsfile").contains(name);
    }

    private static boolean ignored(SshConfig config, String name) {
        return config.first("ignoreunknown")
                .filter(s -> Patterns.inList(name, String.join(",", s.values()).toLowerCase(Locale.ROOT))).isPresent();
    }

    private static void refuseUnless(boolean fine, Login login, Setting setting, Rule rule) throws SshException {
        if (!fine) {
            throw SshException.refused(setting + ", which applies to " + login.host() + ", " + rule.reason(), null);
        }
    }

    /** Refuses invalid values of the settings that are honoured. */
    private static void values(Login login, SshConfig config) throws SshException {
        for (Map.Entry<String, String> form : FORMS.entrySet()) {
            for (Setting setting : config.all(form.getKey())) {
                refuseUnless(setting.values().stream().allMatch(v -> v.matches(form.getValue())), login, setting, ODD);
            }
        }
    }

    /** Refuses settings that disable the login method of the inventory. */
    private static void methods(Login login, SshConfig config) throws SshException {
        boolean password = login.password().isPresent();
        Optional<Setting> off = config.first(password ? "passwordauthentication" : "pubkeyauthentication")
                .filter(s -> List.of("no", "false").contains(low(s)));
        Optional<Setting> others = config.first("preferredauthentications").filter(s -> !low(s)
                .matches(password ? ".*(password|keyboard-interactive).*" : ".*publickey.*"));
        for (Setting setting : off.or(() -> others).stream().toList()) {
            throw SshException
                    .refused(setting + ", which applies to " + login.host() + ", switches off the way to log in"
                            + " that the inventory names; change one of the two", null);
        }
    }

    /** Refuses a known_hosts file other than the inventory's. */
    private static void knownHosts(Login login, SshConfig config, Function<String, Path> paths) throws SshException {
        Optional<Setting> other = config.first("userknownhostsfile");
        if (other.isEmpty()) {
            return;
        }
        for (String file : other.get().values()) {
            if (!same(paths.apply(file), login.knownHosts())) {
                throw SshException.refused(other.get() + ", which applies to " + login.host()
                        + ", is not the known-hosts of the inventory (" + login.knownHosts() + "); write known-hosts: "
                        + file + " in the inventory, or take UserKnownHostsFile out of what applies to that host",
                        null);
            }
        }
    }

    private static boolean same(Path one, Path other) {
        try {
            return one.equals(other.toAbsolutePath().normalize()) || Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
