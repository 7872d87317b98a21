package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const openSessions = minimal + "sessions:\n  offering: open\n"

func TestConfigurationReadsBusyCalendars(t *testing.T) {
	t.Setenv("KIRYUYA_CALENDAR", " webcal://calendar.example.jp/geheim/basic.ics\n")
	c, err := parseConfig("c.yaml", []byte(openSessions+`  busy:
    every: 15m
    calendars:
      - {person: Kiryuya@Example.jp, from: "${KIRYUYA_CALENDAR}"}
      - {person: kiryuya@example.jp, from: own.ics}
      - {person: takasaki@example.jp, from: "https://calendar.example.jp/geheim/x.ics"}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%v %+v %#v", c.Busy, c.Busy, c.Busy); strings.Contains(text, "geheim") {
		t.Errorf("the addresses are printed: %s", text)
	}
	c.Busy.beside("/etc/tsugite")
	var got []string
	list, err := c.Busy.open()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range list {
		got = append(got, b.Person+": "+b.From.String()+" "+b.From.File())
	}
	want := []string{
		"kiryuya@example.jp: an address ", "kiryuya@example.jp: a file " + filepath.Join("/etc/tsugite", "own.ics"), "takasaki@example.jp: an address ",
	}
	if diff := cmp.Diff(want, got); diff != "" || c.Busy.Every != 15*time.Minute {
		t.Error(c.Busy.Every, diff)
	}
}

// Off unless configured; every half hour unless said otherwise.
func TestBusyCalendarsUnlessSaidOtherwise(t *testing.T) {
	for file, want := range map[string]int{
		minimal: 0, openSessions: 0, openSessions + "  busy: {calendars: [{person: a@example.jp, from: a.ics}]}\n": 1,
	} {
		c, err := parseConfig("c.yaml", []byte(file), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Busy.Calendars) != want || c.Busy.Every != 30*time.Minute {
			t.Errorf("%+v", c.Busy)
		}
	}
}

func TestCalendarsThatTheEnvironmentDoesNotHold(t *testing.T) {
	c, err := parseConfig("c.yaml", []byte(openSessions+"  busy: {calendars: [{person: a@example.jp, from: '${SOMEONES_CALENDAR}'}]}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Unsetenv("SOMEONES_CALENDAR"); err != nil {
		t.Fatal(err)
	}
	_, err = c.Busy.open()
	if want := "the environment variable SOMEONES_CALENDAR is not set (it must hold the address of a calendar)"; err == nil || err.Error() != want {
		t.Error(err)
	}
	t.Setenv("SOMEONES_CALENDAR", "ftp://geheim.example.jp/x")
	_, err = c.Busy.open()
	if want := "what the environment variable SOMEONES_CALENDAR holds is not a web address (it must hold the address of a calendar)"; err == nil || err.Error() != want {
		t.Error(err)
	}
}

func TestFaultsOfBusyCalendars(t *testing.T) {
	for rule, c := range map[string]struct{ section, want string }{
		"nobody's published times": {minimal + "sessions:\n  busy: {calendars: [{person: a@example.jp, from: a.ics}]}",
			"c.yaml:8:9: sessions.busy: calendars say when published times are taken (set offering: open, or leave them out)"},
		"no calendars": {openSessions + "  busy: {every: 30m}",
			"c.yaml:9:10: sessions.busy.calendars: is missing"},
		"too often": {openSessions + "  busy: {every: 1m, calendars: []}",
			"c.yaml:9:17: sessions.busy.every: is too often (5m at least)"},
		"too seldom": {openSessions + "  busy: {every: 2d, calendars: []}",
			"c.yaml:9:17: sessions.busy.every: 2d is too long (24h at most)"},
		"no address of a person": {openSessions + "  busy: {calendars: [{person: 桐生谷, from: a.ics}]}",
			"c.yaml:9:31: sessions.busy.calendars[1].person: is not a mail address (write the one that stands in the roster)"},
		"a mail address with a name": {openSessions + "  busy: {calendars: [{person: 'K <a@example.jp>', from: a.ics}]}",
			"c.yaml:9:31: sessions.busy.calendars[1].person: is not a mail address (write the one that stands in the roster)"},
		"another protocol, and its address is not repeated": {openSessions + "  busy: {calendars: [{person: a@example.jp, from: 'ftp://geheim.example.jp/'}]}",
			"c.yaml:9:51: sessions.busy.calendars[1].from: is not a web address (write https://…, ${VARIABLE} that holds the address, or the name of a file)"},
		"the same twice": {openSessions + "  busy: {calendars: [{person: a@example.jp, from: a.ics}, {person: A@example.jp, from: a.ics}]}",
			"c.yaml:9:68: sessions.busy.calendars[2].person: the same calendar twice (leave one of them out)"},
		"an unknown key": {openSessions + "  busy: {calendars: [{person: a@example.jp, from: a.ics, url: b}]}",
			`c.yaml:9:58: sessions.busy.calendars[1]: unknown key "url" (known here: person, from)`},
	} {
		t.Run(rule, func(t *testing.T) {
			_, err := parseConfig("c.yaml", []byte(c.section+"\n"), nil)
			if diff := cmp.Diff([]string{c.want}, faultLines(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What the example shows and leaves out can be put in as it stands.
func TestExampleOfBusyCalendarsIsGood(t *testing.T) {
	data, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(data), "\n  offering: office\n", "\n  offering: open\n", 1)
	begin := strings.Index(text, "  # busy:\n")
	if begin < 0 {
		t.Fatal("the example shows no busy calendars")
	}
	end := begin + strings.Index(text[begin:], "\n\n")
	text = text[:begin] + strings.ReplaceAll(text[begin:end], "  # ", "  ") + text[end:]
	c, err := parseConfig("config.example.yaml", []byte(text), os.ReadFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Busy.Calendars) != 2 || c.Busy.Every != 30*time.Minute {
		t.Errorf("%+v", c.Busy)
	}
}
