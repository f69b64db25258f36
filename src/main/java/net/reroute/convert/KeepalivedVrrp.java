package net.reroute.convert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.convert.Claim.Use;
import net.reroute.convert.Draft.Section;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/** Reads VRRP instances of keepalived. Their addresses are taken over by ARP: no router takes part. */
final class KeepalivedVrrp {

    private static final Duration ADVERT = Duration.ofSeconds(1);
    private static final int MISSED = 3;

    private final Making making;
    private final String self;
    /** Addresses that are spread. Virtual servers were read before. */
    private final Set<Address> spread = new HashSet<>();

    /** @param self the name of the machine whose file it is */
    KeepalivedVrrp(Making making, String self) {
        this.making = making;
        this.self = self;
        making.draft().entries(Section.SERVICES).stream().flatMap(e -> e.claim().stream()).filter(Claim::isBalanced)
                .forEach(c -> spread.add(c.prefix().network()));
    }

    void add(Statement instance) {
        Block block = instance.inside();
        List<Remark> remarks = new ArrayList<>();
        List<Statement> addresses = new ArrayList<>();
        block.takeAll("virtual_ipaddress", "virtual_ipaddress_excluded")
                .forEach(s -> addresses.addAll(s.block().orElse(List.of())));
        List<String> servers = servers(block, remarks);
        String check = check(block);
        Optional<Statement> device = block.take("interface");
        List<Entry> made = new ArrayList<>();
        making.draft().link((long) addresses.size() * servers.size());
        for (Statement line : addresses) {
            address(line, instance, device.map(d -> d.word(1)).orElse(""), remarks).ifPresent(e -> {
                e.set("servers", Scalar.list(servers)).set("checks", Scalar.list(List.of(check)));
                e.claim(Claim.service(Use.ARP, e.claim().orElseThrow().prefix(), 0, servers));
                made.add(e);
            });
        }
        rules(block, made, remarks);
        block.rest().forEach(s -> remarks.add(KeepalivedReasons.without(s)));
        tell(instance, made, remarks);
    }

    private void tell(Statement instance, List<Entry> made, List<Remark> remarks) {
        if (made.isEmpty()) {
            making.draft().remark(Section.SERVICES, Remark.without(Mention.words(instance.words()) + " ("
                    + instance.place() + ") has no address that reroute would move"));
            remarks.forEach(r -> making.draft().remark(Section.SERVICES, r));
        } else {
            remarks.forEach(made.getFirst()::remark);
        }
    }

    // ---- the machines ------------------------------------------------------------------------------------------------

    /** In order of preference, as far as this file tells it. */
    private List<String> servers(Block block, List<Remark> remarks) {
        Optional<Statement> source = block.take("unicast_src_ip");
        String own = machine(source.map(s -> Host.of(s.word(1))).orElse(new Host("this machine (" + self
                + ")", Optional.empty())), self);
        List<String> peers = new ArrayList<>();
        block.takeAll("unicast_peer").forEach(p -> p.block().orElse(List.of())
                .forEach(line -> {
                    peers.add(machine(Host.of(line.key()), "peer-" + line.key()));
                    if (!line.values().isEmpty()) {
                        remarks.add(Remark.without(Mention.words(line.values()) + " of the peer " + Mention.of(line)));
                    }
                }));
        if (peers.isEmpty()) {
            peers.add(machine(new Host("the other machine of the VRRP instances", Optional.empty()), self + "-peer"));
        }
        boolean master = block.value("state").equals("MASTER");
        Optional<Statement> priority = block.take("priority");
        remarks.add(
                Remark.toDo("the order of 'servers': the first is the home, where the priority is highest; this file"
                        + " says " + (master ? "MASTER" : "BACKUP") + priority.map(p -> ", priority "
                                + Plain.text(p.word(1))).orElse("")));
        List<String> order = new ArrayList<>(peers);
        order.remove(own);
        order.add(master ? 0 : order.size(), own);
        return order.stream().distinct().toList();
    }

    private String machine(Host host, String wish) {
        String server = making.machines().server(host, wish, false);
        making.machines().login(server, Remark.toDo("the login by which addresses come up here: root, or a user with"
                + " 'become: sudo'; 'key: FILE' in place of the agent under systemd (docs/takeover.md)"));
        return server;
    }

