package calendars

import (
	"net/netip"
	"net/url"
	"testing"
)

func TestOnlyPublicMachinesAreAsked(t *testing.T) {
	for ip, want := range map[string]bool{
		"8.8.8.8": true, "203.104.0.1": true, "2404:6800:4004:80a::200e": true,
		"127.0.0.1": false, "127.1.2.3": false, "::1": false, "0.0.0.0": false, "::": false, "0.1.2.3": false,
		"10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false, "100.64.0.1": false,
		"169.254.169.254": false, "fe80::1": false, "fe80::1%eth0": false, "fd00::1": false, "fec0::1": false,
		"224.0.0.1": false, "ff02::1": false, "255.255.255.255": false, "240.0.0.1": false, "198.18.0.1": false,
		"192.0.2.1": false, "2001:db8::1": false,
		"::ffff:127.0.0.1": false, "::ffff:0:127.0.0.1": false, "3fff::1": false, "5f00::1": false, "192.88.99.1": false, "::ffff:10.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "::7f00:1": false,
	} {
		g := guardFor(&url.URL{Scheme: "https", Host: "calendar.example"})
		err := g.control("tcp", netip.AddrPortFrom(netip.MustParseAddr(ip), 443).String(), nil)
		if (err == nil) != want {
			t.Errorf("%s: %v, want %v", ip, err, want)
		}
	}
}

// A machine of one's own network is asked if the configuration itself names it, and then
// that one alone.
func TestConfiguredMachineIsAsked(t *testing.T) {
	for _, c := range []struct {
		configured, dialled string
		want                bool
	}{
		{"http://10.1.2.3/x", "10.1.2.3:80", true},
		{"http://10.1.2.3/x", "[::ffff:10.1.2.3]:80", true},
		{"https://10.1.2.3/x", "10.1.2.3:443", true},
		{"http://10.1.2.3:8080/x", "10.1.2.3:8080", true},
		{"http://10.1.2.3/x", "10.1.2.3:8080", false},
		{"http://10.1.2.3/x", "10.1.2.4:80", false},
		{"http://10.1.2.3/x", "127.0.0.1:80", false},
		{"http://localhost:8080/x", "127.0.0.1:8080", true},
		{"http://localhost:8080/x", "[::1]:8080", true},
		{"http://localhost:8080/x", "127.0.0.1:22", false},
		{"http://localhost:8080/x", "10.0.0.1:8080", false},
		{"http://calendar.intern/x", "10.1.2.3:80", false}, // by number, or not at all
		{"http://[::1]:8080/x", "[::1]:8080", true},
		{"http://10.1.2.3/x", "no address", false},
	} {
		u, err := url.Parse(c.configured)
		if err != nil {
			t.Fatal(err)
		}
		if err := guardFor(u).control("tcp", c.dialled, nil); (err == nil) != c.want {
			t.Errorf("%s, then %s: %v, want %v", c.configured, c.dialled, err, c.want)
		}
	}
}
