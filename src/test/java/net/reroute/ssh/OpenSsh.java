package net.reroute.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Real OpenSSH on loopback: servers with the host keys a test asks for, keys and certificates, an agent, and ssh. */
final class OpenSsh implements AutoCloseable {

    static final String USER = System.getProperty("user.name");
    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Map<String, Integer> ports = new HashMap<>();
    private final List<Process> running = new ArrayList<>();

    OpenSsh(Path folder) {
        this.folder = folder;
        for (String name : List.of("ed", "xed", "ca", "xca", "user", "user2", "stranger", "damaged", "foreign", "both",
                "userca", "carried", "carried-expired", "carried-early", "carried-other", "carried-apart",
                "carried-agent")) {
            key(name, "ed25519");
        }
        for (String name : List.of("ec", "xec", "user-ec", "carried-ec")) {
            key(name, "ecdsa", "-b", "256");
        }
        key("ec384", "ecdsa", "-b", "384");
        key("ec521", "ecdsa", "-b", "521");
        for (String name : List.of("rsa", "xrsa", "rsaca", "user-rsa", "carried-rsa")) {
            key(name, "rsa", "-b", "2048");
        }
        key("user-pem", "rsa", "-b", "2048", "-m", "PEM");
        key("user-pkcs8", "ecdsa", "-b", "256", "-m", "PKCS8");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", file("locked").toString());
        write("authorized_keys", Stream.of("user", "user2", "user-ec", "user-rsa", "user-pem", "user-pkcs8", "damaged",
                "foreign", "both", "locked", "ec384", "ec521").map(k -> publicKey(k) + "\n")
                .collect(Collectors.joining())
                + "cert-authority " + publicKey("userca") + "\n");
        userCertificates();
        hostCertificates();
    }

    private void userCertificates() {
        for (String name : List.of("carried", "carried-rsa", "carried-ec", "carried-agent")) {
            sign("userca", name, "-n", USER);
        }
        sign("userca", "carried-expired", "-n", USER, "-V", "20200101:20200201");
        sign("userca", "carried-early", "-n", USER, "-V", "20900101:20900201");
        sign("userca", "carried-other", "-n", "somebody");
        sign("userca", "carried-apart", "-n", USER);
        rename("carried-apart-cert.pub", "apart.pub");
        sign("userca", "foreign", "-n", USER);
        copy("carried-cert.pub", "foreign-cert.pub");
        sign("userca", "both", "-n", USER, "-V", "20200101:20200201");
        write("damaged-cert.pub", "ssh-ed25519-cert-v01@openssh.com AAAAdamaged\n");
    }

    private void hostCertificates() {
        certificate("valid", "ca", "ed", "-n", "127.0.0.1");
        certificate("rsa", "ca", "rsa", "-n", "127.0.0.1");
        certificate("ec", "ca", "ec", "-n", "127.0.0.1");
        certificate("expired", "ca", "ed", "-n", "127.0.0.1", "-V", "20200101:20200201");
        certificate("early", "ca", "ed", "-n", "127.0.0.1", "-V", "20900101:20900201");
        certificate("name", "ca", "ed", "-n", "gw9.example.org");
        certificate("alias", "ca", "ed", "-n", "gw1.example.org,127.0.0.1");
        certificate("wild", "ca", "ed", "-n", "127.0.0.*");
        certificate("none", "ca", "ed");
        certificate("rsaca", "rsaca", "ed", "-n", "127.0.0.1");
        certificate("sha1", "rsaca", "ed", "-n", "127.0.0.1", "-t", "ssh-rsa");
    }

    private void certificate(String name, String authority, String key, String... how) {
        List<String> all = new ArrayList<>(List.of(how));
        all.add("-h");
        sign(authority, key, all.toArray(String[]::new));
        rename(key + "-cert.pub", "host-" + name + "-cert.pub");
    }

