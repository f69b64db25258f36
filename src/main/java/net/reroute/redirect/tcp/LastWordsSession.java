package net.reroute.redirect.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Speaks the last words to one client. Reads no more than a few kilobytes, and writes no more than it was asked for. */
final class LastWordsSession {

    private static final int MOST = 16 << 10;

    private final Canned canned;
    private final SocketChannel client;
    private final StringBuilder sent = new StringBuilder();
    private ByteBuffer out = ByteBuffer.allocate(0);
    private int read;

    /** @param early what the client has sent already */
    LastWordsSession(Canned canned, SocketChannel client, ByteBuffer early) {
        this.canned = canned;
        this.client = client;
        take(early);
        say(canned.greeting());
    }

    private void take(ByteBuffer bytes) {
        read += bytes.remaining();
        sent.append(StandardCharsets.ISO_8859_1.decode(bytes));
    }

    private void say(String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        out = ByteBuffer.allocate(out.remaining() + more.length).put(out).put(more).flip();
    }

    /** Reads and writes what is possible. Returns true at the end. */
    boolean goOn(ByteBuffer buffer) throws IOException {
        int n = client.read(buffer);
        take(buffer.flip());
        Optional<String> line = Canned.line(sent);
        while (line.isPresent() && !canned.isOver()) {
            say(canned.answer(line.get()));
            line = Canned.line(sent);
        }
        client.write(out);
        if (canned.isOver() && !out.hasRemaining()) {
            client.shutdownOutput();
            return true;
        }
        return n < 0 || read > MOST;
    }
}
