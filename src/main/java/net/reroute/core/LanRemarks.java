package net.reroute.core;

import java.util.List;

/** Remarks about the servers' LAN. */
public sealed interface LanRemarks extends Remark {

    /** A remark about one address. */
    sealed interface OfAddress extends LanRemarks {

        Address address();

        @Override
        default String subject() {
            return address().toString();
        }
    }

    /** Remarks about a service address that a server has taken over. */
    record AddressTaken(String service, Address address, String server, List<String> remarks) implements LanRemarks {

        public AddressTaken {
            remarks = List.copyOf(remarks);
        }

        @Override
        public String kind() {
            return "takeover";
        }

        @Override
        public String subject() {
            return service;
        }

        @Override
        public String text() {
            return address + " is at " + server + "; " + String.join("; ", remarks);
        }
    }

    /** A server's message when it was given an address. */
    record AddressRemark(Address address, String server, String said) implements OfAddress {

        @Override
        public String kind() {
            return "takeover";
        }

        @Override
        public String text() {
            return server + ": " + said;
        }
    }

    /** Something that takeovers need is missing. */
    record TakeoverLimited(String text) implements LanRemarks {

        @Override
        public String kind() {
            return "takeover-limited";
        }

        @Override
        public String subject() {
            return Takeover.LAN;
        }
    }

    /** Another machine claims the address. */
    record Contested(Address address, String text) implements OfAddress {

        @Override
        public String kind() {
            return "contested";
        }
    }

    /** The address is no longer at the server that took it over. */
    record AddressLost(Address address, String text) implements OfAddress {

        @Override
        public String kind() {
            return "address-lost";
        }
    }

    /** More than one server has the address. */
    record TwoHolders(Address address, String text) implements OfAddress {

        @Override
        public String kind() {
            return "two-holders";
        }
    }

    /**
     * An address could not be announced.
     *
     * @param more how many other addresses could not be announced either
     */
    record NotAnnounced(Address address, int more, String why) implements OfAddress {

        @Override
        public String kind() {
            return "not-announced";
        }

        @Override
        public String text() {
            return "not announced" + (more == 0 ? "" : ", nor are " + more + " more") + ": " + why;
        }
    }

    /** The address was removed from its old server, but only after the takeover. */
    record Fenced(Address address, String text) implements OfAddress {

        @Override
        public boolean isWarning() {
            return false;
        }

        @Override
        public String kind() {
            return "fenced";
        }
    }
}
