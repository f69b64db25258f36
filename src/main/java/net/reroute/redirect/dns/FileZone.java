package net.reroute.redirect.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.command.CommandResult;
import net.reroute.command.LocalCommand;
import net.reroute.core.Zone;
import net.reroute.core.Zone.ZoneFile;
import net.reroute.redirect.RedirectException;
import net.reroute.ssh.Fence;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** A zone in a file that the name server reads. The file is replaced as a whole, and put back if it is refused. */
final class FileZone implements ZoneAccess {

    private static final Duration RELOAD = Duration.ofSeconds(10);
    private static final Duration FOLLOW = Duration.ofSeconds(2);

    private final ZoneFile file;
    private final Name zone;
    private final InstantSource clock;
    private final Followers followers;
    private final Fence fence;
    private Object version = "";
    private long serial;

    FileZone(Zone zone, ZoneFile file, InstantSource clock, Fence fence) throws RedirectException {
        this.file = file;
        this.fence = fence;
        this.zone = DnsNames.of(zone.name());
        this.clock = clock;
        this.followers = new Followers(NameServerClient.of(zone, FOLLOW), new Soa(this.zone));
    }

    @Override
    public Map<String, AddressRecords> read(Collection<String> names) throws RedirectException {
        List<Record> records = parsed(text());
        Map<String, AddressRecords> read = new LinkedHashMap<>();
        names.forEach(n -> read.put(n, ZoneText.addresses(records, DnsNames.of(n))));
        return read;
    }

    private ZoneText text() throws RedirectException {
        try {
            version = version(file.path());
            return new ZoneText(Files.readString(file.path(), StandardCharsets.ISO_8859_1), zone);
        } catch (NoSuchFileException e) {
            throw new RedirectException(true, "there is no zone file " + file.path() + "; write one: reroute dns zone "
                    + zone.toString(true) + " > " + file.path(), e);
        } catch (IOException e) {
            throw new RedirectException(true, "the zone file " + file.path() + " cannot be read: " + e, e);
        }
    }

    private static Object version(Path path) throws IOException {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
    }

    private List<Record> parsed(ZoneText text) throws RedirectException {
        try {
            List<Record> records = text.records();
            serial = ZoneText.soa(records).orElseThrow(() -> new IOException("it has no SOA record")).getSerial();
            return records;
        } catch (IOException e) {
            throw new RedirectException(true, "the zone file " + file.path() + " is not understood: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public Map<String, String> change(List<RecordEdit> edits) throws RedirectException {
        ZoneText before = text();
        List<Record> records = parsed(before);
        Map<String, String> complaints = new LinkedHashMap<>();
        edits.stream().filter(e -> !ZoneText.addresses(records, DnsNames.of(e.name())).equals(e.before()))
                .forEach(e -> complaints.put(e.name(), "somebody else has changed the records meanwhile"));
        List<RecordEdit> due = edits.stream().filter(e -> !complaints.containsKey(e.name())).toList();
        if (!due.isEmpty()) {
            replace(before, due).ifPresent(why -> due.forEach(e -> complaints.put(e.name(), why)));
        }
        return complaints;
    }

    /** Returns why the file is as before; empty if it was replaced and taken. */
    private Optional<String> replace(ZoneText before, List<RecordEdit> due) throws RedirectException {
        fence.admit();
        try {
            write(before.with(due, Serials.after(serial, clock.instant())).text());
        } catch (IOException e) {
            return Optional.of("the zone file " + file.path() + ": " + e.getMessage());
        }
        Optional<String> refused = reload();
        if (refused.isPresent()) {
            try {
                write(before.text());
                reload(); // it may have taken the new one all the same
            } catch (IOException e) {
                throw new RedirectException(true, refused.get() + ", and the file could not be put back: "
                        + e.getMessage(), e);
            }
        }
        return refused;
    }

    /** Replaces the file in one step, so that the name server never reads half of it. */
    private void write(String text) throws IOException {
        Path path = file.path().toRealPath();
        Path next = path.resolveSibling(path.getFileName() + ".reroute");
        Files.deleteIfExists(next);
        PosixFileAttributes was = Files.readAttributes(path, PosixFileAttributes.class);
        Files.createFile(next, java.nio.file.attribute.PosixFilePermissions.asFileAttribute(was.permissions()));
        Files.writeString(next, text, StandardCharsets.ISO_8859_1);
        Files.setPosixFilePermissions(next, was.permissions());
        PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
        if (!view.readAttributes().owner().equals(was.owner())) {
            view.setOwner(was.owner());
        }
        if (!view.readAttributes().group().equals(was.group())) {
            view.setGroup(was.group());
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private Optional<String> reload() {
        if (file.reload().isEmpty()) {
            return Optional.empty();
        }
        CommandResult result = LocalCommand.run(file.reload(), Map.of(), "", RELOAD);
        return result.ok()
                ? Optional.empty()
                : Optional.of("'" + String.join(" ", file.reload()) + "' failed: " + result.sentence());
    }

    @Override
    public List<String> lines(RecordEdit edit) {
        return edit.lines();
    }

    @Override
    public boolean hasChanged() throws RedirectException {
        followers.look(serial);
        try {
            return !version(file.path()).equals(version);
        } catch (IOException e) {
            throw new RedirectException(true, "the zone file " + file.path() + " cannot be read: " + e, e);
        }
    }

    @Override
    public String place() {
        return file.path() + ", serial " + serial;
    }

    @Override
    public String remark() {
        return String.join("; it ", followers.remarks());
    }

    @Override
    public void close() {
        version = "";
    }
}
