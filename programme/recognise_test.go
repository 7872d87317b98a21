package programme_test

import (
	"testing"

	"tsugite/programme"
)

// TestRecogniseLinksOnlyWhatIsClear: an account is somebody only when its e-mail
// leaves no doubt.
func TestRecogniseLinksOnlyWhatIsClear(t *testing.T) {
	for _, c := range []struct {
		rule    string
		account programme.Account
		want    programme.PersonID
	}{
		{"the one person with this address", programme.Account{SlackID: "UNEW", Email: "One@Example.jp"}, "one"},
		{"an address that two share", programme.Account{SlackID: "UNEW", Email: "both@example.jp"}, ""},
		{"an address that nobody has", programme.Account{SlackID: "UNEW", Email: "who@example.jp"}, ""},
		{"no address", programme.Account{SlackID: "UNEW"}, ""},
		{"somebody of another workspace, whatever the address says", programme.Account{SlackID: "UNEW", Email: "one@example.jp", Stranger: true}, ""},
		{"an address whose owner has an account already", programme.Account{SlackID: "UNEW", Email: "linked@example.jp"}, ""},
		{"a known account, whatever its address says now", programme.Account{SlackID: "UOLD", Email: "one@example.jp"}, "linked"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.write(func(tx programme.Tx) error {
				for _, p := range []programme.Person{
					{ID: "one", Email: "one@example.jp"}, {ID: "twin-1", Email: "both@example.jp"}, {ID: "twin-2", Email: "both@example.jp"},
					{ID: "linked", Email: "linked@example.jp", SlackID: "UOLD"},
				} {
					p.Name, p.Roles = "試験 "+string(p.ID), []programme.Role{programme.Atsugi}
					if err := tx.SavePerson(p); err != nil {
						return err
					}
				}
				return nil
			})
			p, err := h.Recognise(t.Context(), c.account)
			if c.want == "" {
				wantCode(t, err, programme.CodeUnknown)
				return
			}
			if err != nil || p.ID != c.want || p.SlackID != c.account.SlackID {
				t.Errorf("recognised %q (%s): %v", p.ID, p.SlackID, err)
			}
		})
	}
}

func TestRecogniseKeepsTheLanguage(t *testing.T) {
	h := newHouse(t)
	if _, err := h.Recognise(t.Context(), programme.Account{SlackID: "Uatsugi", Locale: "en-US"}); err != nil {
		t.Fatal(err)
	}
	p, err := h.PersonBySlack(t.Context(), "Uatsugi")
	if err != nil || p.Locale != "en-US" {
		t.Errorf("language %q: %v", p.Locale, err)
	}
}
