package net.reroute.notify;

import net.reroute.core.Channel;

/** The senders of all kinds of channels. */
final class Senders {

    private Senders() {}

    static Sender of(Channel channel) {
        return switch (channel.way()) {
            case Channel.Medium.Mail mail -> new MailSender(mail);
            case Channel.Medium.Webhook webhook -> new WebhookSender(channel.name(), webhook);
            case Channel.Medium.Syslog syslog -> new SyslogSender(syslog);
            case Channel.Medium.Command command -> new CommandSender(channel.name(), command);
        };
    }
}
