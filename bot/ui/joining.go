package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// joinFields, takeFields and the others are the names of forms in block ids.
const (
	joinFields    = "join"
	findFields    = "join_find"
	takeFields    = "join_take"
	declineFields = "join_decline"
)

// JoinListed is how many of each kind the office's list shows.
const JoinListed = 15

// joinStanding says to an account in nobody's row what became of its wish, or how to ask.
func joinStanding(s programme.JoinStanding, l Locale) []slack.Block {
	r := s.Request
	switch r.State {
	case programme.RequestOpen:
		return []slack.Block{section(l.mrkdwn("join.waits", words{"When": l.Moment(r.Made)}), nil)}
	case programme.RequestDeclined:
		return append(joinDeclinedWords(r, l), joinButton(l))
	}
	return []slack.Block{joinButton(l)}
}

func joinButton(l Locale) slack.Block {
	return row(button(ActionJoin, "", l.T("button.join", nil)).WithStyle(slack.StylePrimary))
}

// JoinForm asks whoever wants to join for what the office needs.
func JoinForm(form Form, l Locale) slack.ModalViewRequest {
	f := fields{joinFields, l}
	return formView(l.T("join.title", nil), l.T("button.join_send", nil), CallbackJoin, form, l,
		section(l.T("join.help", nil), nil),
		f.input("name", f.words("", programme.MaxJoinName, false)),
		f.optional("kana", f.words("", programme.MaxJoinName, false)),
		f.optional("organisation", f.words("", programme.MaxJoinName, false)),
		f.optional("told_by", f.words("", programme.MaxJoinName, false)),
		f.optional("message", f.words("", programme.MaxJoinMessage, true)))
}

// ReadJoinForm reads it.
func ReadJoinForm(view slack.View) (programme.JoinForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	return programme.JoinForm{Op: form.Op, Name: v.words("name"), Kana: v.words("kana"), Organisation: v.words("organisation"),
		ToldBy: v.words("told_by"), Message: v.words("message")}, err
}

// JoinSent says that the wish is with the office.
func JoinSent(l Locale) string { return l.T("join.sent", nil) }

// joinReceived tells the account the same, in its messages.
func joinReceived(m programme.Matter, l Locale) (string, []slack.Block) {
	text := l.T("join.received", nil)
	if m.Joining.Request.State == programme.RequestTaken {
		text = l.T("join.taken", nil)
	}
	return text, []slack.Block{section(text, nil)}
}

func joinDeclined(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("join.declined.text", nil), joinDeclinedWords(m.Joining.Request, l)
}

func joinDeclinedWords(r programme.JoinRequest, l Locale) []slack.Block {
	return append([]slack.Block{section(l.T("join.declined", nil), nil)}, verbatim(r.Reason)...)
}

// newcomerCard asks the office whose an account could be.
func newcomerCard(m programme.Matter, l Locale) (string, []slack.Block) {
	p := m.Joining
	blocks := []slack.Block{section(lines(bold(l.T("join.who", nil)), accountLines(p.Newcomer, l)), nil)}
	if done := joinDecided(p, l); done != "" {
		return l.T("join.who.text", nil), append(blocks, section(done, nil))
	}
	blocks = append(blocks, candidateBlocks(p, l)...)
	return l.T("join.who.text", nil), append(blocks, joinButtons(p, l))
}

// joinRequestCard tells the office that somebody asks to join. What they wrote is behind the
// button.
func joinRequestCard(m programme.Matter, l Locale) (string, []slack.Block) {
	p, r := m.Joining, m.Joining.Request
	who := programme.Person{Name: r.Name, Organisation: r.Organisation}
	blocks := []slack.Block{section(lines(bold(l.T("join.request", nil)), escape(nameAndFirm(who, l))), nil)}
	if r.State != programme.RequestOpen {
		return l.T("join.request.text", nil), append(blocks, section(requestDecided(p, l), nil))
	}
	return l.T("join.request.text", nil), append(blocks, row(button(ActionJoinOpen, p.Newcomer.ID, l.T("button.look", nil)).WithStyle(slack.StylePrimary)))
}

