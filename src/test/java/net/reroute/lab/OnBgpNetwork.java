package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests on {@link LabSites}. */
abstract class OnBgpNetwork {

    static final String PREFIX = LabSites.PREFIX;

    static Lab lab;
    static LabSites sites;
    static LabBgp provider;
    static LabBgp one;
    private static int homes;
    Reroute reroute;

    @BeforeAll
    static void build() {
        lab = new Lab();
        sites = new LabSites(lab);
        provider = sites.provider;
        one = sites.one;
        Ahead.make(lab);
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    @BeforeEach
    void whole() {
        lab.repair();
        reroute = new Reroute(lab, "bgp" + homes++);
    }

    @AfterEach
    void stop() {
        if (reroute.process() != null && reroute.process().isAlive()) {
            reroute.kill();
        }
        lab.sshd().endSessions();
    }

    /** A login of the inventory, with another name, address and dialect. */
    String login(String name, String address, String dialect) {
        return LabSites.login(reroute, name, address, dialect);
    }

    void inventory(String routers, String prefix, String service) {
        LabSites.inventory(reroute, routers, prefix, service);
    }

    static String way() {
        return sites.way();
    }

    void begin() {
        reroute.daemon();
        assertThat(reroute.ask("www", "to", "gw1", "--because", "first").status()).as(reroute.log()).isZero();
        assertThat(reroute.ask("release", "www").status()).isZero();
        Lab.await("announced", () -> way().equals("172.16.1.2"), () -> way() + one.vtysh("show running-config"));
    }

    /** Has the speakers asked now: the next look by itself may be half a minute away. */
    void look() {
        reroute.ask("release", "www");
    }

    void site(String text) {
        Lab.await("it is at " + text, () -> reroute.ask("explain", "www").text().contains("is at " + text + ";"),
                () -> reroute.ask("explain", "www").text() + reroute.log());
    }

    static void withdraw(LabBgp edge) {
        edge.vtysh("configure terminal", "router bgp", "address-family ipv4 unicast", "no network " + PREFIX);
    }

    static boolean isWorse(LabBgp edge) {
        return edge.vtysh("show running-config").contains("network " + PREFIX + " route-map reroute-worse");
    }

    static String without(String routeMap, String config) {
        return config.replaceAll("(?s)route-map " + routeMap + ".*?exit\n!\n", "");
    }
}
