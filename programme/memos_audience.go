package programme

import (
	"slices"
	"time"
)

// Reader is somebody for whom a part of a memo is meant. The strings are stored.
type Reader string

const (
	ReadParticipant Reader = "participant" // the atsugi it is about
	ReadMentor      Reader = "mentor"      // the atsugi's experts
	ReadOffice      Reader = "office"
	ReadBureau      Reader = "bureau"
	ReadPublic      Reader = "public" // the report, with consent
)

// Readers lists every reader in the order in which they are named.
var Readers = []Reader{ReadParticipant, ReadMentor, ReadOffice, ReadBureau, ReadPublic}

// PartDef is one part of a memo as configured: its stored key and for whom it is
// meant.
type PartDef struct {
	Key     string
	Title   Text
	Help    Text
	Readers []Reader
	// Core parts always reach the bureau: a writer cannot cut it off
	// (programme.md "Consent and sharing in practice").
	Core     bool
	Required bool
}

// Confidential is the key of 取扱注意: it never leaves the office and the
// atsugi's experts, whatever the configuration says.
const Confidential = "confidential"

// DefaultParts are the parts of a memo unless the configuration names others.
func DefaultParts() []PartDef {
	everyone := []Reader{ReadParticipant, ReadMentor, ReadOffice, ReadBureau}
	inside := []Reader{ReadMentor, ReadOffice, ReadBureau}
	return []PartDef{
		{Key: "situation", Title: Text{Ja: "現状", En: "Situation"}, Readers: inside, Core: true, Required: true},
		{Key: "issues", Title: Text{Ja: "課題", En: "Issues"}, Readers: inside, Core: true},
		{Key: "advice", Title: Text{Ja: "助言", En: "Advice"}, Readers: everyone, Core: true, Required: true},
		{Key: "next", Title: Text{Ja: "今後の取組", En: "Next actions"}, Readers: everyone, Core: true},
		{Key: "praise", Title: Text{Ja: "評価できる点", En: "What to praise"}, Readers: everyone},
		{Key: Confidential, Title: Text{Ja: "取扱注意（事務局・担当専門家限り）", En: "Confidential (office and assigned expert only)"},
			Readers: []Reader{ReadMentor, ReadOffice}},
	}
}

// Audience is for whom a part of a memo is meant: chosen by its writer within their
// right, nil for what the configuration says. Three rules stand above both: 取扱注意 is
// for the atsugi's experts and the office alone, the office reads everything, and core
// parts reach the bureau (programme.md "Consent and sharing in practice"). Only the office
// may mean a part for the public, and a memo of an event has no participant: it is about
// nobody.
func (d PartDef) Audience(chosen []Reader, kind MemoKind, office bool) []Reader {
	if d.Key == Confidential {
		return []Reader{ReadMentor, ReadOffice}
	}
	if chosen == nil {
		chosen = d.Readers
	} else if !office && !slices.Contains(d.Readers, ReadPublic) {
		chosen = without(chosen, ReadPublic)
	}
	var out []Reader
	for _, r := range Readers {
		must := r == ReadOffice || r == ReadBureau && d.Core
		if must || slices.Contains(chosen, r) && (r != ReadParticipant || kind != OfEvent) {
			out = append(out, r)
		}
	}
	return out
}

func without[T comparable](list []T, x T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(y T) bool { return x == y })
}

