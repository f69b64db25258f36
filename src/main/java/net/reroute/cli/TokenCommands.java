package net.reroute.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.reroute.core.AccessToken;
import net.reroute.core.Durations;
import net.reroute.operations.Operations;
import net.reroute.operations.OperatorRequest;
import net.reroute.operations.TokenReport;
import net.reroute.view.TokenText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about who may use the page and the API. */
final class TokenCommands {

    private TokenCommands() {}

    /** The command that the others belong to. */
    static CommandLine all(Operations operations, Processes processes, Console console) {
        return new CommandLine(new Token().with(operations, processes, console))
                .addSubcommand(new Add().with(operations, processes, console))
                .addSubcommand(new Revoke().with(operations, processes, console));
    }

    @Command(name = "token", description = "Tokens for the page and the API: lists them; 'token add NAME', 'token revoke NAME'.")
    static final class Token extends BaseCommand {

        @Override
        public Integer call() throws Exception {
            List<AccessToken> tokens = operations().tokens();
            tell(() -> TokenText.json(tokens), () -> TokenText.lines(tokens, Instant.now(), style()));
            return ExitCodes.DONE;
        }
    }

    @Command(name = "add", description = "Makes a token and prints it, this once. What is done with it is journalled under NAME.")
    static final class Add extends BaseCommand {

        @Parameters(paramLabel = "NAME", description = "Whose it is.")
        String name;

        @Option(names = "--read-only", description = "It may look, and change nothing.")
        boolean readOnly;

        @Option(names = "--for", paramLabel = "TIME", description = "How long it is good, like 90d; otherwise until it is revoked.")
        String lasting;

        @Override
        public Integer call() throws Exception {
            TokenReport report = operations().addToken(name, readOnly,
                    new OperatorRequest(console().actor(), "", lasting(), false, false));
            ObjectNode node = TokenText.json(report.token()).put("token", report.secret());
            tell(() -> node, () -> List.of(report.secret()));
            return ExitCodes.DONE;
        }

        private Optional<Duration> lasting() {
            try {
                return Optional.ofNullable(lasting).map(Durations::parse);
            } catch (IllegalArgumentException e) {
                throw usage("--for", e);
            }
        }
    }

    @Command(name = "revoke", description = "Ends a token, and whoever is logged in with it is logged out.")
    static final class Revoke extends BaseCommand {

        @Parameters(paramLabel = "NAME", description = "Of the token.")
        String name;

        @Override
        public Integer call() throws Exception {
            operations().revokeToken(name, OperatorRequest.plain(console().actor(), ""));
            tell("token " + name + " is revoked", "revoked", name);
            return ExitCodes.DONE;
        }
    }
}
