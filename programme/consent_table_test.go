package programme_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// The table of a text that is to be published: who finds its words, and whether it goes out,
// in every state of consent (programme.md "Consent and sharing in practice"). What is
// expected stands here; nothing of it is computed with the rules that are tested.

const wordToPublish = "掲載語"

// textReaders are whom the text concerns, and the office; nobody else at any time.
var textReaders = []programme.PersonID{"atsugi", "other-atsugi", "office", "new-office", "operator"}

var textStates = []struct {
	name       string
	does       func(h *house, p programme.Publication)
	out, named bool
}{
	{"proposed", func(*house, programme.Publication) {}, false, false},
	{"one of two agreed", func(h *house, p programme.Publication) { h.decides("atsugi", p, programme.DecisionYes) }, false, false},
	{"both agreed", func(h *house, p programme.Publication) { h.decides("other-atsugi", p, programme.DecisionYes) }, false, false},
	{"the proof is asked for", func(h *house, _ programme.Publication) {
		h.now = h.now.Add(time.Hour)
		must(h.t, second(h.StartProof(h.t.Context(), programme.As("office"))))
	}, false, false},
	{"one of two confirmed", func(h *house, p programme.Publication) { h.decides("atsugi", p, programme.DecisionYes) }, false, false},
	{"both confirmed", func(h *house, p programme.Publication) { h.decides("other-atsugi", p, programme.DecisionYes) }, true, true},
	{"without the name", func(h *house, p programme.Publication) { h.decides("atsugi", p, programme.DecisionNameless) }, true, false},
	{"with it again", func(h *house, p programme.Publication) { h.decides("atsugi", p, programme.DecisionYes) }, true, true},
	{"being named is withdrawn", func(h *house, _ programme.Publication) {
		must(h.t, h.SayConsent(h.t.Context(), programme.As("atsugi"), "named", programme.ConsentNamed, false))
	}, true, false},
	{"the other one withdraws", func(h *house, p programme.Publication) { h.decides("other-atsugi", p, programme.DecisionNo) }, false, false},
}

func (h *house) decides(who programme.PersonID, p programme.Publication, d programme.Decision) {
	h.t.Helper()
	h.now = h.now.Add(time.Hour)
	must(h.t, second(h.Decide(h.t.Context(), programme.As(who), programme.DecisionForm{
		Op: h.NewID(), Publication: p.ID, Hash: h.publication(p.ID).Publication.Last().Hash, Decision: d})))
}

func TestTheFullTableOfATextToPublish(t *testing.T) {
	h := newHouse(t)
	p := h.propose("op", func(f *programme.PublicationForm) {
		f.Text, f.Needs = wordToPublish+"を新しくしました。", []programme.Need{{Party: programme.PartyDepicted, Person: "other-atsugi"}}
	})
	for _, state := range textStates {
		state.does(h, p)
		for _, who := range append(slices.Clone(cast), "operator") {
			found := h.findsWord(who, p.ID)
			if found && !slices.Contains(textReaders, who) {
				t.Errorf("%s: %s finds the text", state.name, who)
			}
			if !found && (who == "atsugi" || who == "other-atsugi" || who == "office") {
				t.Errorf("%s: %s does not find the text", state.name, who)
			}
		}
		out, err := h.ExportPublications(t.Context(), programme.As("office"))
		must(t, err)
		named := len(out) == 1 && out[0].Person.ID == "atsugi"
		if (len(out) == 1) != state.out || named != state.named {
			t.Errorf("%s: %d go out, named %v, want %v and %v", state.name, len(out), named, state.out, state.named)
		}
		h.mustTellNobody(wordToPublish)
	}
}

// findsWord says whether somebody finds the word by any way but the exports.
func (h *house) findsWord(who programme.PersonID, id programme.PublicationID) bool {
	ctx, as := h.t.Context(), tableActor(who)
	var all []any
	add := func(v any, err error) { all = append(all, v, errorText(err)) }
	add(wrap(h.Home(ctx, as)))
	add(wrap(h.KnownAboutMe(ctx, as)))
	add(wrap(h.OwnConsents(ctx, as)))
	add(wrap(h.PublicationDesk(ctx, as)))
	add(wrap(h.Publication(ctx, as, id)))
	add(wrap(h.MemoDesk(ctx, as)))
	add(wrap(h.SearchMemos(ctx, as, programme.MemoQuery{Words: wordToPublish})))
	data, err := json.Marshal(all)
	must(h.t, err)
	return strings.Contains(string(data), wordToPublish)
}

func wrap[T any](v T, err error) (any, error) { return v, err }

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// mustTellNobody checks that neither the trail nor what is drawn for anybody else holds the
// word. What channels are shown is the canary's.
func (h *house) mustTellNobody(word string) {
	h.t.Helper()
	h.read(func(tx programme.Tx) error {
		trail, err := tx.AuditTrail(100000)
		if err != nil {
			return err
		}
		data, err := json.Marshal(trail)
		if strings.Contains(string(data), word) {
			h.t.Error("the trail holds the text")
		}
		return err
	})
	for _, state := range programme.DeliveryStates {
		var told []programme.Delivery
		h.read(func(tx programme.Tx) (err error) { told, err = tx.Deliveries(state, 1000); return err })
		for _, d := range told {
			m, err := h.Matter(h.t.Context(), d.Notice, true)
			must(h.t, err)
			data, err := json.Marshal(m)
			must(h.t, err)
			if who := d.To.Person(); who != "" && strings.Contains(string(data), word) && !slices.Contains(textReaders, who) {
				h.t.Errorf("%s to %s holds the text", d.Kind, d.To)
			}
		}
	}
}
