package net.reroute.ssh;

import net.reroute.core.Login;

/** The two things that can be wrong with a host key, in words that say what to do. */
final class HostKeys {

    private HostKeys() {}

    static String unknown(Login login, String fingerprint) {
        return "the host key of " + at(login) + " (" + fingerprint + ") is not in " + login.knownHosts()
                + "; compare it on the machine itself, then add it: ssh-keyscan -p " + login.port() + " "
                + login.host() + " >> " + login.knownHosts();
    }

    static String changed(Login login, String fingerprint) {
        return "the host key of " + at(login) + " (" + fingerprint + ") is not the one in " + login.knownHosts()
                + "; either the machine was set up anew or somebody else answers in its place:"
                + " find out which before you change the file";
    }

    private static String at(Login login) {
        return login.host() + (login.port() == 22 ? "" : " port " + login.port());
    }
}