// accountLines are what Slack says of an account.
func accountLines(n programme.Newcomer, l Locale) string {
	mail := l.T("join.no_mail", nil)
	if n.Email != "" {
		mail = n.Email
	}
	remark := ""
	switch {
	case n.Stranger:
		remark = l.T("join.stranger", nil)
	case n.Guest:
		remark = l.T("join.guest", nil)
	}
	return lines(l.mrkdwn("join.account", words{"Name": or(line(n.Name, maxName), nothing), "Mail": line(mail, maxName)}), remark)
}

// joinDecided says who decided what of an account, "" while nobody did.
func joinDecided(p programme.JoiningPage, l Locale) string {
	when := words{"When": l.Moment(p.Newcomer.Decided), "By": name(p.By, l), "Who": nameAndFirm(p.Person, l)}
	switch {
	case p.Newcomer.State == programme.NewcomerMatched && p.By.ID == "":
		return l.mrkdwn("join.matched", when)
	case p.Newcomer.State == programme.NewcomerMatched:
		return l.mrkdwn("join.matched_by", when)
	case p.Newcomer.State == programme.NewcomerNotOurs && p.Request.State != programme.RequestOpen:
		return l.mrkdwn("join.not_ours_by", when)
	}
	return ""
}

func requestDecided(p programme.JoiningPage, l Locale) string {
	key := "join.request_taken"
	if p.Request.State == programme.RequestDeclined {
		key = "join.request_declined"
	}
	return l.mrkdwn(key, words{"When": l.Moment(p.Request.Decided), "By": name(p.By, l)})
}

// candidateBlocks are whose it could be, each with a button where nothing speaks against it;
// where something does, the form asks twice.
func candidateBlocks(p programme.JoiningPage, l Locale) []slack.Block {
	if len(p.Candidates) == 0 {
		return []slack.Block{section(l.T("join.nobody", nil), nil)}
	}
	out := []slack.Block{section(l.T("join.candidates", nil), nil)}
	for _, c := range p.Candidates {
		about := lines("• "+escape(nameAndFirm(c.Person, l)), candidateWhy(c, l))
		if free := c.Person.Active() && (c.Person.SlackID == "" || !c.Person.OffSlack.IsZero()); !free || p.Newcomer.Stranger {
			var back slack.BlockElement
			if !c.Person.Active() && c.Person.SlackID == p.Newcomer.SlackID {
				back = takeBackButton(c.Person, l)
			}
			out = append(out, section(about, back))
			continue
		}
		b := button(ActionJoinMatch, p.Newcomer.ID+"|"+string(c.Person.ID), l.T("button.join_match", nil)).
			WithConfirm(sure(l, l.T("join.match_title", nil), l.T("join.match_sure", words{"Who": nameAndFirm(c.Person, l)}), l.T("button.join_match", nil)))
		out = append(out, section(about, b))
	}
	return out
}

var candidateKeys = map[programme.CandidateBy]string{
	programme.ByMail: "join.by_mail", programme.ByName: "join.by_name", programme.ByFirm: "join.by_firm", programme.ByFamily: "join.by_family",
}

func candidateWhy(c programme.Candidate, l Locale) string {
	out := l.T(candidateKeys[c.By], nil)
	switch {
	case !c.Person.Active():
		out += " " + l.T("join.has_left", nil)
	case c.Person.SlackID != "" && c.Person.OffSlack.IsZero():
		out += " " + l.T("join.has_account", nil)
	}
	return out
}

func joinButtons(p programme.JoiningPage, l Locale) slack.Block {
	find := button(ActionJoinFind, p.Newcomer.ID, l.T("button.join_find", nil))
	not := button(ActionJoinNot, p.Newcomer.ID, l.T("button.join_not", nil)).
		WithConfirm(sure(l, l.T("join.not_title", nil), l.T("join.not_sure", nil), l.T("button.join_not", nil)))
	return row(find, not)
}

