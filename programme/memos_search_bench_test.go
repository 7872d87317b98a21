package programme_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"tsugite/programme"
)

// searchKind is one kind of query; each search is another of it.
type searchKind struct {
	name string
	next func(*rand.Rand) programme.MemoQuery
}

// searchKinds are what people look for. Words are by their rank: of the first twenty each
// stands in 5 to 60 of a hundred memos, of those from 200 to 2,000 in 1 of a hundred to 1
// of a thousand, of those from 10,000 on in less than 1 of ten thousand.
func (a *archive) searchKinds() []searchKind {
	word := func(r *rand.Rand, from, till int) string { return a.words[from+r.IntN(till-from)] }
	frequent := func(r *rand.Rand) string { return word(r, 0, 20) }
	middle := func(r *rand.Rand) string { return word(r, 200, 2000) }
	rare := func(r *rand.Rand) string { return word(r, 10_000, archiveWords) }
	atsugi := func(r *rand.Rand) programme.PersonID { return archiveID("ATSUGI", r.IntN(archiveAtsugi)) }
	prefecture := func(r *rand.Rand) string { return programme.Prefectures[r.IntN(len(programme.Prefectures))] }
	firm := func(r *rand.Rand) string {
		return archiveFamily[r.IntN(len(archiveFamily))] + archiveKinds[r.IntN(len(archiveKinds))]
	}
	day := func(r *rand.Rand) programme.Date { return programme.Date("2026-06-01").Add(0, r.IntN(800)) }
	type query = programme.MemoQuery
	return []searchKind{
		{"frequent", func(r *rand.Rand) query { return query{Words: frequent(r)} }},
		{"middle", func(r *rand.Rand) query { return query{Words: middle(r)} }},
		{"rare", func(r *rand.Rand) query { return query{Words: rare(r)} }},
		{"nowhere", func(*rand.Rand) query { return query{Words: "海苔ヌードル"} }},
		{"one-kanji", func(r *rand.Rand) query { return query{Words: string([]rune(middle(r))[:1])} }},
		{"phrase", func(r *rand.Rand) query { return query{Words: word(r, 0, 200) + "の" + word(r, 0, 200)} }},
		{"frequent-and-middle", func(r *rand.Rand) query { return query{Words: frequent(r) + " " + middle(r)} }},
		{"frequent-and-rare", func(r *rand.Rand) query { return query{Words: frequent(r) + " " + rare(r)} }},
		{"two-middle", func(r *rand.Rand) query { return query{Words: middle(r) + " " + middle(r)} }},
		{"four-words", func(r *rand.Rand) query {
			return query{Words: frequent(r) + " " + frequent(r) + " " + word(r, 20, 200) + " " + word(r, 20, 200)}
		}},
		{"person", func(r *rand.Rand) query { return query{Words: frequent(r), Atsugi: atsugi(r)} }},
		{"name", func(r *rand.Rand) query {
			return query{Words: middle(r), About: archiveFamily[r.IntN(len(archiveFamily))] + archiveGiven[r.IntN(len(archiveGiven))]}
		}},
		{"firm", func(r *rand.Rand) query { return query{Words: frequent(r), About: firm(r)} }},
		{"one-firm", func(r *rand.Rand) query {
			return query{Words: frequent(r), About: "第" + strconv.Itoa(r.IntN(archiveAtsugi)) + "工場"}
		}},
		{"day", func(r *rand.Rand) query { d := day(r); return query{Words: frequent(r), From: d, Till: d} }},
		{"half-a-year", func(r *rand.Rand) query { d := day(r); return query{Words: middle(r), From: d, Till: d.Add(6, 0)} }},
		{"kind", func(r *rand.Rand) query { return query{Words: frequent(r), Kind: programme.OfHearing} }},
		{"prefecture", func(r *rand.Rand) query { return query{Words: frequent(r), Prefecture: prefecture(r)} }},
		{"prefecture-and-rare", func(r *rand.Rand) query { return query{Words: rare(r), Prefecture: prefecture(r)} }},
		{"all-fields", func(r *rand.Rand) query {
			d := day(r)
			return query{Words: frequent(r) + " " + word(r, 20, 200), About: archiveKinds[r.IntN(len(archiveKinds))], Prefecture: prefecture(r),
				Kind: programme.OfHearing, From: d, Till: d.Add(6, 0)}
		}},
		{"no-words", func(r *rand.Rand) query { return query{Prefecture: prefecture(r), Kind: programme.OfHearing} }},
	}
}

// BenchmarkMemoSearch is the first page of a search, by who searches and what for, with
// what is read of it recorded: median, 99th percentile and longest in ms.
func BenchmarkMemoSearch(b *testing.B) {
	a := newArchive(b)
	for _, who := range []struct {
		name string
		id   programme.PersonID
	}{
		{"coordinator", archiveID("OFFICE", 0)}, {"expert", archiveID("EXPERT", 7)}, {"bureau", archiveID("BUREAU", 0)},
		{"atsugi", archiveID("ATSUGI", 1234)}, {"supporter", archiveID("CHAMBER", 0)},
	} {
		for _, kind := range a.searchKinds() {
			b.Run(who.name+"/"+kind.name, func(b *testing.B) { a.measure(b, who.id, kind) })
		}
	}
}

func (a *archive) measure(b *testing.B, who programme.PersonID, kind searchKind) {
	r := rand.New(rand.NewPCG(3, 3))
	var took []time.Duration
	var worst programme.MemoQuery
	found := 0
	if _, err := a.SearchMemos(b.Context(), programme.As(who), kind.next(r)); err != nil { // the roster is read once
		b.Fatal(err)
	}
	for b.Loop() {
		q := kind.next(r)
		begun := time.Now()
		hits, err := a.SearchMemos(b.Context(), programme.As(who), q)
		took = append(took, time.Since(begun))
		if err != nil {
			b.Fatal(err)
		}
		if slices.Max(took) == took[len(took)-1] {
			worst = q
		}
		found += len(hits.Hits)
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d) / 1e6 }
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(ms(took[len(took)-1]), "longest-ms")
	b.ReportMetric(float64(found)/float64(len(took)), "hits")
	if testing.Verbose() {
		b.Logf("longest: %+v", worst)
	}
}
