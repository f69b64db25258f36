package net.reroute.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A small web server on a loopback port that answers with its name. It can be killed and brought back. Thread-safe. */
public final class SimulatedServer implements AutoCloseable {

    private static final int MOST_REQUEST = 16_384;
    private static final int IDLE_MILLIS = 10_000;

    private final String name;
    private final int status;
    private final String body;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket listening;
    /** While the server is dead, reserves a port on which nothing listens. */
    private Socket placeholder;

    private SimulatedServer(String name, int status, String body) {
        this.name = name;
        this.status = status;
        this.body = body;
    }

    /**
     * Starts a server.
     *
     * @param status HTTP status of every answer
     * @param body of every answer
     */
    public static SimulatedServer start(String name, int status, String body) throws IOException {
        SimulatedServer server = new SimulatedServer(name, status, body);
        server.recover();
        return server;
    }

    public String name() {
        return name;
    }

    /**
     * The address to connect to. While the server is dead, connections there are refused; it changes with every kill
     * and recovery.
     */
    public synchronized InetSocketAddress address() {
        return (InetSocketAddress) (placeholder == null
                ? listening.getLocalSocketAddress()
                : placeholder.getLocalSocketAddress());
    }

    /** False from a kill until it recovers. */
    public synchronized boolean isAlive() {
        return placeholder == null;
    }

    /** Kills the server, as kill -9 does: the port closes, and connections break. Does nothing if it is dead. */
    public synchronized void kill() throws IOException {
        if (placeholder == null) {
            placeholder = new Socket();
            placeholder.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** Brings the server back, on a new port. Does nothing if it is alive. */
    public synchronized void recover() throws IOException {
        if (listening == null || listening.isClosed()) {
            listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
            ServerSocket socket = listening;
            Thread.ofVirtual().name("server-" + name).start(() -> accept(socket));
            if (placeholder != null) {
                placeholder.close();
                placeholder = null;
            }
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket socket = from.accept();
                open.add(socket);
                Thread.ofVirtual().name("serving-" + name).start(() -> serve(socket));
            }
        } catch (IOException e) {
            return; // the server was killed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(IDLE_MILLIS);
            if (readHead(socket.getInputStream())) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                socket.getOutputStream().write(("HTTP/1.1 " + status + " Practice\r\nServer: " + name
                        + "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + bytes.length
                        + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(bytes);
            }
        } catch (IOException e) {
            return; // the client hung up, or the server was killed
        } finally {
            open.remove(socket);
        }
    }

    /** Reads up to the empty line that ends the request's head; false if there is none. */
    private static boolean readHead(InputStream in) throws IOException {
        int ends = 0;
        for (int i = 0; i < MOST_REQUEST; i++) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            if (c != '\r') {
                ends = c == '\n' ? ends + 1 : 0;
            }
            if (ends == 2) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        kill();
        synchronized (this) {
            placeholder.close();
        }
    }
}