// JoiningPage is an account, what it asked, and what the office can do.
func JoiningPage(p programme.JoiningPage, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(accountLines(p.Newcomer, l), nil)}
	r := p.Request
	if r.ID != "" {
		blocks = append(blocks, header(l.T("join.request", nil)))
		for _, f := range []struct{ key, text string }{
			{"name", r.Name}, {"kana", r.Kana}, {"organisation", r.Organisation}, {"told_by", r.ToldBy}, {"message", r.Message},
		} {
			if f.text != "" {
				blocks = append(blocks, small(escape(l.T("join.form."+f.key, nil))))
				blocks = append(blocks, verbatim(f.text)...)
			}
		}
		if r.State != programme.RequestOpen {
			blocks = append(blocks, section(requestDecided(p, l), nil))
		}
	}
	if p.Newcomer.State == programme.NewcomerMatched {
		return modal(l.T("join.page", nil), l, append(blocks, section(joinDecided(p, l), nil))...)
	}
	blocks = append(blocks, divider())
	blocks = append(blocks, candidateBlocks(p, l)...)
	buttons := []slack.BlockElement{
		button(ActionJoinTake, p.Newcomer.ID, l.T("button.join_take", nil)),
		button(ActionJoinFind, p.Newcomer.ID, l.T("button.join_find", nil)),
	}
	if r.State == programme.RequestOpen {
		buttons = append(buttons, button(ActionJoinDecline, r.ID, l.T("button.join_decline", nil)))
	}
	return modal(l.T("join.page", nil), l, append(blocks, row(buttons...))...)
}

// JoinFindForm searches the roster for whose account it is. The tick is for what is asked
// twice.
func JoinFindForm(form Form, l Locale) slack.ModalViewRequest {
	f := fields{findFields, l}
	return formView(l.T("join_find.title", nil), l.T("button.join_link", nil), CallbackJoinFind, form, l,
		section(l.T("join_find.help", nil), nil),
		f.input("person", f.asksOne(MenuPeople, labelled{})),
		f.optional("sure", f.tick("yes")))
}

// tick is a single box to tick, by the key form.field.tick.
func (f fields) tick(field string) slack.BlockElement {
	return slack.NewCheckboxGroupsBlockElement(inputValue,
		slack.NewOptionBlockObject(field, plain(f.l.T(f.form+".form.tick", nil), maxOption), nil))
}

// ReadJoinFind reads whose account it is said to be.
func ReadJoinFind(view slack.View) (form Form, person programme.PersonID, sure bool, err error) {
	form, err = ReadForm(view.PrivateMetadata)
	v := readFields(view)
	return form, programme.PersonID(v.one("person")), len(v.some("sure")) > 0, err
}

// JoinTakeForm puts somebody on the roster who asked to join.
func JoinTakeForm(form Form, p programme.JoiningPage, l Locale) slack.ModalViewRequest {
	f := fields{takeFields, l}
	r := p.Request
	if r.State != programme.RequestOpen {
		r = programme.JoinRequest{Name: p.Newcomer.Name}
	}
	var roles, cohorts, prefectures []labelled
	for _, role := range programme.Roles {
		roles = append(roles, labelled{string(role), roleName(role, l)})
	}
	first := ""
	for i, c := range p.Cohorts {
		cohorts = append(cohorts, labelled{c, c})
		if i == 0 {
			first = c
		}
	}
	for _, name := range programme.Prefectures {
		prefectures = append(prefectures, labelled{name, name})
	}
	blocks := []slack.Block{
		section(l.T("join_take.help", nil), nil),
		f.input("name", f.words(r.Name, programme.MaxJoinName, false)),
		f.optional("kana", f.words(r.Kana, programme.MaxJoinName, false)),
		f.optional("organisation", f.words(r.Organisation, programme.MaxJoinName, false)),
		f.input("role", f.one(roles, string(programme.Atsugi))),
	}
	if len(cohorts) > 0 {
		blocks = append(blocks, f.optional("cohort", f.one(cohorts, first)))
	}
	blocks = append(blocks, f.optional("prefecture", f.one(prefectures, "")),
		f.optional("recommended_by", f.words("", programme.MaxJoinName, false)),
		f.optional("sure", f.tick("yes")))
	return formView(l.T("join_take.title", nil), l.T("button.join_enter", nil), CallbackJoinTake, form, l, blocks...)
}

// ReadJoinTake reads it.
func ReadJoinTake(view slack.View) (programme.NewMemberForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	return programme.NewMemberForm{Newcomer: form.Subject, Name: v.words("name"), Kana: v.words("kana"), Organisation: v.words("organisation"),
		Role: programme.Role(v.one("role")), Cohort: v.one("cohort"), Prefecture: v.one("prefecture"), RecommendedBy: v.words("recommended_by"), Sure: len(v.some("sure")) > 0}, err
}

