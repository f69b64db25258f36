# reroute keeps this running for as long as its session lasts: it sends frames, and tells what is said of addresses.
#   in:  NUMBER send INTERFACE FRAME...
#        NUMBER watch INTERFACE WORD...    c and an address: who claims it; a and an address: who asks for it
#   out: done NUMBER
#        failed NUMBER WHY
#        heard FRAME
# Frames and addresses are in hexadecimal.
import ctypes, os, select, socket, struct, time

ARP = 0x0806
IPV6 = 0x86dd
MOST = 200  # a second; in a storm of broadcasts nobody needs all
# The kernel passes on nothing of IPv6 but neighbour solicitations (135) and advertisements (136).
FILTER = b"".join(struct.pack("HBBI", *line) for line in [
    (0x30, 0, 0, 20), (0x15, 0, 4, 58), (0x30, 0, 0, 54), (0x35, 0, 2, 135), (0x25, 1, 0, 136), (0x06, 0, 0, 256),
    (0x06, 0, 0, 0)])
program = ctypes.create_string_buffer(FILTER)
sockets = {}
watched = {}
second, told = 0, 0


def opened(interface, kind):
    if (interface, kind) not in sockets:
        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        if kind == IPV6:
            s.setsockopt(socket.SOL_SOCKET, 26, struct.pack("HP", 7, ctypes.addressof(program)))
        s.bind((interface, kind))
        sockets[(interface, kind)] = s
    return sockets[(interface, kind)]


def obey(what, interface, *words):
    if what == "watch":
        watched[interface] = set(words)
        for kind in (ARP, IPV6):
            opened(interface, kind)
        return
    for word in words:
        try:
            opened(interface, int(word[24:28], 16)).send(bytes.fromhex(word))
        except OSError:
            for kind in (ARP, IPV6):
                sockets.pop((interface, kind), None)
            raise


def report(interface, frame):
    global second, told
    digits = frame.hex()
    arp = digits[24:28] == "0806"
    asked = digits[76:84] if arp else digits[124:156]
    claimed = digits[56:64] if arp else asked if digits[108:110] == "88" else digits[44:76]
    words = watched.get(interface, ())
    if "c" + claimed not in words and "a" + asked not in words:
        return
    if second != int(time.time()):
        second, told = int(time.time()), 0
    told += 1
    if told <= MOST:
        say("heard " + digits)


def say(text):
    os.write(1, (text + "\n").encode())


pending = b""
while True:
    ready = select.select([0] + list(sockets.values()), [], [])[0]
    if 0 in ready:
        more = os.read(0, 65536)
        if not more:
            raise SystemExit
        *lines, pending = (pending + more).split(b"\n")
        for line in lines:
            number, *words = line.decode().split()
            try:
                obey(*words)
                say("done " + number)
            except OSError as e:
                say("failed %s %s: %s" % (number, words[1], e.strerror))
    for (interface, kind), s in list(sockets.items()):
        if s in ready:
            try:
                frame = s.recv(256, socket.MSG_DONTWAIT)
            except OSError:
                continue
            if len(frame) > 41:
                report(interface, frame)
