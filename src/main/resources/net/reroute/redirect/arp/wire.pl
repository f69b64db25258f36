# reroute keeps this running for as long as its session lasts: it sends frames, and tells what is said of addresses.
#   in:  NUMBER send INTERFACE FRAME...
#        NUMBER watch INTERFACE WORD...    c and an address: who claims it; a and an address: who asks for it
#   out: done NUMBER
#        failed NUMBER WHY
#        heard FRAME
# Frames and addresses are in hexadecimal. No module is needed but the ones no perl comes without.
use strict;
$| = 1;
my $ARP = 0x0806;
my $IPV6 = 0x86dd;
my $MOST = 200; # a second; in a storm of broadcasts nobody needs all
# The kernel passes on nothing of IPv6 but neighbour solicitations (135) and advertisements (136).
my $filter = pack('(SCCL)7', 0x30, 0, 0, 20, 0x15, 0, 4, 58, 0x30, 0, 0, 54, 0x35, 0, 2, 135, 0x25, 1, 0, 136,
    0x06, 0, 0, 256, 0x06, 0, 0, 0);
my ($input, $second, $told) = ('', 0, 0);
my (%sockets, %watched);

sub opened {
    my ($interface, $type) = @_;
    return $sockets{$interface}{$type} if $sockets{$interface}{$type};
    open(my $file, '<', "/sys/class/net/$interface/ifindex") || die "$interface: $!\n";
    my $index = <$file>;
    socket(my $socket, 17, 3, 0) || die "packet socket: $!\n";
    $type != $IPV6 || setsockopt($socket, 1, 26, pack('S x![J] P', 7, $filter)) || die "filter: $!\n";
    bind($socket, pack('S n i S C C a8', 17, $type, $index, 0, 0, 0, '')) || die "$interface: $!\n";
    return $sockets{$interface}{$type} = $socket;
}

sub obey {
    my ($what, $interface, @words) = @_;
    if ($what eq 'watch') {
        my %next = map { $_ => 1 } @words;
        $watched{$interface} = \%next;
        opened($interface, $_) for ($ARP, $IPV6);
        return;
    }
    for (@words) {
        my $type = hex(substr($_, 24, 4));
        next if defined send(opened($interface, $type), pack('H*', $_), 0);
        my $why = $!;
        delete $sockets{$interface};
        die "$interface: $why\n";
    }
}

sub report {
    my ($interface, $frame) = @_;
    my $digits = unpack('H*', $frame);
    my $arp = substr($digits, 24, 4) eq '0806';
    my $advertisement = substr($digits, 108, 2) eq '88';
    my $asked = $arp ? substr($digits, 76, 8) : substr($digits, 124, 32);
    my $claimed = $arp ? substr($digits, 56, 8) : $advertisement ? $asked : substr($digits, 44, 32);
    return unless $watched{$interface}{"c$claimed"} || $watched{$interface}{"a$asked"};
    ($second, $told) = (time, 0) if $second != time;
    print "heard $digits\n" if $told++ < $MOST;
}

for (;;) {
    my $ready = '';
    vec($ready, 0, 1) = 1;
    my @all = map { my $interface = $_; map { [$interface, $_] } values %{$sockets{$interface}} } keys %sockets;
    vec($ready, fileno($_->[1]), 1) = 1 for @all;
    next if select($ready, undef, undef, undef) < 0;
    if (vec($ready, 0, 1)) {
        sysread(STDIN, $input, 65536, length $input) || exit;
        while ($input =~ s/^(\d+) (.*)\n//) {
            my ($number, @words) = ($1, split(' ', $2));
            eval { obey(@words); 1 } ? print "done $number\n" : print "failed $number $@";
        }
    }
    for (@all) {
        next unless vec($ready, fileno($_->[1]), 1);
        my $frame;
        report($_->[0], $frame) if defined recv($_->[1], $frame, 256, 0x40) && length $frame > 41; # 0x40: do not wait
    }
}
