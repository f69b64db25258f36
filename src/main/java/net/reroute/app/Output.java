package net.reroute.app;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;

/** Standard output that remembers why a write failed. A PrintStream only remembers that one did. */
final class Output extends FilterOutputStream {

    private String trouble;

    private Output(OutputStream to) {
        super(to);
    }

    /** Replaces {@code System.out}. */
    static Output install() {
        Output output = new Output(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(new BufferedOutputStream(output), true, System.out.charset()));
        return output;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
            throw e;
        }
    }

    /** Why output is missing; empty if none is, or if the reader closed its end of the pipe. */
    Optional<String> trouble() {
        System.out.flush();
        return Optional.ofNullable(trouble).filter(t -> !t.contains("Broken pipe"));
    }
}
