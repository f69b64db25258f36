package net.reroute.lab;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What runs on a host: a web server that tells its name and, under /load, the load that was last posted there, and a UDP
 * echo on every service address.
 */
public final class LabServer {

    static final int ECHO_PORT = 9000;

    private LabServer() {}

    public static void main(String[] args) throws IOException {
        byte[] page = ("<html>" + args[0] + "</html>\n").getBytes(StandardCharsets.UTF_8);
        List<String> addresses = new ArrayList<>(Lab.SERVICE_ADDRESSES);
        addresses.addAll(Arrays.asList(args).subList(1, args.length));
        for (String address : addresses) {
            DatagramSocket socket = new DatagramSocket(
                    new InetSocketAddress(InetAddress.ofLiteral(address), ECHO_PORT));
            socket.setReceiveBufferSize(4 << 20);
            Thread.ofPlatform().start(() -> echo(socket));
        }
        HttpServer web = HttpServer.create(new InetSocketAddress(80), 100);
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        AtomicReference<String> load = new AtomicReference<>("0");
        web.createContext("/load", exchange -> {
            String told = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            load.updateAndGet(now -> told.isEmpty() ? now : told);
            byte[] answer = ("{\"load\": " + load.get() + "}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        web.start();
    }

    private static void echo(DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        try {
            while (true) {
                socket.receive(packet);
                socket.send(packet);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