    private void sign(String authority, String key, String... how) {
        List<String> command = new ArrayList<>(
                List.of("ssh-keygen", "-q", "-s", file(authority).toString(), "-I", key));
        command.addAll(List.of(how));
        command.add(file(key + ".pub").toString());
        run(command.toArray(String[]::new));
    }

    private void key(String name, String type, String... how) {
        List<String> command = new ArrayList<>(
                List.of("ssh-keygen", "-q", "-N", "", "-t", type, "-C", name, "-f", file(name).toString()));
        command.addAll(List.of(how));
        run(command.toArray(String[]::new));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Type and base64. */
    String publicKey(String name) {
        try {
            return String.join(" ", List.of(Files.readString(file(name + ".pub")).split(" ")).subList(0, 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String name, String text) {
        try {
            Files.writeString(file(name), text);
            return Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rename(String from, String to) {
        try {
            Files.move(file(from), file(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(String from, String to) {
        try {
            Files.writeString(file(to), Files.readString(file(from)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code ssh-keygen -H} writes a name. */
    static String hashed(String name) {
        try {
            byte[] salt = "twenty bytes of salt".getBytes(StandardCharsets.US_ASCII);
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            Base64.Encoder base64 = Base64.getEncoder();
            return "|1|" + base64.encodeToString(salt) + "|"
                    + base64.encodeToString(mac.doFinal(name.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The port of a server on 127.0.0.1; it is started if it does not run.
     *
     * @param words names of host keys, {@code cert:NAME}, and options written {@code Name=value}
     */
    int port(String words) {
        return ports.computeIfAbsent(words, this::start);
    }

    private int start(String words) {
        try {
            int port;
            try (ServerSocket free = SshServerFixture.silent()) {
                port = free.getLocalPort();
            }
            List<String> lines = new ArrayList<>(List.of("ListenAddress 127.0.0.1:" + port,
                    "AuthorizedKeysFile " + file("authorized_keys"), "StrictModes no", "UsePAM no", "PidFile none",
                    "PasswordAuthentication no", "KbdInteractiveAuthentication no", "UseDNS no", "LogLevel ERROR",
                    "MaxStartups 100", "PermitRootLogin prohibit-password",
                    // What stands in this user's .bashrc is no part of the test.
                    "SetEnv HOME=" + folder));
            for (String word : words.split(" ")) {
                if (word.contains("=")) {
                    lines.add(word.replace('=', ' '));
                } else {
                    lines.add(word.startsWith("cert:")
                            ? "HostCertificate " + file("host-" + word.substring(5) + "-cert.pub")
                            : "HostKey " + file(word));
                }
            }
            Path config = write("sshd-" + port, String.join("\n", lines) + "\n");
            if (USER.equals("root")) {
                Files.createDirectories(Path.of("/run/sshd"));
            }
            running.add(new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
                    .redirectErrorStream(true).redirectOutput(file("sshd-" + port + ".log").toFile()).start());
            awaitPort(port, words);
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitPort(int port, String words) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && running.getLast().isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("no sshd for " + words + ": "
                + Files.readString(file("sshd-" + port + ".log")));
    }

    /** Starts an agent and gives it these keys, with their certificates. */
    Path agent(String... keys) {
        Path socket = file("agent");
        try {
            running.add(new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(socket) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        for (String key : keys) {
            run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", file(key).toString());
        }
        return socket;
    }

    /** @return exit status and all that was printed */
    static Map.Entry<Integer, String> attempt(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().remove("SSH_AUTH_SOCK");
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end of " + command);
            }
            return Map.entry(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void run(String... command) {
        Map.Entry<Integer, String> done = attempt(List.of(command));
        if (done.getKey() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + done.getValue());
        }
    }

    @Override
    public void close() {
        running.forEach(p -> {
            p.descendants().forEach(ProcessHandle::destroyForcibly);
            p.destroyForcibly();
        });
    }
}