    /** Three adverts missed, and the skew of a part of one, are the time that VRRP takes (RFC 5798, 6.1). */
    private String check(Block block) {
        List<Remark> remarks = new ArrayList<>();
        Duration advert = Reading.seconds(block.takeOne("advert_int"), remarks).filter(a -> !a.isZero()).orElse(ADVERT);
        remarks.addAll(List.of(Remark.note("a ping in place of adverts, with their interval; a"
                + " check of the service itself tells more")));
        Timers timers = new Timers(advert, advert, advert, MISSED, MISSED).fitted(remarks);
        remarks.addAll(timers.compared("keepalived", advert.multipliedBy(MISSED + 1L)));
        return making.checks().name(CheckWish.icmp(timers, remarks));
    }

    // ---- addresses and rules -----------------------------------------------------------------------------------------

    private Optional<Entry> address(Statement line, Statement instance, String device, List<Remark> remarks) {
        String text = line.key();
        int slash = text.indexOf('/');
        Optional<Address> address = Host.of(slash < 0 ? text : text.substring(0, slash)).address();
        if (address.isEmpty() || isSpread(address.get())) {
            remarks.add(Remark.without("the address " + Mention.of(line) + (address.isEmpty()
                    ? ": it cannot be read as one that moves"
                    : ": reroute does not move an address that it also spreads. The rules are on every router; keep"
                            + " this vrrp_instance in keepalived, without its virtual servers")));
            return Optional.empty();
        }
        Prefix prefix = new Prefix(address.get(), address.get().width());
        Entry entry = making.draft().add(Section.SERVICES, instance.word(1)).set("prefix", Scalar.of(prefix.toString()))
                .set("redirect", "arp").claim(Claim.service(Use.ARP, prefix, 0, List.of()));
        entry.remark(Remark.note("vrrp_instance " + Plain.text(instance.word(1)) + " (" + line.place() + "): 'redirect:"
                + " arp', since no router takes part in VRRP (docs/takeover.md)"));
        Interfaces.set(entry, word(line, "dev").orElse(device));
        List<String> more = new ArrayList<>(line.values());
        word(line, "dev").ifPresent(d -> more.subList(more.indexOf("dev"), more.indexOf("dev") + 2).clear());
        if (slash >= 0 && !text.endsWith("/" + prefix.length())) {
            more.addFirst(text.substring(slash));
        }
        if (!more.isEmpty()) {
            entry.remark(Remark.without(Mention.words(more) + " (" + line.place() + "): the address comes up as "
                    + prefix + ", with the label of reroute"));
        }
        return Optional.of(entry);
    }

    private static Optional<String> word(Statement line, String before) {
        int at = line.words().indexOf(before);
        return at > 0 && at + 1 < line.words().size() ? Optional.of(line.word(at + 1)) : Optional.empty();
    }

    private boolean isSpread(Address address) {
        return spread.contains(address);
    }

    private static void rules(Block block, List<Entry> made, List<Remark> remarks) {
        block.take("nopreempt").ifPresent(n -> made.forEach(e -> e.set("failback", "manual")));
        Optional<Duration> soak = Reading.seconds(block.takeOne("preempt_delay"), remarks).filter(d -> !d.isZero());
        soak.ifPresentOrElse(s -> made.forEach(e -> e.set("soak", Timers.yaml(s))), () -> remarks.add(Remark.note(
                "keepalived returns at once to a machine that is back; here it must be UP for 'soak', 1m by default")));
        block.takeOne("notify_master").ifPresent(n -> commands(n, made, remarks));
    }

    private static void commands(Statement notify, List<Entry> made, List<Remark> remarks) {
        List<String> words = List.of(notify.word(1).strip().split("\\s+"));
        boolean plain = words.stream().allMatch(w -> w.matches("[A-Za-z0-9_./:=,@+-]+")) && !Mention.isSecret(words);
        if (!plain || made.isEmpty()) {
            remarks.add(Remark.without(Mention.of(notify) + ": write 'after-takeover: [COMMAND, ARGUMENT]'"));
            return;
        }
        made.getFirst().set("after-takeover", Scalar.list(words)).remark(Remark.note("after-takeover runs when this"
                + " address is up (" + notify.place() + "); notify_master ran when all were"));
    }
}
