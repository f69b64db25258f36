package net.reroute.redirect.route.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;
import net.reroute.core.Prefix;
import net.reroute.core.Text;
import net.reroute.redirect.Traits;
import net.reroute.ssh.Connection;

/**
 * {@code ip monitor}, kept open beside the session. It reports changes by others to our prefixes, and events of links
 * and addresses: the kernel removes IPv4 routes of a link without a message. Other events are dropped on the router.
 */
final class RouteMonitor implements Traits.Watch {

    private static final int LONGEST = 2000;

    private final Connection.Remote remote;
    private final Consumer<String> told;
    private volatile boolean over;

    private RouteMonitor(Connection.Remote remote, Consumer<String> told) {
        this.remote = remote;
        this.told = told;
    }

    /** @param told receives events in the router's words, on another thread; an empty text at the end */
    static RouteMonitor start(Connection.Remote remote, Collection<Prefix> prefixes, Consumer<String> told)
            throws IOException {
        RouteMonitor monitor = new RouteMonitor(remote, told);
        remote.in().write(IpScript.monitor(prefixes).getBytes(StandardCharsets.UTF_8));
        remote.in().flush();
        Thread.ofPlatform().daemon().name("monitor").start(() -> monitor.read(remote.out(), true));
        // "netlink receive error: No buffer space available" means lost events
        Thread.ofPlatform().daemon().name("monitor-err").start(() -> monitor.read(remote.err(), false));
        return monitor;
    }

    private void read(InputStream stream, boolean whole) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = line(in); line != null && !line.equals(IpScript.OVER); line = line(in)) {
                if (!line.isBlank()) {
                    told.accept(line.equals(IpScript.WATCHING) ? BEGINS : Text.one(line));
                }
            }
        } catch (IOException e) {
            // the session ended
        }
        if (whole) {
            close();
            told.accept("");
        }
    }

    /** Reads a line, and cuts it at a limit; null at the end. */
    private static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() < LONGEST) {
                line.append((char) c);
            }
        }
        return c < 0 && line.isEmpty() ? null : line.toString();
    }

    @Override
    public boolean isOpen() {
        return !over;
    }

    @Override
    public void close() {
        over = true;
        remote.end().run();
    }
}
