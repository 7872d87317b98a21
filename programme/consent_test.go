package programme_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// proposal is what the office would publish of the atsugi.
func proposal(op string, change func(*programme.PublicationForm)) programme.PublicationForm {
	f := programme.PublicationForm{Op: op, Kind: programme.PublishWords, Person: "atsugi", Text: "新しい釉薬で、海外の展示会に三度出ました。"}
	if change != nil {
		change(&f)
	}
	return f
}

func (h *house) propose(op string, change func(*programme.PublicationForm)) programme.Publication {
	h.t.Helper()
	p, err := h.ProposePublication(h.t.Context(), programme.As("office"), proposal(op, change))
	must(h.t, err)
	return p
}

func (h *house) publication(id programme.PublicationID) programme.PublicationView {
	h.t.Helper()
	v, err := h.Publication(h.t.Context(), programme.As("office"), id)
	must(h.t, err)
	return v
}

// says lets somebody of the roster answer what stands.
func (h *house) consents(who programme.PersonID, op string, p programme.Publication, d programme.Decision) error {
	_, err := h.Decide(h.t.Context(), programme.As(who), programme.DecisionForm{Op: op, Publication: p.ID, Hash: p.Hash, Decision: d})
	return err
}

// proven lets the atsugi agree to a text with their name, and confirm its proof.
func (h *house) proven(p programme.Publication) {
	h.t.Helper()
	must(h.t, h.consents("atsugi", "yes "+string(p.ID), p, programme.DecisionYes))
	must(h.t, second(h.StartProof(h.t.Context(), programme.Operator)))
	must(h.t, h.consents("atsugi", "proof "+string(p.ID), p, programme.DecisionYes))
}

// out are the texts that an export holds, those without a name marked.
func (h *house) out() map[programme.PublicationID]string {
	h.t.Helper()
	all, err := h.ExportPublications(h.t.Context(), programme.Operator)
	must(h.t, err)
	got := map[programme.PublicationID]string{}
	for _, x := range all {
		got[x.Publication.ID] = x.Person.Name + "/" + x.Publication.Text
	}
	return got
}

