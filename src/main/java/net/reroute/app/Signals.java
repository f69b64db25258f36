package net.reroute.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGHUP, SIGTERM and SIGINT. The JDK has no supported API for them; without it, the defaults of the JDK apply. */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final String SIGNAL = "sun.misc.Signal";
    private static final int KILLED_BY = 128;

    private Signals() {}

    /** Runs an action at SIGHUP. */
    static void hangup(Runnable what) {
        try {
            if (listen("HUP", number -> what.run())) { // the JDK then keeps it ignored
                LOG.warn("SIGHUP is ignored here, as nohup wants it; use 'reroute reload'");
            }
        } catch (ReflectiveOperationException e) {
            LOG.warn("SIGHUP is not heard here; use 'reroute reload'");
        }
    }

    /** Runs an action at the first SIGTERM or SIGINT. A second one ends the process at once. */
    static void stop(Runnable what) {
        AtomicBoolean heard = new AtomicBoolean();
        try {
            for (String name : new String[]{"TERM", "INT"}) {
                listen(name, number -> {
                    if (heard.getAndSet(true)) {
                        Runtime.getRuntime().halt(KILLED_BY + number);
                    }
                    what.run();
                });
            }
        } catch (ReflectiveOperationException e) {
            LOG.debug("signals are not heard here; the shutdown hook does the same, with another exit status", e);
        }
    }

    private interface Heard {
        void signal(int number);
    }

    /** Returns true if the process ignores the signal. */
    private static boolean listen(String name, Heard heard) throws ReflectiveOperationException {
        Class<?> signal = Class.forName(SIGNAL);
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[]{handler},
                (p, method, args) -> {
                    if (method.getName().equals("handle")) {
                        int number = (int) signal.getMethod("getNumber").invoke(args[0]);
                        Thread.ofPlatform().daemon().start(() -> heard.signal(number));
                    }
                    return null;
                });
        try {
            Object before = signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance(name), proxy);
            return before == handler.getField("SIG_IGN").get(null);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(name + " is not to be had", e); // another part of the JVM uses it
        }
    }
}
