package programme_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// thread is a question of the atsugi whose card stands in the office's channel.
type thread struct {
	*house
	id programme.EnquiryID
}

func newThread(t *testing.T) *thread {
	t.Helper()
	h := newHouse(t)
	e, err := h.TakeWord(t.Context(), programme.As("atsugi"), programme.Said{Channel: "DASKER", TS: "1.000100", Text: "展示台は借りられますか"})
	must(t, err)
	h.deliver()
	return &thread{h, e.ID}
}

// said is something under the card.
func (h *thread) said(ts, text string) programme.Said {
	return programme.Said{Channel: "D1", Thread: h.standing(programme.NoticeEnquiryCard, string(h.id), programme.ToChannel(programme.ChannelOffice)), TS: ts, Text: text}
}

// standing is where a message stands: an update moves it in this house.
func (h *thread) standing(kind programme.NoticeKind, subject string, to programme.Recipient) (ts string) {
	h.t.Helper()
	must(h.t, h.Store.Read(h.t.Context(), func(tx programme.Tx) error {
		d, err := tx.DeliveryOf(programme.Notice{Kind: kind, Subject: subject, To: to})
		ts = d.SlackTS
		return err
	}))
	return ts
}

// told are the answers of the office as the atsugi would read them now, toldOf that of one
// message.
func (h *thread) told() []string { return h.toldOf("") }

func (h *thread) toldOf(ts string) (out []string) {
	h.t.Helper()
	v, err := h.EnquiryOf(h.t.Context(), programme.As("atsugi"), h.id)
	must(h.t, err)
	for _, w := range v.Words {
		if w.Side == programme.FromOffice && !w.Gone() && (ts == "" || w.TS == ts) {
			out = append(out, w.Text)
		}
	}
	return out
}

// TestOnlyTheOfficeIsHeard: of all who may be in the channel, the bureau invited there among
// them, only an admitted coordinator speaks to who asked. What others say is not kept.
func TestOnlyTheOfficeIsHeard(t *testing.T) {
	for _, who := range cast {
		h := newThread(t)
		_, err := h.HearOffice(t.Context(), programme.As(who), h.said("9.000100", "こちらの言葉"))
		_, refused := programme.AsError(err)
		want := who == "office"
		if want != (err == nil) || !want && !refused && !errors.Is(err, programme.ErrNoRow) {
			t.Errorf("%s: %v", who, err)
		}
		if got := slices.Contains(h.deliver(), "enquiry.reply p:atsugi"); got != want || len(h.told()) > 0 != want {
			t.Errorf("%s is heard: %v, want %v", who, got, want)
		}
		if err := h.HearEdited(t.Context(), programme.As(who), h.said("9.000100", "別の言葉")); want != (err == nil) {
			t.Errorf("%s edits: %v", who, err)
		}
	}
}

// TestOnlyUnderItsCardIsAnythingHeard: what stands elsewhere is nobody else's business.
func TestOnlyUnderItsCardIsAnythingHeard(t *testing.T) {
	h := newThread(t)
	for where, s := range map[string]programme.Said{
		"another channel": {Channel: "C2", Thread: h.said("", "").Thread, TS: "9.000100", Text: "x"},
		"another thread":  {Channel: "D1", Thread: "5.000100", TS: "9.000100", Text: "x"},
		"no thread":       {Channel: "D1", TS: "9.000100", Text: "x"},
	} {
		_, err := h.HearOffice(t.Context(), programme.As("office"), s)
		edited, deleted := h.HearEdited(t.Context(), programme.As("office"), s), h.HearDeleted(t.Context(), s)
		for _, err := range []error{err, edited, deleted} {
			if !errors.Is(err, programme.ErrNoRow) {
				t.Errorf("%s: %v", where, err)
			}
		}
	}
	if got := h.told(); len(got) > 0 {
		t.Errorf("told %q", got)
	}
}

