package net.reroute.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.reroute.api.Client;
import net.reroute.api.Request;
import net.reroute.api.SocketServer;

/** Sends one request to a daemon socket, so that the JDK records the classes that a command loads (AOT cache). */
public final class AotTraining {

    private AotTraining() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("reroute-training");
        Path socket = folder.resolve("socket");
        Paths paths = Paths.of(new String[]{"status", "--home", folder.toString()}, System.getenv());
        try (SocketServer door = SocketServer.open(socket, (request, who, out, err) -> {
            out.println(request.args() + who + paths);
            return 0;
        })) {
            PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            Client.ask(socket, new Request(List.of("status"), folder.toString(), 80, false, ""), nowhere, nowhere);
            nowhere.println(door);
        }
        Files.deleteIfExists(folder);
    }
}
