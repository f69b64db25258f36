package net.reroute.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.operations.HistoryReport;
import net.reroute.operations.HistoryRequest;
import net.reroute.operations.VerificationReport;
import net.reroute.view.HistoryText;
import net.reroute.view.MomentText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The journal. */
@Command(name = "history", description = "What was decided and done, by whom and why; health, routers and routes too.")
final class HistoryCommand extends BaseCommand {

    @Option(names = "--since", paramLabel = "TIME", defaultValue = "1d", description = "How far back: 1d, yesterday, 2026-12-01, or \"2026-12-01 02:00\".")
    String since;

    @Option(names = "--of", paramLabel = "NAME", split = ",", description = "Only about this service, server or router; a pattern like 'www-*' too.")
    List<String> of = new ArrayList<>();

    @Option(names = "--kind", paramLabel = "KIND", split = ",", description = "Only rows of this kind, as the column KIND shows it: moved, down, up, wish, drift, ...")
    List<String> kinds = new ArrayList<>();

    @Option(names = "--verify", description = "Check that no row was changed, removed or cut off.")
    boolean verify;

    @Option(names = "--anchor", paramLabel = "ANCHOR", description = "With --verify: compare with an anchor that was kept elsewhere, the number of a row and its hash, as 'anchor:' in the settings sends them.")
    List<String> anchors = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        return verify ? verified() : told();
    }

    private int told() throws Exception {
        Optional<String> unknown = HistoryText.unknown(kinds);
        if (unknown.isPresent()) {
            throw usage("--kind: " + unknown.get());
        }
        HistoryReport history = operations().history(new HistoryRequest(begin(), of, HistoryText.kinds(kinds)));
        tell(() -> HistoryText.json(history), () -> HistoryText.lines(history, since, of, style()));
        history.missing().ifPresent(this::complain);
        return history.missing().isPresent() ? ExitCodes.REFUSED : ExitCodes.DONE;
    }

    private int verified() throws Exception {
        try {
            VerificationReport report = operations().verifyHistory(anchors);
            tell(() -> HistoryText.json(report), () -> HistoryText.lines(report, style()));
            return report.verified().findings().isEmpty() ? ExitCodes.DONE : ExitCodes.REFUSED;
        } catch (IllegalArgumentException e) {
            throw usage("--anchor", e);
        }
    }

    private Instant begin() {
        try {
            return MomentText.past(since, Instant.now(), ZoneId.systemDefault());
        } catch (IllegalArgumentException e) {
            throw usage("--since", e);
        }
    }
}
