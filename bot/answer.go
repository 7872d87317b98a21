package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// request looks up who acts. The platform is asked only about accounts seen for
// the first time, and never for a submission, which has three seconds.
func (b *Bot) request(ctx context.Context, a act, network bool) (Request, error) {
	r := Request{
		Account: a.account, Text: a.text, Action: a.action, State: a.state, View: a.view,
		Op: cmp.Or(a.key, b.Office.NewID()), Trigger: a.trigger, Channel: a.channel, responseURL: a.responseURL,
		Locale: ui.NewLocale("ja", b.Office.Settings.Zone),
	}
	me, err := b.Office.PersonBySlack(ctx, a.account)
	if network && (err == nil && me.Locale == "" || notInRoster(err)) {
		me, err = b.recognise(ctx, a, me)
	}
	r.Locale = b.locale(me)
	if err != nil {
		return r, err
	}
	r.Me = me
	r.Who = programme.As(me.ID)
	r.Who.At = a.at
	return r, nil
}

// requestOf is request, and none the worse of an account in nobody's row where anybody may.
func (b *Bot) requestOf(ctx context.Context, a act, network bool) (Request, error) {
	req, err := b.request(ctx, a, network)
	if b.router.anybodys[a.route] && notInRoster(err) {
		err = nil
	}
	return req, err
}

// recognise asks Slack about an account and the Office whose it is. Somebody who
// is known already is not kept waiting for an answer that Slack does not give. Of
// somebody who is not in the roster it tells the language all the same.
func (b *Bot) recognise(ctx context.Context, a act, known programme.Person) (programme.Person, error) {
	user, err := b.API.GetUserInfoContext(ctx, a.account)
	if err != nil && known.ID != "" {
		b.logFault(a, err)
		return known, nil
	}
	if err != nil {
		return known, err
	}
	me, err := b.Office.Recognise(ctx, b.accountOf(*user))
	if notInRoster(err) {
		if err := b.arrive(ctx, *user); err != nil {
			return programme.Person{Locale: user.Locale}, err
		}
	}
	if err != nil {
		return programme.Person{Locale: user.Locale}, err
	}
	return me, nil
}

// accountOf is what Slack says about somebody. Everyone of another workspace is a
// stranger: is_stranger is said only of those who share no channel with the bot
// (slack.md People).
func (b *Bot) accountOf(u slack.User) programme.Account {
	return programme.Account{
		SlackID: u.ID, Email: u.Profile.Email, Locale: cmp.Or(u.Locale, "ja"),
		Name: cmp.Or(u.RealName, u.Profile.RealName, u.Profile.DisplayName), Guest: u.IsRestricted || u.IsUltraRestricted,
		Stranger: u.IsStranger || u.IsBot || u.TeamID != b.Team,
	}
}

// answer runs the handler of a command, click, shortcut or closed view and says
// what it replied.
func (b *Bot) answer(a act) {
	h := b.router.handlers[a.route]
	if h == nil && a.route.how == onClose {
		return // nobody asked to be told
	}
	req, err := b.requestOf(b.life, a, true)
	var reply Reply
	switch {
	case err != nil:
	case h == nil:
		reply, err = b.noHandler(a, req)
	default:
		reply, err = h(b.life, req)
	}
	if err != nil {
		_, reply.Say = b.sentence(a, req.Locale, err)
	}
	b.reply(a, req, reply)
	if reply.Beneath != nil && req.inModal() && req.View.PreviousViewID != "" {
		b.redrawBeneath(a, reply.Beneath)
	}
	b.homes.touch(a.account, b.Office.Now())
}

