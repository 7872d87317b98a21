package ui

import (
	"slices"
	"strings"
	"testing"
)

// Who was present has one name, wherever it is asked for, shown or spoken of.
func TestThoseWhoWerePresentHaveOneName(t *testing.T) {
	for lang, term := range map[string]string{"ja": "同席した方", "en": "those present"} {
		said := sentences(t, lang)
		for _, key := range []string{"memo.form.present", "memo.page.present", "memo.read.line", "search.present", "consent.first.bureau"} {
			if !strings.Contains(strings.ToLower(said[key][0]), term) {
				t.Errorf("%s, %s: %q", lang, key, said[key])
			}
		}
	}
}

// What a craftsperson reads of a consent has no words of the contract or of printing.
func TestAConsentIsAskedForInPlainWords(t *testing.T) {
	said := sentences(t, "ja")
	for _, key := range []string{
		"consent.home.prove", "consent.page.until", "consent.page.delivered", "consent.text.intro_proof",
		"consent.text.prove", "consent.said.yes", "consent.said.nameless", "error.consent_delivered",
	} {
		if slices.ContainsFunc([]string{"納入", "校正", "照合"}, func(w string) bool { return strings.Contains(said[key][0], w) }) {
			t.Errorf("%s: %q", key, said[key])
		}
	}
	for key, forms := range said {
		if strings.Contains(forms[0], "}}版") && !strings.Contains(forms[0], "第{{") {
			t.Errorf("%s: %q", key, forms)
		}
	}
}
