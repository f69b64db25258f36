package net.reroute.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Connections that stay open and say something now and then. With {@code serve DIGIT}: answers each byte with the digit.
 * With {@code ADDRESS CONNECTIONS MILLIS [FROM]}: opens connections, sends a byte over each in this interval, answered or not, and prints
 * a tally for each line on its standard input. The line "pause" stops the bytes, "speak" starts them again,
 * "vanish" ends all connections without a word but a reset; FROM is the address and first port to connect from.
 */
public final class LongConnections {

    static final int PORT = 7000;
    private static final long SILENT_NANOS = 1_000_000_000L;

    private static final class Connection {
        private long asked;
        private boolean waits;
        private int by;
        private String broken = "";
    }

    private final Selector selector;
    private final List<Connection> all = new ArrayList<>();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();
    private boolean speaks = true;
    private long lastBroken;

    private LongConnections() throws IOException {
        selector = Selector.open();
    }

    public static void main(String[] args) throws IOException {
        if (args[0].equals("serve")) {
            serve((byte) args[1].charAt(0));
            return;
        }
        LongConnections connections = new LongConnections();
        connections.open(InetAddress.ofLiteral(args[0]), Integer.parseInt(args[1]),
                args.length > 3 ? args[3] : "");
        Thread.ofPlatform().daemon().start(connections::read);
        connections.loop(Integer.parseInt(args[2]));
    }

    private static void serve(byte digit) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(PORT), 2000);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        ByteBuffer in = ByteBuffer.allocate(2000);
        while (true) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    SocketChannel accepted = server.accept();
                    accepted.configureBlocking(false);
                    accepted.register(selector, SelectionKey.OP_READ);
                } else {
                    answer((SocketChannel) key.channel(), in, digit);
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private static void answer(SocketChannel channel, ByteBuffer in, byte digit) throws IOException {
        try {
            in.clear();
            if (channel.read(in) < 0) {
                channel.close();
            } else {
                channel.write(ByteBuffer.wrap(new byte[]{digit}));
            }
        } catch (IOException e) {
            channel.close();
        }
    }

    private void open(InetAddress to, int number, String from) throws IOException {
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (!from.isEmpty()) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                String[] words = from.split(",");
                channel.bind(new InetSocketAddress(InetAddress.ofLiteral(words[0]), Integer.parseInt(words[1]) + i));
            }
            channel.connect(new InetSocketAddress(to, PORT));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, i);
            channels.add(channel);
            all.add(new Connection());
        }
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                selector.wakeup();
            }
        } catch (IOException e) {
            // the other end is gone, and so will be this
        }
        System.exit(0);
    }

    private void loop(int millis) throws IOException {
        long due = 0;
        while (true) {
            long now = System.nanoTime();
            if (speaks && now >= due) {
                due = now + millis * 1_000_000L;
                for (int i = 0; i < all.size(); i++) {
                    speak(i, now);
                }
            }
            selector.select(Math.max(1, (due - System.nanoTime()) / 1_000_000));
            for (SelectionKey key : selector.selectedKeys()) {
                hear((int) key.attachment());
            }
            selector.selectedKeys().clear();
            for (String command = commands.poll(); command != null; command = commands.poll()) {
                obey(command);
            }
        }
    }

    private void obey(String command) throws IOException {
        speaks = !command.equals("pause") && (speaks || command.equals("speak"));
        if (command.equals("vanish")) {
            for (SocketChannel channel : channels) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            }
            channels.clear();
            all.clear();
        }
        System.out.println(tally());
        System.out.flush();
    }

    private void speak(int i, long now) {
        Connection connection = all.get(i);
        if (!connection.broken.isEmpty()) {
            return;
        }
        try {
            channels.get(i).write(ByteBuffer.wrap(new byte[]{'x'}));
            connection.asked = connection.waits ? connection.asked : now;
            connection.waits = true;
        } catch (IOException e) {
            broken(i, e);
        }
    }

    private void hear(int i) {
        ByteBuffer in = ByteBuffer.allocate(100);
        try {
            int number = channels.get(i).read(in);
            if (number < 0) {
                throw new IOException("closed by the server");
            }
            if (number > 0) {
                all.get(i).by = in.get(number - 1) - '0';
                all.get(i).waits = false;
            }
        } catch (IOException e) {
            broken(i, e);
        }
    }

    private void broken(int i, IOException e) {
        lastBroken = System.currentTimeMillis();
        all.get(i).broken = String.valueOf(e.getMessage());
        try {
            channels.get(i).close();
        } catch (IOException closing) {
            // it is broken
        }
    }

    private String tally() {
        long now = System.nanoTime();
        Map<Integer, Integer> by = new TreeMap<>();
        all.stream().filter(c -> c.broken.isEmpty()).forEach(c -> by.merge(c.by, 1, Integer::sum));
        long broken = all.stream().filter(c -> !c.broken.isEmpty()).count();
        long silent = all.stream().filter(c -> c.broken.isEmpty() && c.waits && now - c.asked > SILENT_NANOS).count();
        StringBuilder text = new StringBuilder("tally " + (all.size() - broken) + " " + broken + " " + silent + " "
                + lastBroken);
        by.forEach((digit, number) -> text.append(' ').append(digit).append('=').append(number));
        return text.toString();
    }
}
