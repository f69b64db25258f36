package net.reroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.reroute.core.Actor;
import org.junit.jupiter.api.Test;

/** The manual pages: each command stands on the page of its group, and what is printed is what was written. */
class ManPagesTest {

    @Test
    void everyCommandStandsInOneGroup() {
        Console console = new Console(System.out, System.err, 80, false, new Actor.Human("root", ""));
        TreeSet<String> commands = new TreeSet<>(Cli.commands(null, null, console).getSubcommands().keySet());
        commands.remove("names"); // for the completion script alone
        List<String> grouped = Arrays.stream(ManPage.Group.values()).flatMap(g -> g.commands().stream()).toList();
        assertThat(grouped).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(grouped)).isEqualTo(commands);
    }

    @Test
    void aPageOfAFileHasItsTablesAsLists() throws Exception {
        Map<String, List<String>> pages = ManPages.all();
        assertThat(pages).containsKeys("reroute.1", "reroute-moves.1", "reroute-drain.1", "inventory.5", "dialect.5",
                "playbook.5");
        assertThat(pages.get("inventory.5")).contains(".SH routers", ".TP", "\\fBdialect\\fR").noneMatch(
                l -> l.startsWith("|"));
        assertThat(pages.get("reroute-drain.1")).containsExactly(".so man1/reroute-moves.1");
    }

    @Test
    void noLineOfTextIsTakenForAMacro() {
        List<String> page = ManText.of("x", "y",
                "# T\n\n`.TH` begins a page. A \\ is a sign.\n\n    'quoted\n    .dot\n");
        assertThat(page).contains("\\&'quoted", "\\&.dot").noneMatch(l -> l.startsWith(".TH begins"));
        assertThat(String.join("\n", page)).contains("A \\e is a sign.");
    }
}
