package net.reroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java runtime of the packages has every module that the program's classes and its libraries name. */
class ModulesTest {

    @Test
    void eachModuleThatIsNeededIsInThePackages() throws Exception {
        Set<String> needed = new TreeSet<>();
        // The path of the tests, without what is theirs alone; pcap4j's own module name stops jdeps.
        List<String> parts = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(p -> p.endsWith("target/classes")).toList();
        String libraries = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(p -> p.endsWith(".jar") && !p.contains("pcap4j")).collect(Collectors.joining(":"));
        for (String part : parts) {
            StringWriter out = new StringWriter();
            int status = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(out), new PrintWriter(out),
                    "--ignore-missing-deps", "--print-module-deps", "--recursive", "--multi-release", "25",
                    "--class-path",
                    libraries, part);
            assertThat(status).as(out.toString()).isZero();
            needed.addAll(List.of(out.toString().strip().split(",")));
        }
        Set<String> shipped = Files.readAllLines(Path.of("packages/modules")).stream().filter(l -> !l.startsWith("#"))
                .collect(Collectors.toSet());
        assertThat(shipped).containsAll(needed);
    }
}
