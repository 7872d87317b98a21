package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const followYear = smallYear + `    - {id: session-1d, kind: session, offset: "-1d 10:00"}
    - {id: session-1h, kind: session, offset: "-1h"}
    - {id: briefing-1d, kind: briefing, offset: "-1d 10:00"}
`

const followPeople = `氏名,slack_id,役割,担当専門家,区分,届出日,誓約日
檜川 茜,U0AKANE,アトツギ,匠 一郎,,,
織部谷 蓮,U0RENREN,アトツギ,,,,
先達 花,U0HANA,専門家,,専門家,2026-08-01,2026-08-01
匠 一郎,U0TAKUMI,専門家,,専門家,2026-08-01,2026-08-01
橋渡 千佳,U0CHIKA,事務局,,,2026-08-01,2026-08-01
`

// followScript: Takumi, whose atsugi Akane is, names times on the evening of Wednesday
// the 2nd, for the 9th to the 11th. Nobody sees Ren, so that act is left out.
const followScript = `
sessions:
  - {share: 100, after: 3h, does: pick}
acts:
  - {at: 2026-09-01 11:00, engage: U0AKANE}
  - {at: 2026-09-02 19:00, propose: U0AKANE}
  - {at: 2026-09-03 19:00, propose: atsugi/2}
`

// ofFollowUp are what people are sent about follow-up, by the hour: people have their
// own pace.
func ofFollowUp(lines []rehearsed) []string {
	var out []string
	for _, r := range lines {
		if r.Notice == nil || r.Kind != "message" && r.Kind != "file" {
			continue
		}
		if strings.HasPrefix(*r.Notice, "session.") || strings.HasPrefix(*r.Notice, "engagement.") || *r.Notice == "memo.written" {
			out = append(out, r.At[:13]+r.short()[16:])
		}
	}
	return out
}

// TestASessionOfARehearsal: who asks the office gets their own expert, who names times in
// the bot's form; one is picked with a press, and afterwards both say that it took place.
func TestASessionOfARehearsal(t *testing.T) {
	lines := rehearseFiles(t, map[string]string{"c.yaml": followYear, "p.csv": followPeople, "s.yaml": followScript})
	want := []string{
		"2026-09-01T11 message U0AKANE engagement.made",
		"2026-09-01T11 message U0TAKUMI engagement.made",
		"2026-09-02T19 message U0AKANE session.proposed",
		"2026-09-02T22 message U0AKANE session.booked",
		"2026-09-02T22 file U0AKANE session.calendar",
		"2026-09-02T22 message U0TAKUMI session.booked",
		"2026-09-02T22 file U0TAKUMI session.calendar",
		"2026-09-08T10 message U0TAKUMI session.briefing",
		"2026-09-08T10 message U0AKANE session.reminder",
		"2026-09-08T10 message U0TAKUMI session.reminder",
		"2026-09-09T13 message U0AKANE session.reminder",
		"2026-09-09T13 message U0TAKUMI session.reminder",
		"2026-09-09T15 message U0AKANE session.after",
		"2026-09-09T15 message U0TAKUMI session.after",
		"2026-09-09T19 message - memo.written",
		"2026-09-12T18 message - memo.written", // corrected, as the atsugi asked
	}
	if diff := cmp.Diff(want, ofFollowUp(lines)); diff != "" {
		t.Error(diff)
	}
}

// TestTimesThatSuitNobody: the office and the expert hear of it, and nothing is booked.
func TestTimesThatSuitNobody(t *testing.T) {
	script := strings.Replace(followScript, "does: pick", "does: none", 1)
	lines := rehearseFiles(t, map[string]string{"c.yaml": followYear, "p.csv": followPeople, "s.yaml": script})
	want := []string{
		"2026-09-01T11 message U0AKANE engagement.made",
		"2026-09-01T11 message U0TAKUMI engagement.made",
		"2026-09-02T19 message U0AKANE session.proposed",
		"2026-09-02T22 message U0TAKUMI session.declined",
		"2026-09-02T22 message - session.declined",
	}
	if diff := cmp.Diff(want, ofFollowUp(lines)); diff != "" {
		t.Error(diff)
	}
}