// TestWhoMayDoWhatWithConsents: the office proposes, the atsugi alone decides, papers are
// the office's and the operator's.
func TestWhoMayDoWhatWithConsents(t *testing.T) {
	everybody := append([]programme.PersonID{""}, cast...) // "" is the operator
	actor := func(id programme.PersonID) programme.Actor {
		if id == "" {
			return programme.Operator
		}
		return programme.As(id)
	}
	office := map[programme.PersonID]bool{"": true, "office": true}
	own := map[programme.PersonID]bool{"atsugi": true}
	for _, deed := range []struct {
		name string
		may  map[programme.PersonID]bool
		do   func(*house, programme.Actor, programme.Publication) error
	}{
		{"propose", office, func(h *house, who programme.Actor, _ programme.Publication) error {
			return second(h.ProposePublication(t.Context(), who, proposal("another", nil)))
		}},
		{"edit", office, func(h *house, who programme.Actor, p programme.Publication) error {
			return second(h.EditPublication(t.Context(), who, p.ID, p.Version, "別の文", false))
		}},
		{"accept words", office, func(h *house, who programme.Actor, p programme.Publication) error {
			return second(h.AcceptWording(t.Context(), who, p.ID, p.Version))
		}},
		{"drop", office, func(h *house, who programme.Actor, p programme.Publication) error {
			return second(h.DropPublication(t.Context(), who, p.ID, p.Version))
		}},
		{"enter a paper", office, func(h *house, who programme.Actor, p programme.Publication) error {
			return h.ConsentOnPaper(t.Context(), who, programme.PaperConsent{Op: "paper", Kind: programme.ConsentPublication,
				Publication: p.ID, Party: programme.PartySelf, Decision: programme.DecisionYes, Hash: p.Hash, Day: "2026-09-01", Witness: "事務局 花子"})
		}},
		{"enter an application's paper", office, func(h *house, who programme.Actor, _ programme.Publication) error {
			return h.ConsentOnPaper(t.Context(), who, programme.PaperConsent{Op: "paper", Kind: programme.ConsentTakingPart,
				Person: "atsugi", Decision: programme.DecisionYes, Day: "2026-06-30", Witness: "事務局 花子"})
		}},
		{"start the proof", office, func(h *house, who programme.Actor, _ programme.Publication) error {
			return second(h.StartProof(t.Context(), who))
		}},
		{"deliver", office, func(h *house, who programme.Actor, p programme.Publication) error {
			h.proven(p)
			h.out()
			return h.MarkDelivered(t.Context(), who)
		}},
		{"undo a delivery", office, func(h *house, who programme.Actor, p programme.Publication) error {
			h.proven(p)
			h.out()
			must(t, h.MarkDelivered(t.Context(), programme.Operator))
			return h.UndoDelivery(t.Context(), who)
		}},
		{"export texts", office, func(h *house, who programme.Actor, _ programme.Publication) error {
			return second(h.ExportPublications(t.Context(), who))
		}},
		{"export consents", office, func(h *house, who programme.Actor, _ programme.Publication) error {
			return second(h.ExportConsents(t.Context(), who))
		}},
		{"read the list", office, func(h *house, who programme.Actor, _ programme.Publication) error {
			return second(h.PublicationDesk(t.Context(), who))
		}},
		{"agree", own, func(h *house, who programme.Actor, p programme.Publication) error {
			return second(h.Decide(t.Context(), who, programme.DecisionForm{Op: "d", Publication: p.ID, Hash: p.Hash, Decision: programme.DecisionYes}))
		}},
		{"decline", own, func(h *house, who programme.Actor, p programme.Publication) error {
			return second(h.Decide(t.Context(), who, programme.DecisionForm{Op: "d", Publication: p.ID, Hash: p.Hash, Decision: programme.DecisionNo}))
		}},
		{"look at what they are asked", own, func(h *house, who programme.Actor, p programme.Publication) error {
			_, _, err := h.OwnPublication(t.Context(), who, p.ID)
			return err
		}},
		{"ask the office", own, func(h *house, who programme.Actor, p programme.Publication) error {
			return h.AskOffice(t.Context(), who, "q", p.ID, "")
		}},
	} {
		for _, id := range everybody {
			h := newHouse(t)
			p := h.propose("p", nil)
			err := deed.do(h, actor(id), p)
			if (err == nil) != deed.may[id] {
				t.Errorf("%s by %q: %v", deed.name, id, err)
			}
			if e, ok := programme.AsError(err); err != nil && !ok {
				t.Errorf("%s by %q: no refusal but %v, %v", deed.name, id, err, e)
			}
		}
	}
}

// TestACoordinatorIsTheAtsugiAlone: of a text about themself they propose, change, drop
// and enter nothing, and see it as everybody sees theirs.
func TestACoordinatorIsTheAtsugiAlone(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		p, err := tx.Person("office")
		if err != nil {
			return err
		}
		p.ID, p.SlackID, p.Roles, p.Version = "both", "Uboth", []programme.Role{programme.Coordinator, programme.Atsugi}, 0
		return tx.SavePerson(p)
	})
	about := func(f *programme.PublicationForm) { f.Person = "both" }
	me := programme.As("both")
	_, err := h.ProposePublication(t.Context(), me, proposal("own", about))
	refused(t, "proposing", err, "denied error.publication_own")
	p := h.propose("p", about)
	_, err = h.EditPublication(t.Context(), me, p.ID, p.Version, "別の文", false)
	refused(t, "editing", err, "denied error.publication_own")
	_, err = h.DropPublication(t.Context(), me, p.ID, p.Version)
	refused(t, "dropping", err, "denied error.publication_own")
	_, err = h.Publication(t.Context(), me, p.ID)
	refused(t, "opening as the office", err, "denied error.publication_own")
	refused(t, "a paper", h.ConsentOnPaper(t.Context(), me, programme.PaperConsent{Op: "x", Kind: programme.ConsentPublication, Publication: p.ID,
		Party: programme.PartySelf, Decision: programme.DecisionYes, Hash: p.Hash, Day: "2026-08-30", Witness: "花子"}), "denied error.publication_own")
	refused(t, "an application's paper", h.ConsentOnPaper(t.Context(), me, programme.PaperConsent{Op: "y", Kind: programme.ConsentLLM, Person: "both",
		Decision: programme.DecisionYes, Day: "2026-08-30", Witness: "花子"}), "denied error.consent_own_paper")
	desk, err := h.PublicationDesk(t.Context(), me)
	must(t, err)
	if len(desk.Views) != 0 {
		t.Errorf("the desk shows %d texts about the reader", len(desk.Views))
	}
	must(t, h.consents("both", "yes", p, programme.DecisionYes))
	if !h.publication(p.ID).Standing.Agreed {
		t.Error("they agreed as the atsugi")
	}
	must(t, second(h.StartProof(t.Context(), me)))
	if !h.publication(p.ID).Publication.Proof.IsZero() {
		t.Error("they sent a text about themself to proof")
	}
}

