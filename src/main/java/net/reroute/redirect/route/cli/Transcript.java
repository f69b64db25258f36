package net.reroute.redirect.route.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what was typed and answered, at level debug. Secrets are not in it. */
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
