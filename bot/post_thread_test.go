package bot_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/db/dbtest"
	"tsugite/programme"
)

// TestAQuestionStandsUnderTheCardOfItsMemo: it waits for the card, is posted as a reply, and
// is found there when its answer was lost; without a card it stands by itself.
func TestAQuestionStandsUnderTheCardOfItsMemo(t *testing.T) {
	server, poster := postRoom(t)
	store := dbtest.Open(t)
	poster.Office = &programme.Office{Store: store, Now: server.Now, Settings: programme.Settings{Zone: time.UTC}}
	poster.Channels = map[programme.Purpose]string{programme.ChannelBureau: "U1"}
	toBureau := programme.ToChannel(programme.ChannelBureau)
	write := func(f func(programme.Tx) error) {
		t.Helper()
		if err := store.Write(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	write(func(tx programme.Tx) error {
		return errors.Join(
			tx.CreateMemo("op", programme.Memo{ID: "m", Kind: programme.OfEvent, Held: "2026-09-01", Written: server.Now(), SharedVersion: 1}),
			tx.CreateMemoQuestion("q", programme.MemoQuestion{ID: "q", Memo: "m", At: server.Now(), Text: "質問"}))
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	question := func(id string) programme.Delivery {
		return programme.Delivery{ID: id, Op: programme.OpPost, FirstTryAt: server.Now(),
			Notice: programme.Notice{Kind: programme.NoticeMemoAsked, Subject: "q", To: toBureau}}
	}

	if _, err := poster.Send(ctx, question("alone"), programme.Letter{Text: "text"}); err != nil {
		t.Fatalf("without a card: %v", err)
	}
	write(func(tx programme.Tx) error {
		return tx.Enqueue("card", programme.Notice{Kind: programme.NoticeMemoShared, Subject: "m", To: toBureau, Due: server.Now()})
	})
	var waits *programme.SendError
	if _, err := poster.Send(ctx, question("early"), programme.Letter{Text: "text"}); !errors.As(err, &waits) || waits.Verdict != programme.SendRetry {
		t.Fatalf("before the card: %v", err)
	}
	claimed, err := store.Claim(ctx, "courier", server.Now(), time.Minute, 1)
	if err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %d: %v", len(claimed), err)
	}
	card, err := poster.Send(ctx, claimed[0], programme.Letter{Text: "card"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Settle(ctx, []programme.Outcome{{Delivery: claimed[0], State: programme.Sent, SlackID: card.SlackID, SlackTS: card.SlackTS}}); err != nil {
		t.Fatal(err)
	}

	d := question("reply")
	d.SlackID = card.SlackID
	if _, found, err := poster.Find(ctx, d); err != nil || found {
		t.Fatalf("found before it was sent: %v %v", found, err)
	}
	sent, err := poster.Send(ctx, d, programme.Letter{Text: "text"})
	if err != nil {
		t.Fatal(err)
	}
	page, _, _, err := poster.API.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: card.SlackID, Timestamp: card.SlackTS})
	if err != nil || len(page) != 2 || page[1].Timestamp != sent.SlackTS {
		t.Errorf("under the card: %+v, %v", page, err)
	}
	if again, found, err := poster.Find(ctx, d); err != nil || !found || again.SlackTS != sent.SlackTS {
		t.Errorf("looked up: %+v %v %v, want %+v", again, found, err, sent)
	}
}
