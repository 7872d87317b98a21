package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/cmd/internal/yearreport"
	"tsugite/db/dbtest"
	"tsugite/programme"
)

// The canary: every part of every record carries a word of its own, the programme is
// rehearsed with the real bot over the wire, people look at whatever they can open, and then
// everything that anybody was sent or shown, every file that they got and the program's log
// are looked through. Nobody may hold a word that the table below does not give them.
//
// Three months are played in every run of the tests; TSUGITE_CANARY=year plays the year.

// canaryYear is the programme of the canary.
const canaryYear = `
programme:
  name: 小さな事業
  fiscal_year: 2026
  time_zone: Asia/Tokyo
  contract: 2026-06-01
  completion: 2027-03-31
  people: p.csv
  events:
    - {id: w1, kind: workshop, title: 棚卸, start: 2026-06-18 14:00, end: 2026-06-18 17:00, place: 会議室, audience: {roles: [atsugi]}, approved: 2026-06-01, notes: 事務局の覚え書き 鍵90001x}
    - {id: w2, kind: workshop, title: 立ち位置, start: 2026-07-16 14:00, end: 2026-07-16 17:00, place: 会議室, audience: {roles: [atsugi]}, approved: 2026-06-02}
    - {id: w3, kind: workshop, title: 構想, start: 2026-10-16 14:00, end: 2026-10-16 17:00, place: 会議室, audience: {roles: [atsugi]}, approved: 2026-06-02}
slack:
  channels: {office: 事務局, bureau: 局}
reminders:
  quiet_hours: "21:00-08:00"
  business_days: true
  steps:
    - {id: ask, kind: ask, offset: "-10d 10:00"}
    - {id: memo, kind: memo, offset: "+1bd 10:00"}
    - {id: survey-1w, kind: survey, offset: "-7d 10:00"}
    - {id: session-1d, kind: session, offset: "-1d 10:00"}
    - {id: brief, kind: briefing, offset: "-1d 11:00"}
surveys: [worry.yaml]
`

// canarySurvey is answered in words alone; nobody but the office is meant to read them.
const canarySurvey = `
id: worry
title: {ja: 近況, en: Pulse}
intro: {ja: 近況を教えてください。, en: How are you?}
minutes: 1
open_days: 14
audience: {roles: [atsugi]}
questions:
  - {id: worry, kind: long, words: {ja: 気がかりなことは何ですか。, en: What worries you?}}
`

// canaryPeople: 茜 is 健's, 蓮 is 玲's; 双葉 is of the office and an atsugi, and 玲's.
const canaryPeople = `氏名,ふりがな,slack_id,役割,所属,区分,担当専門家,推薦機関,届出日,誓約日,備考
檜川 茜,ひのかわ,U0AKANE,アトツギ,檜川曲物工房,,桐生谷 健,みどり信金,,,名簿の備考 鍵90002x
織部谷 蓮,おりべや,U0RENREN,アトツギ,織部谷染織,,蓮見沢 玲,,,,名簿の備考 鍵90003x
双葉 操,ふたば,U0BOTH,アトツギ;事務局,双葉鋳物,,蓮見沢 玲,,2026-05-01,2026-05-01,名簿の備考 鍵90004x
橋渡 千佳,はしわたし,U0CHIKA,事務局,受託者,,,,2026-05-01,2026-05-01,
桐生谷 健,きりゅうや,U0KENKEN,専門家,桐生谷事務所,専門家,,,2026-05-01,2026-05-01,
蓮見沢 玲,はすみざわ,U0REIREI,専門家,蓮見沢経営,専門家,,,2026-05-01,2026-05-01,
新米 未,しんまい,U0NEWNEW,専門家,新米事務所,専門家,,,2026-05-01,,
霞浜 護,かすみはま,U0BANK,支援機関,みどり信金,金融機関,,,,,
関東 局,かんとう,U0BUREAU,当局,関東経済産業局,,,,,,
`

const canaryScript = `
invitations: [{share: 60, after: 3h, does: yes}, {share: 20, after: 1d, does: no}]
surveys: [{share: 100, after: 2h, does: answer}]
sessions: [{share: 100, after: 4h, does: pick}]
acts:
  - {at: 2026-06-03 10:00, survey: worry}
  - {at: 2026-06-08 11:00, engage: U0AKANE}
  - {at: 2026-06-09 11:00, propose: U0AKANE}
  - {at: 2026-06-08 11:10, engage: U0RENREN}
  - {at: 2026-06-10 11:00, propose: U0RENREN}
  - {at: 2026-06-11 15:00, as: U0KENKEN, session: U0AKANE}
  - {at: 2026-06-12 15:00, as: U0REIREI, hearing: U0RENREN}
  - {at: 2026-06-15 15:00, as: U0CHIKA, call: U0AKANE}
  - {at: 2026-06-16 15:00, as: U0REIREI, hearing: U0BOTH}
  - {at: 2026-06-17 15:00, as: U0CHIKA, hearing: U0BOTH}
  - {at: 2026-06-22 15:00, as: U0KENKEN, call: U0AKANE}
  - {at: 2026-07-01 15:00, as: U0REIREI, call: U0RENREN}
  - {at: 2026-07-06 15:00, as: U0BOTH, hearing: U0AKANE}
`

