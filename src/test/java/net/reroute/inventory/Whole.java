package net.reroute.inventory;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Looks through a value and all that is in it for nulls. */
final class Whole {

    private Whole() {}

    /** @throws AssertionError with the way to the first null */
    static void check(Object value, String way) {
        switch (value) {
            case null -> throw new AssertionError("there is a null at " + way);
            case Optional<?> optional -> optional.ifPresent(v -> check(v, way));
            case Collection<?> all -> all.forEach(v -> check(v, way + "[]"));
            case Map<?, ?> map -> map.forEach((k, v) -> {
                check(k, way + " key");
                check(v, way + "." + k);
            });
            case Record record -> components(record, way);
            default -> {
            }
        }
    }

    private static void components(Record record, String way) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                check(component.getAccessor().invoke(record), way + "." + component.getName());
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(way + "." + component.getName(), e);
            }
        }
    }
}
