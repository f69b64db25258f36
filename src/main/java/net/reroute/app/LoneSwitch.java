package net.reroute.app;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.reroute.cli.Console;
import net.reroute.core.Inventory;
import net.reroute.core.Names;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.core.SwitchSpec;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.redirect.tcp.TcpSwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP switch in a process of its own, without a controller: it notices bad backends only by connecting to them. */
final class LoneSwitch {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final int LEAVING_SECONDS = 30;
    private static final int BETWEEN_LOOKS_MILLIS = 200;

    private final Paths paths;
    private final String name;
    private final TcpSwitch running;

    private LoneSwitch(Paths paths, String name, TcpSwitch running) {
        this.paths = paths;
        this.name = name;
        this.running = running;
    }

    /**
     * Runs until SIGTERM or SIGINT. It then accepts no more connections, and waits half a minute for those it has to end. SIGHUP
     * reads the settings again.
     */
    static void run(Paths paths, String name, Console console)
            throws RequestRefusedException, BadInventoryException, IOException {
        CountDownLatch over = new CountDownLatch(1);
        Signals.stop(over::countDown);
        try {
            Optional<TcpSwitch> started = start(paths, name, over);
            if (started.isPresent()) {
                run(new LoneSwitch(paths, name, started.get()), over, console);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(LoneSwitch lone, CountDownLatch over, Console console) throws InterruptedException {
        try (TcpSwitch running = lone.running) {
            Signals.hangup(lone::reload);
            SwitchSpec spec = running.spec();
            console.out().println("switch " + lone.name + " takes connections at " + spec.listen() + ", for "
                    + String.join(", ", spec.backends().stream().map(Object::toString).toList()));
            over.await();
            lone.leave();
        }
    }

    /** Waits until this machine has the address, which may come with a takeover. Empty if it is stopped before. */
    private static Optional<TcpSwitch> start(Paths paths, String name, CountDownLatch over)
            throws RequestRefusedException, BadInventoryException, IOException, InterruptedException {
        boolean told = false;
        while (true) {
            SwitchSpec spec = spec(paths, name);
            if (TcpSwitch.isHere(spec.listen())) {
                return Optional.of(TcpSwitch.start(name, spec));
            }
            if (!told) {
                LOG.warn("switch {}: this machine does not have {}; waiting until it does", name,
                        spec.listen().address());
                told = true;
            }
            if (over.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        }
    }

    private static SwitchSpec spec(Paths paths, String name) throws RequestRefusedException, BadInventoryException {
        Inventory inventory = InventoryReader.forPractice(paths.home()); // logins are not needed here
        Service service = inventory.switches().get(name);
        if (service == null) {
            List<String> known = List.copyOf(inventory.switches().keySet());
            throw new RequestRefusedException("no switch '" + name + "'" + Names.didYouMean(name, known)
                    + (known.isEmpty() ? "; the inventory has none" : "; there are " + String.join(", ", known)));
        }
        return service.switched().orElseThrow().spec();
    }

    private void reload() {
        try {
            running.use(spec(paths, name));
            LOG.info("switch {}: settings read again", name);
        } catch (RequestRefusedException | BadInventoryException | IOException e) {
            LOG.warn("switch {}: goes on as it was: {}", name, e.getMessage());
        }
    }

    private void leave() throws InterruptedException {
        running.retire();
        for (int i = 0; i < LEAVING_SECONDS * 10 && running.report().active() > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
