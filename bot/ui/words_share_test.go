package ui

import "tsugite/programme"

// composedForSharing are the keys of what becomes of a memo that the code puts together
// from stored words.
func composedForSharing() (keys []string) {
	for _, k := range []programme.WallKind{programme.WallBank, programme.WallChamber, programme.WallHidden} {
		keys = append(keys, "wall."+string(k), "wall.yours."+string(k))
	}
	for _, card := range []string{"memo.shared", "memo.reshared"} {
		keys = append(keys, card+".title", card+".text")
	}
	for _, kind := range []string{programme.CopyShared, programme.CopyDigest, programme.CopyExport, programme.CopyOwnData} {
		keys = append(keys, "memo.copies."+kind)
	}
	for _, g := range []programme.Given{programme.GivenBureau, programme.GivenOpened, programme.GivenAssigned} {
		keys = append(keys, "stands."+string(g))
	}
	return append(keys, "wall.form.reason", "wall.form.reason.hint", "withdraw.form.reason", "question.form.text",
		"open.form.organisation", "hidden.form.who", "hidden.form.who.hint", "hidden.form.names", "hidden.form.names.hint",
		"engagement.form.reason", "engagement.form.reason.hint")
}
