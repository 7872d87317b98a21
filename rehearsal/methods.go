package rehearsal

// method is one of the Web API.
type method struct {
	name   string
	token  tokenKind
	scopes []string // any of them will do
	tier   int      // Slack's rate limit tier; 0 has a limit of its own or none
	need   []string // arguments that must be there
	run    func(*call) (reply, error)
}

// tokenAny takes a bot or an app token.
const tokenAny tokenKind = -1

var (
	readChannels = []string{"channels:read", "groups:read", "im:read", "mpim:read"}
	history      = []string{"channels:history", "groups:history", "im:history", "mpim:history"}
	manage       = []string{"channels:manage", "groups:write", "im:write", "mpim:write"}
)

// methodTable is every method this workspace has.
func methodTable() map[string]*method {
	table := map[string]*method{}
	for _, group := range [][]method{
		appMethods(), chatMethods(), userMethods(), conversationMethods(), membershipMethods(),
		viewMethods(), fileMethods(), reactionMethods(),
	} {
		for _, m := range group {
			table[m.name] = &m
		}
	}
	return table
}

func appMethods() []method {
	return []method{
		{"api.test", tokenNone, nil, 4, nil, (*call).apiTest},
		{"auth.test", tokenAny, nil, 0, nil, (*call).authTest},
		{"apps.connections.open", tokenApp, nil, 0, nil, (*call).connectionsOpen},
		{"bots.info", tokenBot, []string{"users:read"}, 3, nil, (*call).botsInfo},
		{"team.info", tokenBot, []string{"team:read"}, 3, nil, (*call).teamInfo},
		{"emoji.list", tokenBot, []string{"emoji:read"}, 2, nil, (*call).emojiList},
		{"blocks.validate", tokenAny, nil, 4, nil, (*call).blocksValidate},
	}
}

func chatMethods() []method {
	write := []string{"chat:write"}
	return []method{
		{"chat.postMessage", tokenBot, write, 0, []string{"channel"}, (*call).postMessage},
		{"chat.postEphemeral", tokenBot, write, 4, []string{"channel", "user"}, (*call).postEphemeral},
		{"chat.meMessage", tokenBot, write, 3, []string{"channel", "text"}, (*call).meMessage},
		{"chat.update", tokenBot, write, 3, []string{"channel", "ts"}, (*call).updateMessage},
		{"chat.delete", tokenBot, write, 3, []string{"channel", "ts"}, (*call).deleteMessage},
		{"chat.getPermalink", tokenBot, nil, 0, []string{"channel", "message_ts"}, (*call).permalink},
		{"chat.scheduleMessage", tokenBot, write, 3, []string{"channel", "post_at"}, (*call).scheduleMessage},
		{"chat.deleteScheduledMessage", tokenBot, write, 3, []string{"channel", "scheduled_message_id"}, (*call).deleteScheduled},
		{"chat.scheduledMessages.list", tokenBot, nil, 3, nil, (*call).listScheduled},
	}
}

func userMethods() []method {
	read := []string{"users:read"}
	return []method{
		{"users.list", tokenBot, read, 2, nil, (*call).usersList},
		{"users.info", tokenBot, read, 4, []string{"user"}, (*call).usersInfo},
		{"users.lookupByEmail", tokenBot, []string{"users:read.email"}, 3, []string{"email"}, (*call).usersByEmail},
		{"users.conversations", tokenBot, readChannels, 3, nil, (*call).usersConversations},
		{"users.getPresence", tokenBot, read, 3, nil, (*call).usersPresence},
		{"users.profile.get", tokenBot, []string{"users.profile:read"}, 4, nil, (*call).usersProfile},
	}
}

func conversationMethods() []method {
	channel := []string{"channel"}
	return []method{
		{"conversations.list", tokenBot, readChannels, 2, nil, (*call).conversationsList},
		{"conversations.info", tokenBot, readChannels, 3, channel, (*call).conversationsInfo},
		{"conversations.members", tokenBot, readChannels, 4, channel, (*call).conversationsMembers},
		{"conversations.history", tokenBot, history, 3, channel, (*call).conversationsHistory},
		{"conversations.replies", tokenBot, history, 3, []string{"channel", "ts"}, (*call).conversationsReplies},
		{"conversations.create", tokenBot, []string{"channels:manage", "groups:write"}, 2, nil, (*call).conversationsCreate},
		{"conversations.rename", tokenBot, manage, 2, []string{"channel", "name"}, (*call).conversationsRename},
		{"conversations.setTopic", tokenBot, append([]string{"channels:write.topic", "groups:write.topic"}, manage...), 2, channel, (*call).conversationsTopic},
		{"conversations.setPurpose", tokenBot, append([]string{"channels:write.topic", "groups:write.topic"}, manage...), 2, channel, (*call).conversationsPurpose},
		{"conversations.archive", tokenBot, manage, 2, channel, (*call).conversationsArchive},
		{"conversations.unarchive", tokenBot, manage, 2, channel, (*call).conversationsUnarchive},
		{"conversations.mark", tokenBot, manage, 3, []string{"channel", "ts"}, (*call).conversationsMark},
	}
}

func membershipMethods() []method {
	channel := []string{"channel"}
	return []method{
		{"conversations.open", tokenBot, []string{"im:write", "mpim:write", "channels:manage", "groups:write"}, 3, nil, (*call).conversationsOpen},
		{"conversations.close", tokenBot, manage, 2, channel, (*call).conversationsClose},
		{"conversations.join", tokenBot, []string{"channels:join"}, 3, channel, (*call).conversationsJoin},
		{"conversations.leave", tokenBot, manage, 3, channel, (*call).conversationsLeave},
		{"conversations.invite", tokenBot, append([]string{"channels:write.invites", "groups:write.invites"}, manage...), 3, channel, (*call).conversationsInvite},
		{"conversations.kick", tokenBot, manage, 3, []string{"channel", "user"}, (*call).conversationsKick},
	}
}

func viewMethods() []method {
	return []method{
		{"views.open", tokenBot, nil, 4, []string{"trigger_id", "view"}, (*call).viewsOpen},
		{"views.push", tokenBot, nil, 4, []string{"trigger_id", "view"}, (*call).viewsPush},
		{"views.update", tokenBot, nil, 4, []string{"view"}, (*call).viewsUpdate},
		{"views.publish", tokenBot, nil, 4, []string{"user_id", "view"}, (*call).viewsPublish},
	}
}

func fileMethods() []method {
	write, read := []string{"files:write"}, []string{"files:read"}
	return []method{
		{"files.getUploadURLExternal", tokenBot, write, 4, []string{"filename", "length"}, (*call).uploadURL},
		{"files.completeUploadExternal", tokenBot, write, 4, []string{"files"}, (*call).completeUpload},
		{"files.info", tokenBot, read, 4, []string{"file"}, (*call).filesInfo},
		{"files.list", tokenBot, read, 3, nil, (*call).filesList},
		{"files.delete", tokenBot, write, 3, []string{"file"}, (*call).filesDelete},
	}
}

func reactionMethods() []method {
	write, read := []string{"reactions:write"}, []string{"reactions:read"}
	return []method{
		{"reactions.add", tokenBot, write, 3, []string{"name"}, (*call).reactionsAdd},
		{"reactions.remove", tokenBot, write, 2, []string{"name"}, (*call).reactionsRemove},
		{"reactions.get", tokenBot, read, 3, nil, (*call).reactionsGet},
	}
}
