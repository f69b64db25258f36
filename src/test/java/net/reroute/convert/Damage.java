package net.reroute.convert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages a text as editors, transfers and enemies do. */
final class Damage {

    private static final String STRANGE = "\u001b\u0000\u0085\u2028{}\"'\\;:#!=@$ \t\n-/%&*[],|>é\ud83d\ude00";
    private static final List<String> WORDS = List.of("0.0.0.0", "255.255.255.255", "10.7.0.80", "fe80::1", "::1", "0",
            "99999999999", "-1", "{server}", "{service}", "null", "status", "$X", "224.0.0.1", "127.0.0.1",
            "10.0.0.0/8",
            "0.0.0.0/0", "2001:db8::1");

    private Damage() {}

    static String of(String text, Random random) {
        String damaged = text;
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            damaged = once(damaged, random);
        }
        return damaged;
    }

    private static String once(String text, Random random) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        int at = random.nextInt(Math.max(1, text.length()));
        switch (random.nextInt(6)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(line, lines.get(random.nextInt(lines.size())));
            case 2 -> Collections.swap(lines, line, random.nextInt(lines.size()));
            case 3 -> {
                return text.substring(0, at);
            }
            case 4 -> {
                return text.substring(0, at) + STRANGE.charAt(random.nextInt(STRANGE.length()))
                        + text.substring(Math.min(text.length(), at + random.nextInt(2)));
            }
            default -> lines.set(line, word(lines.get(line), random));
        }
        return String.join("\n", lines);
    }

    /** Puts another word in place of one. */
    private static String word(String line, Random random) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        if (!words.isEmpty()) {
            words.set(random.nextInt(words.size()), WORDS.get(random.nextInt(WORDS.size())));
        }
        return String.join(" ", words);
    }
}
