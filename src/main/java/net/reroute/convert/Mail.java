package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.reroute.convert.Draft.Section;

/** Makes a channel for mail, and the rule that uses it, of the addresses in a source. */
final class Mail {

    private static final String ADDRESS = "[^\\s@<>,;\"\\\\\\p{Cntrl}]+@[A-Za-z0-9._-]+";

    private Mail() {}

    /**
     * Adds both, if there is an address.
     *
     * @param server HOST or HOST:PORT; empty if the source does not say it
     */
    static void add(Draft draft, List<String> to, String from, String server) {
        List<Remark> remarks = new ArrayList<>();
        List<String> good = to.stream().map(String::strip).filter(a -> isAddress(a, remarks)).distinct().toList();
        if (good.isEmpty()) {
            lost(from, server, remarks);
            remarks.forEach(r -> draft.remark(Section.CHANNELS, r));
            return;
        }
        Entry channel = draft.add(Section.CHANNELS, "mail").set("mail", Scalar.list(good))
                .set("from", Scalar.of(from(from, remarks))).set("smtp", Scalar.of(server(server, remarks)))
                .set("tls", "none").remarks(remarks)
                .remark(Remark.note("sent without TLS, as the source does; take 'tls: none' away if the mail server can"
                        + " do better (docs/notify.md)"));
        draft.add(Section.NOTIFY, "alerts").set("to", Scalar.list(List.of(channel.name()))).set("severity", "warning");
    }

    private static void lost(String from, String server, List<Remark> remarks) {
        Stream.of(from, server).filter(t -> !t.isEmpty()).forEach(t -> remarks.add(Remark.without("for mail: "
                + Plain.text(t) + ", since nobody is to get it")));
    }

    private static boolean isAddress(String text, List<Remark> remarks) {
        boolean good = text.matches(ADDRESS) && Plain.isPlain(text);
        if (!good) {
            remarks.add(Remark.without("mail to " + Plain.text(text) + ", which is no plain mail address"));
        }
        return good;
    }

    private static String from(String text, List<Remark> remarks) {
        if (text.matches(ADDRESS) && Plain.isPlain(text)) {
            return text;
        }
        remarks.add(Remark.toDo("the sender of the mail" + (text.isEmpty() ? "" : ", plain: " + Plain.text(text))));
        return "reroute@example.com";
    }

    private static String server(String text, List<Remark> remarks) {
        if (text.matches("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(:[1-9]\\d{0,3})?")) {
            return text;
        }
        remarks.add(Remark.toDo("the mail server" + (text.isEmpty() ? "" : ", for " + Plain.text(text))));
        return "mail.example.com:25";
    }
}
