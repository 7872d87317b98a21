package main

import (
	"tsugite/cmd/internal/sheet"
	"tsugite/programme"
)

// rosterColumns are the columns of a roster file with their headers, Japanese
// first: what an export writes (design.md section 9).
var rosterColumns = []sheet.Column{
	{Key: string(programme.ColName), Headers: []string{"氏名", "name", "名前"}, Required: true},
	{Key: string(programme.ColKana), Headers: []string{"ふりがな", "kana", "フリガナ", "かな"}},
	{Key: string(programme.ColEmail), Headers: []string{"メール", "email", "メールアドレス", "e-mail"}},
	{Key: string(programme.ColSlackID), Headers: []string{"slack_id", "slack_id", "Slack ID"}},
	{Key: string(programme.ColRole), Headers: []string{"役割", "role"}, Required: true},
	{Key: string(programme.ColOrganisation), Headers: []string{"所属", "organisation", "organization"}},
	{Key: string(programme.ColPrefecture), Headers: []string{"都道府県", "prefecture"}},
	{Key: string(programme.ColCohort), Headers: []string{"年度", "cohort"}},
	{Key: string(programme.ColRecommendedBy), Headers: []string{"推薦機関", "recommended_by"}},
	{Key: string(programme.ColMentor), Headers: []string{"担当専門家", "mentor"}},
	{Key: string(programme.ColCraft), Headers: []string{"業種", "craft"}},
	{Key: string(programme.ColKind), Headers: []string{"区分", "kind"}},
	{Key: string(programme.ColBank), Headers: []string{"取引金融機関", "bank"}},
	{Key: string(programme.ColNotified), Headers: []string{"届出日", "notified"}, Date: true},
	{Key: string(programme.ColPledged), Headers: []string{"誓約日", "pledged"}, Date: true},
	{Key: string(programme.ColNote), Headers: []string{"備考", "note"}},
}

// readRoster reads the rows of a roster file. Its errors are sheet.Faults.
func readRoster(data []byte) (rows []programme.RosterRow, unknown []sheet.Header, err error) {
	table, err := sheet.Read(data, rosterColumns)
	if err != nil {
		return nil, nil, err
	}
	rows = make([]programme.RosterRow, len(table.Rows))
	for i, r := range table.Rows {
		rows[i] = programme.RosterRow{Row: r.Number, Cells: make(map[programme.Column]string, len(r.Cells))}
		for key, cell := range r.Cells {
			rows[i].Cells[programme.Column(key)] = cell
		}
	}
	return rows, table.Unknown, nil
}
