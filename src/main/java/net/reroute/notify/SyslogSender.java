package net.reroute.notify;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.reroute.command.CommandResult;
import net.reroute.command.LocalCommand;
import net.reroute.core.Channel;
import net.reroute.core.NotificationRule.Severity;
import net.reroute.core.Text;

/**
 * Writes to a syslog, a line for each event: this machine's by logger(1), another by RFC 5424 over UDP (RFC 5426) or
 * TCP (octet counting, RFC 6587). Neither confirms arrival; TCP confirms only the connection.
 */
final class SyslogSender implements Sender {

    private static final List<String> FACILITIES = List.of("kern", "user", "mail", "daemon", "auth", "syslog", "lpr",
            "news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock", "local0", "local1", "local2",
            "local3", "local4", "local5", "local6", "local7");
    private static final int CONNECT_MILLIS = 10_000;
    /** Every receiver must take 480 octets, and should take 2048 (RFC 5424, 6.1). */
    private static final int LONGEST = 1800;

    private final Channel.Medium.Syslog way;

    SyslogSender(Channel.Medium.Syslog way) {
        this.way = way;
    }

    @Override
    public void send(Message message) throws NotSentException {
        try {
            if (way.server().isEmpty()) {
                here(message);
            } else if (way.tcp()) {
                byTcp(message);
            } else {
                byUdp(message);
            }
        } catch (IOException e) {
            throw new NotSentException(way.server().orElse("") + ": " + e.getMessage(), e);
        }
    }

    private void here(Message message) throws NotSentException {
        for (QueuedAlert item : message.items()) {
            CommandResult ran = LocalCommand.run(List.of("logger", "-t", "reroute", "-p",
                    way.facility() + "." + level(item).word(), "--", text(item)), Map.of(), "", Duration.ofSeconds(5));
            if (!ran.ok()) {
                throw new NotSentException("logger: " + ran.sentence(), null);
            }
        }
    }

    private void byTcp(Message message) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(way.server().orElseThrow(), way.port()), CONNECT_MILLIS);
            for (byte[] line : lines(message)) {
                socket.getOutputStream().write((line.length + " ").getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(line);
            }
            socket.getOutputStream().flush();
            socket.shutdownOutput();
        }
    }

    private void byUdp(Message message) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress to = InetAddress.getByName(way.server().orElseThrow());
            for (byte[] line : lines(message)) {
                socket.send(new DatagramPacket(line, line.length, to, way.port()));
            }
        }
    }

    private List<byte[]> lines(Message message) {
        List<byte[]> lines = new ArrayList<>();
        for (QueuedAlert item : message.items()) {
            int priority = FACILITIES.indexOf(way.facility()) * 8 + level(item).number();
            lines.add(("<" + priority + ">1 " + item.alert().at() + " - reroute - " + item.alert().event() + " - "
                    + text(item)).getBytes(StandardCharsets.UTF_8));
        }
        return lines;
    }

    private static String text(QueuedAlert item) {
        String text = Text
                .one((item.alert().state() == Alert.Phase.RESOLVED ? "resolved: " : "") + item.alert().text());
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private record SyslogLevel(int number, String word) {}

    private static SyslogLevel level(QueuedAlert item) {
        Severity severity = item.alert().state() == Alert.Phase.RESOLVED ? Severity.INFO : item.alert().severity();
        return switch (severity) {
            case INFO -> new SyslogLevel(6, "info");
            case WARNING -> new SyslogLevel(4, "warning");
            case CRITICAL -> new SyslogLevel(2, "crit");
        };
    }
}
