package net.reroute.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.cluster.ClusterReport;
import net.reroute.control.RouterStatus;
import net.reroute.core.Health.State;
import net.reroute.core.Text;
import net.reroute.operations.StatusReport.OfRouter;
import net.reroute.operations.StatusReport.OfServer;

/**
 * The truth in brief: one line.
 *
 * @param level how bad it is
 */
public record Headline(Level level, Sentence says) {

    /** GOOD: all well. NOTE: all served, not all at home. WARNING: something needs an admin. CRITICAL: clients suffer. */
    public enum Level {
        GOOD, NOTE, WARNING, CRITICAL
    }

    /** The headline of a report. */
    public static Headline of(StatusReport report) {
        return new Counting(report).headline();
    }

    private record Counting(StatusReport report) {

        Headline headline() {
            List<String> troubles = troubles();
            Sentence says = lead().then(troubles.isEmpty() ? well() : String.join(", ", troubles));
            if (!troubles.isEmpty()) {
                Optional<Instant> since = since();
                says = since.isPresent() ? says.then(", since ").age(since.get()) : says;
            } else if (report.events().lastMove().isPresent()) {
                says = says.then(", last move ").ago(report.events().lastMove().get());
            }
            return new Headline(level(!troubles.isEmpty()), says.then(mode()));
        }

        private Sentence lead() {
            return Sentence.of(report.mode().daemon() ? "" : "no daemon is running: nobody watches; a short look saw ");
        }

        private String mode() {
            if (report.mode().paused().isPresent()) {
                return "; paused " + report.mode().paused().get();
            }
            return report.mode().configured() || report.mode().lead().isPresent() ? "" : "; observe: nothing is typed";
        }

        private Level level(boolean trouble) {
            if (count(ServiceState.OUT) > 0 || !report.mode().daemon() || isUnled()) {
                return Level.CRITICAL;
            }
            if (trouble) {
                return Level.WARNING;
            }
            return count(ServiceState.OK) == report.services().size() && report.mode().acts()
                    ? Level.GOOD
                    : Level.NOTE;
        }

        private List<String> troubles() {
            List<String> all = new ArrayList<>();
            for (ServiceState state : ServiceState.values()) {
                if (state.isTrouble() && count(state) > 0) {
                    all.add(Text.number(count(state)) + " of " + Text.count(report.services().size(), "service") + " "
                            + state.shown());
                }
            }
            name(servers(State.DOWN).map(OfServer::name).toList(), "server", "DOWN").ifPresent(all::add);
            List<String> steady = servers(State.UP).filter(s -> !s.warnings().isEmpty()).map(OfServer::name).toList();
            name(steady, "server", "unsteady").ifPresent(all::add);
            for (RouterStatus.Reachability state : List.of(RouterStatus.Reachability.UNREACHABLE,
                    RouterStatus.Reachability.REFUSED)) {
                name(routers(state).map(OfRouter::name).toList(), "router", state.name().toLowerCase(Locale.ROOT))
                        .ifPresent(all::add);
            }
            all.addAll(cluster());
            all.addAll(program());
            boolean served = report.services().stream().noneMatch(s -> s.standing().state().isTrouble());
            if (!all.isEmpty() && served && !report.services().isEmpty()) {
                all.addFirst(
                        (report.services().size() == 1 ? "" : "all ") + Text.count(report.services().size(), "service")
                                + " served");
            }
            long drained = drained();
            if (!all.isEmpty() && drained > 0) {
                all.add(Text.count(drained, "server") + " drained");
            }
            return all;
        }

        /** One is named, several are counted. */
        private static Optional<String> name(List<String> names, String what, String state) {
            if (names.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of((names.size() == 1 ? names.getFirst() : Text.count(names.size(), what)) + " " + state);
        }

        private List<String> cluster() {
            return report.mode().cluster().map(c -> {
                boolean led = c.report().filter(r -> r.leader().isPresent()).isPresent();
                List<String> all = new ArrayList<>();
                if (!led) {
                    all.add(c.report().filter(ClusterReport::alone).map(r -> r.self() + " acts alone")
                            .orElse("no controller leads"));
                } else if (c.report().get().members().stream().anyMatch(ClusterStatus::needsYou)) {
                    all.add("controllers need you");
                }
                if (!c.atOdds().isEmpty()) {
                    all.add("controllers are at odds");
                }
                return all;
            }).orElse(List.of());
        }

        private boolean isUnled() {
            return report.mode().cluster().filter(c -> c.report().flatMap(ClusterReport::leader).isEmpty())
                    .isPresent();
        }

        private List<String> program() {
            StatusReport.Troubles troubles = report.troubles();
            List<String> all = new ArrayList<>();
            troubles.journal().ifPresent(t -> all.add("the journal is not written"));
            if (!troubles.findings().isEmpty()) {
                all.add("the journal was damaged");
            }
            troubles.log().ifPresent(t -> all.add("the log does not flow"));
            troubles.page().ifPresent(t -> all.add("the page is not served"));
            troubles.reload().ifPresent(t -> all.add("a reload was refused"));
            long channels = troubles.channels().stream().filter(c -> !c.trouble().isEmpty()).count();
            if (channels > 0) {
                all.add(Text.count(channels, "channel") + " cannot deliver");
            }
            return all;
        }

        private String well() {
            int services = report.services().size();
            if (services == 0) {
                return "no service is there";
            }
            List<String> away = new ArrayList<>();
            for (ServiceState state : List.of(ServiceState.MOVED, ServiceState.DRAINED, ServiceState.PINNED)) {
                if (count(state) > 0) {
                    away.add(Text.number(count(state)) + " " + state.word());
                }
            }
            long drained = drained();
            if (drained > 0 && count(ServiceState.DRAINED) == 0) {
                away.add(Text.count(drained, "server") + " drained");
            }
            return away.isEmpty()
                    ? "all well: " + Text.count(services, "service") + " on "
                            + Text.count(report.servers().size(), "server")
                    : Text.count(services, "service") + " served: " + String.join(", ", away);
        }

        /** Since when the worst of it has been so. */
        private Optional<Instant> since() {
            Optional<Instant> out = report.services().stream().filter(s -> s.standing().state() == ServiceState.OUT)
                    .flatMap(s -> s.standing().since().stream()).min(Comparator.naturalOrder());
            return out.or(() -> Stream.concat(servers(State.DOWN).map(s -> s.worst().since()),
                    report.routers().stream().filter(OfRouter::isTrouble).map(r -> r.status().since()))
                    .min(Comparator.naturalOrder()));
        }

        private long drained() {
            return report.servers().stream().filter(s -> s.maintenance().isPresent()).count();
        }

        private Stream<OfServer> servers(State state) {
            return report.servers().stream().filter(s -> s.worst().state() == state && s.maintenance().isEmpty());
        }

        private Stream<OfRouter> routers(RouterStatus.Reachability state) {
            return report.routers().stream().filter(r -> r.status().state() == state);
        }

        private long count(ServiceState state) {
            return report.services().stream().filter(s -> s.standing().state() == state).count();
        }
    }
}
