package rehearsal

import "strings"

// alter is the verb person: somebody joins, leaves, is deactivated or renamed.
func (d *doing) alter() *refusal {
	v := d.act.Person
	if d.person.Deleted && v.Do != "reactivate" {
		return &refusal{"user_disabled", "This account has been deactivated."}
	}
	return d.do(func(ch *change) *refusal {
		switch {
		case v.Do == "join" && v.Person != nil:
			return d.newcomer(ch, *v.Person)
		case v.Do == "join" || v.Do == "leave":
			return d.membership(ch, v.Channel, v.Do == "join")
		case v.Do == "invite":
			return d.invite(ch, v.Channel, v.User)
		}
		user := v.User
		if user == "" {
			user = d.person.ID
		}
		p := ch.ws.people[user]
		if p == nil || user == ch.bot.user || user == slackbotID {
			return &refusal{"user_not_found", "There is nobody with this id."}
		}
		switch v.Do {
		case "deactivate", "reactivate":
			return ch.activate(p, v.Do == "reactivate")
		case "rename":
			return ch.rename(p, v)
		}
		return &refusal{"invalid_act", "do is join, leave, invite, deactivate, reactivate or rename"}
	})
}

func (d *doing) newcomer(ch *change, p Person) *refusal {
	if err := p.check(); err != nil {
		return &refusal{"invalid_person", err.Error()}
	}
	for _, other := range ch.ws.everyone {
		if other.Name == p.Name || p.Email != "" && strings.EqualFold(other.Email, p.Email) || other.ID == p.ID {
			return &refusal{"already_taken", "Somebody has this id, name or address already."}
		}
	}
	if p.ID == "" {
		p.ID = ch.ids.fixed("U", "person", p.Name)
	}
	one := ch.admit(p)
	d.answer.Person = encode(ch.userObject(one, true))
	ch.changed("person", "", one.ID, "")
	if !one.Outsider {
		ch.tellPerson("team_join", one)
	}
	for _, c := range ch.ws.all {
		if c.General && !one.Outsider && !one.SingleChannelGuest {
			ch.enter(c, one.ID, "")
		}
	}
	return nil
}

func (d *doing) membership(ch *change, id string, joins bool) *refusal {
	c, no := ch.seen(d.person.ID, id)
	switch {
	case no != nil:
		return no
	case c.isDM():
		return &refusal{"method_not_supported_for_channel_type", "One does not join or leave a direct message."}
	case c.Archived:
		return &refusal{"is_archived", "This channel has been archived."}
	case joins && c.has(d.person.ID), !joins && !c.has(d.person.ID):
		return nil
	case joins && (d.person.Guest || d.person.SingleChannelGuest):
		return &refusal{"user_is_restricted", "Guests are invited to channels."}
	case joins:
		ch.enter(c, d.person.ID, "")
	case c.General:
		return &refusal{"cant_leave_general", "Nobody can leave this channel."}
	default:
		ch.depart(c, d.person.ID)
	}
	return nil
}

// invite brings somebody, the app among them, into a channel that one is in.
func (d *doing) invite(ch *change, id, user string) *refusal {
	c, no := ch.seen(d.person.ID, id)
	guest := ch.ws.people[user]
	switch {
	case no != nil:
		return no
	case c.isDM():
		return &refusal{"method_not_supported_for_channel_type", "One does not invite to a direct message."}
	case !c.has(d.person.ID):
		return &refusal{"not_in_channel", "Join the channel to invite others."}
	case c.Archived:
		return &refusal{"is_archived", "This channel has been archived."}
	case guest == nil || guest.Deleted || user == slackbotID:
		return &refusal{"user_not_found", "There is nobody with this id."}
	case c.has(user):
		return nil
	case guest.SingleChannelGuest && ch.inAnotherChannel(user):
		return &refusal{"ura_max_channels", "A single-channel guest is in one channel only."}
	}
	ch.enter(c, user, d.person.ID)
	return nil
}

// activate deactivates or reactivates an account; who is deactivated closes all forms.
func (ch *change) activate(p *Person, active bool) *refusal {
	if p.Deleted == !active {
		return nil
	}
	p.Deleted = !active
	if stack := ch.ws.stacks[p.ID]; !active && len(stack) > 0 {
		ch.closeFrom(stack[0])
	}
	ch.profiled(p)
	return nil
}

func (ch *change) rename(p *Person, v *ActPerson) *refusal {
	changed := *p
	for from, to := range map[*string]*string{&v.Name: &changed.Name, &v.RealName: &changed.RealName, &v.DisplayName: &changed.DisplayName,
		&v.Email: &changed.Email, &v.Title: &changed.Title, &v.Locale: &changed.Locale, &v.TZ: &changed.TZ} {
		if *from != "" {
			*to = *from
		}
	}
	if err := changed.check(); err != nil {
		return &refusal{"invalid_person", err.Error()}
	}
	for _, other := range ch.ws.everyone {
		if other.ID != p.ID && (other.Name == changed.Name || changed.Email != "" && strings.EqualFold(other.Email, changed.Email)) {
			return &refusal{"already_taken", "Somebody has this name or address already."}
		}
	}
	ch.ws.addPerson(&changed)
	ch.profiled(ch.ws.people[p.ID])
	return nil
}

// profiled keeps a changed person and tells of the change.
func (ch *change) profiled(p *Person) {
	p.Updated = ch.now.Unix()
	ch.save(rowPerson, p.ID, p)
	ch.changed("person", "", p.ID, "")
	ch.tellPerson("user_change", p)
}
