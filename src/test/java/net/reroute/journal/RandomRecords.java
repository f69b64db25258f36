package net.reroute.journal;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Earlier;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Milestone;
import net.reroute.core.Prefix;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;

/** Records of every type there is, with anything in their fields; names are few, so that records meet. */
final class RandomRecords {

    private static final List<String> NAMES = List.of("www-1", "www-2", "host1", "host2", "gw1", "",
            "\"quoted\" \\ \u00fc\u4e2d\ud83d\ude00", "a\tb\u0007");

    private static final Set<Class<?>> WORDS = Set.of(Address.class, Prefix.class, HardwareAddress.class);

    private final Random random;

    RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    /** All types of records that a program of this edition makes. */
    static List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>();
        gather(Record.class, types);
        types.remove(Earlier.class);
        return types;
    }

    private static void gather(Class<?> type, List<Class<?>> into) {
        if (type.isRecord()) {
            into.add(type);
        } else {
            Arrays.asList(type.getPermittedSubclasses()).forEach(c -> gather(c, into));
        }
    }

    List<Record> history(int length) {
        List<Class<?>> types = types();
        List<Record> all = new ArrayList<>();
        while (all.size() < length) {
            Class<?> type = types.get(random.nextInt(types.size()));
            if (!Milestone.class.isAssignableFrom(type) || random.nextInt(10) == 0) {
                all.add(any(type));
            }
        }
        return all;
    }

    Record any(Class<?> type) {
        return (Record) value(type);
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            return collection((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> of = (Class<?>) type;
        if (of.isEnum()) {
            return one(of.getEnumConstants());
        }
        if (of == RecordedState.class) {
            return RecordedState.NOTHING.apply(history(5));
        }
        if (of.isRecord() && !WORDS.contains(of)) {
            return made(of);
        }
        if (of.isSealed()) {
            return value(one(of.getPermittedSubclasses()));
        }
        return simple(of);
    }

    private Object simple(Class<?> of) {
        return switch (of.getSimpleName()) {
            case "String" -> one(NAMES.toArray());
            case "boolean" -> random.nextBoolean();
            case "int" -> random.nextInt(50);
            case "long", "Long" -> (long) random.nextInt(50);
            case "Double" -> random.nextInt(100) / 10.0;
            case "Instant" -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case "Duration" -> Duration.ofMillis(random.nextInt(100_000));
            case "HardwareAddress" -> new HardwareAddress("02:00:00:00:00:0" + random.nextInt(10));
            case "Address" -> Address.parse(one(new String[]{"192.168.1.2", "192.168.1.3", "2001:db8::1"}));
            case "Prefix" -> Prefix.parse("192.168.1.32/27");
            default -> throw new IllegalStateException("no values of " + of + " yet: teach them");
        };
    }

    private Object collection(Class<?> of, Type... types) {
        int size = random.nextInt(4);
        if (of == Optional.class) {
            return size == 0 ? Optional.empty() : Optional.of(value(types[0]));
        }
        if (of == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                map.put(value(types[0]), value(types[1]));
            }
            return map;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(value(types[0]));
        }
        return of == Set.class ? new HashSet<>(list) : list;
    }

    private Object made(Class<?> of) {
        RecordComponent[] parts = of.getRecordComponents();
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = of.getDeclaredConstructor(types);
            return constructor.newInstance(
                    Arrays.stream(parts).map(p -> value(p.getGenericType())).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + of, e);
        }
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    /** How often each type was made. */
    static Map<Class<?>, Integer> count(List<Record> all) {
        Map<Class<?>, Integer> count = new HashMap<>();
        all.forEach(r -> count.merge(r.getClass(), 1, Integer::sum));
        return count;
    }
}
