package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// RecommendationID is a ULID.
type RecommendationID string

// RecommendState is how far a recommendation is. The strings are stored.
type RecommendState string

const (
	RecommendSent       RecommendState = "sent"       // the office has it
	RecommendApproached RecommendState = "approached" // 打診中
	RecommendAgreed     RecommendState = "agreed"     // 内諾: the person is on the roster
	RecommendDeclined   RecommendState = "declined"   // 辞退, or the office's no
	RecommendWithdrawn  RecommendState = "withdrawn"  // by the organisation, before it was taken up
)

// RecommendStates lists every state in the order in which they come.
var RecommendStates = []RecommendState{RecommendSent, RecommendApproached, RecommendAgreed, RecommendDeclined, RecommendWithdrawn}

// Recommendation is an atsugi whom a support organisation recommends (programme.md "Who
// and why"). It belongs to the organisation, whoever of its people sent it.
type Recommendation struct {
	ID           RecommendationID
	Organisation string // as on the roster when it was sent
	By           PersonID
	Contact      PersonID // of the organisation's people, who hears of it
	At           time.Time
	State        RecommendState
	Since        time.Time // of the state

	Firm, Name, Kana, Prefecture, Craft string
	Why                                 string
	// MayContact says that the person agreed to be approached. Without it Email and Phone
	// are not taken; nor are they kept of whom nobody approaches any more.
	MayContact   bool
	Email, Phone string

	// Of a recommendation that was declined: whether the person said no themself, why (the
	// office's remark, for the office alone), and what the organisation is told.
	OwnNo        bool
	Reason, Told string

	Person  PersonID // who they are on the roster, "" until they agreed
	Version int
}

// RecommendSettings say how many atsugi an organisation may recommend; none while
// PerOrganisation is 0.
type RecommendSettings struct {
	PerOrganisation int
	Until           Date   // the last day, "" for no end
	Contact         string // where to ask, for the invitation to pass on; "" for none
}

// On says whether the programme takes recommendations at all.
func (s RecommendSettings) On() bool { return s.PerOrganisation > 0 }

// Takes says whether a new one may be sent on the day.
func (s RecommendSettings) Takes(today Date) bool {
	return s.On() && (s.Until == "" || today <= s.Until)
}

// counts says whether the recommendation takes a place of the quota: one that came to
// nothing gives it back.
func (r Recommendation) counts() bool {
	return r.State != RecommendDeclined && r.State != RecommendWithdrawn
}

// becomes says whether the recommendation may go on to a state. Somebody who did not agree
// to be approached is not: they may come of their own accord, by the invitation.
func (r Recommendation) becomes(to RecommendState) bool {
	switch r.State {
	case RecommendSent:
		return to == RecommendDeclined || to == RecommendWithdrawn ||
			to == RecommendApproached && r.MayContact || to == RecommendAgreed && !r.MayContact
	case RecommendApproached:
		return to == RecommendAgreed || to == RecommendDeclined
	}
	return false
}

// move brings it to a state, or says that somebody was there first.
func (r *Recommendation) move(to RecommendState, now time.Time) error {
	if !r.becomes(to) {
		return &Error{Code: CodeConflict, Key: "error.recommend_state"}
	}
	r.State, r.Since = to, now
	if !r.counts() {
		r.Email, r.Phone = "", ""
	}
	return nil
}

// forOrganisation is what the organisation sees of it: not what the office noted, nor who
// the person is on the roster.
func (r Recommendation) forOrganisation() Recommendation {
	r.Reason, r.Person = "", ""
	return r
}

// Allowance is another quota for one organisation, with the office's reason.
type Allowance struct {
	Organisation string
	Quota        int
	Reason       string
	By           PersonID
	At           time.Time
}

