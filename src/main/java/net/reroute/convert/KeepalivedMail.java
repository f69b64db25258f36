package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;

/** What global_defs of keepalived says: who gets mail. */
final class KeepalivedMail {

    private static final String SMTP = "25";

    private final Draft draft;

    KeepalivedMail(Draft draft) {
        this.draft = draft;
    }

    void add(Block global) {
        List<String> to = new ArrayList<>();
        global.takeAll("notification_email").forEach(s -> {
            to.addAll(s.values());
            s.block().orElse(List.of()).forEach(line -> mail(line, to));
        });
        if (to.isEmpty()) { // without a receiver, the other lines about mail are in the rest
            global.rest().forEach(s -> draft.general(KeepalivedReasons.without(s)));
            return;
        }
        String from = global.value("notification_email_from");
        Optional<Statement> server = global.take("smtp_server");
        Mail.add(draft, to, from, server.map(KeepalivedMail::host).orElse(""));
        global.rest().forEach(s -> draft.general(KeepalivedReasons.without(s)));
    }

    /** A line for one machine only is told. */
    private void mail(Statement line, List<String> to) {
        if (line.key().startsWith("@") && line.words().size() > 1) {
            draft.general(KeepalivedReasons.without(line));
        } else {
            to.addAll(line.words());
        }
    }

    private static String host(Statement server) {
        String host = server.word(1);
        String port = server.word(2).isEmpty() ? SMTP : server.word(2);
        boolean v6 = Address.tryParse(host).map(Address::v6).orElse(false);
        return (v6 ? "[" + host + "]" : host) + ":" + port;
    }
}
