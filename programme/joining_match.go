package programme

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// CandidateBy is why an account could be somebody's, the surest first.
type CandidateBy int

const (
	ByMail        CandidateBy = iota + 1 // the address of their row
	ByName                               // their name or its reading
	ByFirm                               // their family name and their firm
	ByFamily                             // their family name alone
	maxCandidates = 5
)

// Candidate is somebody whose account it could be.
type Candidate struct {
	Person Person
	By     CandidateBy
}

// candidates are those of the roster whose account it could be, the likeliest first: by what
// Slack says of the account and by what was written in the wish to join. Among equals those
// who take part and have no account come first. An address of another workspace proves
// nothing, and is not looked at.
func candidates(n Newcomer, wish JoinRequest, people []Person) []Candidate {
	mail := FoldEmail(n.Email)
	if n.Stranger {
		mail = ""
	}
	said := []string{n.Name, wish.Name, wish.Kana}
	var out []Candidate
	for _, p := range people {
		by := candidateBy(p, mail, said, wish.Organisation)
		if p.SlackID != "" && p.SlackID == n.SlackID {
			by = ByMail // somebody who left
		}
		if by != 0 {
			out = append(out, Candidate{p, by})
		}
	}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		if a.By != b.By {
			return int(a.By - b.By)
		}
		return a.Person.taken() - b.Person.taken()
	})
	return out[:min(len(out), maxCandidates)]
}

// taken ranks who can still get an account before who has one, and who left last.
func (p Person) taken() int {
	switch {
	case !p.Active():
		return 2
	case p.SlackID != "":
		return 1
	}
	return 0
}

func candidateBy(p Person, mail string, said []string, firm string) CandidateBy {
	if mail != "" && mail == FoldEmail(p.Email) {
		return ByMail
	}
	best := CandidateBy(0)
	for _, s := range said {
		by := nameBy(p, s)
		if by == ByFamily && p.Organisation != "" && (sameOrganisation(p.Organisation, firm) || namesFirm(p.Organisation, s)) {
			by = ByFirm
		}
		if by != 0 && (best == 0 || by < best) {
			best = by
		}
	}
	return best
}

// nameBy says how a name that somebody goes by is a person's: all of it, or the family name
// at its beginning. Slack's names often have a firm or a remark behind them.
func nameBy(p Person, said string) CandidateBy {
	plain := foldName(withoutRemark(said))
	if plain == "" {
		return 0
	}
	for _, own := range []string{p.Name, p.Kana} {
		whole := foldName(own)
		if whole == "" {
			continue
		}
		if plain == whole || turned(own) == plain || foldName(said) == whole {
			return ByName
		}
	}
	first := strings.FieldsFunc(fold(withoutRemark(said)), func(r rune) bool { return r == ' ' || r == '・' || r == '_' || r == '.' })
	for _, own := range []string{p.Name, p.Kana} {
		family, _, split := strings.Cut(strings.Join(strings.Fields(fold(own)), " "), " ")
		if split && utf8.RuneCountInString(family) > 0 && len(first) > 0 && slices.Contains(first, family) {
			return ByFamily
		}
	}
	return 0
}

// withoutRemark is a name without what stands in brackets, or behind a stroke or an at.
func withoutRemark(name string) string {
	name = narrow(name)
	if at := strings.IndexAny(name, "([{<【「『〔@/|"); at > 0 {
		name = name[:at]
	}
	return polite.ReplaceAllString(strings.TrimSpace(name), "")
}

// turned is a name with the family name last, as in English.
func turned(own string) string {
	parts := strings.Fields(own)
	slices.Reverse(parts)
	return foldName(strings.Join(parts, ""))
}

// namesFirm says whether a name that somebody goes by has their firm in it.
func namesFirm(organisation, said string) bool {
	plain := plainName(organisation)
	return utf8.RuneCountInString(plain) >= leastPart-1 && strings.Contains(foldName(said), plain)
}
