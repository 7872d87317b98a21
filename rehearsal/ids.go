package rehearsal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"sync"
)

// ids makes the identifiers of one workspace. They follow from the seed, the epoch
// (how often this workspace has been started, so that nothing repeats after a
// restart) and a counter per kind: the same run gives the same ids.
type ids struct {
	seed  int64
	epoch int64

	mu     sync.Mutex
	counts map[string]uint64
}

func newIDs(seed, epoch int64) *ids {
	return &ids{seed: seed, epoch: epoch, counts: map[string]uint64{}}
}

const idAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func digest(seed int64, parts ...string) [32]byte {
	var head [8]byte
	binary.BigEndian.PutUint64(head[:], uint64(seed))
	return sha256.Sum256([]byte(string(head[:]) + strings.Join(parts, "\x00")))
}

// spell writes n characters of Slack's id alphabet.
func spell(sum [32]byte, n int) string {
	out := make([]byte, n)
	for i := range out {
		out[i] = idAlphabet[int(sum[i])%len(idAlphabet)]
	}
	return string(out)
}

// fixed is an id that depends on the seed and the parts alone, such as the DM of
// two people: whoever opens it first, it is the same.
func (m *ids) fixed(prefix string, parts ...string) string {
	return prefix + "0" + spell(digest(m.seed, append([]string{prefix}, parts...)...), 9)
}

func (m *ids) count(kind string) [32]byte {
	m.mu.Lock()
	m.counts[kind]++
	n := m.counts[kind]
	m.mu.Unlock()
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(m.epoch))
	binary.BigEndian.PutUint64(b[8:], n)
	return digest(m.seed, "count", kind, string(b[:]))
}

// next is a new id of a kind, such as C0… or V0….
func (m *ids) next(prefix string) string {
	return prefix + "0" + spell(m.count(prefix), 9)
}

// uuid is a new identifier in the form of envelope ids.
func (m *ids) uuid(kind string) string {
	sum := m.count(kind)
	sum[6] = sum[6]&0x0f | 0x40
	sum[8] = sum[8]&0x3f | 0x80
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// secret is a new unguessable-looking word in lower-case hexadecimal.
func (m *ids) secret(kind string, n int) string {
	sum := m.count(kind)
	return hex.EncodeToString(sum[:])[:n]
}

// digits is a number-like word that depends on the seed and the parts alone.
func digits(seed int64, n int, parts ...string) string {
	sum := digest(seed, parts...)
	out := make([]byte, n)
	for i := range out {
		out[i] = '0' + sum[i]%10
	}
	if n > 0 && out[0] == '0' {
		out[0] = '7'
	}
	return string(out)
}