// RecommendationsTx keeps recommendations and the quotas that the office raised.
type RecommendationsTx interface {
	// CreateRecommendation inserts; a second insert with the same op answers ErrRepeated.
	CreateRecommendation(op string, r Recommendation) error
	Recommendation(RecommendationID) (Recommendation, error)
	RecommendationByOp(op string) (Recommendation, error)
	Recommendations() ([]Recommendation, error) // newest first
	// RecommendationsOf lists an organisation's, by its exact name, newest first.
	RecommendationsOf(organisation string) ([]Recommendation, error)
	SaveRecommendation(Recommendation) error // compare and set on Version, else ErrStale
	// AddAllowance inserts; a second insert with the same op answers ErrRepeated.
	AddAllowance(op string, a Allowance) error
	Allowances() ([]Allowance, error) // oldest first; the newest of an organisation holds
}

// RecommendForm is what an organisation's member fills in.
type RecommendForm struct {
	Op                                  string
	Firm, Name, Kana, Prefecture, Craft string
	Why                                 string
	MayContact                          bool
	Email, Phone                        string
}

// maxWhy is how long the reason of a recommendation may be, in characters.
const maxWhy = 1000

// checked is the form in the stored spelling, or what is wrong with it. Without the
// person's word nothing is taken by which they could be reached.
func (f RecommendForm) checked() (RecommendForm, error) {
	if !f.MayContact {
		f.Email, f.Phone = "", ""
	}
	for _, in := range []struct {
		field string
		text  *string
		most  int
		needs bool
	}{
		{"firm", &f.Firm, maxCell, true}, {"name", &f.Name, maxCell, true}, {"kana", &f.Kana, maxCell, true},
		{"craft", &f.Craft, maxCell, false}, {"email", &f.Email, maxCell, false}, {"phone", &f.Phone, maxCell, false},
		{"why", &f.Why, maxWhy, true},
	} {
		*in.text = strings.TrimSpace(*in.text)
		switch {
		case in.needs && *in.text == "":
			return f, invalid(in.field, "error.required")
		case utf8.RuneCountInString(*in.text) > in.most:
			return f, invalid(in.field, "error.too_long", "Max", in.most)
		}
	}
	f.Email, f.Phone = narrow(f.Email), narrow(f.Phone)
	prefecture, known := ParsePrefecture(f.Prefecture)
	switch {
	case f.Op == "":
		return f, invalid("", "error.form_old")
	case !known:
		return f, invalid("prefecture", "error.choice")
	case f.Email != "" && !isAddress(f.Email):
		return f, invalid("email", "error.email")
	case f.Phone != "" && !isPhone(f.Phone):
		return f, invalid("phone", "error.phone")
	case f.MayContact && f.Email == "" && f.Phone == "":
		return f, invalid("email", "error.recommend_contact")
	}
	f.Prefecture = prefecture
	return f, nil
}

// supports is the acting person's organisation, if they may act for it: somebody of the
// roster, with the role, whose organisation is named there.
func (o *Office) supports(who Actor, me Person, now time.Time) (organisation string, err error) {
	if who.Kind != ByPerson || !o.may(who, me, now, Supporter) || me.Organisation == "" {
		return "", denied("error.denied")
	}
	return me.Organisation, nil
}

// Recommend sends a recommendation to the office, once per f.Op. Beyond the organisation's
// quota it is refused with CodeConflict, outside the time with CodeClosed. An error's Field
// is an input of the form.
func (o *Office) Recommend(ctx context.Context, who Actor, f RecommendForm) (Recommendation, error) {
	var r Recommendation
	err := o.write(ctx, who, func(c *change) error {
		organisation, err := o.supports(who, c.me, c.now)
		if err != nil {
			return err
		}
		if f, err = f.checked(); err != nil {
			return err
		}
		if r, err = c.RecommendationByOp(f.Op); !errors.Is(err, ErrNoRow) {
			if err == nil && r.By != c.me.ID {
				err = invalid("", "error.form_old")
			}
			return err
		}
		if err := c.mayRecommend(organisation); err != nil {
			return err
		}
		r = Recommendation{
			ID: RecommendationID(o.NewID()), Organisation: organisation, By: c.me.ID, Contact: c.me.ID, At: c.now,
			State: RecommendSent, Since: c.now, Firm: f.Firm, Name: f.Name, Kana: f.Kana, Prefecture: f.Prefecture, Craft: f.Craft,
			Why: f.Why, MayContact: f.MayContact, Email: f.Email, Phone: f.Phone, Version: 1,
		}
		if err := c.CreateRecommendation(f.Op, r); err != nil {
			return err
		}
		if err := c.notify(Notice{Kind: NoticeRecommended, Subject: string(r.ID), To: ToChannel(ChannelOffice)}); err != nil {
			return err
		}
		return c.audit("recommend.send", string(r.ID))
	})
	return r.forOrganisation(), err
}

