package net.reroute.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import net.reroute.core.Actor;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Intent;
import net.reroute.core.Prefix;
import net.reroute.core.RecordedState;

/** The JSON mapper for the types in records. Thread-safe. */
final class Json {

    /** The field that names the type of the record; absent in rows of the first edition. */
    static final String NAME = "record";

    /** Field names in rows, by the name in the code. Rows outlive the names in a program. */
    private static final Map<String, String> IN_ROWS = Map.of("assignment", "placement");

    static final ObjectMapper MAPPER = mapper();

    private Json() {}

    private static ObjectMapper mapper() {
        SimpleModule values = new SimpleModule();
        text(values, Instant.class, Instant::parse);
        text(values, Duration.class, Duration::parse);
        text(values, Address.class, Address::parse);
        text(values, Prefix.class, Prefix::parse);
        text(values, HardwareAddress.class, HardwareAddress::new);
        tree(values, Actor.class, ActorJson::of, node -> ActorJson.read(node, ""));
        tree(values, Intent.class, WishJson::of, WishJson::read);
        tree(values, RecordedState.class, StateJson::of, StateJson::read);
        return JsonMapper.builder().addModule(new Jdk8Module()).addModule(values)
                .propertyNamingStrategy(inRows())
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    }

    private static PropertyNamingStrategy inRows() {
        return new PropertyNamingStrategies.NamingBase() {
            @Override
            public String translate(String name) {
                return IN_ROWS.getOrDefault(name, name);
            }
        };
    }

    /** Registers a type that is written as one string, also as a key. */
    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new JsonDeserializer<T>() {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                return parse.apply(json.getValueAsString(""));
            }
        });
        module.addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return parse.apply(key);
            }
        });
    }

    /** Registers a type with its own JSON form. */
    private static <T> void tree(SimpleModule module, Class<T> type, Function<T, JsonNode> write,
            Function<JsonNode, T> read) {
        module.addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider all)
                    throws IOException {
                json.writeTree(write.apply(value));
            }
        });
        module.addDeserializer(type, new JsonDeserializer<T>() {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                return read.apply(json.readValueAsTree());
            }
        });
    }
}
