package programme

import (
	"strings"
	"unicode"
)

// PlainWish is something that people ask for by name, for which there is a card.
type PlainWish string

const (
	WishNext     PlainWish = "next"     // the next event
	WishCancel   PlainWish = "cancel"   // they cannot come
	WishBookings PlainWish = "bookings" // their sessions
	WishHelp     PlainWish = "help"     // what the bot can do
	WishGreeting PlainWish = "greeting" // nothing, but kindly
)

// The table of wishes is narrow: a real question is never taken for one of them. A wish is the
// whole of the text, but for what stands before and after it here.
var (
	plainWishes = wishTable(map[PlainWish]string{
		WishNext: `次 次回 次は 次回は 次はいつ 次回はいつ 次の予定 次回の予定 次の予定は
			次のワークショップ 次のイベント 次のセミナー 次回のワークショップ 次回のイベント
			次のワークショップは 次のイベントは 次回のワークショップは
			次のワークショップはいつ 次のイベントはいつ 次のセミナーはいつ 次回のワークショップはいつ 次回のイベントはいつ
			ワークショップはいつ イベントはいつ
			next|next workshop|next event|the next workshop|the next event|when is the next workshop|when is the next event|whats next|what is next`,
		WishCancel: `欠席 欠席する 欠席します 欠席したい 欠席させてください 欠席でお願いします 休みます 休みたい お休みします
			行けない 行けません 行けなくなった 行けなくなりました 行かれなくなりました 参加できない 参加できません
			参加できなくなった 参加できなくなりました 出席できない 出席できません 出席できなくなりました
			都合が悪くなった 都合が悪くなりました キャンセル キャンセルする キャンセルします キャンセルしたい キャンセルさせてください
			cancel|i cant come|i cannot come|cant come|cannot come|i cant make it|cant make it|i want to cancel|cancel my booking|absent`,
		WishBookings: `予約 予約は 予約確認 予約の確認 予約一覧 予約を見る 予約を見たい 予約を確認したい 私の予約 自分の予約 私の予約は
			面談の予約 個別相談の予約 面談の予定 個別相談の予定 相談の予定
			bookings|my bookings|my booking|show my bookings|my sessions|sessions|when is my session`,
		WishHelp: `ヘルプ 使い方 使い方を教えて 使い方は 何ができる 何ができますか できること ？ help|help me|how do i use this|what can you do`,
		WishGreeting: `こんにちは こんばんは おはよう おはようございます はじめまして よろしくお願いします よろしくお願いいたします
			お世話になっております お世話になります ありがとう ありがとうございます ありがとうございました
			hello|hi|good morning|good evening|thanks|thank you|thank you very much`,
	})
	// wishEnds and wishHeads may stand around a wish and change nothing of it.
	wishEnds = []string{"でしょうか", "教えてください", "おしえてください", "お願いします", "ください", "ですか", "ですが", "です", "を教えて", "教えて", "を", "please", "か"}
	// occasions may stand before a word of not coming.
	occasions = []string{"今日の", "明日の", "今週の", "来週の", "次の", "次回の", "今度の"}
	meetings  = []string{"ワークショップ", "イベント", "セミナー", "報告会", "面談", "個別相談", "相談", "予約"}
	particles = []string{"に", "を", "は", "へ", "の", ""}
)

// wishTable has every text of a wish as plainly spells it.
func wishTable(of map[PlainWish]string) map[string]PlainWish {
	out := map[string]PlainWish{}
	for wish, texts := range of {
		for _, text := range strings.FieldsFunc(texts, func(r rune) bool { return r == '|' || r == '\n' || r == '\t' }) {
			if text == "" {
				continue
			}
			each := []string{text}
			if r := []rune(strings.TrimSpace(text)); len(r) > 0 && r[0] > unicode.MaxASCII {
				each = strings.Fields(text) // Japanese knows no blanks, and an English text may follow the last one
			}
			for _, t := range each {
				out[plainly(t)] = wish
			}
		}
	}
	delete(out, "")
	return out
}

// plainly is a text without blanks and signs, folded.
func plainly(text string) string {
	return strings.ReplaceAll(spell(text).String(), " ", "")
}

// WishOf says which wish the text is, "" for a question.
func WishOf(text string) PlainWish {
	if t := strings.TrimSpace(text); t == "?" || t == "？" {
		return WishHelp
	}
	said := plainly(text)
	if said == "" {
		return ""
	}
	for {
		if wish, ok := plainWishes[said]; ok {
			return wish
		}
		if rest, ok := afterOccasion(said); ok && plainWishes[rest] == WishCancel {
			return WishCancel
		}
		shorter := withoutEnd(said)
		if shorter == said || shorter == "" {
			return ""
		}
		said = shorter
	}
}

func withoutEnd(said string) string {
	for _, end := range wishEnds {
		if rest, ok := strings.CutSuffix(said, plainly(end)); ok {
			return rest
		}
	}
	return said
}

// afterOccasion cuts off which occasion somebody cannot come to.
func afterOccasion(said string) (string, bool) {
	for _, o := range occasions {
		if rest, ok := strings.CutPrefix(said, plainly(o)); ok {
			said = rest
			break
		}
	}
	for _, m := range meetings {
		rest, ok := strings.CutPrefix(said, plainly(m))
		if !ok {
			continue
		}
		for _, p := range particles {
			if cut, ok := strings.CutPrefix(rest, p); ok && plainWishes[cut] == WishCancel {
				return cut, true
			}
		}
	}
	return said, false
}
