package papers_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tsugite/bot/papers"
	"tsugite/programme"
)

var tokyo = time.FixedZone("JST", 9*60*60)

// person is an attendee from the roster, by a number.
func person(i int, name string, answer programme.Coming) programme.Attendee {
	return programme.Attendee{
		ID: programme.AttendeeID(fmt.Sprint("p", i)), Answer: answer,
		Person: programme.Person{
			ID: programme.PersonID(fmt.Sprint("p", i)), Name: name, Kana: "かな" + fmt.Sprint(i), Organisation: "工房" + fmt.Sprint(i),
			Roles: []programme.Role{programme.Atsugi}, Email: "secret@example.com", Phone: "090-0000-0000",
		},
	}
}

// day is a page with one attendee of every kind.
func day() programme.EventPage {
	start := time.Date(2026, 9, 18, 14, 0, 0, 0, tokyo)
	speaker := person(6, "講師 六", programme.Undecided)
	speaker.Speaker, speaker.Person.Roles = programme.SpeakerAgreed, []programme.Role{programme.Mentor}
	came := person(7, "飛入 七", programme.No)
	came.Arrived = start
	return programme.EventPage{
		Event: programme.Event{
			ID: "ws1", Title: "第1回ミニワークショップ", Start: start, End: start.Add(2 * time.Hour), Place: "会議室", Code: "K7PX",
		},
		Attendees: []programme.Attendee{
			person(1, "参加 一", programme.Yes), person(2, "在宅 二", programme.Online), person(3, "欠席 三", programme.No),
			person(4, "待機 四", programme.Waiting), person(5, "未定 五", programme.NotYet), speaker, came,
			{ID: "g8", Answer: programme.Yes, Guest: programme.Guest{ID: "g8", Name: "来賓 八", Kana: "かな8", Organisation: "銀行", Role: programme.Supporter}},
			person(9, "無言 九", programme.Undecided),
		},
	}
}

