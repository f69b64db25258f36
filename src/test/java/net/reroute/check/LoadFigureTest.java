package net.reroute.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.reroute.core.CheckSpec.LoadPath;
import org.junit.jupiter.api.Test;

/** The load that a server tells of itself. */
class LoadFigureTest {

    private static final LoadPath PATH = new LoadPath(List.of("queues", "1", "length"));

    @Test
    void aNumberIsFoundAtItsPlace() {
        assertThat(LoadFigure.in("{\"queues\": [{}, {\"length\": 2.5}]}", PATH)).hasValue(2.5);
        assertThat(LoadFigure.in("7", new LoadPath(List.of()))).hasValue(7);
        assertThat(LoadFigure.text(0.30000000000000004)).isEqualTo("0.3");
    }

    @Test
    void whatIsNoLoadIsNotKnown() {
        assertThat(LoadFigure.in("{\"queues\": [{}, {\"length\": \"2\"}]}", PATH)).isEmpty();
        assertThat(LoadFigure.in("{\"queues\": [{}, {\"length\": -1}]}", PATH)).isEmpty();
        assertThat(LoadFigure.in("{\"queues\": {}}", PATH)).isEmpty();
        assertThat(LoadFigure.in("<html>", PATH)).isEmpty();
        assertThat(LoadFigure.in("", PATH)).isEmpty();
        assertThat(LoadFigure.in("[".repeat(100_000), PATH)).as("deep nesting").isEmpty();
    }
}