// noHandler answers a command that there is not, and a click on a message drawn
// by an older program.
func (b *Bot) noHandler(a act, req Request) (Reply, error) {
	if a.route.how == onCommand {
		return Reply{Say: ui.UnknownCommand(b.router.wordsFor(req.Me), req.Locale)}, nil
	}
	b.Log.Warn("no handler", "how", a.route.how, "name", a.route.name)
	return Reply{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
}

// sentence turns an error into words for the person; what is not meant for
// people is logged under the reference that they are shown.
func (b *Bot) sentence(a act, l ui.Locale, err error) (field, text string) {
	ref := ""
	if _, meant := programme.AsError(err); !meant {
		ref = b.logFault(a, err)
	}
	return ui.Sentence(err, ref, l)
}

// logFault logs an error under a new reference, never what people wrote.
func (b *Bot) logFault(a act, err error) (ref string) {
	ref = b.NewRef()
	b.Log.Error("could not handle", slog.String("ref", ref), slog.String("how", a.route.how),
		slog.String("name", b.router.known(a.route)), slog.String("account", a.account), slog.String("error", err.Error()))
	return ref
}

// reply says what a handler replied: a modal where there is a trigger, else a
// sentence that only the person sees.
func (b *Bot) reply(a act, req Request, r Reply) {
	show, view := b.open, r.Open
	if r.Replace != nil {
		show, view = b.replace, r.Replace
	}
	if view != nil {
		err := show(req, *view)
		if err == nil {
			b.redrawUnder(a, req, r.Under)
			return
		}
		b.logFault(a, err)
		r.Say = ui.TriggerGone(req.Locale)
	}
	if r.Say == "" {
		return
	}
	if err := b.say(req, r.Say); err != nil {
		b.logFault(a, err)
	}
}

// open opens a modal, or pushes it on the one that was clicked in; where nothing
// more can lie on it, in its place.
func (b *Bot) open(req Request, view slack.ModalViewRequest) (err error) {
	switch {
	case req.inModal() && topmost(*req.View):
		return b.replace(req, view)
	case req.Trigger == "":
		return errors.New("bot: no trigger to open a view with")
	case req.inModal():
		_, err = b.API.PushViewContext(b.life, req.Trigger, view)
	default:
		_, err = b.API.OpenViewContext(b.life, req.Trigger, view)
	}
	return err
}

// replace draws another page in the modal that was clicked in. Who closed it meanwhile
// misses nothing: what they pressed is done.
func (b *Bot) replace(req Request, view slack.ModalViewRequest) error {
	if !req.inModal() {
		return b.open(req, view)
	}
	_, err := b.API.UpdateViewContext(b.life, view, "", "", req.View.ID)
	if err != nil && err.Error() == "not_found" {
		return nil
	}
	return err
}

// redrawUnder draws the modal anew that was clicked in and that another page lies on by
// now. Where nothing more could lie on it, that one took its place. Whoever was quick with the
// other page has had it drawn newer already: that stays.
func (b *Bot) redrawUnder(a act, req Request, view *slack.ModalViewRequest) {
	if view == nil || !req.inModal() || topmost(*req.View) {
		return
	}
	_, err := b.API.UpdateViewContext(b.life, *view, "", req.View.Hash, req.View.ID)
	if err != nil && err.Error() != "hash_conflict" {
		b.logFault(a, err)
	}
}

// topmost says whether the modal is the third, on which no other can lie
// (slack.md Sizes).
func topmost(v slack.View) bool {
	return v.PreviousViewID != "" && v.PreviousViewID != v.RootViewID
}

// say tells the person alone: where they acted if that was in a channel, in a
// small modal if it was in a view, else in the direct message.
func (b *Bot) say(req Request, text string) error {
	if req.responseURL != "" {
		err := b.respond(req.responseURL, text)
		if err == nil {
			return nil
		}
	}
	if req.Trigger != "" && req.View != nil {
		if err := b.open(req, ui.Saved(ui.AppName, text, req.Locale)); err == nil {
			return nil
		}
	}
	if req.Channel == "" {
		_, _, err := b.API.PostMessageContext(b.life, req.Account, slack.MsgOptionText(text, true))
		return err
	}
	_, err := b.API.PostEphemeralContext(b.life, req.Channel, req.Account, slack.MsgOptionText(text, true))
	return err
}

// respond answers through the act's own response URL, which works where the bot
// is no member.
func (b *Bot) respond(url, text string) error {
	_, _, err := b.API.PostMessageContext(b.life, "",
		slack.MsgOptionResponseURL(url, slack.ResponseTypeEphemeral), slack.MsgOptionText(text, true))
	return err
}

// decide runs the handler of a submission and makes the acknowledgement: field
// errors, the next page, or nil for "close". Nothing in it uses the network; what
// does, later is for.
func (b *Bot) decide(a act) (response *slack.ViewSubmissionResponse, later func()) {
	req, err := b.requestOf(b.life, a, false)
	var reply Reply
	defer func() {
		if r := recover(); r != nil {
			b.Log.Error("submission panicked", slog.String("name", a.route.name), slog.Any("panic", r))
			_, text := ui.Sentence(errors.New("panic"), b.NewRef(), req.Locale)
			response = page(ui.Saved(ui.AppName, text, req.Locale))
		}
	}()
	if err == nil {
		h := b.router.handlers[a.route]
		if h == nil {
			err = &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
		} else {
			reply, err = h(b.life, req)
		}
	}
	b.homes.touch(a.account, b.Office.Now())
	if err != nil {
		return b.refuse(a, req, err), nil
	}
	if reply.Beneath != nil && a.view.PreviousViewID != "" {
		later = func() { b.redrawBeneath(a, reply.Beneath) }
	}
	if reply.After != nil {
		first := later
		later = func() {
			if first != nil {
				first()
			}
			reply.After(b.life)
		}
	}
	if reply.Replace != nil {
		return b.turn(a, req, *reply.Replace, later)
	}
	if reply.Open != nil {
		if topmost(*a.view) { // nothing more can lie on it
			return slack.NewUpdateViewSubmissionResponse(reply.Open), later
		}
		return page(*reply.Open), later
	}
	if reply.Say != "" {
		said := ui.Saved(ui.AppName, reply.Say, req.Locale)
		return slack.NewUpdateViewSubmissionResponse(&said), later
	}
	return nil, later
}

// maxAck bounds an acknowledgement: one of more than 20 KB is dropped (slack.md
// Receiving).
const maxAck = 18_000

// turn puts the next page in the place of the submitted one: in the acknowledgement,
// or, if it is too big for that, right after it.
func (b *Bot) turn(a act, req Request, next slack.ModalViewRequest, later func()) (*slack.ViewSubmissionResponse, func()) {
	response := slack.NewUpdateViewSubmissionResponse(&next)
	raw, err := json.Marshal(response)
	if err != nil || len(raw) <= maxAck {
		return response, later
	}
	loading := ui.SheetLoading(req.Locale)
	return slack.NewUpdateViewSubmissionResponse(&loading), func() {
		if _, err := b.API.UpdateViewContext(b.life, next, "", "", a.view.ID); err != nil {
			b.logFault(a, err)
		}
		if later != nil {
			later()
		}
	}
}

// redrawBeneath draws the page anew on which the form lay. Who closed it meanwhile
// misses nothing.
func (b *Bot) redrawBeneath(a act, draw func(context.Context) (*slack.ModalViewRequest, error)) {
	page, err := draw(b.life)
	if err == nil {
		_, err = b.API.UpdateViewContext(b.life, *page, "", "", a.view.PreviousViewID)
	}
	if _, meant := programme.AsError(err); err != nil && !meant {
		b.logFault(a, err)
	}
}

// refuse puts the sentences beside their inputs, or one on a page of its own on top
// of the form, so that what was typed stays.
func (b *Bot) refuse(a act, req Request, err error) *slack.ViewSubmissionResponse {
	var faults programme.Faults
	if errors.As(err, &faults) {
		beside := map[string]string{}
		for _, fault := range faults {
			field, text := b.sentence(a, req.Locale, fault)
			if block := ui.FieldBlock(*a.view, field); block != "" && beside[block] == "" {
				beside[block] = text
			}
		}
		if len(beside) > 0 {
			return slack.NewErrorsViewSubmissionResponse(beside)
		}
	}
	field, text := b.sentence(a, req.Locale, err)
	block := ui.FieldBlock(*a.view, field)
	if block == "" && topmost(*a.view) { // no page can lie on this one
		block = ui.FirstInput(*a.view)
	}
	if block != "" {
		return slack.NewErrorsViewSubmissionResponse(map[string]string{block: text})
	}
	return page(ui.Saved(ui.AppName, text, req.Locale))
}

func page(view slack.ModalViewRequest) *slack.ViewSubmissionResponse {
	return slack.NewPushViewSubmissionResponse(&view)
}
