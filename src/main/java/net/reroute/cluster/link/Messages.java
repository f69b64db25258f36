package net.reroute.cluster.link;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** The JSON in which members speak. */
public final class Messages {

    public static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    private Messages() {}

    /** A message that says nothing yet. */
    public static ObjectNode empty() {
        return JSON.createObjectNode();
    }
}
