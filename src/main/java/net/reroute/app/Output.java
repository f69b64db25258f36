package net.reroute.app;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;

/** Standard output that remembers why it could not be written: a PrintStream only remembers that it could not. */
final class Output extends FilterOutputStream {

    private String trouble;

    private Output(OutputStream to) {
        super(to);
    }

    /** Takes the place of {@code System.out}. */
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

    /** Why something is missing; empty if nothing is, or if the reader has seen enough and has gone. */
    Optional<String> trouble() {
        System.out.flush();
        return Optional.ofNullable(trouble).filter(t -> !t.contains("Broken pipe"));
    }
}
