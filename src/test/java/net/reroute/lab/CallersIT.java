package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Root, the user of the daemon, its admins and strangers are several people. */
@Timeout(180)
class CallersIT extends OnReferenceNetwork {

    private static final String CHECKS = "web: {http: \"http://{server}/\", every: 500ms, timeout: 200ms, fall: 3}";

    private Path state;

    @BeforeAll
    static void open() {
        lab.openFolders();
    }

    @BeforeEach
    void home() throws IOException {
        reroute.inventory(CHECKS, "checks: [web], soak: 1s");
        state = Files.createDirectories(state());
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-x---"));
    }

    private void belongsTo(String user) {
        Path key = reroute.home().resolve("key");
        Shellout.run("cp", lab.sshd().key().toString(), key.toString());
        Shellout.run("cp", lab.sshd().knownHosts().toString(), reroute.home().resolve("known_hosts").toString());
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace(lab.sshd().key().toString(), "key")
                .replace(lab.sshd().knownHosts().toString(), "known_hosts"));
        Shellout.run("chown", "-R", user, reroute.home().toString());
    }

    private String owner(String file) {
        return Shellout.run("stat", "-c", "%U", state.resolve(file).toString()).strip();
    }

    @Test
    void whatRootTypesWhereNoDaemonRunsIsDoneByTheOwnerOfTheState() {
        belongsTo("nobody");
        assertThat(reroute.ok("www-1", "to", "host2")).contains("www-1 host1 -> host2");
        assertThat(List.of(owner("journal.db"), owner("lock"), owner("journal.anchor"))).containsOnly("nobody");
        assertThat(reroute.ok("history")).contains("by root");
        assertThat(reroute.ok("www-1", "to", "host1")).contains("www-1 host2 -> host1");
    }

    @Test
    void noLinkInTheStateFolderIsFollowed() throws IOException {
        for (String name : List.of("lock", "journal.db", "journal.anchor.new")) {
            Path target = Files.writeString(reroute.home().resolve("target-" + name), "precious\n");
            Files.createSymbolicLink(state.resolve(name), target);
            reroute.cli("www-1", "to", "host2");
            assertThat(target).hasContent("precious\n");
            Files.deleteIfExists(state.resolve(name));
        }
    }

    @Test
    void aDaemonDoesNotStartInTheStateFolderOfAnother() {
        Shellout.run("chown", "nobody", state.toString());
        assertThat(reroute.cli("daemon").text())
                .contains("belongs to nobody, and this runs as root; run it as nobody, or"
                        + " type: chown -R root " + state);
        Shellout.run("chown", "root", state.toString());
        Shellout.run("chmod", "777", state.toString());
        assertThat(reroute.cli("daemon").text()).contains("may be written by others").contains("chmod o-w " + state);
    }

    @Test
    void whatOthersMayWriteIsNotObeyed() {
        String file = reroute.home().resolve("inventory/lab.yaml").toString();
        Shellout.run("chmod", "666", file);
        Shellout.Done done = reroute.cli("validate");
        assertThat(done.status()).isEqualTo(2);
        assertThat(done.text()).contains("may be written by others, and what stands there is obeyed; type: chmod o-w "
                + file);
        Shellout.run("chmod", "644", file);
        Shellout.run("chmod", "640", lab.sshd().key().toString());
        assertThat(reroute.cli("validate").text()).contains("can be read by its group; run: chmod 600");
        Shellout.run("chmod", "600", lab.sshd().key().toString());
        assertThat(reroute.cli("validate").status()).isZero();
    }

    @Test
    void aStrangersFolderIsNotActedInUnlessItIsNamed() {
        belongsTo("nobody");
        Shellout.Done done = reroute.inFolder(reroute.home(), "status");
        assertThat(done.text()).contains("belongs to nobody, and what stands there would be done with your rights");
        assertThat(done.status()).isEqualTo(1);
    }

    @Test
    void aMemberOfTheSocketsGroupReadsNoFilesThroughTheDaemonAndHoldsUpNobody() throws IOException {
        Path secret = Files.writeString(reroute.home().resolve("secret"), "secret: xyzzy\n");
        reroute.daemon();
        for (String word : List.of(secret.toString(), "/dev/zero")) {
            assertThat(reroute.ask("validate", word).text()).contains("files are validated where they are")
                    .doesNotContain("xyzzy");
        }
        assertThat(reroute.ask("@" + secret).text()).doesNotContain("xyzzy");
        assertThat(reroute.ask("history", "--verify", "--anchor", secret.toString()).text()).doesNotContain("xyzzy");
        assertThat(Shellout.run("stat", "-c", "%a", state.resolve("lock").toString()).strip()).isEqualTo("600");
    }

    @Test
    void whatBelongsToSomebodyElseIsNotObeyed() {
        String file = reroute.home().resolve("inventory/lab.yaml").toString();
        Shellout.run("chown", "nobody", file);
        assertThat(reroute.cli("validate").text()).contains("belongs to nobody, and what stands there is obeyed; type:"
                + " chown root " + file);
        Shellout.run("chown", "root", file);
        Shellout.run("chown", "nobody", lab.sshd().knownHosts().toString());
        assertThat(reroute.cli("validate").text()).contains("known_hosts belongs to nobody");
        Shellout.run("chown", "root", lab.sshd().knownHosts().toString());
        Shellout.run("chown", "nobody", lab.sshd().key().toString());
        assertThat(reroute.cli("validate").text()).contains("belongs to nobody; run: chown root");
        Shellout.run("chown", "root", lab.sshd().key().toString());
        assertThat(reroute.cli("validate").status()).isZero();
    }

    /** Whoever has the home may point "state" at what is root's, or put a pipe where the lock is. */
    @Test
    void neitherALinkToRootsFoldersNorAPipeIsWalkedInto() throws IOException {
        Path roots = Files.createDirectories(reroute.home().resolveSibling(reroute.home().getFileName() + "-roots"));
        belongsTo("nobody");
        Files.delete(state);
        Files.createSymbolicLink(state, roots);
        Shellout.run("chown", "-h", "nobody", state.toString());
        for (String[] command : List.of(new String[]{"status"}, new String[]{"www-1", "to", "host2"},
                new String[]{"daemon"})) {
            Shellout.Done done = reroute.cli(command);
            assertThat(done.status()).isEqualTo(1);
            assertThat(done.text()).contains("is a symbolic link that nobody has set, to what is not his");
        }
        assertThat(roots).isEmptyDirectory();
        Files.delete(state);
        Files.createDirectory(state);
        Shellout.run("mkfifo", state.resolve("lock").toString());
        Shellout.run("chown", "-R", "nobody", state.toString());
        assertThat(reroute.cli("status").text()).contains("www-1"); // and comes to an end
    }

    @Test
    void aFileNameIsNoCommandForTheTerminal() throws IOException {
        Path odd = Files.createDirectories(reroute.home().resolve("a\u001b]0;owned\u0007\u001b[2J"));
        assertThat(reroute.cli("validate", odd.resolve("none.yaml").toString()).text()).doesNotContain("\u001b",
                "\u0007");
    }

    /** Whoever may write in a folder can put a state and a socket of his own beside it. */
    @Test
    void aFolderThatEverybodyMayWriteIsNoHome() throws IOException {
        Path open = Files.createDirectories(reroute.home().resolve("open/state")).getParent();
        Shellout.run("chown", "nobody", open.resolve("state").toString());
        Shellout.run("chmod", "1777", open.toString());
        Shellout.Done done = reroute.inFolder(open, "status");
        assertThat(done.text()).contains(open + " may be written by others");
        assertThat(done.status()).isEqualTo(1);
    }

    /** Its admins' group may have the state folder, and the user's own the inventory. */
    @Test
    void rootHasTheGroupsOfTheOwnerAndNotThatOfTheFolder() {
        belongsTo("nobody");
        Shellout.run("chgrp", "adm", state.toString());
        Shellout.run("chown", "-R", "root:nogroup", reroute.home().resolve("inventory").toString());
        Shellout.run("chmod", "-R", "u=rwX,g=rX,o=", reroute.home().resolve("inventory").toString());
        assertThat(reroute.cli("validate").text()).doesNotContain("may not be read");
        assertThat(reroute.cli("validate").status()).isZero();
    }

    @Test
    void theScriptRunsNothingAsRootThatAnotherMayChange() throws IOException {
        Path tree = Files.createDirectories(reroute.home().resolve("tree"));
        for (String folder : List.of("bin", "src/main", "target/classes", "target/lib")) {
            Files.createDirectories(tree.resolve(folder));
        }
        Files.copy(Path.of("bin/reroute"), tree.resolve("bin/reroute"));
        Files.writeString(tree.resolve("pom.xml"), "");
        Files.writeString(tree.resolve("src/main/A.java"), "");
        Files.writeString(tree.resolve("target/lib/a.jar"), "");
        List<String> script = List.of("sh", tree.resolve("bin/reroute").toString(), "--which-java");
        Shellout.run("chmod", "-R", "u=rwX,go=rX", tree.toString());
        assertThat(Shellout.attempt(script).status()).isZero();
        for (String part : List.of("target/classes", "src/main/A.java", "target/lib/a.jar", "pom.xml", "bin")) {
            Shellout.run("chown", "nobody", tree.resolve(part).toString());
            Shellout.Done done = Shellout.attempt(script);
            assertThat(done.status()).as(part).isEqualTo(1);
            assertThat(done.text()).contains("not run as root, since " + tree.resolve(part));
            Shellout.run("chown", "root", tree.resolve(part).toString());
        }
        Shellout.run("chmod", "1666", tree.resolve("src/main/A.java").toString());
        assertThat(Shellout.attempt(script).status()).isEqualTo(1); // the sticky bit excuses folders only
    }
}
