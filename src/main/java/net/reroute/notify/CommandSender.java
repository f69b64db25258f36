package net.reroute.notify;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import net.reroute.command.CommandResult;
import net.reroute.command.LocalCommand;
import net.reroute.core.Channel;

/** Runs the admin's command with the message as JSON on standard input. */
final class CommandSender implements Sender {

    private static final Duration WITHIN = Duration.ofSeconds(25);

    private final String channel;
    private final Channel.Medium.Command way;

    CommandSender(String channel, Channel.Medium.Command way) {
        this.channel = channel;
        this.way = way;
    }

    @Override
    public void send(Message message) throws NotSentException {
        Map<String, String> environment = new HashMap<>();
        environment.put("REROUTE_ID", message.id());
        environment.put("REROUTE_SUBJECT", message.subject());
        environment.put("REROUTE_SEVERITY", message.severity().name().toLowerCase(Locale.ROOT));
        CommandResult ran = LocalCommand.run(way.command(), environment, Payload.own(channel, message) + "\n", WITHIN);
        if (!ran.ok()) {
            throw new NotSentException(way.command().getFirst() + ": " + ran.sentence(), null);
        }
    }
}
