package programme

import (
	"slices"
	"strings"
	"time"
)

// Posted is something that was published to a person and may answer what they ask.
type Posted struct {
	Kind    PostedKind
	ID      string    // of the event, announcement, FAQ entry or key date
	Line    EventLine // of an event: it, and the person's own part
	Faq     FaqEntry
	KeyDate KeyDate
}

// PostedKind says what was published.
type PostedKind string

const (
	PostedEvent        PostedKind = "event"
	PostedFaq          PostedKind = "faq"
	PostedKeyDate      PostedKind = "key_date"
	PostedAnnouncement PostedKind = "announcement"
)

// key names it in Enquiry.Shown.
func (p Posted) key() string { return string(p.Kind) + ":" + p.ID }

// shownWish begins what Enquiry.Shown has for a wish.
const shownWish = "wish:"

// posting is something published with the texts by which it is found.
type posting struct {
	Posted
	texts []string // that say what it is about
	says  []string // what it says of that
	words []string // further words by which it is asked for
	when  time.Time
}

// reader is for whom something is looked up: all that it may find is theirs already.
type reader struct {
	tx  Tx
	me  Person
	now time.Time
}

// postings are all that was published to a person, from each place where the programme
// publishes something.
func (o *Office) postings(r reader) ([]posting, error) {
	var out []posting
	for _, from := range []func(reader) ([]posting, error){
		o.postedEvents, o.postedFaq, o.postedKeyDates,
	} {
		found, err := from(r)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// How events and dates are asked for: words of searching only, never shown.
var (
	whenWords     = []string{"いつ", "日時", "日程", "何時", "開始時間", "開催日", "何日", "when", "time", "date"}
	placeWords    = []string{"どこ", "会場", "場所", "住所", "アクセス", "where", "place", "venue", "address"}
	bringWords    = []string{"持ち物", "持物", "もちもの", "持って", "持参", "bring"}
	deadlineWords = []string{"締切", "締め切り", "締切り", "しめきり", "期限", "いつまで", "期日", "deadline", "due"}
	registerWords = []string{"申込", "申し込み", "申込み", "register", "registration"}
	onlineWords   = []string{"オンライン", "zoom", "リモート", "online"}
	materialWords = []string{"資料", "スライド", "materials", "slides"}
)

// postedEvents are the events that the person may see and that are not over long, as Home
// has them: their own, and for office and bureau all others.
func (o *Office) postedEvents(r reader) ([]posting, error) {
	events, err := r.tx.Events()
	if err != nil {
		return nil, err
	}
	all := o.may(As(r.me.ID), r.me, r.now, Coordinator, Bureau)
	h := &Home{Me: r.me, Now: r.now, Settings: o.Settings}
	var out []posting
	for _, e := range events {
		if !e.Cancelled.IsZero() || r.now.Sub(e.End) > materialsFor || e.Held(r.now) && e.Materials == "" {
			continue
		}
		line, err := o.eventLine(r.tx, h, e)
		if err != nil {
			return nil, err
		}
		if line.own() || all {
			out = append(out, postedEvent(line, r.now))
		}
	}
	return out, nil
}

func postedEvent(line EventLine, now time.Time) posting {
	e := line.Event
	p := posting{Posted: Posted{Kind: PostedEvent, ID: string(e.ID), Line: line}, texts: []string{e.Title}, when: e.Start}
	if e.Held(now) {
		p.words = materialWords // nothing else of it is asked for any more
		return p
	}
	p.words = append(p.words, whenWords...)
	if e.Place != "" {
		p.texts, p.words = append(p.texts, e.Place), append(p.words, placeWords...)
	}
	if e.URL != "" {
		p.words = append(p.words, onlineWords...)
	}
	if e.Bring != "" {
		p.texts, p.words = append(p.texts, e.Bring), append(p.words, bringWords...)
	}
	if !e.Deadline.IsZero() {
		p.words = append(append(p.words, deadlineWords...), registerWords...)
	}
	if e.Materials != "" {
		p.words = append(p.words, materialWords...)
	}
	return p
}

// postedFaq are the answers of the configuration's file and those that the office made.
func (o *Office) postedFaq(r reader) ([]posting, error) {
	made, err := r.tx.FaqEntries()
	if err != nil {
		return nil, err
	}
	var out []posting
	for _, f := range append(made, o.Settings.Faq...) {
		out = append(out, posting{
			Posted: Posted{Kind: PostedFaq, ID: f.ID, Faq: f},
			texts:  []string{f.Question.Ja, f.Question.En}, says: []string{f.Answer.Ja, f.Answer.En}, words: f.Words,
		})
	}
	return out, nil
}

// postedKeyDates are the deadlines that concern the person and are not over.
func (o *Office) postedKeyDates(r reader) ([]posting, error) {
	var out []posting
	for _, k := range o.Settings.KeyDates {
		if !k.For.Includes(r.me) || k.Date < o.Settings.Today(r.now) {
			continue
		}
		out = append(out, posting{
			Posted: Posted{Kind: PostedKeyDate, ID: k.ID, KeyDate: k}, texts: []string{k.Title},
			words: append(append([]string(nil), whenWords...), deadlineWords...), when: k.Date.At(0, 0, o.Settings.Zone),
		})
	}
	return out, nil
}

// lookUpShown finds what an asker was shown, as far as it still is theirs to see.
func (o *Office) lookUpShown(tx Tx, v *EnquiryView) error {
	v.Now = o.Now()
	if wish, ok := strings.CutPrefix(v.Shown, shownWish); ok {
		v.Wish = PlainWish(wish)
		return o.lookUpWish(tx, v)
	}
	if v.Shown == "" {
		return nil
	}
	all, err := o.postings(reader{tx, v.Asker, v.Now})
	if err != nil {
		return err
	}
	for _, key := range strings.Split(v.Shown, "\n") {
		for _, p := range all {
			if p.key() == key {
				v.Found = append(v.Found, p.Posted)
			}
		}
	}
	return nil
}

// lookUpWish finds what somebody asked for by name: their next event, what they said they come
// to, the sessions that are booked.
func (o *Office) lookUpWish(tx Tx, v *EnquiryView) error {
	who := As(v.Asker.ID)
	h := &Home{Me: v.Asker, Now: v.Now, Settings: o.Settings}
	if err := o.sessionLines(tx, who, h); err != nil {
		return err
	}
	if v.Wish != WishNext {
		v.Sessions = slices.DeleteFunc(h.Sessions, func(s SessionView) bool { return !s.ahead(v.Now) })
		v.Sessions = v.Sessions[:min(len(v.Sessions), mostFound)]
	}
	if v.Wish == WishBookings {
		return nil
	}
	events, err := tx.Events()
	if err != nil {
		return err
	}
	for _, e := range events {
		if !e.Open(v.Now) {
			continue
		}
		line, err := o.eventLine(tx, h, e)
		if err != nil {
			return err
		}
		if v.Wish == WishNext && line.own() || v.Wish == WishCancel && line.own() && (line.Answer.Expected() || line.Answer == No) {
			v.Events = append(v.Events, line)
		}
	}
	most := mostFound
	if v.Wish == WishNext {
		most = 1
	}
	v.Events = v.Events[:min(len(v.Events), most)]
	return nil
}

// redrawShown draws again what somebody was shown of events when they say whether they come.
func (c *change) redrawShown(p PersonID) error {
	es, err := c.EnquiriesOf(p, mostFound, EnquiryFound, EnquirySolved, EnquiryOpen)
	for _, e := range es {
		if err == nil && e.Shown != "" {
			err = c.redraw(Notice{Kind: NoticeEnquiryFound, Subject: string(e.ID)})
		}
	}
	return err
}
