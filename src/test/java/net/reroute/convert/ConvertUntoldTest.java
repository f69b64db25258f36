package net.reroute.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that were once left out without a word, or became something else. */
class ConvertUntoldTest {

    private static final String SPREAD = """
                                         virtual_server 10.7.0.80 80 {
                                             real_server 192.168.7.11 80 {
                                                 TCP_CHECK {
                                                     connect_port 80
                                                 }
                                             }
                                         }
                                         """;
    private static final String DIRECTED = """
                                           virtual=10.4.0.1:80
                                           \treal=192.168.4.2:80 gate
                                           """;

    @TempDir
    Path home;

    // ---- keepalived --------------------------------------------------------------------------------------------------

    @Test
    void aPortOfACheckThatCannotBeReadIsTold() {
        assertThat(Conversion.of(home, SPREAD.replace("connect_port 80", "connect_port alt")).told())
                .contains("connect_port alt (source1:4): this value cannot be read");
    }

    @Test
    void wordsBehindAValueAreTold() {
        assertThat(Conversion.of(home, SPREAD.replace("connect_port 80", "connect_timeout 3 retry 7")).told())
                .contains("connect_timeout retry 7 (source1:4)");
    }

    @Test
    void timersThatCannotBeReadAreToldWithoutAnyCheck() {
        Conversion conversion = Conversion.of(home, "virtual_server 10.7.0.80 80 {\n delay_loop 5x\n"
                + " real_server 192.168.7.11 80 {\n }\n}\n");
        assertThat(conversion.told()).contains("delay_loop 5x (source1:2): this value cannot be read");
    }

    @Test
    void aPageWithoutUrlKeepsItsHostAndItsRemarks() {
        Conversion conversion = Conversion.of(home, "virtual_server 10.7.0.80 80 {\n virtualhost shop.example\n"
                + " real_server 192.168.7.11 80 {\n HTTP_GET {\n retry x\n }\n }\n}\n");
        assertThat(conversion.text()).contains("host: shop.example");
        assertThat(conversion.told()).contains("retry x (source1:5)");
    }

    @Test
    void lengthsOfAddressesAndWordsOfPeersAreTold() {
        Conversion conversion = Conversion.of(home, """
                                                    vrrp_instance V {
                                                        interface eth0
                                                        unicast_peer {
                                                            10.1.0.3 min_ttl 255
                                                        }
                                                        virtual_ipaddress {
                                                            10.1.0.9/24
                                                        }
                                                        notify_master /bin/up bob
                                                    }
                                                    """);
        assertThat(conversion.told()).contains("/24 (source1:7)", "min_ttl 255 of the peer 10.1.0.3",
                "notify_master bob (source1:9)");
    }

    @Test
    void mailThatNobodyGetsIsTold() {
        assertThat(Conversion.of(home, "global_defs {\n smtp_server 10.1.0.2\n}\n" + SPREAD).told())
                .contains("smtp_server 10.1.0.2 (source1:2)");
    }

    @Test
    void aGroupThatIsDefinedTwiceIsTold() {
        String group = "virtual_server_group G {\n 10.7.0.81 80\n}\n";
        Conversion conversion = Conversion.of(home, group + group.replace("81", "82")
                + SPREAD.replace("10.7.0.80 80", "group G"));
        assertThat(conversion.text()).contains("address: 10.7.0.82");
        assertThat(conversion.told()).contains("virtual_server_group G {10.7.0.81} (source1:1)");
    }

    @Test
    void theServersOfWhatCannotBeSpreadAreTold() {
        Conversion conversion = Conversion.of(home, SPREAD + SPREAD.replace("10.7.0.80 80 {",
                "10.7.0.80 53 {\n protocol UDP"));
        assertThat(conversion.told()).contains("nothing of its block is here", "its server 192.168.7.11 (source1:10)");
    }

    // ---- ldirectord, heartbeat, ExaBGP -------------------------------------------------------------------------------

    @Test
    void aRequestThatIsNotAskedIsTold() {
        Conversion conversion = Conversion.of(home, DIRECTED + "\tservice=smtp\n\trequest=HELO\n\treceive=250\n"
                + "\tvirtualhost=shop.example\n\tcheckport=x\n\tchecktype=4\n");
        assertThat(conversion.told()).contains("request=HELO (source1:4)", "receive=250", "virtualhost=shop.example",
                "checkport x (source1:7): this value cannot be read", "checktype=4");
    }

    @Test
    void portsAndLimitsOfServersAreTold() {
        Conversion conversion = Conversion.of(home, DIRECTED.replace(":80 gate", ":81 gate l:10")
                + "\treal=192.168.4.3:x gate\n");
        assertThat(conversion.told()).contains("l:10 of real (source1:2)", "the port of real=192.168.4.2:81",
                "the port of real=192.168.4.3:x");
    }

    @Test
    void aNetmaskIsNoInterface() {
        Conversion conversion = Conversion.of(home,
                "alpha 10.3.0.7/255.255.255.0 IPaddr::10.3.0.8/24/eth1:1::more\n");
        assertThat(conversion.text()).contains("interface: eth0", "interface: eth1");
        assertThat(conversion.told()).contains("/255.255.255.0 (source1:1)", "the label eth1:1", "/24 (source1:1)",
                "what stands behind the address in IPaddr::10.3.0.8");
    }

    @Test
    void anOptionIsNoValueOfTheOneBeforeIt() {
        Conversion conversion = Conversion.of(home, "process web { run python3 -m exabgp healthcheck"
                + " --syslog-facility --ip 10.9.0.1/32 --cmd x; }\n");
        assertThat(conversion.text()).contains("prefix: 10.9.0.1/32");
    }

    @Test
    void aHealthcheckWithoutOptionsIsAService() {
        Conversion conversion = Conversion.of(home, "process web { run python3 -m exabgp healthcheck; }\n");
        assertThat(conversion.told()).contains("the source names none with --ip");
    }

    @Test
    void aRouterOfSeveralServersIsOneRouter() {
        String source = "process web { run python3 -m exabgp healthcheck --ip 10.9.0.1/32 --cmd x; }\n"
                + "neighbor 172.16.9.1 { local-address 172.16.9.11; }\n";
        Conversion conversion = Conversion.of(home, source, source.replace("9.11", "9.12"));
        assertThat(conversion.inventory().routers()).containsOnlyKeys("router-172.16.9.1");
    }

    @Test
    void moreThanFiveThousandEntriesOrFiftyThousandLinesAreRefused() {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            source.append("virtual=10.9.").append(i >> 8).append('.').append(i & 255).append(":80\n\treal=10.1.")
                    .append(i >> 8).append('.').append(i & 255).append(":80 masq\n");
        }
        assertThat(Conversion.refusal(Map.of(), source.toString())).singleElement().asString()
                .contains("more than 5000 entries; convert it in parts");
        assertThat(Conversion.refusal(SPREAD + "#\n".repeat(50_000))).singleElement().asString()
                .contains("more than 50000 lines");
    }
}
