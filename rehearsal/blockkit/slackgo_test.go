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

// TestSlackGoMessageIsValid: each block that the real client library builds
// for messages is accepted.
func TestSlackGoMessageIsValid(t *testing.T) {
	picture := slack.NewImageBlockElement("https://example.org/a.png", "a")
	pushed := func(id string) *slack.ButtonBlockElement {
		return slack.NewButtonBlockElement(id, "v", plainText("押す")).WithStyle(slack.StylePrimary).
			WithConfirm(slack.NewConfirmationBlockObject(plainText("t"), mrkdwnText("x"), plainText("y"), plainText("n")))
	}
	opt := slack.NewOptionBlockObject("v", plainText("o"), nil)
	section := slack.NewRichTextSection(
		slack.NewRichTextSectionTextElement("x", &slack.RichTextSectionTextStyle{Bold: true}),
		slack.NewRichTextSectionLinkElement("https://example.org", "e", nil),
		slack.NewRichTextSectionUserElement("U1", nil),
		slack.NewRichTextSectionChannelElement("C1", nil),
		slack.NewRichTextSectionEmojiElement("wave", 3, nil),
		slack.NewRichTextSectionTeamElement("T1", nil),
		slack.NewRichTextSectionUserGroupElement("S1"),
		slack.NewRichTextSectionDateElement(1628633820, "{date}", nil, nil),
		slack.NewRichTextSectionBroadcastElement("here"),
		slack.NewRichTextSectionTagElement("tag", nil),
		slack.NewRichTextSectionColorElement("#ffffff"),
	)
	text := slack.NewRichTextBlock("", section, slack.NewRichTextList(slack.RTEListBullet, 1, section))
	axis := slack.NewDataVisualizationAxisConfig("a", "b").WithXLabel("x")
	series := slack.NewDataVisualizationDataSeries("s",
		slack.NewDataVisualizationDataPoint("a", 1), slack.NewDataVisualizationDataPoint("b", 2.5))
	card := func() *slack.CardBlock { return slack.NewCardBlock().WithTitle(mrkdwnText("c")).WithIcon(picture) }
	table := slack.NewTableBlock("")
	table.AddRow(slack.NewTableRawTextCell("h"), slack.NewTableRichTextCell(section))
	dataTable := slack.NewDataTableBlock("caption").
		AddRow(slack.NewDataTableRawTextCell("h")).
		AddRow(slack.NewDataTableRawNumberCell(1.5)).
		AddRow(slack.NewDataTableActionCell(pushed("cell")))

	for name, b := range map[string]slack.Block{
		"section": slack.NewSectionBlock(mrkdwnText("x"), []*slack.TextBlockObject{plainText("f")},
			slack.NewAccessory(slack.NewOverflowBlockElement("a", opt)), slack.SectionBlockOptionExpand(true)),
		"header":      slack.NewHeaderBlock(plainText("見出し")),
		"divider":     slack.NewDividerBlock(),
		"image":       slack.NewImageBlock("https://example.org/a.png", "a", "i", plainText("t")),
		"Slack image": slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: "F1"}, "a", "", nil),
		"context":     slack.NewContextBlock("", picture, mrkdwnText("x")),
		"actions":     slack.NewActionBlock("", pushed("a"), slack.NewDatePickerBlockElement("d"), slack.NewOptionsSelectBlockElement(slack.OptTypeChannels, nil, "c")),
		"rich_text":   text,
		"input":       slack.NewInputBlock("", plainText("l"), nil, slack.NewPlainTextInputBlockElement(nil, "a")),
		"groups": slack.NewActionBlock("", slack.NewOptionsGroupSelectBlockElement(slack.OptTypeStatic, plainText("p"), "a",
			slack.NewOptionGroupBlockElement(plainText("g"), opt))),
		"video":    slack.NewVideoBlock("https://example.org/v", "https://example.org/t.png", "a", "", plainText("t")),
		"file":     slack.NewFileBlock("", "x", "remote"),
		"call":     slack.NewCallBlock("R1"),
		"markdown": slack.NewMarkdownBlock("", "# x"),
		"context_actions": slack.NewContextActionsBlock("",
			slack.NewFeedbackButtonsBlockElement("f", slack.NewFeedbackButton(plainText("+"), "+"), slack.NewFeedbackButton(plainText("-"), "-")),
			slack.NewIconButtonBlockElement("trash", plainText("x"), "i")),
		"table":      table,
		"data_table": dataTable,
		"pie":        slack.NewDataVisualizationBlock("t", slack.NewDataVisualizationPieChart(slack.NewDataVisualizationSegment("l", 1))),
		"line":       slack.NewDataVisualizationBlock("t", slack.NewDataVisualizationLineChart(axis, series)),
		"card":       card().WithActions(pushed("a")),
		"carousel":   slack.NewCarouselBlock(card(), card()),
		"task_card":  slack.NewTaskCardBlock("1", "t").WithStatus(slack.TaskCardStatusComplete).WithDetails(text).WithSources(slack.NewTaskCardSource("https://example.org", "e")),
		"plan":       slack.NewPlanBlock("p").WithTasks(slack.NewTaskCardBlock("1", "t")),
		"container":  slack.NewContainerBlock(slack.NewDividerBlock()).WithTitle(plainText("t")).WithCollapsible(true, false),
		"layout":     slack.NewLayoutBlock("l", slack.NewLayoutRow(slack.NewLayoutItem(slack.NewDividerBlock()))).WithFallback(slack.NewDividerBlock()),
		"workflow_button": slack.NewActionBlock("", slack.NewWorkflowButtonBlockElement(plainText("t"),
			&slack.Workflow{Trigger: &slack.WorkflowTrigger{URL: "https://slack.com/x"}}, "w")),
	} {
		for _, p := range blockkit.ValidateMessage(jsonOf(t, []slack.Block{b})) {
			t.Errorf("%s: %s", name, p)
		}
	}
}

// TestSlackGoHomeIsValid: a Home as the real client library publishes it.
func TestSlackGoHomeIsValid(t *testing.T) {
	view := slack.HomeTabViewRequest{
		Type: slack.VTHomeTab, CallbackID: "home", PrivateMetadata: "{}",
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewHeaderBlock(plainText("ホーム")), slack.NewDividerBlock()}},
	}
	for _, p := range blockkit.ValidateView(jsonOf(t, view)) {
		t.Error(p)
	}
}

// TestSlackGoReadsState: the client library understands the state of every
// element, with and without a value.
func TestSlackGoReadsState(t *testing.T) {
	view := modal(
		input(element("rich_text_input", "")),
		actions(element("datetimepicker", `"initial_date_time":1628633820`)),
	)
	normal := blockkit.NormaliseView(json.RawMessage(view), counter())
	raw := jsonOf(t, map[string]any{"values": blockkit.InitialState(normal)})
	var state slack.ViewState
	if err := json.Unmarshal(raw, &state); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	if got := state.Values["1"]["a"].SelectedDateTime; got != 1628633820 {
		t.Errorf("selected_date_time is %d", got)
	}
	if got := len(state.Values["b"]["a"].RichTextValue.Elements); got != 0 {
		t.Errorf("an empty rich_text_input has %d elements", got)
	}
}
