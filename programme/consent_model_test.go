package programme_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// TestNothingGoesOutWithoutConsent: whatever is proposed, worded anew, agreed to, declined,
// withdrawn, signed, proved and delivered in whatever order, an export holds exactly what
// everybody needed said yes to last, in these words or in some of which they are a mere
// correction of spelling, and confirmed after the proof of these very words was asked for;
// with the name only where that was said, after being named at all was last refused.
func TestNothingGoesOutWithoutConsent(t *testing.T) {
	fewer(t, "40")
	rapid.Check(t, func(rt *rapid.T) {
		m := &consentModel{house: newHouse(t), rt: rt}
		for range rapid.IntRange(8, 40).Draw(rt, "steps") {
			m.step()
			m.check()
		}
	})
}

// wordings are families of texts: within one, all are corrections of the spelling of the
// others; each family names other numbers.
var wordings = [][]string{
	{"釉薬を新しくし、1度出展しました。", "釉薬を新しくして、1度出展しました。", "釉薬を新しくし、1度出展しました"},
	{"織機を直して、22人に教えました。", "織機を直し、22人に教えました。"},
	{"父の代の取引先を333軒回りました。", "父の代の取引先を、333軒回ました"},
}

// statement is one thing that one party said.
type statement struct {
	at       time.Time
	decision programme.Decision
	text     string
	day      programme.Date // of a paper
}

type modelText struct {
	id      programme.PublicationID
	now     string   // what it says
	lineage []string // that, and everything of which it is a correction of spelling
	family  int      // of the first of the lineage, -1 for somebody's own words
	pending bool     // the atsugi's words, which the office has not taken over
	dropped bool
	proof   time.Time
	needs   []programme.Need
	said    map[string][]statement // by party
	seen    map[string]string      // what a device still shows, by party
	exports int
}

type consentModel struct {
	*house
	rt        *rapid.T
	texts     []*modelText
	refused   time.Time // to be named at all, last
	delivered bool
	ops       int
}

// latest is what counts: what was said last, by the moment, then as it came in; but no yes
// of a paper after somebody's own no, until they say something else themselves. The atsugi
// can be asked; the owner never said anything but on paper.
func latest(said []statement) statement {
	said = slices.Clone(said)
	slices.SortStableFunc(said, func(a, b statement) int { return a.at.Compare(b.at) })
	var last, own statement
	for _, s := range said {
		if s.day == "" {
			own = s
		}
		if s.day == "" || s.decision != "yes" || own.decision != "no" {
			last = s
		}
	}
	return last
}

// goesOut is the rule, worked out from what happened alone.
func (m *consentModel) goesOut(x *modelText) (out, named bool) {
	out = !x.dropped && !x.pending && !x.proof.IsZero()
	parties := []string{"self"}
	for _, n := range x.needs {
		parties = append(parties, string(n.Party))
	}
	for _, party := range parties {
		last := latest(x.said[party])
		out = out && (last.decision == "yes" || last.decision == "nameless") && slices.Contains(x.lineage, last.text)
		if party == "owner" {
			continue
		}
		if last.day != "" {
			out = out && last.day > programme.DateOf(x.proof, tokyo)
		} else {
			out = out && !last.at.Before(x.proof)
		}
	}
	own := latest(x.said["self"])
	return out, own.decision == "yes" && own.at.After(m.refused) && (own.day == "" || m.refused.IsZero())
}

func (m *consentModel) op() string { m.ops++; return fmt.Sprint("op", m.ops) }

func (m *consentModel) step() {
	m.now = m.now.Add(rapid.SampledFrom([]time.Duration{time.Minute, 5 * time.Hour, 26 * time.Hour}).Draw(m.rt, "later"))
	if len(m.texts) == 0 {
		m.proposes()
		return
	}
	x := rapid.SampledFrom(m.texts).Draw(m.rt, "text")
	do := rapid.SampledFrom([]func(*modelText){
		func(*modelText) { m.proposes() }, m.edits, m.edits, m.spells, m.spells, m.accepts, m.accepts, m.looks, m.drops,
		m.decides, m.decides, m.decides, m.decides, m.agree, m.agree, m.rewords, m.signs, m.signs, m.signs,
		m.names, m.proves, m.proves, m.proves, m.delivers,
	}).Draw(m.rt, "deed")
	do(x)
}

// outcome checks whether a deed went through as the rules say.
func (m *consentModel) outcome(deed string, err error, want bool) {
	if (err == nil) != want {
		m.rt.Fatalf("%s: %v, wanted to go through: %v", deed, err, want)
	}
}

