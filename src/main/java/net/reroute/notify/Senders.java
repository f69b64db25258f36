package net.reroute.notify;

import net.reroute.core.Channel;

/** The senders of all kinds of channels. */
final class Senders {

    private Senders() {}

    static Sender of(Channel channel) {
        return switch (channel.way()) {
            case Channel.Way.Mail mail -> new MailSender(mail);
            case Channel.Way.Webhook webhook -> new WebhookSender(channel.name(), webhook);
            case Channel.Way.Syslog syslog -> new SyslogSender(syslog);
            case Channel.Way.Command command -> new CommandSender(channel.name(), command);
        };
    }
}
