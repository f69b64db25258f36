package net.reroute.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import net.reroute.core.Lines;
import net.reroute.doctor.Doctor;
import net.reroute.doctor.Finding;
import net.reroute.doctor.Finding.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** reroute doctor. */
@Command(name = "doctor", description = "Logs in everywhere and tells what will hurt, each with the fix. Changes nothing.")
final class Diagnose extends Work {

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        List<Finding> findings = new Doctor(office().inventory()).examine();
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            findings.forEach(f -> array.addObject().put("where", f.where())
                    .put("level", f.level().name().toLowerCase(Locale.ROOT)).put("text", f.text()).put("fix", f.fix()));
            json(array);
        } else {
            findings.forEach(this::tell);
        }
        boolean bad = findings.stream().anyMatch(f -> f.level() == Level.BAD);
        return bad ? ExitCodes.REFUSED : ExitCodes.DONE;
    }

    private void tell(Finding finding) {
        String mark = switch (finding.level()) {
            case GOOD -> console().green("good");
            case NOTE -> console().yellow("note");
            case BAD -> console().red("bad ");
        };
        List<String> lines = Lines.wrap(finding.where() + " " + finding.text(), console().width() - 6);
        say(mark + "  " + lines.getFirst());
        lines.stream().skip(1).forEach(l -> say("      " + l));
        if (!finding.fix().isEmpty()) {
            say("      " + console().bold("fix: ") + finding.fix());
        }
    }
}
