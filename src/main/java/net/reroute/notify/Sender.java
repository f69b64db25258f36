package net.reroute.notify;

import net.reroute.core.Channel;

/** Sends messages by one kind of way. */
interface Sender {

    /** Sends it once; returns when the receiver has taken it. May be interrupted. */
    void send(Message message) throws NotSentException;

    static Sender of(Channel channel) {
        return switch (channel.way()) {
            case Channel.Way.Mail mail -> new MailSender(mail);
            case Channel.Way.Webhook webhook -> new WebhookSender(channel.name(), webhook);
            case Channel.Way.Syslog syslog -> new SyslogSender(syslog);
            case Channel.Way.Command command -> new CommandSender(channel.name(), command);
        };
    }
}
