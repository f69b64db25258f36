package net.reroute;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What makes a method hard to read at a glance, as the compiler's own parser sees it. */
class StyleTest {

    private static final int SHORT = 10;
    private static final double SHORT_SHARE = 0.85;

    private static final List<String> NESTED = new ArrayList<>();
    private static final List<Integer> LENGTHS = new ArrayList<>();

    @BeforeAll
    static void parse() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            var sources = manager.getJavaFileObjectsFromPaths(
                    files.filter(f -> f.toString().endsWith(".java")).toList());
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, null, null, sources);
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Measure(unit, Trees.instance(task)), 0);
            }
        }
    }

    @Test
    void noConditionalStandsInsideAnother() {
        assertThat(NESTED).isEmpty();
    }

    /** A method's length is the number of lines between its braces. */
    @Test
    void mostMethodsHaveAtMostTenLines() {
        assertThat(LENGTHS).hasSizeGreaterThan(1000);
        assertThat(LENGTHS.stream().filter(l -> l <= SHORT).count() / (double) LENGTHS.size())
                .isGreaterThan(SHORT_SHARE);
    }

    /** The parameter is the number of conditionals around a place; a lambda or class in one begins anew. */
    private static final class Measure extends TreeScanner<Void, Integer> {

        private final CompilationUnitTree unit;
        private final Trees trees;

        Measure(CompilationUnitTree unit, Trees trees) {
            this.unit = unit;
            this.trees = trees;
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        private String place(Tree tree) {
            return unit.getSourceFile().getName() + ":"
                    + line(trees.getSourcePositions().getStartPosition(unit, tree));
        }

        @Override
        public Void visitConditionalExpression(ConditionalExpressionTree tree, Integer around) {
            if (around > 0) {
                NESTED.add(place(tree));
            }
            return super.visitConditionalExpression(tree, around + 1);
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree tree, Integer around) {
            return super.visitLambdaExpression(tree, 0);
        }

        @Override
        public Void visitClass(ClassTree tree, Integer around) {
            return super.visitClass(tree, 0);
        }

        @Override
        public Void visitMethod(MethodTree tree, Integer around) {
            BlockTree body = tree.getBody();
            if (body != null) {
                long from = line(trees.getSourcePositions().getStartPosition(unit, body));
                long to = line(trees.getSourcePositions().getEndPosition(unit, body));
                LENGTHS.add((int) Math.max(0, to - from - 1));
            }
            return super.visitMethod(tree, 0);
        }
    }
}