// mayRecommend says whether the organisation has a place left today.
func (c *change) mayRecommend(organisation string) error {
	set := c.office.Settings.Recommend
	switch {
	case !set.On():
		return &Error{Code: CodeClosed, Key: "error.recommend_off"}
	case !set.Takes(c.office.Settings.Today(c.now)):
		return &Error{Code: CodeClosed, Key: "error.recommend_over"}
	}
	q, err := c.office.quotaOf(c.Tx, organisation)
	if err == nil && q.Used >= q.Most {
		err = &Error{Code: CodeConflict, Key: "error.recommend_quota", Args: pairs([]any{"Most", q.Most})}
	}
	return err
}

// Quota is how much of its quota an organisation used.
type Quota struct{ Used, Most int }

// quotaOf counts what of the organisation's recommendations has not come to nothing. A
// quota that the office set holds in place of the configured one.
func (o *Office) quotaOf(tx Tx, organisation string) (q Quota, err error) {
	q.Most = o.Settings.Recommend.PerOrganisation
	raised, err := tx.Allowances()
	if err != nil {
		return q, err
	}
	for _, a := range raised {
		if a.Organisation == organisation {
			q.Most = a.Quota
		}
	}
	all, err := tx.RecommendationsOf(organisation)
	for _, r := range all {
		if r.counts() {
			q.Used++
		}
	}
	return q, err
}

// WithdrawRecommendation takes one back that the office has not taken up. Anybody who acts
// for the organisation may; doing it again changes nothing.
func (o *Office) WithdrawRecommendation(ctx context.Context, who Actor, id RecommendationID) error {
	return o.write(ctx, who, func(c *change) error {
		organisation, err := o.supports(who, c.me, c.now)
		if err != nil {
			return err
		}
		r, err := c.Recommendation(id)
		if err == nil && r.Organisation != organisation {
			err = ErrNoRow // what others recommended is not there
		}
		if err != nil {
			return orMissing(err, "error.recommend_gone")
		}
		if r.State == RecommendWithdrawn {
			return nil
		}
		if err := r.move(RecommendWithdrawn, c.now); err != nil {
			return err
		}
		return c.keepRecommendation(r, "recommend.withdraw")
	})
}

// keepRecommendation saves one that moved on; its cards are drawn again, and the
// organisation's contact is told of what the office did.
func (c *change) keepRecommendation(r Recommendation, action string) error {
	if err := c.SaveRecommendation(r); err != nil {
		return err
	}
	for _, kind := range []NoticeKind{NoticeRecommended, NoticeRecommendState} {
		if err := c.redraw(Notice{Kind: kind, Subject: string(r.ID)}); err != nil {
			return err
		}
	}
	if r.State != RecommendWithdrawn {
		n := Notice{Kind: NoticeRecommendState, Subject: string(r.ID), To: ToPerson(r.Contact), Occasion: string(r.State)}
		if err := c.notify(n); err != nil {
			return err
		}
	}
	return c.auditChange(action, string(r.ID), "state="+string(r.State))
}

// SendInvitation has the text that an organisation passes on sent to whoever asks, once for
// each operation op.
func (o *Office) SendInvitation(ctx context.Context, who Actor, op string) error {
	return o.write(ctx, who, func(c *change) error {
		if _, err := o.supports(who, c.me, c.now); err != nil {
			return err
		}
		if !o.Settings.Recommend.On() {
			return &Error{Code: CodeClosed, Key: "error.recommend_off"}
		}
		return c.notify(Notice{
			Kind: NoticeInvitation, Subject: string(c.me.ID), To: ToPerson(c.me.ID), Occasion: op, UsefulUntil: c.now.Add(packUseful),
		})
	})
}

