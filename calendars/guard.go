package calendars

import (
	"net"
	"net/netip"
	"net/url"
	"syscall"

	"tsugite/programme"
)

// guard decides which machines may be asked for a calendar. An address that somebody gave
// for their calendar must not become a way into the network that the program runs in: not
// by a name that stands for a machine in there, and not by a redirect. Only public
// addresses are asked. To read from a machine of one's own network, its number (or
// localhost) is written in the configured address itself; that machine and port alone are
// let through.
type guard struct {
	host string // localhost or a number, "" if the configured address has another name
	port string
}

func guardFor(at *url.URL) guard {
	host, port := at.Hostname(), at.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[at.Scheme]
	}
	if _, err := netip.ParseAddr(host); err != nil && host != "localhost" {
		return guard{}
	}
	return guard{host: host, port: port}
}

// control is for net.Dialer.Control: it sees the number that is dialled, after the name
// was looked up, so that a name cannot change its mind in between.
func (g guard) control(_, address string, _ syscall.RawConn) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return fault(programme.BusyForbidden)
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !g.allows(ip.Unmap(), port) {
		return fault(programme.BusyForbidden)
	}
	return nil
}

func (g guard) allows(ip netip.Addr, port string) bool {
	if public(ip) {
		return true
	}
	if g.host == "" || port != g.port {
		return false
	}
	if g.host == "localhost" {
		return ip.IsLoopback()
	}
	named, err := netip.ParseAddr(g.host)
	return err == nil && named.Unmap() == ip
}

// notPublic are the ranges, beyond those that netip knows, that lead to no public machine
// or to another range in disguise (IANA special-purpose registries, RFC 6890).
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // shared by customers of a provider
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.31.196.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"),           // IPv4 in disguise
	netip.MustParsePrefix("::ffff:0:0:0/96"), // the same, translated
	netip.MustParsePrefix("64:ff9b::/96"),    // the same
	netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), // the same
	netip.MustParsePrefix("3fff::/20"),
	netip.MustParsePrefix("5f00::/16"),
	netip.MustParsePrefix("fec0::/10"),
}

func public(ip netip.Addr) bool {
	if !ip.IsValid() || !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Zone() != "" {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
