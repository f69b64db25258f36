package net.reroute.core;

import java.util.List;

/** What was done and seen on the servers' LAN. */
public sealed interface LanRemarks extends Remark {

    /** What is to be known of one address. */
    sealed interface OfAddress extends LanRemarks {

        Address address();

        @Override
        default String subject() {
            return address().toString();
        }
    }

    /** What is to be known of a service's own address that was brought to a server. */
    record AddressTaken(String service, Address address, String server, List<String> remarks) implements LanRemarks {

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

    /** What a server said when it was given an address. */
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

    /** What is missing for takeovers. */
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

    /** Somebody else claims an address. */
    record Contested(Address address, String text) implements OfAddress {

        @Override
        public String kind() {
            return "contested";
        }
    }

    /** An address is not where it was brought. */
    record AddressLost(Address address, String text) implements OfAddress {

        @Override
        public String kind() {
            return "address-lost";
        }
    }

    /** An address is at more than one server. */
    record TwoHolders(Address address, String text) implements OfAddress {

        @Override
        public String kind() {
            return "two-holders";
        }
    }

    /** An address, and so many more, could not be announced. */
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

    /** An address was taken off a server later than wanted. */
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