// TestConfidentialIsNeverProposed: not as a part, nor in words that quote it.
func TestConfidentialIsNeverProposed(t *testing.T) {
	h := newHouse(t)
	const secret = "後継者の借入金が六千万円あることは、家族も知らない。"
	m, err := h.WriteMemo(t.Context(), programme.As("expert"), programme.MemoForm{Op: "m", Kind: programme.OfHearing, Atsugi: "atsugi", Held: "2026-08-20",
		Parts: map[string]string{"situation": "窯を直した。", "advice": "展示会に出る。", programme.Confidential: secret}})
	must(t, err)
	part := func(key, text string) func(*programme.PublicationForm) {
		return func(f *programme.PublicationForm) {
			f.Kind, f.Memo, f.Part, f.Text = programme.PublishPart, m.ID, key, text
		}
	}
	propose := func(op string, change func(*programme.PublicationForm)) (programme.Publication, error) {
		return h.ProposePublication(t.Context(), programme.As("office"), proposal(op, change))
	}
	_, err = propose("1", part(programme.Confidential, "窯を直した。"))
	refused(t, "the part itself", err, "invalid part error.publication_confidential")
	_, err = propose("2", part("advice", "なお、"+secret))
	refused(t, "a quotation", err, "invalid text error.publication_confidential")
	_, err = propose("3", func(f *programme.PublicationForm) { f.Text = secret })
	refused(t, "free words", err, "invalid text error.publication_confidential")
	_, err = propose("4", part("praise", "窯を直した。"))
	refused(t, "a part that is not there", err, "invalid part error.choice")
	p, err := propose("5", part("advice", "展示会に出る。"))
	must(t, err)
	_, err = h.EditPublication(t.Context(), programme.As("office"), p.ID, p.Version, secret, false)
	refused(t, "an edit", err, "invalid text error.publication_confidential")
}

// TestWhatConsentsSayInGeneral: no unless yes, the last word stands, and the office hears
// of what is taken back.
func TestWhatConsentsSayInGeneral(t *testing.T) {
	h := newHouse(t)
	atsugi := programme.As("atsugi")
	allows := func(kind programme.ConsentKind) (ok bool) {
		must(t, h.Store.Read(t.Context(), func(tx programme.Tx) (err error) {
			ok, err = h.Allows(tx, "atsugi", kind)
			return err
		}))
		return ok
	}
	for _, kind := range programme.GeneralConsents {
		if allows(kind) {
			t.Errorf("%s holds although nothing was said", kind)
		}
		before := h.notices()["consent.withdrawn c:office"]
		must(t, h.SayConsent(t.Context(), atsugi, "1"+string(kind), kind, true))
		if !allows(kind) {
			t.Errorf("%s does not hold after a yes", kind)
		}
		h.now = h.now.Add(time.Minute)
		must(t, h.SayConsent(t.Context(), atsugi, "2"+string(kind), kind, false))
		if allows(kind) {
			t.Errorf("%s holds after it was taken back", kind)
		}
		told := h.notices()["consent.withdrawn c:office"] - before
		if told != 1 {
			t.Errorf("%s: the office was told %d times", kind, told)
		}
	}
	refused(t, "of a text", h.SayConsent(t.Context(), atsugi, "x", programme.ConsentPublication, true), "invalid kind error.choice")
	refused(t, "by the operator", h.SayConsent(t.Context(), programme.Operator, "x", programme.ConsentLLM, true), "denied error.denied")
}

