package net.reroute.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGHUP. */
final class Hangup {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private Hangup() {}

    /** The JDK has no supported way to hear SIGHUP; where this one is missing there is still 'reroute reload'. */
    static void listen(Runnable what) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[]{handler},
                    (p, method, args) -> {
                        if (method.getName().equals("handle")) {
                            Thread.ofVirtual().start(what);
                        }
                        return null;
                    });
            Object before = signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance("HUP"), proxy);
            if (before == handler.getField("SIG_IGN").get(null)) { // the JDK then leaves it so
                LOG.warn("SIGHUP is ignored here, as nohup wants it; use 'reroute reload'");
            }
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException | InstantiationException
                | InvocationTargetException | NoSuchFieldException e) {
            LOG.warn("SIGHUP is not heard here; use 'reroute reload'");
        }
    }
}
