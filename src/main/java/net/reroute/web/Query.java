package net.reroute.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The query of an address. */
final class Query {

    private static final int MOST = 100;

    private Query() {}

    /** @param raw as in the address; null if there is none */
    static Map<String, List<String>> parse(String raw) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return all;
        }
        String[] pairs = raw.split("&", MOST + 1);
        if (pairs.length > MOST) {
            throw new Call.BadRequestException("too many parameters");
        }
        for (String pair : pairs) {
            String[] parts = pair.split("=", 2);
            all.computeIfAbsent(decode(parts[0]), k -> new ArrayList<>()).add(parts.length > 1 ? decode(parts[1]) : "");
        }
        return all;
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Call.BadRequestException("the address is not written as one: " + e.getMessage());
        }
    }
}