// canaryLooks are the moments at which everybody looks at what there is to see; the year
// has more.
var (
	canaryLooks     = []string{"2026-06-19 12:00", "2026-07-13 12:00"}
	canaryYearLooks = append(slices.Clone(canaryLooks), "2026-06-14 12:00", "2026-06-26 12:00", "2026-08-20 12:00", "2026-10-20 12:00", "2027-02-15 12:00")
)

// The readers of the canary's table.
const (
	self    = "self"    // whom it is about, or who wrote it about themself
	experts = "experts" // of the atsugi
	office  = "office"  // but for somebody of it whom it is about
	bureau  = "bureau"
	opened  = "opened" // the organisation to which the atsugi opened a memo
	thread  = "thread" // under the memo's card, in the private channel of bureau and office
)

// canaryMay is who may hold a word, by what it is in. It is written from design.md section
// 5 and programme.md "Consent and sharing in practice". What is not in it is nobody's.
var canaryMay = map[string][]string{
	"memo.situation":      {experts, office, bureau},
	"memo.issues":         {experts, office, bureau},
	"memo.advice":         {self, experts, office, bureau, opened},
	"memo.next":           {self, experts, office, bureau, opened},
	"memo.praise":         {self, experts, office, bureau, opened},
	"memo.confidential":   {experts, office},
	"share.reason":        {office},
	"correction.text":     {self, office},
	"correction.decision": {self, office},
	"correction.reason":   {experts, office},
	"question.text":       {bureau, office, thread},
	"question.answer":     {bureau, office, thread},
	"answer":              {self, office},
	"session.topic":       {self, experts, office},
	"session.next":        {self, experts, office},
	"session.office":      {self, office},
	"hidden":              {self, office},
	"publication":         {self, office},
	"consent.question":    {self, office},
	"guest.note":          {office},
	"event.notes":         {office},
}

// canaryExperts are the experts of each, by hand from the roster above.
var canaryExperts = map[string][]string{"U0AKANE": {"U0KENKEN"}, "U0RENREN": {"U0REIREI"}, "U0BOTH": {"U0REIREI"}}

// writtenWord is where one word stands.
type writtenWord struct {
	what  string
	about string // Slack id, "" for an event
}

// mayHold says whether somebody may hold the word; a channel holds none but those of its
// own threads.
func (c writtenWord) mayHold(who string) bool {
	for _, reader := range canaryMay[c.what] {
		switch reader {
		case self:
			if who == c.about {
				return true
			}
		case experts:
			if slices.Contains(canaryExperts[c.about], who) {
				return true
			}
		case office:
			if (who == "U0CHIKA" || who == "U0BOTH") && who != c.about {
				return true
			}
		case bureau:
			if who == "U0BUREAU" {
				return true
			}
		case thread:
			if who == thread {
				return true
			}
		case opened:
			if who == "U0BANK" && c.about != "" {
				return true
			}
		}
	}
	return false
}

func TestCanary(t *testing.T) {
	days, looks := 92, canaryLooks
	if os.Getenv("TSUGITE_CANARY") == "year" {
		days, looks = 304, canaryYearLooks
	}
	c := newCanaries(t, days)
	c.play(looks)
	c.checkThatMuchWasSeen()
	for _, leak := range c.leaks() {
		t.Error(leak)
	}
	// A leak that is planted is found: the same words, in the hands of others.
	for _, planted := range []yearreport.Record{
		{Kind: yearreport.View, To: "U0AKANE", Payload: []byte(fmt.Sprintf(`{"text":"%s"}`, c.wordOf("memo.confidential", "U0AKANE")))},
		{Kind: yearreport.Home, To: "U0BUREAU", Payload: []byte(fmt.Sprintf(`{"text":"%s"}`, c.wordOf("answer", "U0RENREN")))},
		{Kind: yearreport.Message, Channel: "C0", Payload: []byte(fmt.Sprintf(`{"text":"%s"}`, c.wordOf("memo.advice", "U0AKANE")))},
		{Kind: yearreport.Message, Channel: "C0", Notice: programme.NoticeMemoAsked, Payload: []byte(fmt.Sprintf(`{"text":"%s"}`, c.wordOf("hidden", "U0AKANE")))},
	} {
		if leaks := c.leaksOf(planted); len(leaks) != 1 {
			t.Errorf("a planted leak to %q is found %d times", planted.To, len(leaks))
		}
	}
	c.checkExports()
}