// The notices of what support organisations do. Kinds are stored, as all are.
const (
	NoticeRecommended    NoticeKind = "recommend.sent"       // subject: recommendation; to the office, without content
	NoticeRecommendState NoticeKind = "recommend.state"      // subject: recommendation, occasion: state; to the organisation's contact
	NoticeInvitation     NoticeKind = "recommend.invitation" // subject: person, occasion: operation; the text to pass on, to who asked
)

// supportNotices are the kinds of this file, handover.go and month.go.
var supportNotices = map[NoticeKind]func(*Office, Tx, *Matter, bool) error{
	NoticeRecommended:    (*Office).lookAtRecommended,
	NoticeRecommendState: (*Office).lookAtRecommended,
	NoticeInvitation:     (*Office).lookAtInvitation,
	NoticeHandoverAsked:  (*Office).lookAtHandover,
	NoticeHandoverDone:   (*Office).lookAtHandover,
	NoticeHandover:       (*Office).lookAtHandover,
	NoticeNobodyLeft:     (*Office).lookAtNobodyLeft,
	NoticeSupportMonth:   (*Office).lookAtSupportMonth,
}

// RecommendMatter is what a notice of recommendations is about.
type RecommendMatter struct {
	Recommendation
	Waiting  int // of an office's card: how many nobody has taken up
	Alike    int // likewise: how many others may mean the same person
	Settings Settings
}

func (o *Office) lookAtRecommended(tx Tx, m *Matter, update bool) error {
	r, err := tx.Recommendation(RecommendationID(m.Notice.Subject))
	if err != nil {
		return err
	}
	m.Recommend = RecommendMatter{Recommendation: r, Settings: o.Settings}
	if m.Notice.Kind == NoticeRecommendState {
		m.Recommend.Recommendation = r.forOrganisation()
		switch {
		case !m.To.Has(Supporter) || m.To.Organisation != r.Organisation:
			m.Withdrawn = withdrawnDenied
		case !update && m.Notice.Occasion != string(r.State):
			m.Withdrawn = withdrawnMoved // a newer notice says what stands
		}
		return nil
	}
	all, err := tx.Recommendations()
	for _, other := range all {
		if other.State == RecommendSent {
			m.Recommend.Waiting++
		}
		if other.alike(r) {
			m.Recommend.Alike++
		}
	}
	return err
}

func (o *Office) lookAtInvitation(_ Tx, m *Matter, _ bool) error {
	m.Recommend.Settings = o.Settings
	if !m.To.Has(Supporter) || !o.Settings.Recommend.On() {
		m.Withdrawn = withdrawnDenied
	}
	return nil
}

// alike says whether two recommendations may mean the same person: one address or number,
// or one name, or reading, in one firm. What was taken back means nobody.
func (r Recommendation) alike(other Recommendation) bool {
	if r.ID == other.ID || r.State == RecommendWithdrawn || other.State == RecommendWithdrawn {
		return false
	}
	return r.means(Person{Name: other.Name, Kana: other.Kana, Organisation: other.Firm, Email: other.Email, Phone: other.Phone})
}

// means says whether the recommendation may mean somebody.
func (r Recommendation) means(p Person) bool {
	if r.Email != "" && FoldEmail(r.Email) == FoldEmail(p.Email) {
		return true
	}
	if r.Phone != "" && phoneDigits(r.Phone) == phoneDigits(p.Phone) {
		return true
	}
	named := foldName(r.Name) == foldName(p.Name) || r.Kana != "" && foldName(r.Kana) == foldName(p.Kana)
	return named && akin(plainName(r.Firm), plainName(p.Organisation))
}

// phoneDigits are the digits of a number, for comparing.
func phoneDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, narrow(s))
}

// onRoster are those of the roster whom the recommendation may mean, by kana.
func (r Recommendation) onRoster(people []Person) []Person {
	found := slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return !r.means(p) })
	SortByKana(found)
	return found
}
