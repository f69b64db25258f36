package net.reroute.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** Where the log goes: to standard error, by way of {@link LogLines}. */
final class StderrAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final Encoder<ILoggingEvent> encoder;
    private LogLines lines;

    /** @param encoder how a line looks */
    StderrAppender(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @Override
    public void start() {
        lines = LogLines.to(new FileOutputStream(FileDescriptor.err));
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(encoder.encode(event));
    }
}
