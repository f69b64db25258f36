package net.reroute.redirect;

import java.time.Duration;
import net.reroute.core.RouterSpec;

/** Opens redirectors. Tests put a fake here. */
public interface RedirectorFactory {

    Redirector open(RouterSpec spec, Duration within) throws RedirectException;
}
