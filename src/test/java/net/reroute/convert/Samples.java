package net.reroute.convert;

import java.util.List;

/** A configuration of each kind, as admins write them. */
final class Samples {

    static final String KEEPALIVED = """
                                     ! the pair before the shop
                                     global_defs {
                                         notification_email {
                                             ops@shop.example
                                             "night@shop.example"
                                         }
                                         notification_email_from lvs@shop.example
                                         smtp_server 192.168.7.25
                                         router_id lvs1
                                         enable_script_security
                                     }
                                     vrrp_script chk_named { script "/usr/bin/killall -0 named" }
                                     vrrp_instance DNS {
                                         state MASTER
                                         interface eth0
                                         virtual_router_id 53
                                         priority 150
                                         advert_int 0.5
                                         preempt_delay 30
                                         authentication {
                                             auth_type PASS
                                             auth_pass s3cret77
                                         }
                                         unicast_src_ip 192.168.7.2
                                         unicast_peer {
                                             192.168.7.3
                                         }
                                         virtual_ipaddress {
                                             192.168.7.53/24 dev eth1 label eth1:dns
                                         }
                                         track_script {
                                             chk_named
                                         }
                                         notify_master "/usr/local/sbin/tell master"
                                     }
                                     virtual_server 10.7.0.80 80 {   # the shop
                                         delay_loop 6
                                         lb_algo wrr
                                         lb_kind NAT
                                         persistence_timeout 300
                                         protocol TCP
                                         quorum 2
                                         sorry_server 192.168.7.99 80
                                         real_server 192.168.7.11 80 {
                                             weight 3
                                             HTTP_GET {
                                                 url {
                                                     path /alive?deep=1
                                                     status_code 200-204
                                                 }
                                                 virtualhost_unknown x
                                                 connect_timeout 3
                                                 retry 2
                                                 delay_before_retry 1
                                             }
                                         }
                                         real_server 192.168.7.12 80 {
                                             weight 1
                                             HTTP_GET {
                                                 url {
                                                     path /alive?deep=1
                                                     status_code 200-204
                                                 }
                                                 connect_timeout 3
                                                 retry 2
                                                 delay_before_retry 1
                                             }
                                         }
                                     }
                                     """;

    static final String EXABGP = """
                                 process watch-web {
                                     run python3 -m exabgp healthcheck --name web --cmd "curl -sf http://127.0.0.1/ok" --ip 10.9.0.1/32 --ip 10.9.0.2/32 --interval 4 --fast-interval 0.5 --timeout 2 --rise 2 --fall 4 --withdraw-on-down --up-metric 50 --disable /etc/maintenance;
                                     encoder text;
                                 }
                                 neighbor 172.16.9.1 {
                                     router-id 172.16.9.11;
                                     local-address 172.16.9.11;
                                     local-as 65001;
                                     peer-as 65001;
                                     md5-password "hush";
                                     api { processes [ watch-web ]; }
                                 }
                                 """;

    static final String HARESOURCES = """
                                      # who has what
                                      alpha 10.3.0.5 Filesystem::/dev/sdb1::/srv::ext4 \\
                                          IPaddr2::10.3.0.6/24/eth1/10.3.0.255 httpd
                                      beta  IPaddr::10.3.0.7/24/eth0
                                      """;

    static final String LDIRECTORD = """
                                     checktimeout=3
                                     checkinterval=5
                                     failurecount = 2
                                     emailalert="ops@shop.example, night@shop.example"
                                     quiescent=no
                                     virtual=10.4.0.1:80
                                     \treal=192.168.4.2->192.168.4.4:80 gate 2
                                     \treal=192.168.4.9:80 gate
                                     \tfallback=127.0.0.1:80 gate
                                     \tservice=http
                                     \tscheduler=wlc
                                     \trequest="alive.html"
                                     \treceive="fine|good"
                                     \tvirtualhost=www.shop.example
                                     \tprotocol=tcp
                                     \tlogin="checker"
                                     \tpasswd="topsecret"
                                     virtual=5
                                     \treal=192.168.4.2 gate
                                     """;

    static final String HAPROXY = """
                                  global
                                      daemon
                                      maxconn 4000
                                  defaults
                                      mode tcp
                                      timeout connect 4s
                                      timeout client 1m
                                      timeout server 1m
                                      default-server inter 3s fastinter 1s fall 2 rise 4
                                  frontend web
                                      bind 10.5.0.1:443,10.5.0.2:443
                                      maxconn 900
                                      acl img path_beg /img
                                      default_backend shop
                                  backend shop
                                      balance leastconn
                                      option httpchk GET /up HTTP/1.1
                                      http-check expect status 200
                                      server a 192.168.5.11:8443 check port 8080 weight 20
                                      server b 192.168.5.12:8443 check port 8080 weight 10 cookie b
                                  listen mail
                                      bind *:25
                                      server m1 192.168.5.21:25 check send-proxy
                                      server m2 192.168.5.22:25 check send-proxy backup
                                      stats auth admin:topsecret
                                  """;

    static final List<String> ALL = List.of(KEEPALIVED, EXABGP, HARESOURCES, LDIRECTORD, HAPROXY);

    private Samples() {}
}
