package net.reroute.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Sends datagrams of many connections from eth0 as fast as it can, each with addresses and ports of its own, and prints
 * how many a second. Arguments: hardware address of the next machine, prefixes from 10.9.0.0/32 on, connections, packets.
 */
@SuppressWarnings("restricted") // sendmmsg(2): no other way sends fast enough to tire a router
public final class PacketFlood {

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int IPV4 = 0x0800;
    private static final int FRAME = 60;
    private static final int BATCH = 64;
    private static final int PORTS = 50_000;
    /** struct mmsghdr on a 64-bit machine. */
    private static final int HEADER = 64;

    private PacketFlood() {}

    /** Runs it on a machine. Returns packets a second. */
    public static double run(Lab lab, String machine, String to, int prefixes, int connections, int packets) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", lab.space(machine)));
        List<String> java = Lab.java(PacketFlood.class, to, String.valueOf(prefixes), String.valueOf(connections),
                String.valueOf(packets));
        command.add(java.getFirst());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(java.subList(1, java.size()));
        return Double.parseDouble(Shellout.run(command.toArray(String[]::new)).strip());
    }

    public static void main(String[] args) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle socket = linker.downcallHandle(linker.defaultLookup().find("socket").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        MethodHandle bind = linker.downcallHandle(linker.defaultLookup().find("bind").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        MethodHandle send = linker.downcallHandle(linker.defaultLookup().find("sendmmsg").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        NetworkInterface device = NetworkInterface.getByName("eth0");
        int connections = Integer.parseInt(args[2]);
        int packets = Integer.parseInt(args[3]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment frames = frames(arena, HexFormat.ofDelimiter(":").parseHex(args[0]),
                    device.getHardwareAddress(), Integer.parseInt(args[1]), connections);
            int fd = (int) socket.invoke(AF_PACKET, SOCK_RAW, 0);
            MemorySegment address = arena.allocate(20);
            address.set(JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(JAVA_INT, 4, device.getIndex());
            if (fd < 0 || (int) bind.invoke(fd, address, 20) != 0) {
                throw new IllegalStateException("no packet socket");
            }
            MemorySegment vectors = arena.allocate(MemoryLayout.sequenceLayout(BATCH * 2, JAVA_LONG));
            MemorySegment messages = arena.allocate(HEADER * BATCH, 8);
            for (int i = 0; i < BATCH; i++) {
                vectors.set(JAVA_LONG, i * 16L + 8, FRAME);
                messages.set(JAVA_LONG, i * (long) HEADER + 16, vectors.address() + i * 16L);
                messages.set(JAVA_LONG, i * (long) HEADER + 24, 1);
            }
            long began = System.nanoTime();
            int next = 0;
            for (int sent = 0; sent < packets; sent += BATCH) {
                for (int i = 0; i < BATCH; i++) {
                    vectors.set(JAVA_LONG, i * 16L, frames.address() + (long) next * FRAME);
                    next = next + 1 == connections ? 0 : next + 1;
                }
                if ((int) send.invoke(fd, messages, BATCH, 0) < 0) {
                    throw new IllegalStateException("not sent");
                }
            }
            System.out.println(packets * 1e9 / (System.nanoTime() - began));
        }
    }

    private static MemorySegment frames(Arena arena, byte[] to, byte[] from, int prefixes, int connections) {
        MemorySegment frames = arena.allocate((long) connections * FRAME);
        for (int i = 0; i < connections; i++) {
            ByteBuffer frame = ByteBuffer.allocate(FRAME);
            frame.put(to).put(from).putShort((short) IPV4);
            frame.putShort((short) 0x4500).putShort((short) (FRAME - 14)).putInt(0x4000).put((byte) 64).put((byte) 17);
            int destination = i % prefixes;
            frame.putShort((short) 0).putInt(0x0a000002 + i / PORTS).putInt(0x0a090000 + destination);
            frame.putShort((short) (1024 + i % PORTS)).putShort((short) 9).putShort((short) (FRAME - 34));
            int sum = 0;
            for (int at = 14; at < 34; at += 2) {
                sum += frame.getShort(at) & 0xffff;
            }
            sum = (sum & 0xffff) + (sum >>> 16);
            frame.putShort(24, (short) ~((sum & 0xffff) + (sum >>> 16)));
            MemorySegment.copy(frame.array(), 0, frames, JAVA_BYTE, (long) i * FRAME, FRAME);
        }
        return frames;
    }
}
