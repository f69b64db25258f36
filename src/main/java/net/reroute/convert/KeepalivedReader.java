package net.reroute.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.convert.Draft.Section;

/** Reads keepalived.conf, as keepalived.conf(5) describes it. */
final class KeepalivedReader implements FormatReader {

    private static final Set<String> OF_SERVICES = Set.of("vrrp_script", "vrrp_sync_group", "vrrp_track_process",
            "vrrp_track_file", "track_group", "bfd_instance");

    private final Making making;

    KeepalivedReader(Making making) {
        this.making = making;
    }

    @Override
    public void read(Source source) throws BadSourceException {
        KeepalivedParser parser = new KeepalivedParser(making.includes());
        Block top = new Block(parser.parse(source));
        parser.missing().forEach(s -> making.draft().general(Remark.toDo("the included file is not there: "
                + Mention.of(s) + "; convert where it is, or write its name in full")));
        Map<String, Statement> groups = new LinkedHashMap<>();
        top.takeAll("virtual_server_group").forEach(g -> {
            Statement before = groups.put(g.word(1), g);
            if (before != null) {
                making.draft().remark(Section.SERVICES, KeepalivedReasons.without(before));
            }
        });
        List<Block> globals = top.takeAll("global_defs").stream().map(Statement::inside).toList();
        KeepalivedVirtual virtual = new KeepalivedVirtual(making, groups);
        top.takeAll("virtual_server").forEach(virtual::add);
        virtual.unusedGroups().forEach(g -> making.draft().remark(Section.SERVICES, KeepalivedReasons.without(g)));
        List<Statement> instances = top.takeAll("vrrp_instance");
        String router = instances.isEmpty()
                ? ""
                : globals.stream().map(g -> g.value("router_id")).filter(r -> !r.isEmpty()).findFirst()
                        .orElse("node1");
        KeepalivedVrrp vrrp = new KeepalivedVrrp(making, router);
        instances.forEach(vrrp::add);
        globals.forEach(g -> new KeepalivedMail(making.draft()).add(g));
        top.rest().forEach(this::untold);
    }

    private void untold(Statement statement) {
        Remark remark = KeepalivedReasons.without(statement);
        if (OF_SERVICES.contains(statement.key())) {
            making.draft().remark(Section.SERVICES, remark);
        } else {
            making.draft().general(remark);
        }
    }
}
