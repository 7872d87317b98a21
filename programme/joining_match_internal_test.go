package programme

import (
	"testing"
	"time"
)

// TestWhoseAccountItCouldBe is the table of matching: what Slack says or somebody wrote, and
// why it could be 鶉野 香の, whose row has mail, reading and firm.
func TestWhoseAccountItCouldBe(t *testing.T) {
	row := Person{ID: "p", Name: "鶉野 香", Kana: "うずらの かおる", Email: "kaoru@uzurano.example.jp", Organisation: "株式会社鶉野染織"}
	for about, c := range map[string]struct {
		n    Newcomer
		wish JoinRequest
		want CandidateBy
	}{
		"same mail":                          {n: Newcomer{Email: "Kaoru@Uzurano.example.jp "}, want: ByMail},
		"same mail, wide":                    {n: Newcomer{Email: "ｋａｏｒｕ@uzurano.example.jp"}, want: ByMail},
		"same mail of another workspace":     {n: Newcomer{Email: "kaoru@uzurano.example.jp", Stranger: true}},
		"mail of the firm alone":             {n: Newcomer{Email: "info@uzurano.example.jp"}},
		"the name":                           {n: Newcomer{Name: "鶉野香"}, want: ByName},
		"the name of another workspace":      {n: Newcomer{Name: "鶉野 香", Stranger: true}, want: ByName},
		"the reading in other kana":          {n: Newcomer{Name: "ウズラノ　カオル"}, want: ByName},
		"half width":                         {n: Newcomer{Name: "ｳｽﾞﾗﾉ ｶｵﾙ"}, want: ByName},
		"family name last":                   {n: Newcomer{Name: "香 鶉野"}, want: ByName},
		"with a remark":                      {n: Newcomer{Name: "鶉野 香（参加者）"}, want: ByName},
		"with san":                           {n: Newcomer{Name: "鶉野 香さん"}, want: ByName},
		"name with the firm behind it":       {n: Newcomer{Name: "鶉野 香 @鶉野染織"}, want: ByName},
		"family name and firm":               {n: Newcomer{Name: "鶉野（鶉野染織）"}, want: ByFirm},
		"family name, firm in the wish":      {n: Newcomer{Name: "鶉野"}, wish: JoinRequest{Organisation: "鶉野染織（株）"}, want: ByFirm},
		"family name alone":                  {n: Newcomer{Name: "鶉野"}, want: ByFamily},
		"family name, another given name":    {n: Newcomer{Name: "鶉野 太郎"}, want: ByFamily},
		"the name in the wish":               {n: Newcomer{Name: "kaoru"}, wish: JoinRequest{Name: "鶉野 香"}, want: ByName},
		"the reading in the wish":            {n: Newcomer{Name: "k.u"}, wish: JoinRequest{Kana: "うずらの かおる"}, want: ByName},
		"firm alone":                         {n: Newcomer{Name: "受付"}, wish: JoinRequest{Organisation: "鶉野染織"}},
		"given name alone":                   {n: Newcomer{Name: "香"}},
		"somebody else":                      {n: Newcomer{Name: "織部谷 蓮", Email: "ren@example.jp"}},
		"nothing":                            {},
		"a name that begins with the family": {n: Newcomer{Name: "鶉野原 香"}},
	} {
		c.n.State = NewcomerWaits
		got := candidates(c.n, c.wish, []Person{row})
		by := CandidateBy(0)
		if len(got) > 0 {
			by = got[0].By
		}
		if by != c.want {
			t.Errorf("%s: %d, want %d", about, by, c.want)
		}
	}
}

// TestTheLikeliestComesFirst: address before name before firm, and who can still get an
// account before who has one or left.
func TestTheLikeliestComesFirst(t *testing.T) {
	people := []Person{
		{ID: "family", Name: "佐藤 次郎"},
		{ID: "left", Name: "佐藤 一", Left: time.Unix(1, 0)},
		{ID: "has", Name: "佐藤 一", SlackID: "U1"},
		{ID: "free", Name: "佐藤 一"},
		{ID: "firm", Name: "佐藤 三郎", Organisation: "青葉工芸"},
		{ID: "mail", Name: "Hajime", Email: "h@example.jp", SlackID: "U2"},
		{ID: "mail2", Name: "一", Email: "H@example.jp"},
		{ID: "other", Name: "鈴木 一"},
	}
	got := candidates(Newcomer{Name: "佐藤 一", Email: "h@example.jp"}, JoinRequest{Organisation: "青葉工芸"}, people)
	want := []PersonID{"mail2", "mail", "free", "has", "left"}
	for i, c := range got {
		if i >= len(want) || c.Person.ID != want[i] {
			t.Fatalf("place %d is %s, want %v", i, c.Person.ID, want)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d candidates", len(got))
	}
}
