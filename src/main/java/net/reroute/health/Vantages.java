package net.reroute.health;

import java.util.Map;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Target;

/** What other controllers see, whose evidence counts at a moment. */
public interface Vantages {

    /** For a controller that is alone. */
    Vantages NONE = new Vantages() {
        @Override
        public boolean counts() {
            return true;
        }

        @Override
        public Map<String, Settled> others(Target target) {
            return Map.of();
        }

        @Override
        public String self() {
            return "";
        }
    };

    /** False if this controller's own evidence does not count: it is cut off, or has just begun. */
    boolean counts();

    /** What others see of a target, by their names. Who is silent, cut off, or has not looked yet is left out. */
    Map<String, Settled> others(Target target);

    /** The same at this moment: later news does not change it. */
    default Vantages frozen() {
        return this;
    }

    /** The name of this controller. */
    String self();
}
