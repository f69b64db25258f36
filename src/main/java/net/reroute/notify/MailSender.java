package net.reroute.notify;

import jakarta.mail.Address;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.reroute.core.Channel.Medium;
import net.reroute.core.Channel.Tls;
import net.reroute.core.Text;
import net.reroute.ssh.Authorities;
import net.reroute.ssh.Secrets;
import net.reroute.ssh.SshException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends mail by SMTP. */
final class MailSender implements Sender {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final String TIMEOUT = "10000";
    private static final int REFUSED = 500;

    private final Medium.Mail way;
    /** Addresses that have accepted the current message while other addresses deferred it. */
    private final Map<String, Set<String>> done = new ConcurrentHashMap<>();

    MailSender(Medium.Mail way) {
        this.way = way;
    }

    @Override
    public void send(Message message) throws NotSentException {
        String where = way.host() + ":" + way.port();
        try {
            Transport.send(mail(message, session()));
            done.clear();
        } catch (SendFailedException e) {
            done.computeIfAbsent(message.id(), id -> new HashSet<>()).addAll(names(e.getValidSentAddresses()));
            if (names(e.getValidUnsentAddresses()).isEmpty() && !names(e.getValidSentAddresses()).isEmpty()) {
                LOG.warn("notify: {} refuses some of the addresses: {}", where, Text.one(reason(e)));
                done.clear();
                return; // a repeat would reach the others twice
            }
            throw new NotSentException(where + ": " + Text.one(reason(e)), isRefused(e), Optional.empty(), e);
        } catch (MessagingException e) {
            throw new NotSentException(where + ": " + Text.one(reason(e)), e);
        } catch (IOException e) {
            throw new NotSentException(Text.one(e.getMessage()), e);
        }
    }

    private static Set<String> names(Address[] addresses) {
        return addresses == null
                ? Set.of()
                : Arrays.stream(addresses).map(Address::toString).collect(Collectors.toSet());
    }

    /** The last cause is the useful one. */
    private static String reason(Exception e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        boolean nested = e instanceof MessagingException m && m.getNextException() != null;
        Throwable told = nested ? ((MessagingException) e).getNextException() : last;
        return told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
    }

    private static boolean isRefused(SendFailedException e) {
        for (Exception next = e; next != null; next = next instanceof MessagingException m
                ? m.getNextException()
                : null) {
            int code = switch (next) {
                case SMTPSendFailedException sent -> sent.getReturnCode();
                case SMTPAddressFailedException address -> address.getReturnCode();
                default -> 0;
            };
            if (code >= REFUSED) {
                return true;
            }
        }
        return false;
    }

    private Session session() throws IOException {
        Properties p = properties();
        if (way.user().isEmpty()) {
            return Session.getInstance(p);
        }
        p.put("mail.smtp.auth", "true");
        String password = password();
        return Session.getInstance(p, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(way.user().orElseThrow(), password);
            }
        });
    }

    private Properties properties() throws IOException {
        Properties p = new Properties();
        p.put("mail.smtp.host", way.host());
        p.put("mail.smtp.port", Integer.toString(way.port()));
        p.put("mail.smtp.connectiontimeout", TIMEOUT);
        p.put("mail.smtp.timeout", TIMEOUT);
        p.put("mail.smtp.writetimeout", TIMEOUT);
        p.put("mail.smtp.sendpartial", "true");
        p.put("mail.smtp.localhost", way.from().replaceFirst(".*@", ""));
        p.put("mail.smtp.socketFactory", new LimitedSockets()); // before TLS, an attacker can pose as the server
        p.put("mail.smtp.socketFactory.fallback", "false");
        tls(p);
        return p;
    }

    private void tls(Properties p) throws IOException {
        p.put("mail.smtp.starttls.enable", Boolean.toString(way.tls() == Tls.STARTTLS));
        p.put("mail.smtp.starttls.required", Boolean.toString(way.tls() == Tls.STARTTLS));
        p.put("mail.smtp.ssl.enable", Boolean.toString(way.tls() == Tls.TLS));
        p.put("mail.smtp.ssl.checkserveridentity", "true");
        if (way.tls() != Tls.NONE) {
            p.put("mail.smtp.ssl.socketFactory", Authorities.context(way.ca()).getSocketFactory());
        }
    }

    private String password() throws SshException {
        return new String(Secrets.read(way.password().orElseThrow()));
    }

    private MimeMessage mail(Message message, Session session) throws MessagingException {
        String id = "<" + message.id() + "@" + way.from().replaceFirst(".*@", "") + ">";
        MimeMessage mail = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id); // the same in a repeat
            }
        };
        mail.setFrom(new InternetAddress(way.from()));
        for (String to : way.to().stream().filter(a -> !done.getOrDefault(message.id(), Set.of()).contains(a))
                .toList()) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(to));
        }
        mail.setSubject(message.subject(), "UTF-8");
        mail.setSentDate(Date.from(message.at()));
        mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no answers by machines
        mail.setHeader("X-Reroute-Id", message.id());
        mail.setText(String.join("\n", message.lines()) + "\n\n-- \nreroute; 'reroute history' tells more\n", "UTF-8");
        return mail;
    }
}
