package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"tsugite/db/dbtest"
)

// TestASheetIsNotWrittenDownAsItCame: the inbox notes who sent what came in. The
// payload of a nameless sheet in it would stand beside its sender in the database's
// log, long after it was wiped, so it never gets there.
func TestASheetIsNotWrittenDownAsItCame(t *testing.T) {
	t.Parallel()
	p := &player{t: t, file: dbtest.File(t), log: &record{}, cast: dialogueCast(t), hands: map[string]*hand{}}
	p.start()
	for i, s := range []dialogueStep{
		{Office: &officeDeed{Launch: "nameless"}},
		{As: "鳴神沢", Sees: texts{"無記名アンケート"}, Presses: "1枚の用紙に記入する"},
		{Sees: texts{"ご意見をお書きください"}, Fills: map[string]texts{"内容には満足": {"5"}, "ご意見": {canary}}},
		{Office: &officeDeed{Close: true}, Submits: true}, // refused, so that nothing of it is kept as a ballot
	} {
		p.at = i + 1
		p.step(s)
	}
	p.quiet()
	for _, file := range []string{p.file, p.file + "-wal"} {
		held, err := os.ReadFile(file)
		check(t, err)
		if bytes.Contains(held, []byte(canary)) {
			t.Errorf("what was written on the sheet stands in %s", filepath.Base(file))
		}
	}
	if n := count(t, p.file, `SELECT count(*) FROM inbox WHERE type = 'interactive' AND handled = 1 AND ack IS NOT NULL`); n != 1 {
		t.Errorf("%d submissions are known in the inbox", n)
	}
}
