package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
)

// fillSessions keeps sessions of every state, kind and mode: two atsugi, an expert to
// whom a fee is due and a senior to whom none is.
func fillSessions(file string) error {
	store, err := db.Open(context.Background(), file)
	if err != nil {
		return err
	}
	made := time.Date(2026, 9, 1, 9, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	at := func(day, hour, minute, length int) programme.Span {
		from := time.Date(2026, 9, day, hour, minute, 0, 0, made.Location())
		return programme.Span{From: from, Until: from.Add(time.Duration(length) * time.Minute)}
	}
	mentor, atsugi := []programme.Role{programme.Mentor}, []programme.Role{programme.Atsugi}
	secret := programme.Session{Topic: "内緒の題", Bring: "内緒の図面", Venue: programme.Venue{URL: "https://meet.example.jp/secret", Place: "内緒の会場"},
		Next: "内緒の次", ToOffice: "内緒の困りごと", Reason: "内緒の理由", Proposal: programme.Proposal{Reason: "内緒の変更"}, Last: programme.SessionChange{Reason: "内緒の変更"}}
	err = store.Write(context.Background(), func(tx programme.Tx) error {
		errs := errors.Join(
			tx.SavePerson(programme.Person{ID: "A1", Name: "一番 朝子", Organisation: "=一番工業", Roles: atsugi}),
			tx.SavePerson(programme.Person{ID: "A2", Name: "二番 夕子", Organisation: "二番陶器", Roles: atsugi}),
			tx.SavePerson(programme.Person{ID: "M1", Name: "若松 専子", Kana: "わかまつ", Kind: programme.Expert, Roles: mentor}),
			tx.SavePerson(programme.Person{ID: "M2", Name: "相田 先輩", Kana: "あいだ", Kind: programme.Senior, Roles: mentor}),
			tx.CreateEngagement("E1", programme.Engagement{ID: "E1", Atsugi: "A1", Mentor: "M1", Sessions: 3, Made: made}),
		)
		for i, s := range []programme.Session{
			{Atsugi: "A1", Mentor: "M1", State: programme.SessionHeld, Span: at(10, 14, 0, 60), Venue: programme.Venue{Mode: programme.ModeOnline},
				AtsugiSays: programme.SaysHeld, MentorSays: programme.SaysHeld, Papers: programme.FeePapers{
					Appointment: programme.PaperReceived, Travel: programme.PaperNotNeeded, Receipts: programme.PaperAwaited}},
			{Atsugi: "A1", Mentor: "M1", State: programme.SessionHeld, Span: at(11, 23, 30, 90), Venue: programme.Venue{Mode: programme.ModeOnSite},
				AtsugiSays: programme.SaysNotHeld, MentorSays: programme.SaysHeld, OfficeSays: programme.SaysHeld},
			{Atsugi: "A2", Mentor: "M1", State: programme.SessionHeld, Span: at(9, 9, 0, 30), Kind: programme.Between, Venue: programme.Venue{Mode: programme.ModeOnSite},
				OfficeSays: programme.SaysHeld},
			{Atsugi: "A2", Mentor: "M2", State: programme.SessionHeld, Span: at(12, 9, 0, 45), Kind: programme.Between, Venue: programme.Venue{Mode: programme.ModeOnline},
				AtsugiSays: programme.SaysHeld, MentorSays: programme.SaysHeld},
			{Atsugi: "A1", Mentor: "M1", State: programme.SessionNotHeld, Span: at(13, 9, 0, 60), Venue: programme.Venue{Mode: programme.ModeOnline}, OfficeSays: programme.SaysNotHeld},
			{Atsugi: "A1", Mentor: "M1", State: programme.SessionBooked, Span: at(73*365, 10, 0, 60), Venue: programme.Venue{Mode: programme.ModeOnline}, AtsugiSays: programme.SaysMoved},
			{Atsugi: "A2", Mentor: "M1", State: programme.SessionCancelled, Span: at(21, 10, 0, 60), Kind: programme.Between, Venue: programme.Venue{Mode: programme.ModeOnSite}},
			{Atsugi: "A1", Mentor: "M1", State: programme.SessionOpen, Venue: programme.Venue{Mode: programme.ModeOnline}},
			{Atsugi: "A1", Mentor: "M1", State: programme.SessionBooked, Span: at(-700, 10, 0, 60), Venue: programme.Venue{Mode: programme.ModeOnline},
				AtsugiSays: programme.SaysHeld, MentorSays: programme.SaysNotHeld},
			{Atsugi: "A1", Mentor: "M1", State: programme.SessionBooked, Span: at(-699, 10, 0, 60), Venue: programme.Venue{Mode: programme.ModeOnline},
				MentorSays: programme.SaysHeld},
			{Atsugi: "A2", Mentor: "M1", State: programme.SessionCancelled, Kind: programme.Between, Requested: true, Venue: programme.Venue{Mode: programme.ModeOnline},
				Proposal: programme.Proposal{At: made}, Last: programme.SessionChange{Was: at(22, 10, 0, 60)}},
		} {
			s.ID, s.Made = programme.SessionID(fmt.Sprintf("S%d", i+1)), made
			if s.Kind == "" {
				s.Kind, s.Engagement = programme.FollowUp, "E1"
			}
			s.Topic, s.Bring, s.URL, s.Place, s.Next, s.ToOffice, s.Reason = secret.Topic, secret.Bring, secret.URL, secret.Place, secret.Next, secret.ToOffice, secret.Reason
			s.Proposal.Reason, s.Last.Reason = secret.Proposal.Reason, secret.Last.Reason
			errs = errors.Join(errs, tx.CreateSession(string(s.ID), s))
		}
		return errors.Join(errs, tx.CreateMemo("memo", programme.Memo{ID: "memo", Kind: programme.OfSession, Atsugi: "A1", Writer: "M1",
			Session: "S1", Held: "2026-09-10", Written: made}))
	})
	return errors.Join(err, store.Close())
}

// met fills a new database of a script.
func met(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(fillSessions(ts.MkAbs(args[0])))
}

func TestWorkbookOfSessions(t *testing.T) {
	database, out := dbtest.File(t), filepath.Join(t.TempDir(), "a.xlsx")
	if err := fillSessions(database); err != nil {
		t.Fatal(err)
	}
	c := exportSessions{outlet: outlet{where: where{DB: database}, Out: out, Lang: "ja"}}
	f := workbook(t, out, c.Run)
	const follow, between = "個別フォローアップ（2-③b）", "ワークショップの間の相談（2-②）"
	for name, want := range map[string][][]string{
		"個別相談": {
			{"所属", "アトツギ", "専門家", "日付", "開始", "終了", "時間（分）", "種類", "方法", "状態",
				"アトツギの回答", "専門家の回答", "事務局の判断", "謝金の対象", "メモ", "就任の承諾", "旅費の計画", "領収書", "申し込みの日時"},
			{"=一番工業", "一番 朝子", "若松 専子", "2024-09-30", "10:00", "11:00", "60", follow, "オンライン", "確認中", "行った", "行わなかった"},
			{"=一番工業", "一番 朝子", "若松 専子", "2024-10-01", "10:00", "11:00", "60", follow, "オンライン", "報告待ち", "", "行った"},
			{"二番陶器", "二番 夕子", "若松 専子", "2026-09-09", "09:00", "09:30", "30", between, "対面", "実施", "", "", "行った", "対象", "なし"},
			{"=一番工業", "一番 朝子", "若松 専子", "2026-09-10", "14:00", "15:00", "60", follow, "オンライン", "実施", "行った", "行った", "", "対象", "あり", "受領", "不要", "未受領"},
			{"=一番工業", "一番 朝子", "若松 専子", "2026-09-11", "23:30", "01:00", "90", follow, "対面", "実施", "行わなかった", "行った", "行った", "対象", "なし"},
			{"二番陶器", "二番 夕子", "相田 先輩", "2026-09-12", "09:00", "09:45", "45", between, "オンライン", "実施", "行った", "行った", "", "対象外", "なし"},
			{"=一番工業", "一番 朝子", "若松 専子", "2026-09-13", "09:00", "10:00", "60", follow, "オンライン", "実施せず", "", "", "行わなかった"},
			{"二番陶器", "二番 夕子", "若松 専子", "2026-09-21", "10:00", "11:00", "60", between, "対面", "取りやめ"},
			{"=一番工業", "一番 朝子", "若松 専子", "2099-08-13", "10:00", "11:00", "60", follow, "オンライン", "予定", "日を改めた"},
			{"二番陶器", "二番 夕子", "若松 専子", "", "", "", "", between, "オンライン", "見送り", "", "", "", "", "", "", "", "", "2026-09-22 10:00"},
			{"=一番工業", "一番 朝子", "若松 専子", "", "", "", "", follow, "オンライン", "調整中"},
		},
		"専門家別の集計": {
			{"専門家", "種類", "実施回数", "時間（分）", "うち謝金の対象"},
			{"相田 先輩", between, "1", "45", "0"},
			{"若松 専子", follow, "2", "150", "2"},
			{"若松 専子", between, "1", "30", "1"},
		},
	} {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows { // what a row ends with blank, the reader leaves out or not
			for len(row) > 0 && row[len(row)-1] == "" {
				row = row[:len(row)-1]
			}
			rows[i] = row
		}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if formula, err := f.GetCellFormula("個別相談", "A5"); formula != "" || err != nil {
		t.Errorf("a firm's name is the formula %q: %v", formula, err)
	}
	for _, cell := range [][2]string{{"個別相談", "G2"}, {"専門家別の集計", "D3"}} {
		if kind, err := f.GetCellType(cell[0], cell[1]); kind != excelize.CellTypeUnset || err != nil {
			t.Errorf("%v is of type %v, want a number: %v", cell, kind, err)
		}
	}
}