// TestTheNoticeOfUseIsShownUntilItIsAnswered, here or on paper.
func TestTheNoticeOfUseIsShownUntilItIsAnswered(t *testing.T) {
	first := func(h *house, who programme.PersonID) bool {
		home, err := h.Home(t.Context(), programme.As(who))
		must(t, err)
		return home.Consents.First
	}
	h := newHouse(t)
	if !first(h, "atsugi") || first(h, "expert") || first(h, "office") {
		t.Error("the notice is for those who take part")
	}
	must(t, h.SayConsent(t.Context(), programme.As("atsugi"), "op", programme.ConsentTakingPart, true))
	must(t, h.ConsentOnPaper(t.Context(), programme.Operator, programme.PaperConsent{Op: "paper", Kind: programme.ConsentTakingPart,
		Person: "other-atsugi", Decision: programme.DecisionYes, Day: "2026-06-30", Witness: "事務局 花子"}))
	if first(h, "atsugi") || first(h, "other-atsugi") {
		t.Error("the notice is shown after it was answered")
	}
}

// TestWhatAPaperMustSay: a day that is over, a witness, a decision, the words that stand.
func TestWhatAPaperMustSay(t *testing.T) {
	h := newHouse(t)
	p := h.propose("p", func(f *programme.PublicationForm) { f.Needs = []programme.Need{{Party: programme.PartyOwner}} })
	paper := func(change func(*programme.PaperConsent)) error {
		f := programme.PaperConsent{Op: h.NewID(), Kind: programme.ConsentPublication, Publication: p.ID, Party: programme.PartyOwner,
			Decision: programme.DecisionYes, Hash: p.Hash, Day: "2026-09-01", Witness: "事務局 花子"}
		change(&f)
		return h.ConsentOnPaper(t.Context(), programme.As("office"), f)
	}
	for _, c := range []struct {
		name, want string
		change     func(*programme.PaperConsent)
	}{
		{"no day", "invalid day error.required", func(f *programme.PaperConsent) { f.Day = "" }},
		{"a day before these words", "invalid day error.consent_paper_old", func(f *programme.PaperConsent) { f.Day = "2026-08-31" }},
		{"a day to come", "invalid day error.consent_paper_future", func(f *programme.PaperConsent) { f.Day = "2026-09-02" }},
		{"no witness", "invalid witness error.required", func(f *programme.PaperConsent) { f.Witness = "  " }},
		{"a long witness", "invalid witness error.too_long", func(f *programme.PaperConsent) { f.Witness = strings.Repeat("証", 101) }},
		{"no decision", "invalid decision error.choice", func(f *programme.PaperConsent) { f.Decision = "" }},
		{"an owner without a name", "invalid decision error.choice", func(f *programme.PaperConsent) { f.Decision = programme.DecisionNameless }},
		{"somebody who is not asked", "invalid party error.choice", func(f *programme.PaperConsent) { f.Party = programme.PartyAuthor }},
		{"other words", "conflict error.publication_changed", func(f *programme.PaperConsent) { f.Hash = "another" }},
	} {
		refused(t, c.name, paper(c.change), c.want)
	}
	must(t, paper(func(*programme.PaperConsent) {}))
	if s := h.publication(p.ID).Standing; s.Parties[1].Says != programme.DecisionYes || s.Agreed {
		t.Errorf("the owner agreed, the atsugi did not: %+v", s)
	}
}

