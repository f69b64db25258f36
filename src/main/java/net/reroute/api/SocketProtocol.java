package net.reroute.api;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The wire format: a request, then frames of output, then the exit code. Lengths are limited: callers are not trusted.
 */
final class SocketProtocol {

    static final int VERSION = 2;
    static final int OUT = 'o';
    static final int ERR = 'e';
    static final int EXIT = 'x';
    /** A sign of life, without content. */
    static final int HERE = 'h';

    /**
     * The caller speaks another version. The frames of an answer are the same in all versions, so it sees the error.
     */
    static final class VersionException extends IOException {

        private static final long serialVersionUID = 1L;

        VersionException(int version) {
            super("a client of another version (" + version + ")");
        }
    }

    /** Of an answer, in bytes. */
    static final int LONGEST_FRAME = 64 << 10;
    private static final int MOST_ARGS = 256;
    private static final int MOST_BYTES = 64 << 10;

    private SocketProtocol() {}

    static void write(DataOutputStream to, Request request) throws IOException {
        to.writeByte(VERSION);
        to.writeInt(request.args().size());
        for (String arg : request.args()) {
            text(to, arg);
        }
        text(to, request.folder());
        to.writeInt(request.width());
        to.writeBoolean(request.colour());
        text(to, request.playbook());
        to.flush();
    }

    static Request read(DataInputStream from) throws IOException {
        int version = from.readUnsignedByte();
        if (version != VERSION) {
            throw new VersionException(version);
        }
        int count = from.readInt();
        if (count < 0 || count > MOST_ARGS) {
            throw new IOException("too many arguments");
        }
        List<String> args = new ArrayList<>();
        int budget = MOST_BYTES;
        for (int i = 0; i < count; i++) {
            args.add(text(from, budget));
            budget -= args.getLast().length();
        }
        return new Request(args, text(from, MOST_BYTES), from.readInt(), from.readBoolean(), text(from, MOST_BYTES));
    }

    private static void text(DataOutputStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    private static String text(DataInputStream from, int most) throws IOException {
        int length = from.readInt();
        if (length < 0 || length > most) {
            throw new IOException("too long an argument");
        }
        return new String(from.readNBytes(length), StandardCharsets.UTF_8);
    }

    static void here(DataOutputStream to) throws IOException {
        synchronized (to) {
            to.writeByte(HERE);
            to.writeInt(0);
            to.flush();
        }
    }

    static void exit(DataOutputStream to, int code) throws IOException {
        synchronized (to) {
            to.writeByte(EXIT);
            to.writeInt(code);
            to.flush();
        }
    }

    /**
     * A stream that writes its output as frames of one kind. It locks {@code to}, so that threads do not mix frames.
     */
    static OutputStream frames(DataOutputStream to, int kind) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[]{(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                synchronized (to) {
                    for (int at = 0; at < length; at += LONGEST_FRAME) {
                        int part = Math.min(LONGEST_FRAME, length - at);
                        to.writeByte(kind);
                        to.writeInt(part);
                        to.write(bytes, from + at, part);
                    }
                }
            }

            @Override
            public void flush() throws IOException {
                synchronized (to) {
                    to.flush();
                }
            }
        };
    }
}