// open reads a pack as Excel's own format, not with what wrote it here.
func open(t testing.TB, page programme.EventPage) *excelize.File {
	t.Helper()
	data, err := papers.Pack(page, tokyo)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func rows(t testing.TB, f *excelize.File, sheet string) [][]string {
	t.Helper()
	r, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// column are the cells of a table's column that are not empty, below its heading.
func column(t testing.TB, f *excelize.File, sheet string, n int) string {
	t.Helper()
	var out []string
	for _, r := range rows(t, f, sheet)[4:] {
		if len(r) > n && r[n] != "" {
			out = append(out, r[n])
		}
	}
	return strings.Join(out, " / ")
}

func TestThePackHasItsThreeSheetsInOrder(t *testing.T) {
	if got := fmt.Sprint(open(t, day()).GetSheetList()); got != "[名簿 名札 受付表]" {
		t.Error(got)
	}
}

func TestTheListHasWhoeverMayCome(t *testing.T) {
	f := open(t, day())
	for n, want := range map[int]string{
		0: "1 / 2 / 3 / 4 / 5 / 6 / 7",
		2: "参加 一 / 在宅 二 / 待機 四 / 未定 五 / 講師 六 / 飛入 七 / 来賓 八",
		3: "アトツギ / アトツギ / アトツギ / アトツギ / 講師・専門家 / アトツギ / 支援機関",
		5: "参加 / オンライン / キャンセル待ち / 未定 / 欠席 / 参加",
		6: "□ / □ / □ / □ / □ / ☑ / □",
	} {
		if got := column(t, f, papers.SheetList, n); got != want {
			t.Errorf("column %d is %s\nwant %s", n, got, want)
		}
	}
	top := rows(t, f, papers.SheetList)
	if top[0][0] != "第1回ミニワークショップ　名簿" || top[1][0] != "2026年9月18日(金) 14:00〜16:00　会議室" {
		t.Errorf("the heading is %q", top[:2])
	}
}

func TestTheReceptionHasWhoIsExpectedInTheRoomAndEmptyLines(t *testing.T) {
	f := open(t, day())
	if got, want := column(t, f, papers.SheetReception, 2), "参加 一 / 待機 四 / 未定 五 / 講師 六 / 飛入 七 / 来賓 八"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := column(t, f, papers.SheetReception, 0); strings.Count(got, "□") != 5+10 || strings.Count(got, "☑") != 1 {
		t.Errorf("boxes: %s", got)
	}
	if got := rows(t, f, papers.SheetReception)[2][0]; got != "受付コード：K7PX" {
		t.Errorf("the code is told as %q", got)
	}
}

func TestCardsAreForWhoIsInTheRoom(t *testing.T) {
	r := rows(t, open(t, day()), papers.SheetCards)
	var names []string
	for i := 2; i < len(r); i += 4 {
		names = append(names, r[i]...)
	}
	if got, want := strings.Join(names, " / "), "参加 一 / 講師 六 / 飛入 七 / 来賓 八"; got != want {
		t.Errorf("cards for %s\nwant %s", got, want)
	}
}

func TestTenCardsAreAPage(t *testing.T) {
	page := day()
	page.Attendees = nil
	for i := range 21 {
		page.Attendees = append(page.Attendees, person(i, fmt.Sprint("参加", i), programme.Yes))
	}
	f := open(t, page)
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if got := breaks(t, data.Bytes()); got != "20 40" {
		t.Errorf("pages break after rows %s, want 20 and 40", got)
	}
	height := 0.0
	for row := 1; row <= 20; row++ {
		h, err := f.GetRowHeight(papers.SheetCards, row)
		if err != nil {
			t.Fatal(err)
		}
		height += h
	}
	m, err := f.GetPageMargins(papers.SheetCards)
	if err != nil {
		t.Fatal(err)
	}
	if paper := (297/25.4 - *m.Top - *m.Bottom) * 72; height > paper {
		t.Errorf("ten cards are %.0f points high and do not fit a page of %.0f", height, paper)
	}
	width, err := f.GetColWidth(papers.SheetCards, "A")
	if err != nil {
		t.Fatal(err)
	}
	// A digit is 8 pixels wide in Arial, 9 in what may stand in for it.
	if across, paper := 2*(width*9+5)/96, 210/25.4-*m.Left-*m.Right; across > paper {
		t.Errorf("two cards are %.1f inches wide and do not fit a page of %.1f", across, paper)
	}
}

func TestSheetsAreSetUpForA4Portrait(t *testing.T) {
	f := open(t, day())
	for _, sheet := range f.GetSheetList() {
		l, err := f.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *l.Size != 9 || *l.Orientation != "portrait" {
			t.Errorf("%s: paper %d, %s", sheet, *l.Size, *l.Orientation)
		}
		if sheet != papers.SheetCards && (*l.FitToWidth != 1 || *l.FitToHeight != 0) {
			t.Errorf("%s: fitted to %d x %d pages", sheet, *l.FitToWidth, *l.FitToHeight)
		}
	}
	titles := map[string]string{}
	for _, n := range f.GetDefinedName() {
		titles[n.Scope] = n.Name + " " + n.RefersTo
	}
	for _, sheet := range []string{papers.SheetList, papers.SheetReception} {
		if want := "_xlnm.Print_Titles '" + sheet + "'!$1:$4"; titles[sheet] != want {
			t.Errorf("%s repeats %q, want %q", sheet, titles[sheet], want)
		}
	}
}

// TestNoNameIsAFormula: a spreadsheet that a guest's application fills must not
// calculate, now or after somebody edits a cell.
func TestNoNameIsAFormula(t *testing.T) {
	page := day()
	for _, s := range []string{"=1+1", "+81 90", "-2", "@SUM(A1)", "=HYPERLINK(\"http://example.com\")", "\t=1", "改\n行", "\x00\x1b", "\xff", "00123", "1/2", "TRUE"} {
		a := person(100, s, programme.Yes)
		a.Person.Organisation, a.Person.Kana = s, s
		page.Attendees = append(page.Attendees, a)
	}
	page.Event.Title, page.Event.Place, page.Event.Code = "=1", "=2", "=3"
	f := open(t, page)
	for _, sheet := range f.GetSheetList() {
		for i, r := range rows(t, f, sheet) {
			for j, s := range r {
				if s != "" {
					checkText(t, f, sheet, j+1, i+1)
				}
			}
		}
	}
	if got := column(t, f, papers.SheetList, 2); !strings.Contains(got, "=1+1 / +81 90 / -2 / @SUM(A1)") || !strings.Contains(got, "00123 / 1/2 / TRUE") {
		t.Errorf("names are not as they were written: %s", got)
	}
}

func checkText(t *testing.T, f *excelize.File, sheet string, column, row int) {
	t.Helper()
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	formula, err := f.GetCellFormula(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	kind, err := f.GetCellType(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if formula != "" || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString || style.NumFmt != 49 {
		t.Errorf("%s %s: formula %q, type %d, number format %d", sheet, cell, formula, kind, style.NumFmt)
	}
}

func TestThePackHoldsNoAddressesOrNumbers(t *testing.T) {
	f := open(t, day())
	for _, sheet := range f.GetSheetList() {
		if all := fmt.Sprint(rows(t, f, sheet)); strings.Contains(all, "secret@") || strings.Contains(all, "090-") {
			t.Errorf("%s: %s", sheet, all)
		}
	}
}

func TestAnEventWithoutPeopleHasAPack(t *testing.T) {
	f := open(t, programme.EventPage{})
	if got := column(t, f, papers.SheetReception, 0); strings.Count(got, "□") != 10 {
		t.Errorf("boxes: %s", got)
	}
}
