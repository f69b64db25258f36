package net.reroute.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Prefix;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.redirect.route.router.Route;
import net.reroute.setup.Proposal.RouterEntry;
import net.reroute.setup.Proposal.ServiceEntry;

/** The proposal as a file: the inventory, if nothing is against it, else a file beside it that is not read. */
final class ProposedFile {

    private final Path home;
    private final HomeFiles files;
    private final PrintStream out;

    ProposedFile(Path home, HomeFiles files, PrintStream out) {
        this.home = home;
        this.files = files;
        this.out = out;
    }

    /** Writes it, as the inventory or beside it. */
    Setup.Made write(List<RouterEntry> entries, List<Holder> holders, Map<RouterEntry, Map<Prefix, Route>> routes)
            throws IOException {
        List<ServiceEntry> services = new Found(routes, holders).services();
        List<Answering.Proposed> checks = Answering.checks(holders.stream().map(h -> h.machine().address()).toList());
        out.println("checks");
        checks.forEach(c -> out.println("  " + c.name() + ": " + c.text()));
        Existing existing = Existing.of(home, files.inventory());
        Proposal proposal = new Proposal(entries, holders, services, checks, !existing.settings());
        holders.forEach(h -> h.addresses().stream()
                .filter(a -> services.stream().noneMatch(s -> s.prefix().contains(a)))
                .forEach(a -> proposal.unrouted(a, h.name())));
        String text = proposal.text();
        out.println("inventory");
        Optional<String> why = whyNotRead(existing, text);
        why.ifPresent(w -> out.println("  it is not put into use: " + w));
        Path file = why.isPresent() ? files.proposal(text) : files.inventory();
        boolean there = Files.exists(file);
        if (!there) {
            files.write(file, text);
        }
        out.println("  " + file + (there ? " is there, and as it would be written" : " written"));
        return new Setup.Made(file, why.isEmpty(), files.isChanged(),
                services.stream().map(ServiceEntry::name).toList());
    }

    private Optional<String> whyNotRead(Existing existing, String text) throws IOException {
        if (existing.others()) {
            return Optional.of("there is an inventory already" + (isRead()
                    ? ""
                    : ", and it has mistakes: type reroute --home " + home + " validate"));
        }
        if (existing.acts()) {
            return Optional.of("the settings that are there do not say 'mode: observe', and what is proposed should be"
                    + " looked at first");
        }
        if (Files.exists(files.inventory()) && !Files.readString(files.inventory()).equals(text)) {
            return Optional.of(files.inventory() + " is there, and differs");
        }
        return mistake(text);
    }

    /** True if what is there already is read without a mistake. */
    private boolean isRead() {
        try {
            InventoryReader.read(home);
            return true;
        } catch (BadInventoryException e) {
            return false; // 'validate' tells them
        }
    }

    /** What the reader has against it. */
    private Optional<String> mistake(String text) throws IOException {
        try {
            Trial.read(home, text);
            return Optional.empty();
        } catch (BadInventoryException e) {
            return Optional.of("its text has mistakes: " + e.getMessage());
        }
    }
}
