package net.reroute.redirect.route.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is typed and heard, at level debug. Secrets are masked. */
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
