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

/** A small web server on a loopback port that tells its name, and can be killed and brought back. */
public final class SimulatedServer implements AutoCloseable {

    private static final int MOST_REQUEST = 16_384;
    private static final int IDLE_MILLIS = 10_000;

    private final String name;
    private final int status;
    private final String body;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket listening;
    /** Keeps the port while the server is dead, without listening there. */
    private Socket placeholder;

    private SimulatedServer(String name, int status, String body) {
        this.name = name;
        this.status = status;
        this.body = body;
    }

    /** @param body of every answer */
    public static SimulatedServer start(String name, int status, String body) throws IOException {
        SimulatedServer server = new SimulatedServer(name, status, body);
        server.recover();
        return server;
    }

    public String name() {
        return name;
    }

    /** Where to connect to; refused while it is dead. */
    public synchronized InetSocketAddress address() {
        return (InetSocketAddress) (placeholder == null
                ? listening.getLocalSocketAddress()
                : placeholder.getLocalSocketAddress());
    }

    /** As kill -9 does it: the port closes, connections break. */
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
            return; // killed
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
            return; // the client has gone, or the server was killed
        } finally {
            open.remove(socket);
        }
    }

    /** True once the empty line has come; false if there was none. */
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
