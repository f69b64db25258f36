package net.reroute.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Resolves names as usual, and never asks for the name of an address. The JDK's HTTPS server and others ask that for each
 * connection and only print it; while no name server answers, each would wait for seconds. The JDK finds this class by
 * {@code META-INF/services}.
 */
public final class ForwardLookups extends InetAddressResolverProvider {

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver usual = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                return usual.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                throw new UnknownHostException("names of addresses are not asked for");
            }
        };
    }

    @Override
    public String name() {
        return "reroute";
    }
}
