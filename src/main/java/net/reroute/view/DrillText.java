package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import net.reroute.playbook.DrillBook;

/** Past drills, as text and as JSON. */
public final class DrillText {

    private DrillText() {}

    public static List<String> lines(List<DrillBook.Page> drills, Style style) {
        Table table = new Table("WHEN", "SERVER", "RESULT", "");
        drills.forEach(p -> table.row(MomentText.text(p.at()), p.server(),
                p.good() ? style.green(p.result()) : style.red(p.result()), p.why()));
        return table.isEmpty()
                ? List.of("no drill was held yet; 'reroute drill SERVER --shadow' tells what one would do")
                : table.lines(style);
    }

    public static ArrayNode json(List<DrillBook.Page> drills) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        drills.forEach(p -> array.add(p.json()));
        return array;
    }
}