func (m *consentModel) proposes() {
	if len(m.texts) == 3 {
		return
	}
	x := &modelText{family: rapid.IntRange(0, len(wordings)-1).Draw(m.rt, "family"), said: map[string][]statement{}, seen: map[string]string{}}
	if rapid.Bool().Draw(m.rt, "owner") {
		x.needs = append(x.needs, programme.Need{Party: programme.PartyOwner})
	}
	if rapid.Bool().Draw(m.rt, "depicted") {
		x.needs = append(x.needs, programme.Need{Party: programme.PartyDepicted, Person: "other-atsugi"})
	}
	x.now = wordings[x.family][0]
	x.lineage = []string{x.now}
	p, err := m.ProposePublication(m.t.Context(), programme.As("office"), programme.PublicationForm{
		Op: m.op(), Kind: programme.PublishWords, Person: "atsugi", Text: x.now, Needs: x.needs})
	m.outcome("propose", err, !m.delivered)
	if err == nil {
		x.id = p.ID
		m.texts = append(m.texts, x)
	}
}

func (m *consentModel) stored(x *modelText) programme.Publication {
	return m.publication(x.id).Publication
}

// edits words it anew: everybody is asked anew, and the proof is void.
func (m *consentModel) edits(x *modelText) {
	family := rapid.IntRange(0, len(wordings)-1).Draw(m.rt, "family")
	text := rapid.SampledFrom(wordings[family]).Draw(m.rt, "words")
	p := m.stored(x)
	_, err := m.EditPublication(m.t.Context(), programme.Operator, x.id, p.Version, text, false)
	m.outcome("edit", err, !m.delivered && !x.dropped)
	if err != nil || text == x.now {
		return
	}
	x.now, x.lineage, x.family, x.pending, x.proof = text, []string{text}, family, false, time.Time{}
}

// spells corrects the spelling: within the family it is one, elsewhere it is not.
func (m *consentModel) spells(x *modelText) {
	family := rapid.IntRange(0, len(wordings)-1).Draw(m.rt, "family")
	text := rapid.SampledFrom(wordings[family]).Draw(m.rt, "words")
	p := m.stored(x)
	_, err := m.EditPublication(m.t.Context(), programme.As("office"), x.id, p.Version, text, true)
	m.outcome("spelling", err, !m.delivered && !x.dropped && (text == x.now || family == x.family && !x.pending))
	if err == nil && text != x.now {
		x.now, x.lineage, x.proof = text, append(x.lineage, text), time.Time{}
	}
}

func (m *consentModel) accepts(x *modelText) {
	_, err := m.AcceptWording(m.t.Context(), programme.As("office"), x.id, m.stored(x).Version)
	m.outcome("accept", err, !m.delivered && !x.dropped)
	if err == nil {
		x.pending = false
	}
}

func (m *consentModel) drops(x *modelText) {
	if rapid.IntRange(0, 3).Draw(m.rt, "rarely") > 0 {
		return
	}
	_, err := m.DropPublication(m.t.Context(), programme.As("office"), x.id, m.stored(x).Version)
	m.outcome("drop", err, !m.delivered && !x.dropped)
	x.dropped = x.dropped || err == nil
}

// looks opens the form on a device that may go on showing it.
func (m *consentModel) looks(x *modelText) {
	x.seen[rapid.SampledFrom([]string{"self", "depicted"}).Draw(m.rt, "who")] = x.now
}

// hashOf is the hash under which the device knows the text that it shows.
func (m *consentModel) hashOf(x *modelText, text string) string {
	for _, w := range m.stored(x).Texts {
		if w.Text == text {
			return w.Hash
		}
	}
	m.rt.Fatalf("the text was never shown: %q", text)
	return ""
}

// decides lets one of the two answer what their device shows.
func (m *consentModel) decides(x *modelText) {
	m.decide(x, rapid.SampledFrom([]string{"self", "depicted"}).Draw(m.rt, "who"),
		rapid.SampledFrom([]programme.Decision{"yes", "nameless", "no"}).Draw(m.rt, "says"))
}

// agree lets both agree to what stands, so that there is something to go wrong.
func (m *consentModel) agree(x *modelText) {
	for _, party := range []string{"self", "depicted"} {
		delete(x.seen, party)
		m.decide(x, party, "yes")
	}
	m.sign(x, "owner", "yes")
}

func (m *consentModel) decide(x *modelText, party string, said programme.Decision) {
	who := programme.PersonID("atsugi")
	if party == "depicted" {
		who = "other-atsugi"
	}
	shown := x.now
	if seen, has := x.seen[party]; has && rapid.Bool().Draw(m.rt, "stale") {
		shown = seen
	}
	_, err := m.Decide(m.t.Context(), programme.As(who), programme.DecisionForm{Op: m.op(), Publication: x.id, Hash: m.hashOf(x, shown), Decision: said})
	asked := party == "self" || slices.ContainsFunc(x.needs, func(n programme.Need) bool { return string(n.Party) == party })
	agrees := said != "no"
	m.outcome(party+" says "+string(said), err,
		asked && !m.delivered && (!agrees || shown == x.now && !x.dropped && (said != "nameless" || party == "self")))
	if err == nil {
		m.heard(x, party, statement{at: m.now, decision: said, text: shown})
	}
}

