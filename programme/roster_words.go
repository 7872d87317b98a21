package programme

import (
	"regexp"
	"strconv"
	"strings"
)

// vocabulary is a role or a kind in the words of a roster file: the stored id is
// the English one, ja is written in Japanese, other is understood as well
// (design.md section 9; programme.md "Words on screen").
type vocabulary[T ~string] struct {
	id    T
	ja    string
	other []string
}

var roleWords = []vocabulary[Role]{
	{Atsugi, "アトツギ", []string{"アトツギ候補", "後継者"}},
	{Mentor, "専門家", []string{"メンター"}},
	{Supporter, "支援機関", nil},
	{Coordinator, "事務局", nil},
	{Bureau, "関東経済産業局", []string{"当局", "経済産業局"}},
}

var kindWords = []vocabulary[Kind]{
	{Expert, "専門家", nil},
	{Senior, "先輩アトツギ", nil},
	{Adviser, "アドバイザー", nil},
	{Municipality, "自治体", nil},
	{Chamber, "商工団体", []string{"商工会議所", "商工会"}},
	{Bank, "金融機関", []string{"銀行", "信用金庫"}},
}

// spellings finds a word's id by its folded spelling.
func spellings[T ~string](words []vocabulary[T]) map[string]T {
	m := map[string]T{}
	for _, w := range words {
		for _, s := range append([]string{string(w.id), w.ja}, w.other...) {
			m[fold(s)] = w.id
		}
	}
	return m
}

var (
	roleBySpelling = spellings(roleWords)
	kindBySpelling = spellings(kindWords)
)

func japaneseWord[T ~string](id T, words []vocabulary[T]) string {
	for _, w := range words {
		if w.id == id {
			return w.ja
		}
	}
	return string(id)
}

// ParseRole understands a role in Japanese or English, in any width and case.
func ParseRole(s string) (Role, bool) {
	r, ok := roleBySpelling[fold(s)]
	return r, ok
}

// ParseKind understands a kind in Japanese or English, in any width and case.
func ParseKind(s string) (Kind, bool) {
	k, ok := kindBySpelling[fold(s)]
	return k, ok
}

// Ja is the role as a roster file says it in Japanese.
func (r Role) Ja() string { return japaneseWord(r, roleWords) }

// Ja is the kind as a roster file says it in Japanese.
func (k Kind) Ja() string { return japaneseWord(k, kindWords) }

var cohortForm = regexp.MustCompile(`^(?:r|令和)?\s*(\d{1,4}|元)\s*(?:年度|年)?$`)

// reiwaOne is the calendar year of 令和元年.
const reiwaOne = 2019

// ParseCohort understands a fiscal year written R6, 令和6年度 or 2024 and gives
// the stored form, R6. A bare number is a year of the common era.
func ParseCohort(s string) (string, bool) {
	s = fold(s)
	m := cohortForm.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	era := strings.HasPrefix(s, "r") || strings.HasPrefix(s, "令和")
	n := 1
	if m[1] != "元" {
		n, _ = strconv.Atoi(m[1])
	}
	if !era {
		n -= reiwaOne - 1
	}
	if n < 1 || n > 99 {
		return "", false
	}
	return "R" + strconv.Itoa(n), true
}

// Prefectures are all forty-seven in their usual order, as they are stored.
var Prefectures = strings.Fields(`北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県
	千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府
	大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県
	長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県`)

// prefecturesEn are the same in English, in the same order.
var prefecturesEn = strings.Fields(`hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma
	saitama chiba tokyo kanagawa niigata toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie shiga kyoto
	osaka hyogo nara wakayama tottori shimane okayama hiroshima yamaguchi tokushima kagawa ehime kochi fukuoka saga
	nagasaki kumamoto oita miyazaki kagoshima okinawa`)

var prefectureBySpelling = func() map[string]string {
	m := make(map[string]string, 3*len(Prefectures))
	for i, p := range Prefectures {
		m[p], m[prefecturesEn[i]] = p, p
		if p != "北海道" {
			m[string([]rune(p)[:len([]rune(p))-1])] = p
		}
	}
	return m
}()

// ParsePrefecture understands 茨城, 茨城県 or Ibaraki and gives the stored form, 茨城県.
func ParsePrefecture(s string) (string, bool) {
	p, ok := prefectureBySpelling[fold(s)]
	return p, ok
}

var dateFormJa = regexp.MustCompile(`^(令和)?(\d{1,4}|元)年(\d{1,2})月(\d{1,2})日$`)

// parseRosterDate reads what people write in a sheet: every form of ParseDate in
// any width, 2026年6月1日 and 令和8年6月1日.
func parseRosterDate(s string) (Date, bool) {
	s = fold(s)
	if m := dateFormJa.FindStringSubmatch(s); m != nil {
		year := 1
		if m[2] != "元" {
			year, _ = strconv.Atoi(m[2])
		}
		if m[1] != "" {
			year += reiwaOne - 1
		}
		s = strconv.Itoa(year) + "/" + m[3] + "/" + m[4]
	}
	d, err := ParseDate(s)
	return d, err == nil && d >= "1900-01-01" && d <= "2199-12-31"
}

// splitList splits a cell that holds several values: role, cohort and mentor.
func splitList(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";；、\n", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
