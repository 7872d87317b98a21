package programme

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// PublicationID is a ULID.
type PublicationID string

// PublicationKind is what a text was taken from. The strings are stored.
type PublicationKind string

const (
	PublishPart   PublicationKind = "part"   // of a memo
	PublishAnswer PublicationKind = "answer" // what somebody wrote in a survey
	PublishPhoto  PublicationKind = "photo"  // a picture and its caption
	PublishWords  PublicationKind = "words"  // the office's own words about somebody
)

// Publication is a text, or a picture with one, that is to stand in the report. Text and
// Hash are those of the last of Texts.
type Publication struct {
	ID      PublicationID
	Op      string
	Kind    PublicationKind
	Source  string   // "memo|part", "response|question", "photo|hash of its content", "" for words
	Person  PersonID // whom it concerns
	Text    string
	Hash    string
	Needs   []Need // who has to agree beside the person
	Made    time.Time
	By      PersonID  // of the office; "" for the operator
	Dropped time.Time // by the office: it is not to be published after all
	Proof   time.Time // the final proof (校正確認) was asked for
	Version int       // of the row: SavePublication compares it
	Texts   []PublicationText
}

// PublicationText is one wording, in order.
type PublicationText struct {
	Version  int // from 1
	Text     string
	Hash     string
	By       PersonID // whose words they are: the office's, or the person's own
	At       time.Time
	Spelling bool // a correction of the one before: a consent to that stands
}

// Need is somebody beside the person who has to agree.
type Need struct {
	Party  Party    `json:"party"`
	Name   string   `json:"name,omitempty"`   // of who is not on the roster, "" if nobody knows it
	Person PersonID `json:"person,omitempty"` // of who is
}

// Publication rules: how many may have to agree, and how long a name may be.
const (
	maxNeeds    = 20
	maxNeedName = 100
)

// Last is the wording that stands.
func (p Publication) Last() PublicationText {
	if len(p.Texts) == 0 {
		return PublicationText{}
	}
	return p.Texts[len(p.Texts)-1]
}

// Before is the wording before the one that stands, zero if there is none.
func (p Publication) Before() PublicationText {
	if len(p.Texts) < 2 {
		return PublicationText{}
	}
	return p.Texts[len(p.Texts)-2]
}

// root is the wording of which the one that stands is, at most, a correction of spelling.
func (p Publication) root() PublicationText {
	for i := len(p.Texts) - 1; i > 0; i-- {
		if !p.Texts[i].Spelling {
			return p.Texts[i]
		}
	}
	if len(p.Texts) == 0 {
		return PublicationText{}
	}
	return p.Texts[0]
}

// binds says whether a consent to the words with that hash is one to those that stand: to
// these very ones, or to some from which only corrections of spelling lead here.
func (p Publication) binds(hash string) bool {
	for _, t := range slices.Backward(p.Texts) {
		if t.Hash == hash {
			return true
		}
		if !t.Spelling {
			return false
		}
	}
	return false
}

// Picture is the hash of the picture's content, "" if there is none.
func (p Publication) Picture() string {
	if p.Kind != PublishPhoto {
		return ""
	}
	_, hash, _ := strings.Cut(p.Source, "|")
	return hash
}

// PartSource names a part of a memo as a publication's source.
func PartSource(memo MemoID, key string) string { return string(memo) + "|" + key }

// AnswerSource names an answer as a publication's source.
func AnswerSource(r ResponseID, question string) string { return string(r) + "|" + question }

// PhotoSource names a picture by the hash of its content.
func PhotoSource(hash string) string { return string(PublishPhoto) + "|" + hash }

// of says of which memo and part a publication of PublishPart is.
func (p Publication) of() (MemoID, string) {
	memo, key, _ := strings.Cut(p.Source, "|")
	return MemoID(memo), key
}

// PartyStanding is where one party stands.
type PartyStanding struct {
	Need
	Consent Consent  // what counts of what they said, zero for nothing
	Waits   Date     // of a paper with a yes that waits for their own word, "" for none
	Says    Decision // of the words that stand; "" if they said nothing of these
	Proven  bool     // and confirmed them in the final proof
}

// Standing is where a publication stands.
type Standing struct {
	Parties  []PartyStanding // the person first
	Reworded bool            // the words are the person's own, which the office has not taken over
	Agreed   bool            // everybody needed agreed to the words that stand
	Proven   bool            // and those who are asked for it confirmed the final proof
	Gone     bool            // dropped by the office, or what it was taken from was taken back
	Nameless bool            // the person's name must not stand beside it
	Names    bool            // nor in it, but it does: the words have to be others
	Unmarked bool            // the office has not said who is in the picture, wherever it is kept
	Unasked  bool            // somebody who is was not asked yet
	Out      bool            // it may be published: all of that
}

// Self is where the person stands.
func (s Standing) Self() PartyStanding { return s.Parties[0] }

