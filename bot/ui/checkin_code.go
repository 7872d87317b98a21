package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// CodeForm asks for the day's code (受付コード), which is shown in the room.
func CodeForm(form Form, l Locale) slack.ModalViewRequest {
	text := slack.NewPlainTextInputBlockElement(plain(l.T("code.example", nil), maxPlaceholder), memoInput).WithMaxLength(20)
	v := modal(l.T("code.title", nil), l, formInput("checkin", "code", l.T("code.label", nil), l.T("code.hint", nil), text))
	v.Submit = plain(l.T("button.code_send", nil), maxModalWord)
	v.Close = plain(l.T("button.back", nil), maxModalWord)
	v.CallbackID = CallbackCode
	v.PrivateMetadata = form.encode()
	return v
}

// ReadCodeForm reads the code that was entered.
func ReadCodeForm(view slack.View) (string, error) {
	_, err := ReadForm(view.PrivateMetadata)
	if err != nil || view.State == nil {
		return "", err
	}
	return view.State.Values["checkin.code"][memoInput].Value, nil
}

// CheckedIn greets somebody whose code was right.
func CheckedIn(e programme.Event, l Locale) string {
	return l.T("code.done", words{"Event": quotedTitle(e, l)})
}
