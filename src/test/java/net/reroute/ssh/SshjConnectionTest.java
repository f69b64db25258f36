package net.reroute.ssh;

class SshjConnectionTest extends ConnectionContract {

    @Override
    boolean throughJsch() {
        return false;
    }
}
