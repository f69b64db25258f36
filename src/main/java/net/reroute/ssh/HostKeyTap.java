package net.reroute.ssh;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The socket under both libraries. It overhears the key or certificate a server shows before the first encryption, as
 * neither library hands out a certificate as it came; each of them checks that the server holds the private half.
 */
final class HostKeyTap extends Socket {

    /** RFC 4253, 8; RFC 5656, 4: the answer with the host key. RFC 4419, 3: the same, of a group exchange. */
    private static final int KEX_REPLY = 31;
    private static final int GROUP_REPLY = 33;
    private static final int MOST = 1 << 19;

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private volatile SshKey key;

    private HostKeyTap() throws IOException {
        // Without it every small command waits for a delayed acknowledgement, some 40 ms.
        setTcpNoDelay(true);
        setKeepAlive(true);
    }

    /** Connects to the first address of the host that answers, as ssh does. */
    static HostKeyTap open(Target target, Deadline deadline) throws IOException {
        List<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(target.host())).filter(target::takes)
                .toList();
        IOException last = new UnknownHostException(
                target.host() + " has no address of the AddressFamily in " + target.configFile());
        for (int i = 0; i < addresses.size(); i++) {
            HostKeyTap tap = new HostKeyTap();
            try {
                if (target.bindAddress().isPresent()) {
                    tap.bind(new InetSocketAddress(target.bindAddress().get(), 0));
                }
                int share = Math.max(1, deadline.leftMillis() / (addresses.size() - i));
                tap.connect(new InetSocketAddress(addresses.get(i), target.port()), share);
                return tap;
            } catch (IOException e) {
                tap.close();
                last = e;
            }
        }
        throw last;
    }

    /** What the server has shown; empty: nothing that is a key. */
    Optional<SshKey> key() {
        return Optional.ofNullable(key);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int start, int length) throws IOException {
                int count = super.read(into, start, length);
                if (key == null && count > 0 && heard.size() < MOST) {
                    heard.write(into, start, count);
                    key = find(heard.toByteArray());
                }
                return count;
            }
        };
    }

    private static SshKey find(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int version = text.startsWith("SSH-") ? 0 : text.indexOf("\nSSH-") + 1;
        int at = text.indexOf('\n', version) + 1;
        if (at == 0 || !text.startsWith("SSH-", version)) {
            return null;
        }
        while (at + 6 <= bytes.length) {
            SshStrings packet = new SshStrings(Arrays.copyOfRange(bytes, at, bytes.length));
            int length = packet.number();
            if (length < 2 || length > MOST || at + 4 + length > bytes.length) {
                return null;
            }
            int kind = bytes[at + 5];
            if (kind == KEX_REPLY || kind == GROUP_REPLY) {
                packet.skip(2); // padding length, kind
                SshKey found = key(packet);
                if (found != null) {
                    return found;
                }
            }
            at += 4 + length;
        }
        return null;
    }

    /** In a group exchange 31 is the group, which is no key. */
    private static SshKey key(SshStrings packet) {
        try {
            return SshKey.of(packet.bytes());
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }
}
