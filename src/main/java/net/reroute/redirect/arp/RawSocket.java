package net.reroute.redirect.arp;

import java.io.EOFException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Prefix;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A raw socket of this machine on one interface, through libpcap. It is opened at start, so that missing privileges or
 * libraries show before it is needed. Thread-safe.
 */
final class RawSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RawSocket.class);
    private static final String FILTER = "arp or icmp6";
    private static final int ENOUGH = 256;
    private static final int WAIT_MILLIS = 200;
    private static final long PATIENCE_MILLIS = 500;

    private final NetworkInterface leg;
    private final String name;
    private final HardwareAddress hardware;
    private final PcapHandle out;
    private final PcapHandle in;
    private final ExecutorService sender = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("wire-out").factory());
    private volatile boolean closed;

    private RawSocket(NetworkInterface leg, HardwareAddress hardware, PcapHandle out, PcapHandle in) {
        this.leg = leg;
        this.name = leg.getName();
        this.hardware = hardware;
        this.out = out;
        this.in = in;
    }

    /** The interface of this machine that is in the subnet of an address; empty if there is none. */
    static Optional<NetworkInterface> leg(Address address) {
        try {
            return NetworkInterface.networkInterfaces().filter(n -> reaches(n, address)).findFirst();
        } catch (SocketException e) {
            LOG.warn("this machine's interfaces cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean reaches(NetworkInterface leg, Address address) {
        try {
            return leg.isUp() && !leg.isLoopback() && leg.getHardwareAddress() != null
                    && leg.getInterfaceAddresses().stream().anyMatch(own -> subnet(own).contains(address));
        } catch (SocketException e) {
            LOG.debug("{} went away", leg.getName(), e);
            return false;
        }
    }

    private static Prefix subnet(InterfaceAddress own) {
        return Prefix.around(address(own), own.getNetworkPrefixLength());
    }

    private static Address address(InterfaceAddress own) {
        String text = own.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return Address.parse(zone < 0 ? text : text.substring(0, zone));
    }

    /**
     * Opens a socket, and starts a thread that receives.
     *
     * @throws RawSocketException says in one sentence what is missing
     */
    static RawSocket open(NetworkInterface leg, Consumer<ArpObservation> hears) throws RawSocketException {
        List<PcapHandle> handles = new ArrayList<>();
        try {
            HardwareAddress own = HardwareAddress.of(leg.getHardwareAddress());
            handles.add(handle(leg.getName()));
            handles.add(handle(leg.getName()));
            handles.getLast().setFilter(FILTER, BpfCompileMode.OPTIMIZE);
            handles.getLast().setDirection(PcapDirection.IN);
            RawSocket wire = new RawSocket(leg, own, handles.getFirst(), handles.getLast());
            Thread.ofPlatform().daemon().name("wire-" + leg.getName()).start(() -> wire.hear(hears));
            return wire;
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
            throw new RawSocketException("libpcap is not there (apt-get install libpcap0.8)", e);
        } catch (PcapNativeException | NotOpenException | SocketException e) {
            handles.forEach(PcapHandle::close);
            String text = String.valueOf(e.getMessage());
            throw new RawSocketException(text.contains("ermi")
                    ? "this process may not use raw frames (in its systemd unit: AmbientCapabilities=CAP_NET_RAW)"
                    : leg.getName() + " cannot be opened: " + text, e);
        }
    }

    /**
     * Opens the interface in promiscuous mode, which alone receives multicast for others. That needs an additional
     * privilege; without it, receives less.
     */
    private static PcapHandle handle(String name) throws PcapNativeException {
        try {
            return handle(name, PromiscuousMode.PROMISCUOUS);
        } catch (PcapNativeException e) {
            LOG.debug("{} not promiscuously", name, e);
            return handle(name, PromiscuousMode.NONPROMISCUOUS);
        }
    }

    private static PcapHandle handle(String name, PromiscuousMode mode) throws PcapNativeException {
        return new PcapHandle.Builder(name).snaplen(ENOUGH).promiscuousMode(mode).timeoutMillis(WAIT_MILLIS)
                .immediateMode(true).build();
    }

    HardwareAddress hardware() {
        return hardware;
    }

    String name() {
        return name;
    }

    /** This machine's own address in the subnet of another address; empty if there is none. */
    Optional<Address> own(Address address) {
        return leg.getInterfaceAddresses().stream().filter(own -> subnet(own).contains(address)).map(RawSocket::address)
                .findFirst();
    }

    /**
     * Sends frames in order, on the sender's thread, since a native call would block a carrier. Blocks for half a
     * second at most.
     */
    void send(List<byte[]> frames) throws RawSocketException {
        try {
            sender.submit(() -> {
                for (byte[] frame : frames) {
                    out.sendPacket(frame);
                }
                return frames.size();
            }).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RawSocketException(name + " does not send: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RawSocketException("interrupted", e);
        }
    }

    private void hear(Consumer<ArpObservation> hears) {
        while (!closed) {
            try {
                ArpObservation.in(in.getNextRawPacketEx()).forEach(hears);
            } catch (TimeoutException e) {
                continue; // no frame came
            } catch (EOFException | PcapNativeException | NotOpenException e) {
                if (!closed) {
                    LOG.warn("{} is not heard any more: {}", name, e.getMessage());
                }
                break;
            } catch (RuntimeException e) {
                LOG.error("a frame on {} was not understood", name, e);
            }
        }
        in.close();
        sender.submit(out::close);
        sender.shutdown();
    }

    /** The receiving thread closes the handles, since closing a handle during a read would crash the process. */
    @Override
    public void close() {
        closed = true;
    }
}
