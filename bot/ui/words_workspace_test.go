package ui

import "tsugite/programme"

// composedForWorkspace are the keys of the workspace's page that are put together.
func composedForWorkspace() (keys []string) {
	for _, k := range []programme.StepKind{
		programme.StepCreate, programme.StepCreate + "_public", programme.StepUnarchive, programme.StepAdopt, programme.StepAdopt + "_others", programme.StepJoin,
		programme.StepRename, programme.StepTopic, programme.StepInvite, programme.StepRemove, programme.StepArchive,
		programme.StepPosting, programme.StepBring, programme.StepMatch, programme.StepClose, programme.StepShow,
	} {
		keys = append(keys, "workspace.step."+string(k))
	}
	for code := range mended {
		keys = append(keys, "workspace.mend."+code)
	}
	return keys
}