func (m *consentModel) heard(x *modelText, party string, s statement) {
	x.said[party] = append(x.said[party], s)
}

// rewords lets the atsugi agree to words of their own: they wait for the office.
func (m *consentModel) rewords(x *modelText) {
	m.ops++
	own := fmt.Sprintf("自分の言葉で%d回書きました。", 1000+m.ops)
	said := rapid.SampledFrom([]programme.Decision{"yes", "nameless"}).Draw(m.rt, "says")
	_, err := m.Decide(m.t.Context(), programme.As("atsugi"), programme.DecisionForm{
		Op: m.op(), Publication: x.id, Hash: m.hashOf(x, x.now), Decision: said, Wording: own})
	m.outcome("reword", err, !m.delivered && !x.dropped)
	if err != nil {
		return
	}
	x.now, x.lineage, x.family, x.pending, x.proof = own, []string{own}, -1, true, time.Time{}
	m.heard(x, "self", statement{at: m.now, decision: said, text: own})
}

// signs enters a paper of today.
func (m *consentModel) signs(x *modelText) {
	m.sign(x, rapid.SampledFrom([]string{"owner", "owner", "self"}).Draw(m.rt, "who"),
		rapid.SampledFrom([]programme.Decision{"yes", "yes", "no", "withdrawn"}).Draw(m.rt, "says"))
}

func (m *consentModel) sign(x *modelText, party string, said programme.Decision) {
	today := programme.DateOf(m.now, tokyo)
	err := m.ConsentOnPaper(m.t.Context(), programme.Operator, programme.PaperConsent{
		Op: m.op(), Kind: programme.ConsentPublication, Publication: x.id, Party: programme.Party(party), Decision: said,
		Hash: m.hashOf(x, x.now), Day: today, Witness: "事務局 花子"})
	asked := party == "self" || slices.ContainsFunc(x.needs, func(n programme.Need) bool { return string(n.Party) == party })
	m.outcome("paper of "+party, err, asked && !m.delivered)
	if err != nil {
		return
	}
	at := m.now // a no stands against everything said that day
	if said == "yes" {
		at = today.At(0, 0, tokyo)
	}
	m.heard(x, party, statement{at: at, decision: said, text: x.now, day: today})
}

func (m *consentModel) names(*modelText) {
	yes := rapid.Bool().Draw(m.rt, "named")
	err := m.SayConsent(m.t.Context(), programme.As("atsugi"), m.op(), programme.ConsentNamed, yes)
	m.outcome("being named", err, yes || !m.delivered)
	if err != nil {
		return
	}
	if !yes {
		m.refused = m.now
	}
}

func (m *consentModel) proves(*modelText) {
	_, err := m.StartProof(m.t.Context(), programme.As("office"))
	m.outcome("proof", err, !m.delivered)
	if err != nil {
		return
	}
	for _, x := range m.texts {
		sent := *x
		sent.proof = time.Unix(1, 0) // as if it had been asked for before everything
		if agreed, _ := m.goesOut(&sent); agreed && x.proof.IsZero() {
			x.proof = m.now
		}
	}
}

func (m *consentModel) delivers(*modelText) {
	if rapid.IntRange(0, 5).Draw(m.rt, "rarely") > 0 {
		return
	}
	ready := m.delivered // each check exports what stands
	for _, x := range m.texts {
		out, _ := m.goesOut(x)
		ready = ready || out
	}
	m.outcome("deliver", m.MarkDelivered(m.t.Context(), programme.As("office")), ready)
	m.delivered = ready
}

// check compares an export with the rule, and the copies that are kept with the exports.
func (m *consentModel) check() {
	want := map[programme.PublicationID]string{}
	for _, x := range m.texts {
		if out, named := m.goesOut(x); out {
			x.exports++
			want[x.id] = "/" + x.now
			if named {
				want[x.id] = "試験 atsugi/" + x.now
			}
		}
	}
	if got := m.out(); !maps.Equal(got, want) {
		m.rt.Fatalf("what goes out: %v\nwhat may: %v", got, want)
	}
	for _, x := range m.texts {
		if n := len(m.publication(x.id).Copies); n != x.exports {
			m.rt.Fatalf("%d copies are kept of %d that went out", n, x.exports)
		}
	}
}
