package net.reroute.redirect.route.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was typed and answered, for whoever turns the log level up. Secrets are not in it. */
final class Transcript implements LineListener {

    private static final Logger LOG = LoggerFactory.getLogger(Transcript.class);

    private final String router;

    Transcript(String router) {
        this.router = router;
    }

    @Override
    public void typed(String line) {
        LOG.debug("{} <- {}", router, line);
    }

    @Override
    public void heard(String raw) {
        LOG.debug("{} -> {}", router, raw);
    }
}
