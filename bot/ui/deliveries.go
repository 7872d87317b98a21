package ui

import (
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Letter draws the message of a notice that is not withdrawn, from the facts
// found at the moment of sending. The error is of the program, never of a
// person: a kind that nobody draws.
func Letter(m programme.Matter, l Locale) (programme.Letter, error) {
	draw, ok := letters[m.Notice.Kind]
	if !ok {
		return programme.Letter{}, fmt.Errorf("ui: no words for notices of kind %q", m.Notice.Kind)
	}
	text, blocks := draw(m, l)
	if m.Over && !afterwards[m.Notice.Kind] {
		blocks = withoutControls(blocks)
	}
	body, err := json.Marshal(blocks)
	if err != nil {
		return programme.Letter{}, fmt.Errorf("draw %s: %w", m.Notice.Kind, err)
	}
	letter := programme.Letter{Text: cut(text, maxText), Body: body}
	if spare := withoutCharts(blocks); spare != nil {
		if letter.Spare, err = json.Marshal(spare); err != nil {
			return programme.Letter{}, fmt.Errorf("draw %s: %w", m.Notice.Kind, err)
		}
	}
	return letter, nil
}

// afterwards are the office's cards whose buttons work when the event or survey is over,
// and those of sessions that draw themselves what is left to press.
var afterwards = map[programme.NoticeKind]bool{
	programme.NoticeGuestPlace: true, programme.NoticeSpeakerAnswer: true, programme.NoticeSurveyChanged: true,
	programme.NoticeSessionAfter: true, programme.NoticeSessionDeclined: true, programme.NoticeSessionDisputed: true, programme.NoticeSessionOrphaned: true,
	programme.NoticeSessionLapsed: true,
	programme.NoticeConsentAsk:    true, programme.NoticeConsentChanged: true, programme.NoticeConsentReworded: true, programme.NoticeConsentQuestion: true,
}

// withoutControls leaves only what is to be read: a press would be refused.
func withoutControls(blocks []slack.Block) []slack.Block {
	kept := blocks[:0:0]
	for _, b := range blocks {
		switch x := b.(type) {
		case *slack.ActionBlock, *slack.InputBlock:
			continue
		case *slack.SectionBlock:
			x.Accessory = nil
		}
		kept = append(kept, b)
	}
	return kept
}

// letters are the notices that have words, by kind.
var letters = map[programme.NoticeKind]func(programme.Matter, Locale) (string, []slack.Block){
	programme.NoticeEventAsk:             ofInvited(eventAsk),
	programme.NoticeEventReminder:        ofInvited(eventReminder),
	programme.NoticeEventMoved:           eventMoved,
	programme.NoticeEventCancelled:       ofInvited(eventCancelled),
	programme.NoticeEventPlace:           ofInvited(eventPlaceFree),
	programme.NoticeEventThanks:          ofInvited(eventThanks),
	programme.NoticeEventCatchUp:         ofInvited(eventCatchUp),
	programme.NoticeEventMemo:            eventMemo,
	programme.NoticeGuestPlace:           guestPlace,
	programme.NoticeEventCalendar:        eventCalendar,
	programme.NoticeEventPack:            eventPack,
	programme.NoticeSpeakerAsk:           ofInvited(speakerAsk),
	programme.NoticeSpeakerAnswer:        speakerSpoke,
	programme.NoticeEventApproval:        eventApproval,
	programme.NoticeEventDecided:         func(m programme.Matter, l Locale) (string, []slack.Block) { return eventDecided(m.Event, l) },
	programme.NoticeEventChanged:         eventChanged,
	programme.NoticeEventAbsent:          eventAbsent,
	programme.NoticeDigestWeek:           digestWeek,
	programme.NoticeDigestMonth:          digestMonth,
	programme.NoticeDigestSupport:        digestSupport,
	programme.NoticeKeyDate:              keyDate,
	programme.NoticeSurveyInvite:         surveyInvitation,
	programme.NoticeSurveyQuestion:       surveyQuestion,
	programme.NoticeSurveyReceipt:        surveyReceipt,
	programme.NoticeSurveyLater:          surveyLater,
	programme.NoticeSurveyStop:           surveyStop,
	programme.NoticeSurveyChase:          surveyChase,
	programme.NoticeSurveyReopened:       surveyReopened,
	programme.NoticeSurveyChanged:        surveyChanged,
	programme.NoticeSurveyResults:        surveyResults,
	programme.NoticeSurveySheet:          surveySheet,
	programme.NoticeEngagement:           engagementMade,
	programme.NoticeSessionProposed:      sessionProposed,
	programme.NoticeSessionBooked:        sessionBooked,
	programme.NoticeSessionCalendar:      sessionCalendar,
	programme.NoticeSessionCancelled:     sessionCancelled,
	programme.NoticeSessionDeclined:      sessionDeclined,
	programme.NoticeSessionBehalf:        sessionBehalf,
	programme.NoticeSessionLapsed:        sessionLapsed,
	programme.NoticeSessionNudge:         sessionProposed,
	programme.NoticeSessionReminder:      sessionReminder,
	programme.NoticeSessionBriefing:      sessionBriefing,
	programme.NoticeSessionAfter:         sessionAfter,
	programme.NoticeSessionDisputed:      sessionDisputed,
	programme.NoticeSessionReopened:      sessionReopened,
	programme.NoticeSessionOrphaned:      sessionOrphaned,
	programme.NoticeSessionFree:          sessionFree,
	programme.NoticeSessionRoom:          sessionRoom,
	programme.NoticeMemoWritten:          func(m programme.Matter, l Locale) (string, []slack.Block) { return memoWritten(m.Memo, l) },
	programme.NoticeMemoShared:           memoSharedCard,
	programme.NoticeMemoReshared:         memoReshared,
	programme.NoticeMemoWithdrawn:        memoWithdrawn,
	programme.NoticeMemoQuestion:         memoQuestion,
	programme.NoticeMemoAsked:            memoAsked,
	programme.NoticeMemoAnswer:           memoAnswer,
	programme.NoticeMemoDigest:           memoDigest,
	programme.NoticeMemoCorrection:       memoCorrection,
	programme.NoticeMemoDecided:          memoDecided,
	programme.NoticeMemoCorrected:        memoCorrected,
	programme.NoticeMemoOpened:           memoOpened,
	programme.NoticeMemoOwn:              memoOwn,
	programme.NoticePhotoAsk:             photoAsk,
	programme.NoticeMemoPhoto:            photoFile,
	programme.NoticeOwnData:              ownData,
	programme.NoticeMemoHelp:             memoHelp,
	programme.NoticeMemoDue:              memoDue,
	programme.NoticeMemoOverdue:          memoOverdue,
	programme.NoticeConsentAsk:           consentAsk,
	programme.NoticeConsentChanged:       consentChanged,
	programme.NoticeConsentPhoto:         photoFile,
	programme.NoticeConsentProof:         consentProof,
	programme.NoticeConsentPaper:         consentPaper,
	programme.NoticeConsentReworded:      consentReworded,
	programme.NoticeConsentQuestion:      consentQuestion,
	programme.NoticeConsentWithdrawn:     consentWithdrawn,
	programme.NoticeHiddenChanged:        hiddenChanged,
	programme.NoticeWallStands:           wallStands,
	programme.NoticeWelcome:              welcome,
	programme.NoticeNewcomer:             newcomerCard,
	programme.NoticeJoinRequest:          joinRequestCard,
	programme.NoticeJoinReceived:         joinReceived,
	programme.NoticeJoinDeclined:         joinDeclined,
	programme.NoticePersonLeft:           personLeft,
	programme.NoticeAccountShut:          accountShut,
	programme.NoticeAccountAgain:         accountAgain,
	programme.NoticeProfileChange:        profileChanged,
	programme.NoticeProfileDropped:       profileReverted,
	programme.NoticeAnnouncement:         announcement,
	programme.NoticeAnnouncementChase:    announcementChase,
	programme.NoticeAnnouncementTest:     announcementTest,
	programme.NoticeAnnouncementProgress: announcementProgress,
	programme.NoticeAnnouncementHeld:     announcementHeld,

	programme.NoticeEnquiryFound: enquiryFound,
	programme.NoticeEnquiryTold:  enquiryTold,

	programme.NoticeEnquiryReply:   enquiryReply,
	programme.NoticeEnquirySaid:    enquirySaid,
	programme.NoticeEnquiryFile:    enquiryFile,
	programme.NoticeEnquiryClosed:  enquiryClosed,
	programme.NoticeEnquiryUnheard: enquiryUnheard,
	programme.NoticeEnquiryChase:   enquiryChase,
	programme.NoticeEnquiryCard:    enquiryCard,
	programme.NoticeHint:           func(m programme.Matter, l Locale) (string, []slack.Block) { return Hint(m.To, l) },

	programme.NoticeWorkspace:      workspaceRun,
	programme.NoticeRecommended:    recommended,
	programme.NoticeRecommendState: recommendState,
	programme.NoticeInvitation:     invitation,
	programme.NoticeHandoverAsked:  handoverCard,
	programme.NoticeHandoverDone:   handoverCard,
	programme.NoticeHandover:       handoverWelcome,
	programme.NoticeNobodyLeft:     nobodyLeft,
	programme.NoticeSupportMonth:   supportMonthFile,
}

// ofInvited draws for the person's part in an event.
func ofInvited(draw func(invited, Locale) (string, []slack.Block)) func(programme.Matter, Locale) (string, []slack.Block) {
	return func(m programme.Matter, l Locale) (string, []slack.Block) { return draw(invitedTo(m), l) }
}
