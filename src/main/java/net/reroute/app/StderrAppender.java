package net.reroute.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import net.reroute.core.Text;

/** Sends the log to standard error, by way of {@link LogLines}. */
final class StderrAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final Encoder<ILoggingEvent> encoder;
    private LogLines lines;

    /** @param encoder formats a line */
    StderrAppender(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @Override
    public void start() {
        lines = LogLines.to(new FileOutputStream(FileDescriptor.err));
        super.start();
    }

    /**
     * Makes an event safe for logs and terminals, since part of it may come from elsewhere: further lines begin with a
     * tab, as in a stack trace, and what a terminal would obey is removed.
     */
    static byte[] harmless(byte[] encoded) {
        String text = new String(encoded, StandardCharsets.UTF_8);
        String clean = Text.clean(text).stripTrailing();
        return (clean.replaceAll("\\n(?!\t)", "\n\t") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void append(ILoggingEvent event) {
        byte[] line = harmless(encoder.encode(event));
        lines.add(encoder instanceof LogFormat.JournalEncoder ? LogFormat.levels(line, event.getLevel()) : line);
    }
}