// TestWhoMayDoWhatWithAQuestion: who asked and the office end it; the list and the FAQ are the
// office's; others do not even learn that there is one.
func TestWhoMayDoWhatWithAQuestion(t *testing.T) {
	for act, c := range map[string]struct {
		may []programme.PersonID
		do  func(*thread, programme.Actor) error
	}{
		"close it": {[]programme.PersonID{"atsugi", "office"}, func(h *thread, who programme.Actor) error {
			return h.CloseEnquiry(h.t.Context(), who, h.id)
		}},
		"read it": {[]programme.PersonID{"atsugi", "office"}, func(h *thread, who programme.Actor) error {
			return second(h.EnquiryOf(h.t.Context(), who, h.id))
		}},
		"list what is open": {[]programme.PersonID{"office"}, func(h *thread, who programme.Actor) error {
			return second(h.OpenEnquiries(h.t.Context(), who))
		}},
		"list the FAQ": {[]programme.PersonID{"office"}, func(h *thread, who programme.Actor) error {
			return second(h.FaqMade(h.t.Context(), who))
		}},
		"begin an entry of the FAQ": {[]programme.PersonID{"office"}, func(h *thread, who programme.Actor) error {
			return second(h.FaqOf(h.t.Context(), who, h.id))
		}},
		"keep an entry of the FAQ": {[]programme.PersonID{"office"}, func(h *thread, who programme.Actor) error {
			return h.KeepFaq(h.t.Context(), who, "op-"+string(who.Person), programme.FaqForm{
				Enquiry: h.id, Question: programme.Text{Ja: "展示台"}, Answer: programme.Text{Ja: "はい"},
			})
		}},
	} {
		for _, who := range cast {
			h := newThread(t)
			if err := c.do(h, programme.As(who)); (err == nil) != slices.Contains(c.may, who) {
				t.Errorf("%s: %s: %v", act, who, err)
			}
		}
	}
}

// happening is something that became of one message of the office.
type happening struct {
	at      time.Time
	text    string // as it reads from then on
	edit    bool
	deleted bool
}

// TestOfOneMessageTheLatestStands: whatever order a message, its edits and its deletion arrive
// in, and however often, who asked reads what it says in the end, once; what begins with //
// they never read, and what is deleted no more.
func TestOfOneMessageTheLatestStands(t *testing.T) {
	h, n := newThread(t), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		ts := fmt.Sprintf("%d.000900", n)
		texts := rapid.SampledFrom([]string{"はい", "いいえ", "//内輪", "／／内輪", "//別の内輪", "あとで"})
		story := []happening{{at: h.now, text: texts.Draw(rt, "text")}}
		for range rapid.IntRange(0, 3).Draw(rt, "edits") {
			story = append(story, happening{at: h.now.Add(time.Duration(len(story)) * time.Second), text: texts.Draw(rt, "text"), edit: true})
		}
		if rapid.Bool().Draw(rt, "deleted") {
			story = append(story, happening{at: h.now.Add(time.Minute), deleted: true})
		}
		last := story[len(story)-1]
		arriving := rapid.Permutation(append(story, story...)).Draw(rt, "arriving")
		h.now = h.now.Add(time.Hour)
		for _, e := range arriving {
			s, who := h.said(ts, e.text), programme.As("office")
			who.At = e.at
			var err error
			switch {
			case e.deleted:
				err = h.HearDeleted(t.Context(), s)
			case e.edit:
				err = h.HearEdited(t.Context(), who, s)
			default:
				_, err = h.HearOffice(t.Context(), who, s)
			}
			if err != nil {
				rt.Fatalf("%+v: %v", e, err)
			}
			if rapid.Bool().Draw(rt, "sent between") {
				h.deliver()
			}
		}
		h.deliver()
		want := []string{last.text}
		if last.deleted || strings.HasPrefix(last.text, "//") || strings.HasPrefix(last.text, "／／") {
			want = nil
		}
		if got := h.toldOf(ts); !slices.Equal(got, want) {
			rt.Fatalf("of %+v stands %q, want %q", arriving, got, want)
		}
	})
}

