package net.reroute.simulation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A name server for one zone on loopback, over TCP: answers questions, and takes dynamic updates with prerequisites
 * about whole record sets (RFC 2136). Knows no keys.
 */
public final class SimulatedNameServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedNameServer.class);

    private final Name zone;
    private final List<Record> records = new ArrayList<>();
    private final Consumer<String> told;
    private final ServerSocket door;
    private final List<Socket> open = new ArrayList<>();
    private long serial = 1;

    private SimulatedNameServer(Name zone, Consumer<String> told) throws IOException {
        this.zone = zone;
        this.told = told;
        this.door = new ServerSocket();
        door.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    }

    /**
     * Starts it.
     *
     * @param zone without the dot at its end
     * @param lines records, as in a zone file but with whole names
     * @param told receives every change in the words of nsupdate
     */
    public static SimulatedNameServer start(String zone, List<String> lines, Consumer<String> told) throws IOException {
        SimulatedNameServer server = new SimulatedNameServer(Name.fromString(zone, Name.root), told);
        for (String line : lines) {
            String[] words = line.split(" ", 4);
            server.records.add(Record.fromString(Name.fromString(words[0], Name.root), Type.value(words[2]), DClass.IN,
                    Long.parseLong(words[1]), words[3], Name.root));
        }
        Thread.ofPlatform().daemon().name("dns-" + zone).start(server::listen);
        return server;
    }

    public int port() {
        return door.getLocalPort();
    }

    /** The data of the records of a name, sorted. */
    public synchronized List<String> records(String name, String type) {
        return records.stream().filter(r -> r.getName().toString(true).equals(name) && r.getType() == Type.value(type))
                .map(Record::rdataToString).sorted().toList();
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                synchronized (open) {
                    open.add(socket);
                }
                Thread.ofPlatform().daemon().name("dns-client").start(() -> serve(socket));
            } catch (IOException e) {
                LOG.debug("the simulated name server takes no more connections", e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] asked = new byte[in.readUnsignedShort()];
                in.readFully(asked);
                byte[] answer = answer(new Message(asked)).toWire();
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            }
        } catch (EOFException e) {
            LOG.debug("a client of the simulated name server has gone", e);
        } catch (IOException e) {
            LOG.debug("a client of the simulated name server is lost", e);
        }
    }

    private synchronized Message answer(Message asked) {
        Message answer = new Message(asked.getHeader().getID());
        Header header = answer.getHeader();
        header.setOpcode(asked.getHeader().getOpcode());
        header.setFlag(Flags.QR);
        answer.addRecord(asked.getQuestion(), Section.QUESTION);
        if (asked.getHeader().getOpcode() == Opcode.UPDATE) {
            header.setRcode(asked.getQuestion().getName().equals(zone) ? update(asked) : Rcode.NOTAUTH);
        } else if (asked.getQuestion().getName().subdomain(zone)) {
            header.setFlag(Flags.AA);
            found(asked.getQuestion()).forEach(r -> answer.addRecord(r, Section.ANSWER));
        } else {
            header.setRcode(Rcode.REFUSED);
        }
        return answer;
    }

    private List<Record> found(Record question) {
        if (question.getType() == Type.SOA && question.getName().equals(zone)) {
            return List.of(new SOARecord(zone, DClass.IN, 300, zone, zone, serial, 3600, 600, 86400, 60));
        }
        return set(question.getName(), question.getType());
    }

    private List<Record> set(Name name, int type) {
        return records.stream().filter(r -> r.getName().equals(name) && (r.getType() == type || type == Type.ANY))
                .toList();
    }

    /** Returns the response code. */
    private int update(Message asked) {
        List<Record> wanted = asked.getSection(Section.PREREQ);
        for (Record prerequisite : wanted) {
            List<Record> there = set(prerequisite.getName(), prerequisite.getType());
            boolean absent = prerequisite.getDClass() == DClass.NONE;
            if (absent && !there.isEmpty()) {
                return Rcode.YXRRSET;
            }
            if (!absent && !data(there).equals(data(wanted.stream().filter(w -> isOf(w, prerequisite)).toList()))) {
                return Rcode.NXRRSET;
            }
        }
        asked.getSection(Section.UPDATE).forEach(this::change);
        serial++;
        return Rcode.NOERROR;
    }

    private static boolean isOf(Record one, Record other) {
        return one.getName().equals(other.getName()) && one.getType() == other.getType()
                && one.getDClass() != DClass.NONE;
    }

    private static List<String> data(List<Record> records) {
        return records.stream().map(Record::rdataToString).sorted().toList();
    }

    private void change(Record change) {
        boolean delete = change.getDClass() == DClass.NONE;
        records.removeIf(r -> r.getName().equals(change.getName()) && r.getType() == change.getType()
                && r.rdataToString().equals(change.rdataToString()));
        if (!delete) {
            records.add(Record.newRecord(change.getName(), change.getType(), DClass.IN, change.getTTL(),
                    change.rdataToWireCanonical()));
        }
        told.accept("update " + (delete ? "delete " : "add ") + change.getName() + (delete ? "" : " " + change.getTTL())
                + " " + Type.string(change.getType()) + " " + change.rdataToString());
    }

    @Override
    public void close() throws IOException {
        door.close();
        synchronized (open) {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}
