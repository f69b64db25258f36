package net.reroute.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import java.util.Optional;

/**
 * What is logged, and how a line looks. It is code because an XML file costs each start of a command a third of a
 * second. Logback finds it by META-INF/services.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {

    /** The system property with the level of every logger that is not named here. */
    static final String LEVEL = "reroute.log";
    /** The system property with the format: text, journal or json. */
    static final String FORMAT = "reroute.log.format";
    /** One line per event. REROUTE_LOG_PATTERN replaces it, for instance where journald adds the time. */
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %msg%n";
    /** These libraries log less: messages of reroute say what matters. */
    private static final Map<String, Level> LIBRARIES = Map.of("net.schmizz", Level.OFF, "com.hierynomus", Level.OFF,
            "com.jcraft", Level.OFF, "org.quartz", Level.ERROR, "org.apache.ratis", Level.OFF, "org.pcap4j",
            Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext logback) {
        StderrAppender appender = new StderrAppender(encoder(logback));
        appender.setContext(logback);
        appender.start();
        LIBRARIES.forEach((name, level) -> logback.getLogger(name).setLevel(level));
        Logger root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.ERROR));
        root.addAppender(appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext logback) {
        Optional<String> pattern = Optional.ofNullable(System.getenv("REROUTE_LOG_PATTERN"));
        LogFormat format = pattern.isPresent()
                ? LogFormat.TEXT
                : LogFormat.of(System.getProperty(FORMAT, ""), System.getenv());
        Encoder<ILoggingEvent> encoder = switch (format) {
            case JOURNAL -> new LogFormat.JournalEncoder();
            case JSON -> new LogFormat.JsonEncoder();
            case TEXT -> {
                PatternLayoutEncoder text = new PatternLayoutEncoder();
                text.setPattern(pattern.orElse(PATTERN));
                yield text;
            }
        };
        encoder.setContext(logback);
        encoder.start();
        return encoder;
    }
}