// JoinDeclineForm asks for the reason that is sent.
func JoinDeclineForm(form Form, l Locale) slack.ModalViewRequest {
	f := fields{declineFields, l}
	return formView(l.T("join_decline.title", nil), l.T("button.join_decline_send", nil), CallbackJoinDecline, form, l,
		section(l.T("join_decline.help", nil), nil), f.input("reason", f.words("", maxMemoReason, true)))
}

// ReadJoinDecline reads it.
func ReadJoinDecline(view slack.View) (Form, string, error) {
	form, err := ReadForm(view.PrivateMetadata)
	return form, readFields(view).words("reason"), err
}

// JoinMatched, JoinTaken and JoinDeclineSent say what was done.
func JoinMatched(l Locale) string     { return l.T("join.done_matched", nil) }
func JoinTaken(l Locale) string       { return l.T("join.done_taken", nil) }
func JoinDeclineSent(l Locale) string { return l.T("join.done_declined", nil) }

// ReadJoinMatch is which account a press says is whose.
func ReadJoinMatch(value string) (newcomer string, person programme.PersonID) {
	newcomer, id, _ := strings.Cut(value, "|")
	return newcomer, programme.PersonID(id)
}

// JoiningList is what waits for the office: wishes, then accounts.
func JoiningList(v programme.JoiningList, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(l.T("join_list.help", nil), nil)}
	if len(v.Newcomers)+len(v.Requests) == 0 {
		blocks = append(blocks, section(l.T("join_list.none", nil), nil))
	}
	for _, r := range v.Requests {
		who := programme.Person{Name: r.Name, Organisation: r.Organisation}
		blocks = append(blocks, section(lines(bold(nameAndFirm(who, l)), l.mrkdwn("join_list.asks", words{"When": l.Moment(r.Made)})),
			button(ActionJoinOpen, r.Newcomer.ID, l.T("button.look", nil))))
	}
	for _, n := range v.Newcomers {
		blocks = append(blocks, section(lines(accountLines(n, l), l.mrkdwn("join_list.came", words{"When": l.Moment(n.Seen)})),
			button(ActionJoinOpen, n.ID, l.T("button.look", nil))))
	}
	return modal(l.T("join_list.title", nil), l, append(blocks, divider(), row(button(ActionPersonFind, "", l.T("button.person_find", nil))))...)
}

// welcome is the first message to somebody: who is who, what the bot does, and what there is
// to do first.
func welcome(m programme.Matter, l Locale) (string, []slack.Block) {
	w := m.Welcome
	var office, experts []string
	for _, p := range w.Office {
		office = append(office, name(p, l))
	}
	for _, p := range w.Experts {
		experts = append(experts, name(p, l))
	}
	who := []string{l.T("welcome.office", nil)}
	if len(office) > 0 {
		who[0] = l.mrkdwn("welcome.office_named", words{"Who": l.list(office)})
	}
	if len(experts) > 0 && m.To.Has(programme.Atsugi) {
		who = append(who, l.mrkdwn("welcome.experts_named", words{"Who": l.list(experts)}))
	} else {
		who = append(who, l.T("welcome.experts", nil))
	}
	who = append(who, l.T("welcome.bureau", nil))
	blocks := []slack.Block{
		section(lines(bold(l.T("welcome.title", words{"Name": name(m.To, l)})), l.mrkdwn("welcome.programme", words{"Name": or(w.Name, l.T("home.title", nil))})), nil),
		section(lines(append([]string{bold(l.T("welcome.who", nil))}, who...)...), nil),
		section(lines(bold(l.T("welcome.what", nil)), l.T("welcome.what_lines", nil)), nil),
		section(lines(bold(l.T("welcome.first", nil)), l.T("welcome.first_lines", nil)), nil),
		row(button(ActionConsents, "", l.T("button.welcome_consent", nil)).WithStyle(slack.StylePrimary),
			button(ActionProfile, "", l.T("button.profile", nil)), button(ActionDirectory, "", l.T("button.directory", nil))),
	}
	if len(w.Channels) > 0 {
		blocks = append(blocks, section(l.T("welcome.channels_named", words{"Channels": "<#" + strings.Join(w.Channels, "> <#") + ">"}), nil))
	} else {
		blocks = append(blocks, small(l.T("welcome.channels", nil)))
	}
	return l.T("welcome.text", nil), blocks
}
