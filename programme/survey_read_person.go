package programme

import "strings"

// maxNamed is how many people are asked about when a name could be several.
const maxNamed = 5

// named finds those whose whole name or kana was typed, with or without their firm,
// and if there are none those whose name or kana begins so.
func named(text string, people []Person) (whole, begun []Person) {
	typed := []string{foldName(text), bareName(text)}
	for _, p := range people {
		switch {
		case overlap(typed, nameSpellings(p)):
			whole = append(whole, p)
		case len(begun) < maxNamed && beginsSo(p, typed[1]):
			begun = append(begun, p)
		}
	}
	if len(whole) > 0 {
		return whole[:min(len(whole), maxNamed)], nil
	}
	return nil, begun
}

// nameSpellings are the ways in which somebody may be named for sure.
func nameSpellings(p Person) []string {
	var out []string
	firm := foldName(p.Organisation)
	for _, name := range []string{foldName(p.Name), foldName(p.Kana)} {
		if name != "" {
			out = append(out, name, name+firm, firm+name)
		}
	}
	return out
}

func beginsSo(p Person, typed string) bool {
	return strings.HasPrefix(foldName(p.Name), typed) || strings.HasPrefix(foldName(p.Kana), typed)
}

// bareName is a name without what is put behind it out of courtesy.
func bareName(s string) string {
	return foldName(cutSuffixes(bare(s), "さん", "様", "さま", "氏", "先生"))
}
