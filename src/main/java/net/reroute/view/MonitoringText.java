package net.reroute.view;

import net.reroute.core.Health.State;
import net.reroute.operations.Headline;
import net.reroute.operations.ServiceState;
import net.reroute.operations.StatusReport;

/**
 * The status as one line for Nagios, Icinga and the like, by the Monitoring Plugins guidelines: a state, the headline,
 * and performance data.
 *
 * @param code 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN
 */
public record MonitoringText(int code, String text) {

    public static MonitoringText of(StatusReport report) {
        boolean unknown = !report.services().isEmpty()
                && report.services().stream().allMatch(s -> s.standing().state() == ServiceState.UNKNOWN);
        Headline headline = Headline.of(report);
        int code = unknown && report.mode().daemon() ? 3 : headline.level().ordinal() - 1;
        return line(Math.max(0, code), headline.says().text(report.now()) + " | " + performance(report));
    }

    /** There is no status: the daemon does not answer, or may not be asked. */
    public static MonitoringText unknown(String why) {
        return line(3, why);
    }

    private static MonitoringText line(int code, String text) {
        String word = switch (code) {
            case 0 -> "OK";
            case 1 -> "WARNING";
            case 2 -> "CRITICAL";
            default -> "UNKNOWN";
        };
        return new MonitoringText(code, "REROUTE " + word + " - " + text.replace('\n', ' '));
    }

    private static String performance(StatusReport report) {
        StringBuilder all = new StringBuilder("services=" + report.services().size() + ";;;0");
        for (ServiceState state : ServiceState.values()) {
            long count = report.services().stream().filter(s -> s.standing().state() == state).count();
            String limit = state.isTrouble() ? ";0" : ";";
            all.append(" services_").append(state.word()).append('=').append(count)
                    .append(state == ServiceState.OUT ? ";0;0;0" : limit + ";;0");
        }
        long down = report.servers().stream().filter(s -> s.worst().state() == State.DOWN).count();
        long lost = report.routers().stream().filter(StatusReport.OfRouter::isTrouble).count();
        return all + " servers=" + report.servers().size() + ";;;0 servers_down=" + down
                + ";0;;0 routers=" + report.routers().size() + ";;;0 routers_lost=" + lost + ";0;;0";
    }
}
