package net.reroute.redirect.route.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import net.reroute.ssh.Connection.Remote;

/** A Cisco in memory whose answers are cut, mixed and damaged by a seed. Notes every line that comes in a wrong mode. */
final class FuzzedDevice implements AutoCloseable {

    private static final String HEAD = "ip route 192.168.1.32 255.255.255.224 ";
    private static final String MESSAGE = "*Nov 20 05:00:01.123: %LINK-3-UPDOWN: Interface Gi0/3, changed state to up\r\n";
    /** No digits: what forges an address no reader of a terminal can find out. */
    private static final String GARBAGE = "abcXYZ#>$%()[]{}^*!?;:'\"\\/|~ \t\b\u0007\u0000\u001b\u009b\u00ff\r\n";

    /**
     * What stands before the # of its prompts; CLOCK runs.
     *
     * @param later exec mode's, once half a dozen lines were typed
     */
    private record Names(String exec, String later, String config) {

        static Names of(String exec, String config) {
            return new Names(exec, exec, config);
        }
    }

    private static final List<Names> ODD = List.of(Names.of("gw1.CLOCK", "gw1.CLOCK(config)"),
            Names.of("Nov 20 CLOCK gw1", "Nov 20 CLOCK gw1(config)"),
            Names.of("gw 1 (left) > x", "gw 1 (left) > x(config)"),
            Names.of("gw1-of-the-core", "gw1(config)"), Names.of("gw1", "(config)"),
            Names.of("gw1", "#1 CLOCK(config)"),
            new Names("gw1", "edge-7", "edge-7(config)"), new Names("gw1", "gw1(standby)", "gw1(config)"),
            Names.of("gw1(vrf:BLUE)", "gw1(vrf:BLUE)(config)"), Names.of("gw1/admin/act", "gw1/admin/act(config)"),
            Names.of("RP/0/RSP0/CPU0:gw1", "RP/0/RSP0/CPU0:gw1(config)"),
            Names.of("o'ne$l\\Q@gw1", "o'ne$l\\Q@gw1(config)"));

    private static final byte[] END = {};

    private final Random random;
    private final boolean harmless;
    private final Names names;
    /** Of a piece, more or less, in bytes: a line comes in several, or in one that may hold the end of another. */
    private final int longest;
    private int seconds;
    private final List<String> hops = new ArrayList<>(List.of("192.168.1.2"));
    private final List<String> heard = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final StringBuilder line = new StringBuilder();
    private boolean config;

    FuzzedDevice(int seed) {
        this.random = new Random(seed);
        this.harmless = random.nextInt(100) < 80;
        this.longest = seed % 3 == 0 ? 12 : 60;
        this.names = seed % 4 == 0 ? ODD.get(seed / 4 % ODD.size()) : Names.of("gw1", "gw1(config)");
    }

    /** The prompt that it shows at first. */
    String first() {
        return now(names.exec());
    }

    private String now(String name) {
        if (!name.contains("CLOCK")) {
            return name + "#";
        }
        int now = 3_595 + seconds; // the hour is over soon
        return name.replace("CLOCK", String.format("%d:%02d:%02d", 9 + now / 3600, now / 60 % 60, now % 60)) + "#";
    }

    private String prompt(boolean inConfig) {
        return now(inConfig ? names.config() : heard.size() > 6 ? names.later() : names.exec());
    }

    /** True if nothing is lost and nothing is added but system messages. */
    boolean isHarmless() {
        return harmless;
    }

    synchronized List<String> hops() {
        return List.copyOf(hops);
    }

    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    synchronized Optional<String> wrong() {
        return wrong.stream().findFirst();
    }