func TestWhatStaysInside(t *testing.T) {
	for text, want := range map[string]bool{
		"//内輪": true, "// 内輪": true, "／／内輪": true, "/／内輪": true, "／/": true, " \n　//内輪": true, "\ufeff//内輪": true,
		"*// 内輪*": true, "_//内輪_": true, "~//内輪~": true, "&gt; // 内輪": true, "> //内輪\n> 続き": true, "• // 内輪": true, "`// 内輪`": true,
		"```\n//内輪```": true, "/ / 内輪": true, "／　/内輪": true, "<@U0ATSUGI01> //内輪": true, "<@U1|山田> <@U2> *//内輪*": true,
		"<!subteam^S1|@office> //内輪": true, "@同僚 // 内輪": true, "＠同僚//内輪": true, ":memo: // 内輪": true, "📝 //内輪": true,
		"1. // 内輪": true, "・//内輪": true, "（//内輪）": true, "/\u200b/内輪": true,
		"*内輪*": false, "<@U1> はい //内輪": false, "<https://example.jp//a>": false, "1/ /2": false, "10:30 //": false, "<@U1>": false, "/a/": false, "@": false,
		"内輪": false, "/内輪": false, "https://example.jp": false, "はい //内輪": false, "": false, "／": false,
	} {
		if got := programme.StaysInside(text); got != want {
			t.Errorf("%q stays inside: %v, want %v", text, got, want)
		}
	}
}

// TestARemarkToAColleagueStays: a mention reads as a name with a space in it, which hides where
// the remark begins; what was typed shows it, of an edit as well.
func TestARemarkToAColleagueStays(t *testing.T) {
	h := newThread(t)
	s := h.said("9.000100", "@事務局 花子 // 内輪")
	s.Typed = "<@U0OFFICE01> // 内輪"
	_, err := h.HearOffice(t.Context(), programme.As("office"), s)
	must(t, err)
	answer := h.said("9.000200", "はい")
	_, err = h.HearOffice(t.Context(), programme.As("office"), answer)
	must(t, err)
	s.TS = answer.TS
	must(t, h.HearEdited(t.Context(), programme.As("office"), s))
	if got := h.told(); len(got) > 0 {
		t.Errorf("told %q", got)
	}
}

