package programme_test

import (
	"testing"

	"tsugite/programme"
)

func (h *house) wouldPublish(op string, change func(*programme.PublicationForm)) (programme.Publication, error) {
	return h.ProposePublication(h.t.Context(), programme.As("office"), proposal(op, change))
}

// TestAPartIsProposedToWhoReadsIt: the proposal shows it to the person, so one that is not
// for them is no matter of publication until its readers are others.
func TestAPartIsProposedToWhoReadsIt(t *testing.T) {
	h := newHouse(t)
	write := func(op string, readers map[string][]programme.Reader) programme.MemoID {
		m, err := h.WriteMemo(t.Context(), programme.As("office"), programme.MemoForm{Op: op, Kind: programme.OfHearing, Atsugi: "atsugi", Held: "2026-08-20",
			Parts: map[string]string{"situation": "窯を直した。", "advice": "展示会に出る。"}, Readers: readers})
		must(t, err)
		return m.ID
	}
	asMeant := write("as meant", nil)
	narrowed := write("narrowed", map[string][]programme.Reader{"advice": {programme.ReadOffice}})
	widened := write("widened", map[string][]programme.Reader{"situation": {programme.ReadParticipant, programme.ReadMentor}})
	public := write("public", map[string][]programme.Reader{"situation": {programme.ReadPublic}})
	for _, c := range []struct {
		name string
		memo programme.MemoID
		part string
		want string
	}{
		{"not for the person", asMeant, "situation", "invalid part error.publication_inside"},
		{"for the person", asMeant, "advice", ""},
		{"narrowed by its writer", narrowed, "advice", "invalid part error.publication_inside"},
		{"widened by its writer", widened, "situation", ""},
		{"meant for the public", public, "situation", ""},
	} {
		_, err := h.wouldPublish(c.name, func(f *programme.PublicationForm) {
			f.Kind, f.Memo, f.Part = programme.PublishPart, c.memo, c.part
		})
		if c.want == "" {
			must(t, err)
			continue
		}
		refused(t, c.name, err, c.want)
	}
}

// TestNoVersionOfWhatIsConfidentialIsQuoted: also of one that was corrected away, of a
// memo about somebody of the same firm, and of one about an event.
func TestNoVersionOfWhatIsConfidentialIsQuoted(t *testing.T) {
	h := newHouse(t)
	secret := map[string]string{
		"old":   "後継者の借入金が六千万円あることは、家族も知らない。",
		"firm":  "社長は来年の春に退くつもりだが、まだ誰にも言わない。",
		"event": "会場では隣の工房の職人を引き抜く話が出ていました。",
	}
	h.write(func(tx programme.Tx) error {
		mine, err := tx.Person("atsugi")
		if err != nil {
			return err
		}
		other, err := tx.Person("other-atsugi")
		if err != nil {
			return err
		}
		mine.Organisation, other.Organisation = "株式会社 髙橋窯", "株式会社高橋窯"
		if err := tx.SavePerson(mine); err != nil {
			return err
		}
		return tx.SavePerson(other)
	})
	parts := func(confidential string) map[string]string {
		return map[string]string{"situation": "窯を直した。", "advice": "展示会に出る。", programme.Confidential: confidential}
	}
	form := programme.MemoForm{Op: "own", Kind: programme.OfHearing, Atsugi: "atsugi", Held: "2026-08-20", Parts: parts(secret["old"])}
	m, err := h.WriteMemo(t.Context(), programme.As("office"), form)
	must(t, err)
	form.Op, form.Corrects, form.Parts = "corrected", m.Version, parts("")
	must(t, second(h.CorrectMemo(t.Context(), programme.As("office"), m.ID, form, "書き過ぎた")))
	must(t, second(h.WriteMemo(t.Context(), programme.As("office"), programme.MemoForm{Op: "firm", Kind: programme.OfHearing,
		Atsugi: "other-atsugi", Held: "2026-08-20", Parts: parts(secret["firm"])})))
	h.heldEvent("held")
	must(t, second(h.WriteMemo(t.Context(), programme.As("office"), programme.MemoForm{Op: "event", Kind: programme.OfEvent,
		Event: "held", Parts: parts(secret["event"])})))
	for name, words := range secret {
		_, err := h.wouldPublish(name, func(f *programme.PublicationForm) { f.Text = "なお、" + words })
		refused(t, name, err, "invalid text error.publication_confidential")
	}
	must(t, second(h.wouldPublish("harmless", nil)))
}
