package programme_test

import (
	"testing"

	"tsugite/programme"
)

// TestNamesOfOneOrganisation: the roster's cell and the reader's organisation are typed by
// different people.
func TestNamesOfOneOrganisation(t *testing.T) {
	for _, c := range []struct {
		rule, organisation, cell string
		want                     bool
	}{
		{"the same", "群馬銀行", "群馬銀行", true},
		{"a legal form and a branch", "株式会社群馬銀行 前橋支店", "群馬銀行", true},
		{"two branches", "群馬銀行前橋支店", "（株）群馬銀行　高崎営業部", true},
		{"a legal form as one sign", "㈱オオタ製作所", "オオタ製作所", true},
		{"head office", "オオタ製作所本社", "有限会社オオタ製作所", true},
		{"short for credit association", "しののめ信用金庫", "しののめ信金 太田支店", true},
		{"farmers", "JA佐野", "佐野農業協同組合、JA佐野", true},
		{"several banks in one cell", "足利銀行", "群馬銀行、足利銀行", true},
		{"several by other signs", "足利銀行", "群馬銀行;東和銀行／足利銀行", true},
		{"a line each", "足利銀行", "群馬銀行\n足利銀行", true},
		{"more than the name", "太田商工会議所 経営支援課", "太田商工会議所（経営指導員）", true},
		{"a part of it from three characters on", "経済産業省関東経済産業局", "関東経済産業局", true},
		{"another bank", "群馬銀行", "足利銀行", false},
		{"two characters within a name", "佐野銀行", "佐野", false},
		{"the legal form alone", "株式会社", "株式会社オオタ", false},
		{"nothing in the cell", "群馬銀行", "", false},
		{"no organisation", "", "群馬銀行", false},
		{"only signs", "群馬銀行", "、／", false},
	} {
		if got := programme.SameOrganisation(c.organisation, c.cell); got != c.want {
			t.Errorf("%s: %q and %q: %v", c.rule, c.organisation, c.cell, got)
		}
	}
}

// TestNamesOfOnePerson: of somebody who is typed, often the family name alone is known.
func TestNamesOfOnePerson(t *testing.T) {
	for _, c := range []struct {
		rule, name, kana, typed string
		want                    bool
	}{
		{"the same", "鈴木 一郎", "すずき いちろう", "鈴木一郎", true},
		{"the family name", "鈴木 一郎", "", "鈴木", true},
		{"with a title", "鈴木 一郎", "", "鈴木さん", true},
		{"no blank on the roster", "鈴木一郎", "", "鈴木", true},
		{"one character", "林 花子", "", "林", true},
		{"as it is read", "鈴木 一郎", "すずき いちろう", "スズキ", true},
		{"several", "鈴木 一郎", "", "佐藤、鈴木", true},
		{"another", "鈴木 一郎", "すずき いちろう", "佐藤", false},
		{"one character of a longer name", "林田 花子", "", "林", false},
		{"nothing", "鈴木 一郎", "", "さん", false},
	} {
		if got := programme.SameSomebody(programme.Person{Name: c.name, Kana: c.kana}, c.typed); got != c.want {
			t.Errorf("%s: %q and %q: %v", c.rule, c.name, c.typed, got)
		}
	}
}
