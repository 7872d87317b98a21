package main

import (
	"context"
	"slices"
	"strings"

	"tsugite/programme"
	"tsugite/rehearsal"
)

// sampleCast are the demo's people and channels as the local Slack knows them.
func sampleCast(people []samplePerson) *rehearsal.Cast {
	cast := &rehearsal.Cast{Team: rehearsal.Team{Name: "アトツギの輪", Domain: "tsugite-demo"}}
	var office, bureau []string
	for _, p := range byRole(people) {
		id, mail := p.Row.Cell(programme.ColSlackID), p.Row.Cell(programme.ColEmail)
		handle, _, _ := strings.Cut(mail, "@")
		cast.People = append(cast.People, rehearsal.Person{
			ID: id, Name: handle, RealName: p.Row.Cell(programme.ColName), DisplayName: p.Row.Cell(programme.ColName),
			Email: mail, Title: p.Row.Cell(programme.ColRole) + "・" + p.Row.Cell(programme.ColOrganisation), Locale: p.Locale,
		})
		switch p.Row.Cell(programme.ColRole) {
		case "事務局":
			office = append(office, id)
		case "当局":
			bureau = append(bureau, id)
		}
	}
	cast.Channels = []rehearsal.Channel{
		{Name: "お知らせ", Topic: "事務局からのお知らせ", App: true},
		{Name: "事務局", Private: true, Members: office, App: true},
		{Name: "関東経済産業局", Private: true, Members: slices.Concat(bureau, office), App: true},
	}
	return cast
}

// byRole puts the office first: whoever opens the demo begins there.
func byRole(people []samplePerson) []samplePerson {
	order := []string{"事務局", "アトツギ", "専門家", "支援機関", "当局"}
	place := func(p samplePerson) int { return slices.Index(order, p.Row.Cell(programme.ColRole)) }
	return slices.SortedStableFunc(slices.Values(people), func(a, b samplePerson) int { return place(a) - place(b) })
}

// enterSample brings the cohort into an empty roster, as an import would.
func enterSample(ctx context.Context, office *programme.Office, people []samplePerson) error {
	there, err := office.ExportRoster(ctx, programme.Operator)
	if err != nil || len(there) > 0 {
		return err
	}
	rows := make([]programme.RosterRow, len(people))
	for i, p := range people {
		rows[i] = p.Row
	}
	_, err = office.ImportRoster(ctx, programme.Operator, rows, "")
	return err
}
