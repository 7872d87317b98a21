package programme_test

import (
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// publishing is a house in which things were published.
func publishing(t *testing.T) *house {
	h := newHouse(t)
	h.Settings.KeyDates = []programme.KeyDate{
		{ID: "entry", Title: "アトツギ甲子園 エントリー締切", Date: "2026-11-28", For: programme.Audience{Roles: []programme.Role{programme.Atsugi}}},
		{ID: "report", Title: "最終報告書の案の提出", Date: "2027-02-26", For: programme.Audience{Roles: []programme.Role{programme.Coordinator}}},
	}
	h.Settings.Faq = []programme.FaqEntry{
		{ID: "file:travel", Question: programme.Text{Ja: "交通費は出ますか", En: "Are travel expenses paid?"}, Answer: programme.Text{Ja: "参加者の交通費は自己負担です。", En: "You pay your own travel."}, Words: []string{"旅費", "電車代"}},
		{ID: "file:parking", Question: programme.Text{Ja: "駐車場はありますか"}, Answer: programme.Text{Ja: "近くのコインパーキングをお使いください。"}},
		{ID: "file:online", Question: programme.Text{Ja: "オンラインで参加できますか"}, Answer: programme.Text{Ja: "ワークショップは会場のみです。面談はオンラインでもできます。"}, Words: []string{"ｚｏｏｍ"}},
		{ID: "file:clothes", Question: programme.Text{Ja: "服装に決まりはありますか"}, Answer: programme.Text{Ja: "普段着でお越しください。"}, Words: []string{"ふくそう", "スーツ"}},
	}
	invited := programme.Audience{Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R8"}}
	day := func(d int) time.Time { return firstDay.AddDate(0, 0, d) }
	h.write(func(tx programme.Tx) error {
		for _, e := range []programme.Event{
			{ID: "ws1", Kind: programme.Workshop, Title: "第1回ミニワークショップ", Start: day(10), End: day(10).Add(3 * time.Hour), Place: "前橋商工会議所 3階", Bring: "会社案内、筆記用具", Deadline: day(7), Approved: "2026-08-01", Audience: invited},
			{ID: "ws2", Kind: programme.Workshop, Title: "第2回ミニワークショップ", Start: day(40), End: day(40).Add(3 * time.Hour), Place: "高崎市総合センター", Approved: "2026-08-01", Audience: invited},
			{ID: "secret", Kind: programme.Seminar, Title: "普及啓発セミナー", Start: day(20), End: day(20).Add(time.Hour), Place: "大宮", Audience: invited},
			{ID: "off", Kind: programme.Seminar, Title: "中止のセミナー", Start: day(20), End: day(20).Add(time.Hour), Approved: "2026-08-01", Audience: invited, Cancelled: firstDay},
		} {
			if err := tx.SaveEvent(e); err != nil {
				return err
			}
		}
		return nil
	})
	return h
}

// Questions find what answers them, in whatever spelling, and nothing else: what is not
// published to the person, and what speaks of something else, is not shown.
func TestFindPublished(t *testing.T) {
	h := publishing(t)
	for _, c := range []struct {
		who  programme.PersonID
		text string
		want string // ids, best first
	}{
		{"atsugi", "会場", "ws1 ws2"},
		{"atsugi", "会場はどこですか？", "ws1 ws2"},
		{"atsugi", "第2回のワークショップの会場を教えてください", "ws2"},
		{"atsugi", "ﾜｰｸｼｮｯﾌﾟは何時からですか", "ws1 ws2"},
		{"atsugi", "持ち物は？", "ws1"},
		{"atsugi", "もちものを教えてください", "ws1"},
		{"atsugi", "申し込みの締め切りはいつですか", "ws1"},
		{"atsugi", "交通費", "file:travel"},
		{"atsugi", "交通費はでますか", "file:travel"},
		{"atsugi", "電車代は出るのでしょうか", "file:travel"},
		{"atsugi", "旅費", "file:travel"},
		{"atsugi", "Are travel expenses paid?", "file:travel"},
		{"atsugi", "ＴＲＡＶＥＬ　ＥＸＰＥＮＳＥＳ", "file:travel"},
		{"atsugi", "駐車場ありますか", "file:parking"},
		{"atsugi", "駐車", "file:parking"},
		{"atsugi", "服装", "file:clothes"},
		{"atsugi", "ふくそうは？", "file:clothes"},
		{"atsugi", "服装は自由ですか", "file:clothes"},
		{"atsugi", "スーツで行くべきですか", "file:clothes"},
		{"atsugi", "アトツギ甲子園の締め切りはいつ？", "entry"},
		{"atsugi", "あとつぎ甲子園のエントリーはいつまで", "entry"},
		{"atsugi", "ZOOMで参加できますか", "file:online"},

		// Not theirs, or of nobody yet.
		{"other-atsugi", "会場はどこですか", ""},
		{"other-atsugi", "アトツギ甲子園の締切", "entry"},
		{"supporter", "アトツギ甲子園の締切", ""},
		{"supporter", "交通費", "file:travel"},
		{"atsugi", "最終報告書の案", ""},
		{"office", "最終報告書の案の提出日", "report"},
		{"atsugi", "普及啓発セミナー", ""},
		{"atsugi", "中止のセミナー", ""},
		{"office", "普及啓発セミナー", "secret"},

		// Nothing was published of these: the office is to be asked.
		{"atsugi", "", ""},
		{"atsugi", "？？？", ""},
		{"atsugi", "あいうえお", ""},
		{"atsugi", "asdfghjkl", ""},
		{"atsugi", "ああああああああ", ""},
		{"atsugi", "教えてください", ""},
		{"atsugi", "ありますか", ""},
		{"atsugi", "こんにちは。お世話になっております。", ""},
		{"atsugi", "what is the weather like", ""},
		{"atsugi", "補助金の申請書の書き方", ""},
		{"atsugi", "ワークショップの日に保育はありますか", ""},
		{"atsugi", "メンターと二人で話せますか", ""},
		{"atsugi", "会社の登記簿はどこで取れますか", ""},
		{"atsugi", "来月の面談を延期したい", ""},
		{"atsugi", "アトツギ甲子園の審査員は誰ですか", "entry"}, // near enough: the office is one press away
		{"atsugi", "専門家を替えてもらうことはできますか", ""},
		{"atsugi", "昨夜から子どもが熱を出していて、明日は少し遅れそうです。大丈夫でしょうか", ""},
		{"atsugi", "父が社長を辞めないと言い出しました。相談に乗ってください", ""},
		{"atsugi", "領収書の宛名を変えてほしい", ""},
		{"atsugi", "はい", ""},
		{"atsugi", "ありがとうございます", ""},
	} {
		found, err := programme.FindPosted(t.Context(), h.Office, c.who, c.text)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, f := range found {
			ids = append(ids, f.ID)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s asks %q and finds %q, want %q", c.who, c.text, got, c.want)
		}
	}
}
