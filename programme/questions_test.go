package programme_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

const strange = "補助金の申請書の書き方を知りたいです" // of which nothing was published

func (h *house) saysWord(who programme.PersonID, ts, text string) programme.Enquiry {
	h.t.Helper()
	e, err := h.TakeWord(h.t.Context(), programme.As(who), programme.Said{Channel: "D1", TS: ts, Text: text})
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

func (h *house) words(id programme.EnquiryID) (texts []string) {
	h.t.Helper()
	h.readEnquiry(func(tx programme.Tx) error {
		ws, err := tx.EnquiryWords(id)
		for _, w := range ws {
			texts = append(texts, w.Text)
		}
		return err
	})
	return texts
}

func (h *house) readEnquiry(f func(programme.Tx) error) {
	h.t.Helper()
	if err := h.Store.Read(h.t.Context(), f); err != nil {
		h.t.Fatal(err)
	}
}

// Nobody but the asker and the office, once it was told, sees an enquiry or does anything
// with it; and that there is one is nobody's business.
func TestWhoSeesAnEnquiry(t *testing.T) {
	for _, asker := range []programme.PersonID{"atsugi", "expert", "supporter", "bureau"} {
		h := publishing(t)
		shown := h.saysWord(asker, "1.1", "交通費は出ますか")
		if shown.State != programme.EnquiryFound {
			t.Fatalf("%s: %+v", asker, shown)
		}
		told := h.saysWord(asker, "1.2", strange)
		if told.State != programme.EnquiryOpen {
			t.Fatalf("%s: %+v", asker, told)
		}
		for _, who := range cast {
			want := map[programme.EnquiryID]programme.Code{shown.ID: programme.CodeNotFound, told.ID: programme.CodeNotFound}
			switch {
			case who == asker:
				want[shown.ID], want[told.ID] = "", ""
			case who == "office":
				want[told.ID] = ""
			case who == "left":
				want[shown.ID], want[told.ID] = programme.CodeUnknown, programme.CodeUnknown
			}
			for id, code := range want {
				_, err := h.EnquiryOf(t.Context(), programme.As(who), id)
				wantCode(t, err, code)
				if who == asker || who == "nobody" || code == programme.CodeUnknown { // whom the roster does not know is refused before
					continue
				}
				wantCode(t, h.SendEnquiry(t.Context(), programme.As(who), id), programme.CodeNotFound)
				wantCode(t, h.SolveEnquiry(t.Context(), programme.As(who), id), programme.CodeNotFound)
				if err := h.EditWord(t.Context(), programme.As(who), "D1", "1.2", "別の言葉"); !errors.Is(err, programme.ErrNoRow) {
					t.Errorf("%s edits a word of %s: %v", who, asker, err)
				}
				if err := h.DeleteWord(t.Context(), programme.As(who), "D1", "1.2"); !errors.Is(err, programme.ErrNoRow) {
					t.Errorf("%s deletes a word of %s: %v", who, asker, err)
				}
			}
		}
		if _, err := h.EnquiryOf(t.Context(), programme.System, told.ID); err == nil {
			t.Error("the program itself reads an enquiry")
		}
		for to := range h.notices() {
			if kind, who, _ := strings.Cut(to, " "); strings.HasPrefix(kind, "enquiry.") && who != "p:"+string(asker) && who != "c:office" {
				t.Errorf("%s goes to %s", kind, who)
			}
		}
	}
}

// The same message is taken up once, whatever came between; further words belong to the open
// enquiry, and a form begins another one.
func TestWordsAreTakenOnce(t *testing.T) {
	h := publishing(t)
	first := h.saysWord("atsugi", "1.1", strange)
	if again := h.saysWord("atsugi", "1.1", strange); again.ID != first.ID {
		t.Errorf("the same message began %s and %s", first.ID, again.ID)
	}
	h.now = h.now.Add(time.Minute)
	if more := h.saysWord("atsugi", "1.2", "交通費は出ますか"); more.ID != first.ID {
		t.Errorf("a further word is of %s, not of %s", more.ID, first.ID)
	}
	form := programme.Said{Op: "01FORM", Text: strange, Anew: true}
	other, err := h.TakeWord(t.Context(), programme.As("atsugi"), form)
	if err != nil || other.ID == first.ID {
		t.Fatalf("the form said something of %s (%v)", other.ID, err)
	}
	if again, err := h.TakeWord(t.Context(), programme.As("atsugi"), form); err != nil || again.ID != other.ID {
		t.Errorf("the same form began %s and %s (%v)", other.ID, again.ID, err)
	}
	if got := h.notices(); got["enquiry.card c:office"] != 2 || got["enquiry.told p:atsugi"] != 2 {
		t.Errorf("notices %v", got)
	}
	if got := h.words(first.ID); len(got) != 2 {
		t.Errorf("words %q", got)
	}
}

// What was shown is sent only if the asker says so, once; what was enough, and what nobody
// says more about for three days, is forgotten with its words.
func TestShownAndSent(t *testing.T) {
	h := publishing(t)
	me := programme.As("atsugi")
	ask, enough, later := h.saysWord("atsugi", "1.1", "交通費"), h.saysWord("atsugi", "1.2", "駐車場"), h.saysWord("atsugi", "1.3", "服装")
	if got := h.notices(); got["enquiry.card c:office"] != 0 || got["enquiry.found p:atsugi"] != 3 {
		t.Fatalf("notices %v", got)
	}
	for range 2 {
		must(t, h.SendEnquiry(t.Context(), me, ask.ID))
		must(t, h.SolveEnquiry(t.Context(), me, enough.ID))
	}
	must(t, h.SolveEnquiry(t.Context(), me, ask.ID)) // pressed on an old screen: the office has it
	wantCode(t, h.SendEnquiry(t.Context(), me, enough.ID), programme.CodeClosed)
	h.now = h.now.Add(71 * time.Hour)
	must(t, h.ForgetFound(t.Context()))
	if got := h.words(later.ID); got[0] != "服装" {
		t.Errorf("after 71 hours %q", got)
	}
	h.now = h.now.Add(2 * time.Hour)
	must(t, h.ForgetFound(t.Context()))
	wantCode(t, h.SendEnquiry(t.Context(), me, later.ID), programme.CodeClosed)
	for id, want := range map[programme.EnquiryID]string{ask.ID: "交通費", enough.ID: "", later.ID: ""} {
		if got := h.words(id); len(got) != 1 || got[0] != want {
			t.Errorf("%s holds %q, want %q", id, got, want)
		}
	}
	if got := h.notices()["enquiry.card c:office"]; got != 1 {
		t.Errorf("the office has %d cards", got)
	}
}

// Words are bounded, in length and in number an hour; greetings and help ask nothing.
func TestBoundsOfQuestions(t *testing.T) {
	h := publishing(t)
	me := programme.As("atsugi")
	take := func(text string) error {
		h.ids++
		_, err := h.TakeWord(t.Context(), me, programme.Said{Channel: "D1", TS: strconv.Itoa(h.ids), Text: text})
		return err
	}
	for _, nothing := range []string{"", " \n", "ヘルプ", "こんにちは", "ありがとうございました"} {
		if err := take(nothing); !errors.Is(err, programme.ErrNoRow) {
			t.Errorf("%q is a question: %v", nothing, err)
		}
	}
	wantCode(t, take(strings.Repeat("あ", programme.MaxEnquiry+1)), programme.CodeInvalid)
	must(t, take(strings.Repeat("あ", programme.MaxEnquiry)))
	for range 19 {
		must(t, take(strange))
	}
	wantCode(t, take(strange), programme.CodeConflict)
	h.now = h.now.Add(time.Hour)
	must(t, take(strange))
	if err := take("ありがとうございました"); err != nil { // somebody is spoken with
		t.Error(err)
	}
}

// An edit before the office was told is looked up again; a deletion forgets it; of what the
// office has, what was said before is kept.
func TestEditsOfQuestions(t *testing.T) {
	h := publishing(t)
	me := programme.As("atsugi")
	e := h.saysWord("atsugi", "1.1", "交通費")
	must(t, h.EditWord(t.Context(), me, "D1", "1.1", "駐車場"))
	v, err := h.EnquiryOf(t.Context(), me, e.ID)
	if err != nil || v.Shown != "faq:file:parking" || v.First().Text != "駐車場" {
		t.Errorf("%+v (%v)", v, err)
	}
	must(t, h.DeleteWord(t.Context(), me, "D1", "1.1"))
	must(t, h.DeleteWord(t.Context(), me, "D1", "1.1"))
	if v, err = h.EnquiryOf(t.Context(), me, e.ID); err != nil || v.State != programme.EnquirySolved || v.First().Text != "" {
		t.Errorf("%+v (%v)", v, err)
	}
	told := h.saysWord("atsugi", "1.2", strange)
	must(t, h.EditWord(t.Context(), me, "D1", "1.2", strange+"。"))
	must(t, h.EditWord(t.Context(), me, "D1", "1.2", strange+"。"))
	wantCode(t, h.EditWord(t.Context(), me, "D1", "1.2", strings.Repeat("あ", programme.MaxEnquiry+1)), programme.CodeInvalid)
	if v, err = h.EnquiryOf(t.Context(), programme.As("office"), told.ID); err != nil || v.First().Text != strange+"。" {
		t.Errorf("%+v (%v)", v, err)
	}
	if err := h.EditWord(t.Context(), me, "D1", "9.9", "何か"); !errors.Is(err, programme.ErrNoRow) {
		t.Errorf("a message that is none: %v", err)
	}
}