    Remote remote() {
        OutputStream in = new OutputStream() {
            @Override
            public void write(int c) {
                write(new byte[]{(byte) c}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                type(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
            }
        };
        return new Remote(in, new Pieces(), InputStream.nullInputStream(), this::close);
    }

    private synchronized void type(String text) {
        line.append(text);
        for (int end = line.indexOf("\r"); end >= 0; end = line.indexOf("\r")) {
            String typed = line.substring(0, end);
            line.delete(0, end + 1);
            hear(typed);
        }
    }

    private void hear(String typed) {
        heard.add(typed);
        seconds += heard.size() % 3;
        send(mangled(typed + "\r\n" + answer(typed) + prompt(config)));
    }

    private String answer(String typed) {
        boolean forConfig = typed.startsWith("ip ") || typed.startsWith("no ") || typed.equals("end");
        boolean known = forConfig || typed.startsWith("show ") || typed.isEmpty() || typed.equals("configure terminal");
        if (!known || !typed.isEmpty() && forConfig != config) {
            wrong.add("'" + typed + "' was typed in " + (config ? "config" : "exec") + " mode after " + heard);
        }
        return switch (typed) {
            case "configure terminal" -> {
                config = true;
                yield "Enter configuration commands, one per line.  End with CNTL/Z.\r\n";
            }
            case "end" -> {
                config = false;
                yield "";
            }
            default -> typed.startsWith("show ") ? shown(typed) : changed(typed);
        };
    }

    private String changed(String typed) {
        String hop = typed.replaceFirst("^(no )?ip route \\S+ \\S+ (\\S+).*", "$2");
        if (typed.startsWith("no ")) {
            hops.remove(hop);
        } else if (typed.startsWith("ip ")) {
            hops.add(hop);
        }
        return "";
    }

    private String shown(String typed) {
        if (typed.startsWith("show running")) {
            return hops.stream().map(h -> HEAD + h + (h.endsWith(".3") ? " name reroute" : "") + "\r\n")
                    .collect(Collectors.joining());
        }
        if (typed.equals("show ip route static")) {
            return "Gateway of last resort is not set\r\n\r\n      192.168.1.0/27 is subnetted, 1 subnets\r\nS        "
                    + "192.168.1.32 " + hops.stream().map(h -> "[1/0] via " + h + "\r\n")
                            .collect(Collectors.joining("              "));
        }
        return typed.startsWith("show ip route")
                ? "Routing entry for 192.168.1.32/27\r\n  Known via \"static\", distance 1, metric 0\r\n"
                        + hops.stream().map(h -> "  * " + h + "\r\n").collect(Collectors.joining())
                : "";
    }

    private String mangled(String text) {
        StringBuilder mangled = new StringBuilder(text);
        if (random.nextInt(4) == 0) {
            mangled.insert(random.nextInt(mangled.length()), MESSAGE);
        }
        if (!harmless && random.nextInt(4) == 0) {
            int at = random.nextInt(mangled.length());
            switch (random.nextInt(4)) {
                case 0 -> mangled.insert(at, garbage());
                case 1 -> mangled.insert(at, "\r\n" + prompt(false));
                case 2 -> mangled.insert(at, "\r\n" + prompt(true));
                default -> mangled.delete(at, Math.min(mangled.length(), at + 1 + random.nextInt(20)));
            }
        }
        return mangled.toString();
    }

    private String garbage() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(GARBAGE.charAt(random.nextInt(GARBAGE.length())));
        }
        return text.toString();
    }

    private void send(String text) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            piece.write(b);
            if (random.nextInt(longest) == 0) {
                pieces.add(piece.toByteArray());
                piece.reset();
            }
        }
        if (piece.size() > 0) {
            pieces.add(piece.toByteArray());
        }
    }

    @Override
    public void close() {
        pieces.add(END);
    }

    /** Gives one piece at a time. */
    private final class Pieces extends InputStream {

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            byte[] piece = next();
            if (piece.length == 0) {
                pieces.add(END);
                return -1;
            }
            System.arraycopy(piece, 0, into, offset, piece.length);
            return piece.length;
        }

        private byte[] next() throws IOException {
            try {
                return pieces.take();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
    }
}
