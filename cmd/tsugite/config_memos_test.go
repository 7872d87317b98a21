package main

import (
	"strings"
	"testing"
)

// TestHowLongMemosMayTake: three business days unless said otherwise.
func TestHowLongMemosMayTake(t *testing.T) {
	for file, want := range map[string]string{
		minimal: "+3bd 10:00", minimal + "memos:\n": "+3bd 10:00", minimal + "memos: {due_within: 5d}\n": "+5d 10:00",
	} {
		c, err := parseConfig("c.yaml", []byte(file), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Rules.MemoDue.String(); got != want {
			t.Errorf("%q: %s, want %s", strings.TrimPrefix(file, minimal), got, want)
		}
	}
	c, err := LoadConfig("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Rules.MemoDue.String(); got != "+3bd 10:00" {
		t.Errorf("the example: %s", got)
	}
	const want = `c.yaml:7:21: memos.due_within: "3h" is not how long a memo may take (write 3bd for business days or 5d, 1 to 49)`
	if _, err := parseConfig("c.yaml", []byte(minimal+"memos: {due_within: 3h}\n"), nil); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
