package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
)

// fillMemos keeps three memos: of a session, corrected, reviewed, shared as it was first and
// read twice; of an event; and of a call, taken back.
func fillMemos(file string) error {
	store, err := db.Open(context.Background(), file)
	if err != nil {
		return err
	}
	at := func(day, hour int) time.Time {
		return time.Date(2026, 9, day, hour, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	}
	all := []programme.Reader{programme.ReadMentor, programme.ReadOffice}
	err = store.Write(context.Background(), func(tx programme.Tx) error {
		session := programme.Memo{
			ID: "01MEMOAAAAAA", Kind: programme.OfSession, Atsugi: "A1", Writer: "M1", Held: "2026-09-09", Place: "工場", Present: "当主",
			Written: at(10, 9), Version: 1, Parts: []programme.Part{
				{Key: "situation", Text: "=1+1", Readers: all}, {Key: programme.Confidential, Text: "取扱注意の言葉", Readers: all},
				{Key: "old", Text: "前の設定の項目", Readers: all},
			},
		}
		errs := errors.Join(
			tx.SavePerson(programme.Person{ID: "A1", Name: "一番 朝子", Organisation: "=一番工業", Roles: []programme.Role{programme.Atsugi}}),
			tx.SavePerson(programme.Person{ID: "M1", Name: "若松 専子", Roles: []programme.Role{programme.Mentor}}),
			tx.SavePerson(programme.Person{ID: "C1", Name: "橋渡 千佳", Roles: []programme.Role{programme.Coordinator}}),
			tx.SaveEvent(programme.Event{ID: "E1", Kind: programme.Seminar, Title: "普及啓発セミナー", Start: at(1, 14), End: at(1, 16)}),
			tx.CreateMemo("op1", session),
		)
		session, err := tx.Memo(session.ID)
		if errs = errors.Join(errs, err); errs != nil {
			return errs
		}
		session.Version, session.Shared, session.SharedVersion = 2, at(11, 10), 1
		session.Reviewed, session.ReviewedBy = at(12, 9), "C1"
		session.Parts[0].Text = "直した現状"
		return errors.Join(
			tx.AddMemoVersion("op2", session, programme.MemoVersion{Version: 2, At: at(12, 8), By: "C1", Reason: "社名の誤り"}),
			tx.RecordReading(programme.Reading{Memo: session.ID, Version: 1, Person: "C1", At: at(13, 9)}),
			tx.RecordReading(programme.Reading{Memo: session.ID, Version: 1, Person: "A1", At: at(13, 9)}),
			tx.CreateMemo("op3", programme.Memo{ID: "01MEMOBBBBBB", Kind: programme.OfEvent, Event: "E1", Held: "2026-09-01", Written: at(11, 9), Version: 1,
				Parts: []programme.Part{{Key: "advice", Text: "二行の\n助言", Readers: all}}}),
			tx.CreateMemo("op4", programme.Memo{ID: "01MEMOCCCCCC", Kind: programme.OfCall, Atsugi: "A1", Writer: "C1", Held: "2026-09-12", Written: at(12, 9), Version: 1,
				Withdrawn: at(14, 9), Parts: []programme.Part{{Key: "situation", Text: "取り下げた話", Readers: all}}}),
		)
	})
	return errors.Join(err, store.Close())
}

func TestWorkbookOfMemos(t *testing.T) {
	database, out := dbtest.File(t), filepath.Join(t.TempDir(), "a.xlsx")
	if err := fillMemos(database); err != nil {
		t.Fatal(err)
	}
	f := workbook(t, out, exportMemos{outlet: outlet{where: where{DB: database}, Out: out, Lang: "ja"}}.Run)
	const kept = "取扱注意の言葉"
	want := [][]string{
		{"整理番号", "版", "日付", "種類", "アトツギ", "所属", "催し", "場所", "同席", "記入日時", "記入", "直した理由", "取り下げ",
			"最新の版", "確認日時", "確認", "当局への共有", "共有した版", "閲覧回数", "現状", "課題", "助言", "今後の取組", "評価できる点", "取扱注意（事務局・担当専門家限り）", "old"},
		{"AAAAAA", "1", "2026-09-09", "個別相談（壁打ち）", "一番 朝子", "=一番工業", "", "工場", "当主", "2026-09-10 09:00", "若松 専子", "", "",
			"", "", "", "", "", "", "=1+1", "", "", "", "", kept, "前の設定の項目"},
		{"AAAAAA", "2", "2026-09-09", "個別相談（壁打ち）", "一番 朝子", "=一番工業", "", "工場", "当主", "2026-09-12 08:00", "橋渡 千佳", "社名の誤り", "",
			"2", "2026-09-12 09:00", "橋渡 千佳", "2026-09-11 10:00", "1", "2", "直した現状", "", "", "", "", kept, "前の設定の項目"},
		{"BBBBBB", "1", "2026-09-01", "催し", "", "", "普及啓発セミナー", "", "", "2026-09-11 09:00", "", "", "", "1", "", "", "", "", "0", "", "", "二行の\n助言"},
		{"CCCCCC", "1", "2026-09-12", "電話・オンライン通話", "一番 朝子", "=一番工業", "", "", "", "2026-09-12 09:00", "橋渡 千佳", "", "2026-09-14 09:00", "1", "", "", "", "", "0", "取り下げた話"},
	}
	rows, err := f.GetRows("メモ")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		rows[i] = row
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	for _, cell := range []string{"F2", "T2"} {
		if formula, err := f.GetCellFormula("メモ", cell); formula != "" || err != nil {
			t.Errorf("%s is the formula %q: %v", cell, formula, err)
		}
	}
}

// TestMemosAsTextAreNoFormulas, and as JSON a line each with who reads what; the trail says
// that they were taken out.
func TestMemosAsTextAreNoFormulas(t *testing.T) {
	database := dbtest.File(t)
	if err := fillMemos(database); err != nil {
		t.Fatal(err)
	}
	export := func(format string) string {
		var out, errs bytes.Buffer
		if code := run([]string{"export", "memos", "--db", database, "--lang", "en", "--format", format}, streams{&out, &errs}); code != 0 || errs.Len() > 0 {
			t.Fatalf("exit %d: %s", code, errs.String())
		}
		return out.String()
	}
	if csv := export("csv"); !strings.Contains(csv, ",'=一番工業,") || !strings.Contains(csv, ",'=1+1,") || !strings.Contains(csv, ",直した現状,") || strings.Contains(csv, ",=") {
		t.Errorf("a cell begins with a formula, or a version is missing: %s", csv)
	}
	lines := slices.Collect(strings.Lines(export("json")))
	if len(lines) != 3 {
		t.Fatalf("%d lines of JSON, want 3", len(lines))
	}
	var first memoLine
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil {
		t.Fatal(err)
	}
	want := partLine{programme.Confidential, "取扱注意の言葉", []programme.Reader{programme.ReadMentor, programme.ReadOffice}}
	if diff := cmp.Diff(want, first.Parts[1]); diff != "" {
		t.Error(diff)
	}
	if v := first.Versions; len(v) != 2 || v[0].part("situation") != "=1+1" || v[1].part("situation") != "直した現状" || v[0].Place != "工場" {
		t.Errorf("the versions say %+v", v)
	}
	store, err := db.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	err = store.Read(t.Context(), func(tx programme.Tx) error {
		trail, err := tx.AuditTrail(10)
		if len(trail) != 2 || trail[0].Action != "memos.export" || trail[0].By != programme.ByOperator {
			t.Errorf("the trail says %v", trail)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
