package blockkit_test

import (
	"encoding/json"
	"testing"

	"github.com/slack-go/slack"

	"tsugite/rehearsal/blockkit"
)

func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func mrkdwnText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, s, false, false)
}

func jsonOf(t *testing.T, v any) json.RawMessage {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestSlackGoModalIsValid: what the real client library writes is accepted.
func TestSlackGoModalIsValid(t *testing.T) {
	opt := func(s string) *slack.OptionBlockObject {
		return slack.NewOptionBlockObject(s, plainText(s), plainText("about "+s))
	}
	in := func(id string, e slack.BlockElement) slack.Block {
		return slack.NewInputBlock(id, plainText("ラベル"), plainText("hint"), e)
	}
	number := slack.NewNumberInputBlockElement(plainText("n"), "a", true)
	number.MinValue, number.MaxValue, number.InitialValue = "-1.5", "10", "2.25"
	area := slack.NewPlainTextInputBlockElement(plainText("書く"), "a")
	area.Multiline, area.MaxLength, area.InitialValue = true, 3000, "髙﨑𠮷"
	view := slack.ModalViewRequest{
		Type: slack.VTModal, Title: plainText("面談メモ"), Submit: plainText("保存"), Close: plainText("閉じる"),
		CallbackID: "memo", PrivateMetadata: "{}", NotifyOnClose: true,
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			in("b1", area),
			in("b2", number),
			in("b3", slack.NewEmailTextInputBlockElement(plainText("e"), "a")),
			in("b4", slack.NewURLTextInputBlockElement(plainText("u"), "a")),
			in("b5", slack.NewDatePickerBlockElement("a")),
			in("b6", slack.NewTimePickerBlockElement("a")),
			in("b7", slack.NewDateTimePickerBlockElement("a")),
			in("b8", slack.NewRadioButtonsBlockElement("a", opt("x"), opt("y"))),
			in("b9", slack.NewCheckboxGroupsBlockElement("a", opt("x"))),
			in("b10", slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText("p"), "a", opt("x"))),
			in("b11", slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plainText("p"), "a", opt("x"))),
			in("b12", slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plainText("p"), "a")),
			in("b13", slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeConversations, plainText("p"), "a")),
			in("b14", slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plainText("p"), "a")),
			in("b15", slack.NewFileInputBlockElement("a").WithFileTypes("pdf").WithMaxFiles(3)),
			in("b16", slack.NewRichTextInputBlockElement(plainText("r"), "a")),
			slack.NewAlertBlock(mrkdwnText("*注意*")),
		}},
	}
	for _, p := range blockkit.ValidateView(jsonOf(t, view)) {
		t.Error(p)
	}
}
