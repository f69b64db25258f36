package net.reroute.redirect;

import java.time.Duration;
import net.reroute.core.RouterSpec;

/** Opens redirectors. Tests replace it by a fake. */
public interface RedirectorFactory {

    /** Logs in. {@code within} limits each step of the login. */
    Redirector open(RouterSpec spec, Duration within) throws RedirectException;
}
