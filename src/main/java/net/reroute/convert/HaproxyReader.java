package net.reroute.convert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.convert.Draft.Section;

/** Reads haproxy.cfg, as HAProxy's configuration manual describes it. */
final class HaproxyReader implements FormatReader {

    private final Making making;
    private final HaproxySwitches switches;

    HaproxyReader(Making making) {
        this.making = making;
        this.switches = new HaproxySwitches(making.spreading());
    }

    @Override
    public void read(Source source) throws BadSourceException {
        List<HaproxyProxy> proxies = new ArrayList<>();
        Map<String, Block> named = new HashMap<>();
        Map<Statement, Block> defaults = new LinkedHashMap<>();
        Block current = new Block(List.of());
        for (Statement section : HaproxyParser.parse(source)) {
            switch (section.key()) {
                case "defaults" -> {
                    List<Statement> lines = new ArrayList<>(
                            from(section).map(named::get).map(Block::all).orElse(List.of()));
                    lines.addAll(section.block().orElse(List.of()));
                    current = new Block(lines);
                    defaults.put(section, current);
                    named.put(section.word(1), current);
                }
                case "frontend", "backend", "listen" -> proxies.add(new HaproxyProxy(section, section.inside(),
                        from(section).map(named::get).orElse(current)));
                default -> making.draft().general(HaproxyReasons.section(section));
            }
        }
        pass(proxies);
        Set<Statement> untold = Collections.newSetFromMap(new IdentityHashMap<>());
        defaults.values().forEach(block -> untold.addAll(block.rest()));
        defaults.values().forEach(block -> untold.removeAll(block.taken())); // by a section that takes them over
        defaults.values().forEach(block -> block.all().stream().filter(untold::remove)
                .forEach(s -> making.draft().general(HaproxyReasons.without(s))));
    }

    private static Optional<String> from(Statement section) {
        int at = section.words().indexOf("from");
        return at > 0 ? Optional.of(section.word(at + 1)) : Optional.empty();
    }

    private void pass(List<HaproxyProxy> proxies) {
        Map<String, HaproxyProxy> backends = new HashMap<>();
        proxies.stream().filter(p -> p.isBackend() && !p.isDisabled()).forEach(p -> backends.put(p.name(), p));
        Set<HaproxyProxy> used = new HashSet<>();
        for (HaproxyProxy frontend : proxies.stream().filter(HaproxyProxy::isFrontend).toList()) {
            if (frontend.isDisabled()) {
                disabled(frontend);
                continue;
            }
            Optional<Statement> named = frontend.find("default_backend");
            Optional<HaproxyProxy> backend = named.isPresent()
                    ? named.map(n -> backends.get(n.word(1)))
                    : Optional.of(frontend).filter(HaproxyProxy::isBackend);
            backend.ifPresentOrElse(b -> {
                used.add(b);
                switches.add(frontend, b);
            }, () -> alone(frontend, named));
        }
        proxies.stream().filter(p -> !p.isFrontend() && !used.contains(p)).forEach(p -> {
            if (p.isDisabled()) {
                disabled(p);
            } else {
                unused(p);
            }
        });
    }

    /** Which backend gets a connection depends on the request, or cannot be found. */
    private void alone(HaproxyProxy frontend, Optional<Statement> named) {
        making.draft().remark(Section.SWITCHES, Remark.without(frontend.title() + ": " + named
                .map(n -> "there is no backend " + Plain.text(n.word(1)) + " that is enabled")
                .orElse("it has no default_backend, so requests alone say where they go")));
        rest(frontend);
    }

    private void disabled(HaproxyProxy proxy) {
        making.draft().remark(Section.SWITCHES, Remark.without(proxy.title() + ": the source has it disabled"));
        rest(proxy);
    }

    private void unused(HaproxyProxy backend) {
        making.draft().remark(Section.SWITCHES, Remark.without(backend.title() + ": no frontend has it as its"
                + " default_backend; a switch chooses a backend by its server name in TLS ('names') or not at all"));
        rest(backend);
    }

    private void rest(HaproxyProxy proxy) {
        proxy.own().rest().forEach(s -> making.draft().remark(Section.SWITCHES, HaproxyReasons.without(s)));
    }
}
