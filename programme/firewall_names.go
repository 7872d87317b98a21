package programme

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// leastPart is from how many characters on a name within another counts: a false warning
// costs a sentence, one that was missed costs trust.
const leastPart = 3

var (
	// legalForms say nothing about which firm it is. Names are folded before (foldName).
	legalForms = regexp.MustCompile(`株式会社|有限会社|合同会社|合資会社|合名会社|(?:一般|公益|特例)?(?:社団|財団)法人|特定非営利活動法人|独立行政法人|\((?:株|有|同|資|名|一社|公社|一財|公財)\)|co\.?,?ltd\.?|,?inc\.?$`)
	// branch is what follows the name of an institution or firm.
	branch = regexp.MustCompile(`^(.*?(?:銀行|信金|信組|労金|公庫|農協|漁協|商工会議所|商工会|中央会))(?:.*(?:店|部|支所|出張所|営業所|事務所|課|室|せんたー))$|^(.+?)(?:本店|本社|本部)$`)
	// sameWord are two words for one thing.
	sameWord = strings.NewReplacer("信用金庫", "信金", "信用組合", "信組", "労働金庫", "労金", "農業協同組合", "農協", "漁業協同組合", "漁協")
	// polite is what stands behind somebody's name.
	polite = regexp.MustCompile(`(?:さん|さま|様|氏|殿|先生|社長)$`)
)

// plainName is a name made ready for comparing: without what does not tell it from others.
func plainName(name string) string {
	name = sameWord.Replace(legalForms.ReplaceAllString(foldName(name), ""))
	if m := branch.FindStringSubmatch(name); m != nil {
		name = m[1] + m[2]
	}
	return polite.ReplaceAllString(name, "")
}

// akin says whether two plain names may mean the same: they are one, or one is within the
// other.
func akin(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if utf8.RuneCountInString(a) > utf8.RuneCountInString(b) {
		a, b = b, a
	}
	return a == b || utf8.RuneCountInString(a) >= leastPart && strings.Contains(b, a)
}

// namesInCell are the names of a cell that may hold several, made ready for comparing.
func namesInCell(cell string) (out []string) {
	for _, name := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、，,;；/／\n\r", r) }) {
		if name = plainName(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// sameOrganisation says whether a cell of the roster, or a name that was typed, may mean the
// organisation of somebody.
func sameOrganisation(organisation, cell string) bool {
	return akinToOne(plainName(organisation), namesInCell(cell))
}

func akinToOne(plain string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return akin(plain, name) })
}

// sameSomebody says whether a name that was typed may mean the person: all of the name, a
// part of it, or the family name alone, as it is written or as it is read.
func sameSomebody(p Person, typed string) bool {
	for _, name := range namesInCell(typed) {
		for _, own := range []string{p.Name, p.Kana} {
			plain := plainName(own)
			family, _, _ := strings.Cut(fold(own), " ")
			if akin(plain, name) || name == family || utf8.RuneCountInString(name) == leastPart-1 && strings.HasPrefix(plain, name) {
				return true
			}
		}
	}
	return false
}
