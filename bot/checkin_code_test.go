package bot

import "testing"

func TestWhatIsTypedIsTakenForACodeOnlyIfItLooksLikeOne(t *testing.T) {
	for _, c := range []struct {
		rule, typed string
		may, sure   bool
	}{
		{"as it is shown", "A7K2", true, true},
		{"in small letters", "a7k2", true, true},
		{"in full width", "Ａ７Ｋ２", true, true},
		{"with blanks around", " A7K2\n", true, true},
		{"letters alone in capitals", "ABCD", true, true},
		{"a small word may be one", "help", true, false},
		{"a year may be one", "2026", true, false},
		{"too short", "A7K", false, false},
		{"too long", "A7K22", false, false},
		{"a sentence", "行けます", false, false},
		{"signs", "A7K!", false, false},
		{"nothing", "", false, false},
	} {
		if may, sure := looksLikeCode(c.typed); may != c.may || sure != c.sure {
			t.Errorf("%s: %q may be one: %v, surely: %v", c.rule, c.typed, may, sure)
		}
	}
}
