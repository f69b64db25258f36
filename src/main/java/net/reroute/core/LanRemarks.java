package net.reroute.core;

import java.util.List;

/** What was done and seen on the servers' LAN. */
public sealed interface LanRemarks extends Remark {

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

        @Override
        public boolean isWarning() {
            return true;
        }
    }

    /** What a server said when it was given an address. */
    record AddressRemark(Address address, String server, String said) implements LanRemarks {

        @Override
        public String kind() {
            return "takeover";
        }

        @Override
        public String subject() {
            return address.toString();
        }

        @Override
        public String text() {
            return server + ": " + said;
        }

        @Override
        public boolean isWarning() {
            return true;
        }
    }

    /** What is missing for takeovers. */
    record TakeoverLimited(String what) implements LanRemarks {

        @Override
        public String kind() {
            return "takeover-limited";
        }

        @Override
        public String subject() {
            return Takeover.LAN;
        }

        @Override
        public String text() {
            return what;
        }

        @Override
        public boolean isWarning() {
            return true;
        }
    }

    /** Somebody else claims an address. */
    record Contested(Address address, String what) implements LanRemarks {

        @Override
        public String kind() {
            return "contested";
        }

        @Override
        public String subject() {
            return address.toString();
        }

        @Override
        public String text() {
            return what;
        }

        @Override
        public boolean isWarning() {
            return true;
        }
    }

    /** An address is not where it was brought. */
    record AddressLost(Address address, String what) implements LanRemarks {

        @Override
        public String kind() {
            return "address-lost";
        }

        @Override
        public String subject() {
            return address.toString();
        }

        @Override
        public String text() {
            return what;
        }

        @Override
        public boolean isWarning() {
            return true;
        }
    }

    /** An address is at more than one server. */
    record TwoHolders(Address address, String what) implements LanRemarks {

        @Override
        public String kind() {
            return "two-holders";
        }

        @Override
        public String subject() {
            return address.toString();
        }

        @Override
        public String text() {
            return what;
        }

        @Override
        public boolean isWarning() {
            return true;
        }
    }

    /** An address, and so many more, could not be announced. */
    record NotAnnounced(Address address, int more, String why) implements LanRemarks {

        @Override
        public String kind() {
            return "not-announced";
        }

        @Override
        public String subject() {
            return address.toString();
        }

        @Override
        public String text() {
            return "not announced" + (more == 0 ? "" : ", nor are " + more + " more") + ": " + why;
        }

        @Override
        public boolean isWarning() {
            return true;
        }
    }

    /** An address was taken off a server later than wanted. */
    record Fenced(Address address, String what) implements LanRemarks {

        @Override
        public String kind() {
            return "fenced";
        }

        @Override
        public String subject() {
            return address.toString();
        }

        @Override
        public String text() {
            return what;
        }
    }
}