// checkExports: what leaves by the command line holds no more than it is for.
func (c *canaries) checkExports() {
	c.t.Helper()
	for name, kinds := range map[string][]string{
		"sessions": nil, "attendance": nil, "deliveries": nil,
		"publications": nil, // nobody confirmed a proof
		"memos":        {"memo.", "correction.reason"},
	} {
		var out, errs bytes.Buffer
		if code := run([]string{"export", name, "--db", c.file, "--format", "json"}, streams{&out, &errs}); code != 0 {
			c.t.Fatalf("export %s: %s", name, errs.String())
		}
		found := 0
		for _, word := range canaryWord.FindAllString(out.String(), -1) {
			found++
			if !slices.ContainsFunc(kinds, func(k string) bool { return strings.HasPrefix(c.known[word].what, k) }) {
				c.t.Errorf("the export of %s holds %s of %v", name, word, c.known[word])
			}
		}
		if name == "memos" && found < 20 {
			c.t.Errorf("the export of memos holds %d words", found)
		}
	}
}

// newCanaries sets the stage.
func newCanaries(t *testing.T, days int) *canaries {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"c.yaml": canaryYear, "p.csv": canaryPeople, "worry.yaml": canarySurvey} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	config, err := LoadConfig(filepath.Join(dir, "c.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	who, err := cohortOf(config)
	if err != nil {
		t.Fatal(err)
	}
	s, err := parseScript("s.yaml", []byte(canaryScript))
	if err != nil {
		t.Fatal(err)
	}
	c := &canaries{t: t, file: dbtest.File(t), files: map[string]string{}, looks: map[string]int{}, found: map[string]bool{}, known: map[string]writtenWord{
		"鍵90001x": {what: "event.notes"},
		"鍵90002x": {what: "roster.note"}, "鍵90003x": {what: "roster.note"}, "鍵90004x": {what: "roster.note"},
	}}
	from := time.Date(2026, 6, 1, 0, 0, 0, 0, config.settings.Zone)
	c.p, err = staging{
		config: config, cohort: who, script: s, from: from, to: from.AddDate(0, 0, days), log: &c.log,
		progress: func(time.Time) {}, phrase: c.phrase,
	}.begin(t.Context(), c.file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// play rehearses the period and keeps the files that people got.
func (c *canaries) play(looks []string) {
	c.t.Helper()
	for _, at := range looks {
		c.p.put(inZone(at, c.p.zone()), "", func(ctx context.Context) error { return c.everybodyWrites(ctx) })
		for i, one := range c.p.people {
			at := inZone(at, c.p.zone()).Add(time.Duration(i+1) * time.Minute)
			c.p.put(at, one.SlackID, func(ctx context.Context) error { return c.looksAround(ctx, one) })
		}
	}
	err := c.p.run(c.t.Context())
	if err == nil {
		err = c.keepFiles()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.p.app.Close(); err != nil {
		c.t.Fatal(err)
	}
	if err := c.p.slack.Close(); err != nil {
		c.t.Fatal(err)
	}
}

// wouldPublish proposes a text about somebody, who asks of it and agrees.
func (c *canaries) wouldPublish(ctx context.Context, about programme.PersonID) error {
	o := c.p.app.Office
	p, err := o.ProposePublication(ctx, programme.Operator, programme.PublicationForm{
		Op: o.NewID(), Kind: programme.PublishWords, Person: about, Text: c.phrase("publication", about)})
	if err != nil {
		return err
	}
	if err := o.AskOffice(ctx, programme.As(about), o.NewID(), p.ID, c.phrase("consent.question", about)); err != nil {
		return err
	}
	_, err = o.Decide(ctx, programme.As(about), programme.DecisionForm{Op: o.NewID(), Publication: p.ID, Hash: p.Hash, Decision: programme.DecisionYes})
	return err
}

// everybodyWrites are records that no habit writes: a list of those by whom somebody would
// rather not be seen, what they say of a session, a guest.
func (c *canaries) everybodyWrites(ctx context.Context) error {
	o := c.p.app.Office
	for _, one := range c.p.people {
		if !one.Has(programme.Atsugi) {
			continue
		}
		who := programme.As(one.ID)
		hidden, err := o.HiddenFrom(ctx, who, one.ID)
		if err != nil {
			return err
		}
		if err := o.HideFrom(ctx, who, one.ID, programme.HiddenPrint(hidden), []programme.Hidden{programme.HiddenName(c.phrase("hidden", one.ID))}); err != nil {
			return err
		}
		if err := c.wouldPublish(ctx, one.ID); err != nil {
			return err
		}
		sessions, err := o.Sessions(ctx, who)
		if err != nil {
			return err
		}
		for _, s := range sessions {
			if s.Span.From.IsZero() || s.Span.From.After(c.p.slack.Now()) || s.Atsugi != one.ID {
				continue
			}
			_, err := o.SayWord(ctx, who, s.ID, programme.WordForm{Word: programme.SaysHeld, Lines: true,
				Next: c.phrase("session.next", one.ID), ToOffice: c.phrase("session.office", one.ID)})
			if _, refused := programme.AsError(err); err != nil && !refused {
				return err
			}
		}
	}
	_, err := o.AddGuest(ctx, programme.Operator, programme.Guest{ID: programme.GuestID(o.NewID()), Event: "w3", Name: fmt.Sprint("飛び入り ", c.count),
		Note: c.phrase("guest.note", ""), Answer: programme.Yes})
	return err
}
