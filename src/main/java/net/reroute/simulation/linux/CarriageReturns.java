package net.reroute.simulation.linux;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a carriage return before every line feed, as a terminal does. */
final class CarriageReturns extends FilterOutputStream {

    CarriageReturns(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        if (c == '\n') {
            out.write('\r');
        }
        out.write(c);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        ByteArrayOutputStream with = new ByteArrayOutputStream(length + 16);
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n') {
                with.write('\r');
            }
            with.write(bytes[i]);
        }
        out.write(with.toByteArray());
    }
}