func TestWhichFilesArePassedOn(t *testing.T) {
	file := programme.EnquiryFile{Bytes: 10 << 20}
	large := programme.EnquiryFile{Bytes: 10<<20 + 1}
	for name, c := range map[string]struct {
		files []programme.EnquiryFile
		want  int
	}{
		"none": {nil, 0}, "ten megabytes": {[]programme.EnquiryFile{file}, 0}, "more": {[]programme.EnquiryFile{file, large}, 1},
		"five": {slices.Repeat([]programme.EnquiryFile{file}, 5), 0}, "seven": {slices.Repeat([]programme.EnquiryFile{file}, 7), 2},
	} {
		if got := programme.FilesRefused(c.files); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// TestTheFAQNeverSaysWhoAsked: neither the name nor a part of it nor the firm, in whatever
// spelling, in whichever field.
func TestTheFAQNeverSaysWhoAsked(t *testing.T) {
	h := newThread(t)
	h.write(func(tx programme.Tx) error {
		p, err := tx.Person("atsugi")
		if err != nil {
			return err
		}
		other, err := tx.Person("other-atsugi")
		if err != nil {
			return err
		}
		other.Name, other.Organisation = "森山 藍", "森山紺屋"
		if err := tx.SavePerson(other); err != nil {
			return err
		}
		p.Name, p.Organisation = "髙橋 陶", "タカハシ窯"
		return tx.SavePerson(p)
	})
	for text, want := range map[string]bool{
		"はい、お使いください": false, "陶器は割れないように": false, "高橋さんへ": true, "髙橋　陶様": true, "ﾀｶﾊｼ窯の台": true, "たかはし窯": true,
		"森山　藍さんの例では": true, "森山紺屋のように": true, "森山の駅から": false,
	} {
		for field, f := range map[string]programme.FaqForm{
			"question":    {Question: programme.Text{Ja: text}, Answer: programme.Text{Ja: "x"}},
			"answer":      {Question: programme.Text{Ja: "x"}, Answer: programme.Text{Ja: text}},
			"question_en": {Question: programme.Text{Ja: "x", En: text}, Answer: programme.Text{Ja: "x", En: "x"}},
			"answer_en":   {Question: programme.Text{Ja: "x", En: "x"}, Answer: programme.Text{Ja: "x", En: text}},
		} {
			f.Enquiry = h.id
			if d, err := h.FaqOf(t.Context(), programme.As("office"), h.id); err == nil {
				f.Version = d.Entry.Version
			}
			err := h.KeepFaq(t.Context(), programme.As("office"), text+field, f)
			e, refused := programme.AsError(err)
			if refused != want || refused && e.Field != field || err != nil && !refused {
				t.Errorf("%q in %s: %v", text, field, err)
			}
		}
	}
}

// TestAFurtherWordGoesOnWithTheQuestion: with the open one; with one that was closed, for three
// days; under an answer, with the one that it answers.
func TestAFurtherWordGoesOnWithTheQuestion(t *testing.T) {
	say := func(h *thread, ts, under string) programme.EnquiryID {
		t.Helper()
		e, err := h.TakeWord(t.Context(), programme.As("atsugi"), programme.Said{Channel: "D1", TS: ts, Thread: under, Text: "車で行けますか"})
		must(t, err)
		return e.ID
	}
	h := newThread(t)
	if say(h, "2.000100", "") != h.id {
		t.Error("the open one does not go on")
	}
	must(t, h.CloseEnquiry(t.Context(), programme.As("office"), h.id))
	h.now = h.now.Add(3*24*time.Hour - time.Minute)
	if say(h, "3.000100", "") != h.id {
		t.Error("one that was closed lately does not go on")
	}
	_, err := h.HearOffice(t.Context(), programme.As("office"), h.said("9.000100", "はい"))
	must(t, err)
	h.deliver()
	v, err := h.EnquiryOf(t.Context(), programme.As("office"), h.id)
	must(t, err)
	answer := string(v.Words[len(v.Words)-1].ID)
	reply := func() string {
		h.deliver()
		return h.standing(programme.NoticeEnquiryReply, answer, programme.ToPerson("atsugi"))
	}
	must(t, h.CloseEnquiry(t.Context(), programme.As("atsugi"), h.id))
	h.now = h.now.Add(3 * 24 * time.Hour)
	other := say(h, "4.000100", "")
	if other == h.id {
		t.Error("one that was closed long ago goes on")
	}
	if got := say(h, "5.000100", reply()); got != other {
		t.Error("a word under the answer of what is long closed is not of the open one")
	}
	_, err = h.HearOffice(t.Context(), programme.As("office"), h.said("10.000100", "さらに"))
	must(t, err)
	if say(h, "6.000100", reply()) != h.id {
		t.Error("a word under an answer is not of its question")
	}
}

// TestWhatSomebodyAskedIsKnown: to themself, with the answers, and without what stays inside or
// was taken back.
func TestWhatSomebodyAskedIsKnown(t *testing.T) {
	h := newThread(t)
	for ts, text := range map[string]string{"9.000100": "はい、一台まで", "9.000200": "//内輪", "9.000300": "消すこと"} {
		_, err := h.HearOffice(t.Context(), programme.As("office"), h.said(ts, text))
		must(t, err)
	}
	must(t, h.HearEdited(t.Context(), programme.As("office"), h.said("9.000300", "//隠す")))
	for who, want := range map[programme.PersonID][]string{"atsugi": {"展示台は借りられますか", "はい、一台まで"}, "office": nil, "expert": nil} {
		k, err := h.KnownAboutMe(t.Context(), programme.As(who))
		must(t, err)
		var got []string
		for _, v := range k.Enquiries {
			for _, w := range v.Words {
				got = append(got, w.Text)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s knows %q, want %q", who, got, want)
		}
	}
}