// TestTheProofsMessageFollowsTheAnswers: it counts what is still to be confirmed, of whom
// it went to alone.
func TestTheProofsMessageFollowsTheAnswers(t *testing.T) {
	h := newHouse(t)
	p := h.propose("p", func(f *programme.PublicationForm) {
		f.Needs = []programme.Need{{Party: programme.PartyDepicted, Person: "other-atsugi"}}
	})
	must(t, h.consents("atsugi", "a", p, programme.DecisionYes))
	must(t, h.consents("other-atsugi", "b", p, programme.DecisionYes))
	h.now = h.now.Add(time.Hour)
	must(t, second(h.StartProof(t.Context(), programme.As("office"))))
	h.deliver()
	revisions := func(who programme.PersonID) (n int) {
		t.Helper()
		must(t, h.Store.Read(t.Context(), func(tx programme.Tx) error {
			ds, err := tx.DeliveriesOf(programme.Notice{Kind: programme.NoticeConsentProof, Subject: string(who), To: programme.ToPerson(who)})
			for _, d := range ds {
				n += d.Rev
			}
			return err
		}))
		return n
	}
	mine, others := revisions("atsugi"), revisions("other-atsugi")
	must(t, h.consents("atsugi", "proof", p, programme.DecisionYes))
	const messages = 2 // now, and after a week
	if revisions("atsugi") != mine+messages || revisions("other-atsugi") != others {
		t.Errorf("it is drawn again %d times, somebody else's %d times", revisions("atsugi")-mine, revisions("other-atsugi")-others)
	}
}

// TestTheProofOpensWhatWasAskedAbout: its message leads to the text that is still to be
// confirmed, and says of each who else has to agree and what was corrected since.
func TestTheProofOpensWhatWasAskedAbout(t *testing.T) {
	h := newHouse(t)
	owned := h.propose("a", func(f *programme.PublicationForm) { f.Needs = []programme.Need{{Party: programme.PartyOwner}} })
	p := h.propose("b", nil)
	must(t, h.consents("atsugi", "1", owned, programme.DecisionYes))
	must(t, h.consents("atsugi", "2", p, programme.DecisionYes))
	corrected, err := h.EditPublication(t.Context(), programme.As("office"), p.ID, h.publication(p.ID).Publication.Version, p.Text+"。", true)
	must(t, err)
	h.now = h.now.Add(time.Hour)
	must(t, second(h.StartProof(t.Context(), programme.As("office"))))
	m := h.matter(programme.NoticeConsentProof, "atsugi", "", programme.ToPerson("atsugi")).Consent
	if m.Open != 1 || m.Publication.ID != p.ID {
		t.Errorf("the message is of %d texts and leads to %q", m.Open, m.Publication.ID)
	}
	own, err := h.OwnConsents(t.Context(), programme.As("atsugi"))
	must(t, err)
	for _, x := range own.Publications {
		switch x.Publication.ID {
		case owned.ID:
			if !slices.Equal(x.Awaits, []programme.Party{programme.PartyOwner}) || x.Answered != "" {
				t.Errorf("it awaits %v, and they answered %q", x.Awaits, x.Answered)
			}
		case corrected.ID:
			if len(x.Awaits) != 0 || x.Answered != p.Text {
				t.Errorf("it awaits %v, and they answered %q", x.Awaits, x.Answered)
			}
		}
	}
}

// TestWhoDoesNotTakePartIsHeard: a first no is told to the office, once; of other kinds
// only what is taken back is.
func TestWhoDoesNotTakePartIsHeard(t *testing.T) {
	h := newHouse(t)
	say := func(op string, kind programme.ConsentKind) {
		must(t, h.SayConsent(t.Context(), programme.As("atsugi"), op, kind, false))
		h.now = h.now.Add(time.Minute)
	}
	say("1", programme.ConsentLLM)
	say("2", programme.ConsentTakingPart)
	say("3", programme.ConsentTakingPart)
	if told := h.notices()["consent.withdrawn c:office"]; told != 1 {
		t.Errorf("the office was told %d times", told)
	}
}

// TestTheNoticeNamesWhatTheBureauReads: by the configuration, and core parts whatever it
// says; 取扱注意 never.
func TestTheNoticeNamesWhatTheBureauReads(t *testing.T) {
	parts := programme.DefaultParts()
	parts[0].Readers = []programme.Reader{programme.ReadOffice}
	parts[4].Readers = []programme.Reader{programme.ReadOffice}
	parts[5].Readers = append(parts[5].Readers, programme.ReadBureau)
	var got []string
	for _, d := range programme.BureauReads(parts) {
		got = append(got, d.Key)
	}
	if want := []string{"situation", "issues", "advice", "next"}; !slices.Equal(got, want) {
		t.Errorf("the notice names %v, want %v", got, want)
	}
}
