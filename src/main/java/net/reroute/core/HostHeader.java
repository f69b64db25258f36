package net.reroute.core;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a request's Host header (RFC 9110 section 7.2).
 *
 * @param host a name, with its trailing dot if it was written with one, or an address without brackets
 * @param port as written; empty: the port of the connection
 */
public record HostHeader(String host, Optional<Integer> port) {

    private static final int LONGEST = 254;
    private static final Pattern FORM = Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]*)(?::(\\d{1,5}))?");
    // RFC 952 does not allow '_' in a host name, but many names in use contain it.
    private static final Pattern NAME = Pattern
            .compile("(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*"
                    + "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?");

    /** @throws IllegalArgumentException if the text is not valid; the message says what to write */
    public static HostHeader parse(String text) {
        if (text.chars().filter(c -> c == ':').count() > 1 && !text.startsWith("[")) {
            return new HostHeader(Address.parse(text).toString(), Optional.empty());
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a host name; write it like www.example.com");
        }
        String host = form.group(1);
        Optional<Integer> port = Optional.ofNullable(form.group(2)).map(HostHeader::port);
        if (host.startsWith("[")) {
            return new HostHeader(Address.parse(host.substring(1, host.length() - 1)).toString(), port);
        }
        return new HostHeader(name(host), port);
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is from 1 to 65535, not " + text);
        }
        return port;
    }

    private static String name(String text) {
        if (text.codePoints().anyMatch(c -> c > 127)) {
            throw new IllegalArgumentException("'" + text + "' is not how a host name goes over the wire; write "
                    + punycode(text));
        }
        if (text.length() > LONGEST || !NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a host name; write it like www.example.com");
        }
        return text;
    }

    private static String punycode(String text) {
        try {
            return "it like " + IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            return "its punycode form, which begins with xn--";
        }
    }

    /** True for an address. SNI never carries one (RFC 6066 section 3). */
    public boolean isAddress() {
        try {
            Address.parse(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The host as in certificates and SNI: without a trailing dot. */
    public String name() {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /**
     * The value of the header.
     *
     * @param otherwise the port of the connection, used if none is written
     * @param usual the scheme's default port, which the header omits
     */
    public String value(int otherwise, int usual) {
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        if (port.isPresent()) {
            return bracketed + ":" + port.get();
        }
        return otherwise == usual ? bracketed : bracketed + ":" + otherwise;
    }
}
