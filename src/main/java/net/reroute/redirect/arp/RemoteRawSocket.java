package net.reroute.redirect.arp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.redirect.arp.LanScript.SendTool;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** A raw socket on a server, through a program that keeps running there. With arping it can only send. Thread-safe. */
final class RemoteRawSocket implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(1500);

    /** The frames that announce an address on an interface. */
    record Announcement(String on, Address address, List<byte[]> frames) {}

    /** What to listen for: claims of an address, and questions for it if {@code asks} is true. */
    record ArpFilter(String on, Address address, boolean asks) {}

    private final ServerSession session;
    private final LanScript script;
    private final MacTable hardware;
    private final Consumer<ArpObservation> hears;
    private final List<Consumer<ArpObservation>> asking = new CopyOnWriteArrayList<>();
    private final List<ArpFilter> asked = new ArrayList<>();
    private List<ArpFilter> watched = List.of();
    private Map<String, Set<String>> told = new HashMap<>();
    private Optional<RemoteSocketProcess> process = Optional.empty();

    /** @param hears receives observations of watched addresses, on a thread that it must not block */
    RemoteRawSocket(ServerSession session, LanScript script, MacTable hardware, Consumer<ArpObservation> hears) {
        this.session = session;
        this.script = script;
        this.hardware = hardware;
        this.hears = hears;
    }

    private boolean isProgram() {
        return session.tool() == SendTool.PERL || session.tool() == SendTool.PYTHON3;
    }

    /** Starts the program unless it runs, so that later calls do not wait for the start. */
    void warm() throws SshException {
        if (isProgram()) {
            process();
            tellWatched();
        }
    }

    private synchronized RemoteSocketProcess process() throws SshException {
        if (process.filter(RemoteSocketProcess::isOpen).isEmpty()) {
            process.ifPresent(RemoteSocketProcess::close);
            process = Optional.of(new RemoteSocketProcess(session.name(),
                    session.beside(script.wire(session.tool(), program(session.tool()))), this::heard));
            told = new HashMap<>();
        }
        return process.get();
    }

    private static String program(SendTool sender) {
        String name = sender == SendTool.PERL ? "wire.pl" : "wire.py";
        try (InputStream in = RemoteRawSocket.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void heard(ArpObservation heard) {
        asking.forEach(a -> a.accept(heard));
        hears.accept(heard);
    }

    /** Replaces the set of filters. Without a session, the next one gets them. */
    void watch(Collection<ArpFilter> all) throws SshException {
        synchronized (this) {
            watched = List.copyOf(all);
        }
        if (isProgram() && session.isOpen()) {
            tellWatched();
        }
    }

    private void tellWatched() throws SshException {
        RemoteSocketProcess running = process();
        List<String> commands = changes();
        try {
            running.obey(commands, PATIENCE);
        } catch (SshException e) {
            synchronized (this) {
                told = new HashMap<>(); // the next call sends all filters again
            }
            throw e;
        }
    }

    /** One command for each interface whose filters changed. */
    private synchronized List<String> changes() {
        Map<String, Set<String>> next = new LinkedHashMap<>();
        told.keySet().forEach(on -> next.put(on, new TreeSet<>()));
        for (List<ArpFilter> list : List.of(watched, asked)) {
            for (ArpFilter one : list) {
                String digits = HexFormat.of().formatHex(one.address().bytes());
                Set<String> words = next.computeIfAbsent(one.on(), on -> new TreeSet<>());
                words.add("c" + digits);
                if (one.asks()) {
                    words.add("a" + digits);
                }
            }
        }
        List<String> commands = new ArrayList<>();
        next.forEach((on, words) -> {
            if (!words.equals(told.put(on, words))) {
                commands.add("watch " + on + " " + String.join(" ", words));
            }
        });
        return commands;
    }

    /**
     * Sends frames, in order.
     *
     * @throws SshException if the server cannot send; the message has its words
     */
    void send(Collection<Announcement> all) throws SshException {
        session.fence().confirm();
        if (isProgram()) {
            process().obey(all.stream().map(a -> send(a.on(), a.frames())).toList(), PATIENCE);
            return;
        }
        String each = String.join("\n", all.stream()
                .map(a -> script.arping(session.tool(), a.on(), a.address()) + " || rr_failed=yes").toList());
        Shell.Output answer = session.change("rr_failed=\n" + each + "\ntest -z \"$rr_failed\"", PATIENCE);
        if (!answer.ok()) {
            throw new SshException(SshException.Failure.REFUSED, session.name() + ": " + answer.complaint(), null);
        }
    }

    private static String send(String on, List<byte[]> frames) {
        return "send " + on + " " + String.join(" ", Frames.hex(frames));
    }

    /**
     * Asks the LAN for addresses, and collects claims for this long.
     *
     * @param byInterface addresses to ask for, by interface
     * @return the claims; empty if the server cannot ask
     */
    Set<ArpObservation> ask(Map<String, List<Address>> byInterface, Duration patience) throws SshException {
        if (!isProgram()) {
            return Set.of();
        }
        Set<ArpObservation> claims = ConcurrentHashMap.newKeySet();
        Consumer<ArpObservation> listens = h -> {
            if (h.meaning() == ArpObservation.Meaning.CLAIM
                    && byInterface.values().stream().anyMatch(l -> l.contains(h.address()))) {
                claims.add(h);
            }
        };
        List<ArpFilter> mine = new ArrayList<>();
        byInterface.forEach((on, addresses) -> addresses.forEach(a -> mine.add(new ArpFilter(on, a, false))));
        RemoteSocketProcess running = process();
        asking.add(listens);
        try {
            running.obey(questions(byInterface, mine), PATIENCE);
            Thread.sleep(patience);
            running.obey(List.of("send -"), PATIENCE); // its answer follows all earlier observations
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asking.remove(listens);
            forget(mine);
        }
        return new HashSet<>(claims);
    }

    private synchronized List<String> questions(Map<String, List<Address>> byInterface, List<ArpFilter> mine) {
        asked.addAll(mine);
        List<String> commands = new ArrayList<>(changes());
        byInterface.forEach((on, addresses) -> {
            Optional<HardwareAddress> source = hardware.of(session.name(), on);
            source.ifPresent(s -> commands.add(send(on, addresses.stream().map(a -> Frames.probe(s, a)).toList())));
        });
        return commands;
    }

    private synchronized void forget(List<ArpFilter> mine) {
        mine.forEach(asked::remove);
    }

    @Override
    public synchronized void close() {
        process.ifPresent(RemoteSocketProcess::close);
    }
}
