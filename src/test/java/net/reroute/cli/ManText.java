package net.reroute.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A page of docs in the man(7) macros. A table becomes a list: its first column is what is explained, which a terminal of
 * 80 columns has room for.
 */
final class ManText extends AbstractVisitor {

    private final List<String> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int depth;

    private ManText() {}

    static List<String> of(String name, String purpose, String markdown) {
        ManText page = new ManText();
        page.lines.addAll(List.of(".TH " + name.toUpperCase(Locale.ROOT) + " 5", ".SH NAME",
                name + " \\- " + escape(purpose), ".SH DESCRIPTION"));
        Parser.builder().extensions(List.of(TablesExtension.create())).build().parse(markdown).accept(page);
        return page.lines;
    }

    @Override
    public void visit(Heading heading) {
        if (heading.getLevel() > 1) {
            lines.add((heading.getLevel() == 2 ? ".SH " : ".SS ") + inline(heading));
        }
    }

    @Override
    public void visit(Paragraph paragraph) {
        if (!(paragraph.getParent() instanceof ListItem) || paragraph.getPrevious() != null) {
            lines.add(".PP");
        }
        line(inline(paragraph));
    }

    @Override
    public void visit(BulletList list) {
        items(list);
    }

    @Override
    public void visit(OrderedList list) {
        items(list);
    }

    private void items(Node list) {
        if (depth++ > 0) {
            lines.add(".RS");
        }
        int number = 0;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            number++;
            lines.add(".IP " + (list instanceof OrderedList ? number + ". 4" : "\\(bu 2"));
            visitChildren(item);
        }
        if (--depth > 0) {
            lines.add(".RE");
        }
    }

    @Override
    public void visit(FencedCodeBlock code) {
        example(code.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        example(code.getLiteral());
    }

    private void example(String literal) {
        lines.addAll(List.of(".PP", ".RS 4", ".nf"));
        literal.lines().map(ManText::escape).forEach(this::line);
        lines.addAll(List.of(".fi", ".RE"));
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock) {
            visitChildren(block);
        }
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof TableRow) {
            row(node);
        } else if (!(node instanceof TableHead)) {
            visitChildren(node);
        }
    }

    private void row(Node row) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell instanceof TableCell; cell = cell.getNext()) {
            cells.add(inline(cell));
        }
        lines.add(".TP");
        line(cells.getFirst());
        line(String.join("; ", cells.subList(1, cells.size()).stream().filter(c -> !c.isBlank()).toList()));
    }

    private String inline(Node of) {
        text.setLength(0);
        visitChildren(of);
        return text.toString();
    }

    @Override
    public void visit(Text node) {
        text.append(escape(node.getLiteral()));
    }

    @Override
    public void visit(Code code) {
        text.append("\\fB").append(escape(code.getLiteral())).append("\\fR");
    }

    @Override
    public void visit(StrongEmphasis strong) {
        text.append("\\fB");
        visitChildren(strong);
        text.append("\\fR");
    }

    @Override
    public void visit(Emphasis emphasis) {
        text.append("\\fI");
        visitChildren(emphasis);
        text.append("\\fR");
    }

    /** A page of this manual is named by its words alone; where it lies is another matter on each machine. */
    @Override
    public void visit(Link link) {
        visitChildren(link);
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        text.append(' ');
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        text.append(' ');
    }

    /** A line that begins with a dot or an apostrophe would be a macro. */
    private void line(String line) {
        lines.add(line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
