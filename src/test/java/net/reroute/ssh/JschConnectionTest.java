package net.reroute.ssh;

class JschConnectionTest extends ConnectionContract {

    @Override
    boolean throughJsch() {
        return true;
    }
}