// readerOf says as which readers the person may look at the memo; none means not
// at all. The bureau sees shared memos only; what an atsugi sees does not wait
// for the bureau (design.md section 5). A supporter sees that, too, while the atsugi has it
// open to their organisation. An expert sees what they wrote of a session of
// theirs although its atsugi is not, or no longer. Of a memo about themself everybody is
// the participant alone, whatever else they are in the programme. One that was taken back is
// the office's alone.
func (o *Office) readerOf(tx Tx, who Actor, me, atsugi Person, m Memo, now time.Time) ([]Reader, error) {
	office := o.may(who, me, now, Coordinator)
	if !m.Withdrawn.IsZero() && !office {
		return nil, nil
	}
	if who.Kind == ByPerson && me.ID == m.Atsugi {
		if me.Active() && m.Withdrawn.IsZero() {
			return []Reader{ReadParticipant}, nil
		}
		return nil, nil
	}
	var rs []Reader
	if office {
		rs = append(rs, ReadOffice)
	}
	if o.may(who, me, now, Mentor) {
		own, err := advised(tx, me, atsugi, m)
		if err != nil {
			return nil, err
		}
		if own {
			rs = append(rs, ReadMentor)
		}
	}
	if o.may(who, me, now, Bureau) && m.SharedVersion > 0 {
		rs = append(rs, ReadBureau)
	}
	open, err := o.openReader(tx, who, me, m, now)
	if open {
		rs = append(rs, ReadParticipant)
	}
	return rs, err
}

// visible keeps only the parts meant for one of the readers.
func visible(m Memo, rs []Reader) Memo {
	parts := make([]Part, 0, len(m.Parts))
	for _, p := range m.Parts {
		if overlap(p.Readers, rs) {
			parts = append(parts, p)
		}
	}
	m.Parts = parts
	return m
}

// seenBy is the memo as the person may see it, without parts if they may not: the one
// way in which a memo comes out (Home, page, search, files). The bureau reads the version
// that was shared with it, a support organisation the one that the atsugi opened to it, of
// which it reads no part any more that the latest does not have for the atsugi; nobody reads
// one memo in two versions.
func (o *Office) seenBy(tx Tx, who Actor, me Person, m Memo, now time.Time) (MemoView, error) {
	v, err := memoView(tx, m)
	if err != nil {
		return v, err
	}
	rs, err := o.readerOf(tx, who, me, v.Atsugi, m, now)
	if err != nil {
		return v, err
	}
	rs, version, err := oneVersion(tx, me, m, rs)
	if err != nil {
		return v, err
	}
	if version != m.Version {
		if v.Memo, err = tx.MemoAsOf(m.ID, version); err != nil {
			return v, err
		}
	}
	v.Memo, v.As = visible(v.Memo, rs), rs
	if others := without(rs, ReadParticipant); len(others) < len(rs) {
		theirs := visible(m, []Reader{ReadParticipant})
		v.Memo.Parts = slices.DeleteFunc(v.Memo.Parts, func(p Part) bool { return !overlap(p.Readers, others) && !theirs.says(p.Key) })
	}
	return v, nil
}

// oneVersion leaves, of those as which somebody reads the memo, the ones that read the same
// version of it, and says which: who has the latest as the office, an expert or its atsugi
// reads that, the bureau's people what was shared, an organisation's what was opened to it.
func oneVersion(tx Tx, me Person, m Memo, rs []Reader) ([]Reader, int, error) {
	reads := map[Reader]int{ReadOffice: m.Version, ReadMentor: m.Version, ReadBureau: m.SharedVersion, ReadParticipant: m.Version}
	if slices.Contains(rs, ReadParticipant) && me.ID != m.Atsugi {
		opened, _, err := openingTo(tx, m.ID, me.Organisation)
		if err != nil {
			return nil, 0, err
		}
		reads[ReadParticipant] = opened.Version
	}
	for _, first := range []Reader{ReadOffice, ReadMentor, ReadBureau, ReadParticipant} {
		if slices.Contains(rs, first) {
			same := slices.DeleteFunc(slices.Clone(rs), func(r Reader) bool { return reads[r] != reads[first] })
			return same, reads[first], nil
		}
	}
	return rs, m.Version, nil
}

// memoView is the whole memo with those whom it names.
func memoView(tx Tx, m Memo) (MemoView, error) {
	v := MemoView{Memo: m}
	var err error
	if m.Atsugi != "" {
		if v.Atsugi, err = tx.Person(m.Atsugi); err != nil {
			return v, err
		}
	}
	if m.Event != "" {
		if v.Event, err = tx.Event(m.Event); err != nil {
			return v, err
		}
	}
	if m.Writer != "" {
		v.Writer, err = tx.Person(m.Writer)
	}
	return v, err
}
