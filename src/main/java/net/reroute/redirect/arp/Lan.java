package net.reroute.redirect.arp;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import net.reroute.core.Server;
import net.reroute.redirect.arp.RemoteRawSocket.ArpFilter;
import net.reroute.ssh.Fence;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of a LAN, and the sessions to them. Thread-safe. */
public final class Lan implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lan.class);
    /** On a LAN an answer takes milliseconds. Traffic waits, so slower servers are left out. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Map<String, ServerLink> links = new LinkedHashMap<>();
    private final MacTable hardware;
    private final LanEventHandler events;
    private final AtomicBoolean warming = new AtomicBoolean();

    /**
     * @param servers that may hold addresses; each has a login
     * @param hears receives what servers hear about the addresses they watch
     * @param fence that every change has to pass
     */
    Lan(Collection<Server> servers, MacTable hardware, LanEventHandler events, Consumer<ArpObservation> hears,
            Fence fence) {
        this.hardware = hardware;
        this.events = events;
        servers.forEach(s -> links.put(s.name(), new ServerLink(s, hardware, events::reachable, hears, fence)));
    }

    ServerLink link(String server) {
        return links.get(server);
    }

    LanEventHandler events() {
        return events;
    }

    MacTable hardware() {
        return hardware;
    }

    /**
     * Asks these servers for their addresses, all at once. Blocks for about a second at most, and longer only for a
     * first login.
     */
    public Census look(Collection<String> servers) {
        Map<String, List<Interface>> seen = new ConcurrentHashMap<>();
        Map<String, String> silent = new ConcurrentHashMap<>();
        all(servers, server -> {
            try {
                seen.put(server, links.get(server).interfaces(PATIENCE));
            } catch (SshException e) {
                silent.put(server, e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("looking at {} ended with an internal error", server, e);
                silent.put(server, "its answer could not be worked with");
            }
        });
        return new Census(seen, silent);
    }

    /** Runs a task for each thing in parallel, and waits for all. Every wait inside must have a deadline. */
    static <T> void all(Collection<T> things, Consumer<T> what) {
        CountDownLatch done = new CountDownLatch(things.size());
        for (T thing : things) {
            Thread.ofPlatform().daemon().name("lan-" + thing).start(() -> {
                try {
                    what.accept(thing);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Keeps sessions from timing out, and logs in where there is none. Returns at once, since a login to a dead server
     * takes seconds.
     */
    public void keepWarm() {
        if (warming.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("lan-warm").start(() -> {
                try {
                    all(links.keySet(), s -> links.get(s).session().keepWarm());
                } finally {
                    warming.set(false);
                }
            });
        }
    }

    Collection<String> servers() {
        return links.keySet();
    }

    /** Sets what a server listens for, now or when it can be reached again. */
    void watch(String server, List<ArpFilter> all) {
        try {
            links.get(server).socket().watch(all);
        } catch (SshException e) {
            LOG.debug("{} does not watch", server, e); // the next session sets it
        }
    }

    /** Logs in at once to a lost server, because one of its frames was heard. Blocks for the login. */
    public void sighted(String server) {
        ServerLink link = links.get(server);
        if (link != null) {
            try {
                link.session().sighted();
            } catch (SshException e) {
                LOG.debug("{} was heard of and cannot be asked", server, e);
            }
        }
    }

    @Override
    public void close() {
        links.values().forEach(ServerLink::close);
    }
}