// consentStanding derives where a publication stands from its texts and what was said of it, in
// order. People are those of the parties that are on the roster; refused is when the person
// last refused to be named at all, zero if they never did.
func consentStanding(p Publication, consents []Consent, people map[PersonID]Person, refused Consent, zone *time.Location) Standing {
	s := Standing{Agreed: true, Proven: !p.Proof.IsZero(), Gone: !p.Dropped.IsZero()}
	s.Reworded = p.Last().By != "" && p.Last().By == p.Person
	for _, need := range p.parties() {
		ps := PartyStanding{Need: need}
		ps.Consent, ps.Waits = heard(saidBy(need, consents), people[need.Person].Reachable())
		if ps.Consent.Decision != "" && (!ps.Consent.Decision.Agrees() || p.binds(ps.Consent.Hash)) {
			ps.Says = ps.Consent.Decision
		}
		ps.Proven = ps.Says.Agrees() && confirmed(p.Proof, ps.Consent, zone)
		s.Agreed = s.Agreed && ps.Says.Agrees()
		s.Proven = s.Proven && (ps.Proven || !need.proves())
		s.Parties = append(s.Parties, ps)
	}
	self := s.Self()
	s.Nameless = !self.Says.Agrees() || !self.Consent.names(refused, people[p.Person].Reachable())
	return s.decided()
}

// parties are all who have to agree, the person first.
func (p Publication) parties() []Need {
	return append([]Need{{Party: PartySelf, Person: p.Person}}, p.Needs...)
}

// rosterOf are the parties that are on the roster.
func rosterOf(tx Tx, parties []Need) (map[PersonID]Person, error) {
	people := map[PersonID]Person{}
	for _, n := range parties {
		if n.Person == "" {
			continue
		}
		p, err := tx.Person(n.Person)
		if err != nil {
			return nil, err
		}
		people[n.Person] = p
	}
	return people, nil
}

// decided says whether it may be published, by all the rest.
func (s Standing) decided() Standing {
	s.Agreed = s.Agreed && !s.Unmarked && !s.Unasked
	s.Out = s.Agreed && s.Proven && !s.Reworded && !s.Gone && !s.Names
	return s
}

// saidBy says whether the consent is of that party.
func (n Need) saidBy(c Consent) bool {
	return c.Party == n.Party && (n.Person != "" && c.Person == n.Person || n.Person == "" && c.Name == n.Name)
}

// proves says whether the party is asked for the final proof: the people of the roster
// are; those who sign on paper did so once.
func (n Need) proves() bool { return n.Person != "" }

// standingOf is the standing from what is kept, and THE gate: everything that takes what is
// to be published out of the house asks it, and publishes nothing unless Standing.Out. A
// text of a memo that was taken back is gone with it; to a picture everybody agrees who is
// known to be in it now.
func (o *Office) standingOf(tx Tx, p Publication) (Standing, error) {
	consents, err := tx.PublicationConsents(p.ID)
	if err != nil {
		return Standing{}, err
	}
	refused, err := refusedName(tx, p.Person)
	if err != nil {
		return Standing{}, err
	}
	pic, err := pictureOf(tx, p.Picture())
	if err != nil {
		return Standing{}, err
	}
	asked := len(p.Needs)
	p.Needs = pic.needs(p)
	people, err := rosterOf(tx, p.parties())
	if err != nil {
		return Standing{}, err
	}
	s := consentStanding(p, consents, people, refused, o.Settings.Zone)
	s.Names = s.Self().Says.Agrees() && s.Nameless && namesIn(p.Text, people[p.Person])
	s.Unmarked, s.Unasked = p.Picture() != "" && !pic.marked, len(p.Needs) > asked
	gone, err := sourceGone(tx, p, pic)
	s.Gone = s.Gone || gone
	return s.decided(), err
}

// sourceGone says whether what a publication was taken from is there no more.
func sourceGone(tx Tx, p Publication, pic picture) (bool, error) {
	switch p.Kind {
	case PublishPart:
		id, _ := p.of()
		m, err := tx.Memo(id)
		return !m.Withdrawn.IsZero(), err
	case PublishPhoto:
		return pic.photo.ID == "", nil
	case PublishAnswer:
		id, _, _ := strings.Cut(p.Source, "|")
		r, err := tx.Response(ResponseID(id))
		return r.State == Declined, err
	}
	return false, nil
}

// namesIn says whether a text tells who somebody is by name: the whole name, the family
// name before a title, its reading, or the firm, however they are spelled.
func namesIn(text string, p Person) bool {
	text = foldName(text)
	names := []string{p.Name, p.Kana, p.Organisation}
	if family := strings.Fields(p.Name); len(family) > 1 {
		for _, title := range []string{"さん", "様", "氏", "社長", "専務", "代表"} {
			names = append(names, family[0]+title)
		}
	}
	return slices.ContainsFunc(names, func(name string) bool {
		name = foldName(name)
		return name != "" && strings.Contains(text, name)
	})
}

// checkedNeeds are those who have to agree, each once.
func checkedNeeds(tx Tx, needs []Need, self PersonID) ([]Need, error) {
	var out []Need
	for _, n := range needs {
		n.Name = strings.Join(strings.Fields(n.Name), " ")
		switch {
		case !slices.Contains(OtherParties, n.Party):
			return nil, invalid("needs", "error.choice")
		case utf8.RuneCountInString(n.Name) > maxNeedName:
			return nil, invalid(string(n.Party), "error.too_long", "Max", maxNeedName)
		case n.Person != "" && n.Party != PartyDepicted:
			return nil, invalid(string(n.Party), "error.choice")
		case n.Person == self && n.Person != "":
			continue // they are asked as the person
		case n.Person == "" && n.Name == "" && n.Party != PartyOwner:
			continue
		}
		if n.Person != "" {
			n.Name = ""
			if _, err := tx.Person(n.Person); err != nil {
				return nil, orMissing(err, "error.person_gone")
			}
		}
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	if len(out) > maxNeeds {
		return nil, invalid("needs", "error.choice_most", "Most", maxNeeds)
	}
	return out, nil
}
