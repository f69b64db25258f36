package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import net.reroute.journal.JournalRow;
import net.reroute.operations.Attention;
import net.reroute.operations.Headline;
import net.reroute.operations.Sentence;
import net.reroute.operations.Sentence.Moment;
import net.reroute.operations.Sentence.Words;
import net.reroute.operations.Standing.Action;
import net.reroute.operations.StatusReport;

/** The headline, what needs an admin, what happened and what comes, as JSON. */
public final class AttentionJson {

    private static final int EVENTS = 50;

    private AttentionJson() {}

    /** Adds all of it to a node. */
    public static void headline(StatusReport report, ObjectNode root) {
        Instant now = report.now();
        Headline headline = Headline.of(report);
        root.put("headline", headline.says().text(now));
        root.set("headlineParts", parts(headline.says()));
        root.put("level", headline.level().name().toLowerCase(Locale.ROOT));
        ArrayNode needs = root.putArray("needs");
        Attention.of(report).forEach(a -> needs.add(attention(a).put("text", a.says().text(now))));
        ArrayNode happened = root.putArray("happened");
        report.events().last().stream().filter(r -> !r.kind().equals("begun")).limit(EVENTS)
                .forEach(r -> happened.add(row(r)));
        coming(report, root);
    }

    static void coming(StatusReport report, ObjectNode root) {
        ArrayNode coming = root.putArray("coming");
        report.events().coming().forEach(c -> coming.addObject().put("at", c.at().toString()).put("what", c.what()));
    }

    /** A row of the history. */
    static ObjectNode row(JournalRow row) {
        return JsonNodeFactory.instance.objectNode().put("id", row.id()).put("at", row.at().toString())
                .put("kind", row.kind()).put("who", row.actor()).put("subject", row.subject()).put("text", row.text());
    }

    /** Without its text, whose ages pass. */
    static ObjectNode attention(Attention attention) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("kind", attention.kind())
                .put("level", attention.level().name().toLowerCase(Locale.ROOT))
                .put("since", attention.since().map(Instant::toString).orElse(null));
        node.set("parts", parts(attention.says()));
        attention.about().forEach(node.putArray("about")::add);
        node.set("action", attention.action().map(AttentionJson::action).orElse(null));
        return node;
    }

    static ObjectNode action(Action action) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("command", action.command())
                .put("effect", action.effect());
        action.words().forEach(node.putArray("words")::add);
        return node;
    }

    /** A sentence whose ages a reader can keep current: strings, and points in time with their form. */
    public static ArrayNode parts(Sentence sentence) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        sentence.parts().forEach(p -> {
            switch (p) {
                case Words words -> parts.add(words.words());
                case Moment moment -> parts.addObject().put("form", moment.form().name().toLowerCase(Locale.ROOT))
                        .put("at", moment.at().toString());
            }
        });
        return parts;
    }
}
