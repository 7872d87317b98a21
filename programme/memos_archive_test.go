package programme_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
)

// The archive that is searched: so many memos about ten thousand atsugi of all prefectures,
// by experts who have twenty each. TSUGITE_MEMOS says how many memos; TSUGITE_MEMOS_FILE
// keeps the database for the next run.
const (
	archiveMemos   = 20_000
	archiveAtsugi  = 10_000
	archiveOwn     = 20    // atsugi of an expert
	archiveOpened  = 50    // every so many memos one is open to an organisation
	archiveAtOnce  = 2_000 // memos of a transaction
	archiveWords   = 20_000
	archiveCohorts = 10 // organisations
)

// The commonest words come first: what a memo says is put together of them and of 20,000
// made of two kanji each, the n-th about n^-1.1 times as often as the first.
var (
	archiveCommon = strings.Fields(`事業 改善 先代 現状 課題 後継 資金 価格 販路 工房 顧客 社員 商品 計画 相談 展示 地域 機械 原価 受注
		見積 試作 取引 銀行 商工 補助 採用 若手 職人 技術 伝統 設備 投資 借入 返済 売上 利益 在庫 仕入 交渉 転嫁 強化 整理 棚卸 骨子
		発信 写真 動画 通販 海外 輸出 観光 宿泊 予約 料理 食材 醸造 酒蔵 窯元 木工 鋳物 織物 染色 印刷 金型 溶接 塗装 農園 果樹 畜産`)
	archiveKanji = []rune(`一人大年中会本月長国出上生子分東三行同今高金時手見市力米自前円合立内二事社者地京間田体学下目五後新明方部女八心四民対
		主正代言九小思七山実入回場野開万全定家北六問話文動度県水安氏和政保表道相意発不党外所気委校理安数女神戦電記式多加連結感信切
		常近先風取組通海期強村次点指活原起物島夏車重運転軽品質紙糸布木竹石土火炎窯釉陶磁鉄銅銀鋳鍛刀刃削磨漆塗箔織染縫革靴鞄酒麹醤油味
		噌茶菓麺魚肉卵菜果豆種苗畑牧林森川湖港舟橋坂谷沢宿湯泉庭園花草葉根香音楽絵画像写映灯光影白黒赤青緑紫朝昼夜春秋冬雪雨雲空星`)
	archiveKinds  = []string{"酒蔵", "窯元", "木工所", "鋳物工場", "旅館", "製麺所", "織物工場", "印刷所", "農園", "金型工場"}
	archiveFamily = strings.Fields("佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 檜川 飯塚 関口 長谷川")
	archiveGiven  = strings.Fields("一郎 茜 健 美咲 翔 陽子 大輔 直樹 恵 拓也 結衣 隆 真由美 剛 彩 誠 由紀 亮 香織 学")
	archiveSaid   = []string{"%sの%sについて、%sから聞いた。", "%sは%sが足りず、%sに手が回らない。", "%sと%sを見直し、%sへつなげる。", "まず%sを数字で示し、%sは%sと決めた。", "%sに%sを頼み、次回までに%sをまとめる。"}
)

// archiveWord is the n-th word by how often it is said.
func archiveWord(n int) string {
	if n < len(archiveCommon) {
		return archiveCommon[n]
	}
	r := rand.New(rand.NewPCG(2, uint64(n)))
	kanji := func() string {
		for {
			if k := archiveKanji[r.IntN(len(archiveKanji))]; k > ' ' {
				return string(k)
			}
		}
	}
	return kanji() + kanji()
}

type archive struct {
	*programme.Office
	store *db.DB
	words []string
}

func archiveID(kind string, n int) programme.PersonID {
	return programme.PersonID(fmt.Sprintf("01%s%020d", kind, n))
}

func archiveOrganisation(n int) string { return fmt.Sprintf("第%d商工会", n%archiveCohorts) }

func newArchive(b *testing.B) *archive {
	b.Helper()
	size := archiveMemos
	if s := os.Getenv("TSUGITE_MEMOS"); s != "" {
		var err error
		if size, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	path := os.Getenv("TSUGITE_MEMOS_FILE")
	if path == "" {
		path = dbtest.File(b)
	}
	a := &archive{}
	for n := range archiveWords {
		a.words = append(a.words, archiveWord(n))
	}
	var err error
	if a.store, err = db.Open(b.Context(), path); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := a.store.Close(); err != nil {
			b.Error(err)
		}
	})
	ids := 0
	a.Office = &programme.Office{
		Store:    a.store,
		Settings: programme.Settings{Zone: tokyo, Parts: programme.DefaultParts(), Sessions: programme.DefaultSessions()},
		Now:      func() time.Time { return time.Date(2029, 3, 31, 9, 0, 0, 0, tokyo) },
		NewID:    func() string { ids++; return fmt.Sprintf("01BENCH%d%012d", time.Now().UnixNano(), ids) },
	}
	begun := time.Now()
	if err := a.fill(b.Context(), size); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d memos written in %v", size, time.Since(begun).Round(time.Second))
	return a
}

// fill writes what is not there yet: the memos in the order of their numbers, and then
// their rows of the search, newest first, which is how FTS5 takes them fastest.
func (a *archive) fill(ctx context.Context, size int) error {
	err := a.store.Write(ctx, func(tx programme.Tx) error {
		if people, err := tx.People(); err != nil || len(people) > 0 {
			return err
		}
		return archivePeople(tx)
	})
	for n := 0; err == nil && n < size; n += archiveAtOnce {
		err = a.store.Write(ctx, func(tx programme.Tx) error { return a.write(tx, n, min(n+archiveAtOnce, size)) })
	}
	for till := size; err == nil && till > 0; till -= archiveAtOnce {
		err = a.store.Write(ctx, func(tx programme.Tx) error { return a.index(tx, max(0, till-archiveAtOnce), till) })
	}
	return err
}

func (a *archive) write(tx programme.Tx, from, till int) error {
	if _, err := tx.Memo(archiveMemoID(till - 1)); err == nil {
		return nil // kept from another run
	}
	for n := from; n < till; n++ {
		m := a.memo(n)
		if err := tx.CreateMemo(string(m.ID), m); err != nil {
			return err
		}
		if n%archiveOpened == 0 {
			v := programme.Opening{Memo: m.ID, Organisation: archiveOrganisation(n / archiveOpened), Version: 1, At: m.Written}
			if err := tx.OpenMemoTo(v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *archive) index(tx programme.Tx, from, till int) error {
	all := programme.MemoSearch{As: []programme.MemoMarks{{{"r" + string(programme.ReadOffice)}}}, Limit: 1}
	if all.After = int64(till + 1); from == 0 {
		all.After = 2
	}
	if found, _, err := tx.FindMemos(all); err != nil || len(found) > 0 && found[0] == archiveMemoID(int(all.After)-2) {
		return err // kept from another run
	}
	made := make(chan []programme.MemoRow, till-from) // beside the one that writes
	go func() {
		for n := till - 1; n >= from; n-- {
			made <- a.rows(n)
		}
	}()
	for n := till - 1; n >= from; n-- {
		if err := tx.IndexMemo(archiveMemoID(n), <-made); err != nil {
			return err
		}
	}
	return nil
}

func (a *archive) rows(n int) []programme.MemoRow {
	m := a.memo(n)
	var opened []string
	if n%archiveOpened == 0 {
		opened = append(opened, archiveOrganisation(n/archiveOpened))
	}
	return programme.RowsOf(m, archivePerson(m.Atsugi), opened...)
}

// archivePerson is the atsugi of that id.
func archivePerson(id programme.PersonID) programme.Person {
	n, err := strconv.Atoi(string(id[len("01ATSUGI"):]))
	if err != nil {
		panic(err) // archiveID made it
	}
	family := archiveFamily[n%len(archiveFamily)]
	places := programme.Prefectures
	near := n * n / archiveAtsugi * len(places) / archiveAtsugi // more of the first than of the last
	return programme.Person{
		ID: id, Roles: []programme.Role{programme.Atsugi}, Name: family + " " + archiveGiven[n/7%len(archiveGiven)],
		Organisation: family + archiveKinds[n/3%len(archiveKinds)] + "第" + strconv.Itoa(n) + "工場", Prefecture: places[near],
		Mentors: []programme.PersonID{archiveID("EXPERT", n/archiveOwn)},
	}
}

func archivePeople(tx programme.Tx) error {
	const named = programme.Date("2026-06-01")
	people := []programme.Person{
		{ID: archiveID("OFFICE", 0), Name: "事務局", Roles: []programme.Role{programme.Coordinator}, Notified: named, Pledged: named},
		{ID: archiveID("BUREAU", 0), Name: "局", Roles: []programme.Role{programme.Bureau}},
		{ID: archiveID("CHAMBER", 0), Name: "商工会", Roles: []programme.Role{programme.Supporter}, Organisation: archiveOrganisation(3)},
	}
	for n := range archiveAtsugi / archiveOwn {
		people = append(people, programme.Person{ID: archiveID("EXPERT", n), Name: "専門家", Roles: []programme.Role{programme.Mentor}, Kind: programme.Expert, Notified: named, Pledged: named})
	}
	for n := range archiveAtsugi {
		people = append(people, archivePerson(archiveID("ATSUGI", n)))
	}
	for _, p := range people {
		if err := tx.SavePerson(p); err != nil {
			return err
		}
	}
	return nil
}

func archiveMemoID(n int) programme.MemoID { return programme.MemoID(fmt.Sprintf("01MEMO%020d", n)) }

// memo is the memo of that number, the same at each run. Four of five are shared.
func (a *archive) memo(n int) programme.Memo {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	often := rand.NewZipf(r, 1.1, 2, archiveWords-1)
	said := func() string {
		word := func() string { return a.words[often.Uint64()] }
		return fmt.Sprintf(archiveSaid[r.IntN(len(archiveSaid))], word(), word(), word())
	}
	atsugi := r.IntN(archiveAtsugi)
	written := time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(n) * 83 * time.Second)
	m := programme.Memo{
		ID: archiveMemoID(n), Kind: []programme.MemoKind{programme.OfSession, programme.OfSession, programme.OfHearing, programme.OfCall}[r.IntN(4)],
		Atsugi: archiveID("ATSUGI", atsugi), Writer: archiveID("EXPERT", atsugi/archiveOwn),
		Held: programme.DateOf(written, tokyo).Add(0, -r.IntN(3)), Written: written, Version: 1,
	}
	if r.IntN(5) > 0 {
		m.Shared, m.SharedVersion = written, 1
	}
	for _, def := range programme.DefaultParts() {
		text := said()
		switch {
		case def.Key == "praise", def.Key == programme.Confidential && r.IntN(5) > 0:
			continue
		case def.Key == "situation":
			text += said()
		}
		m.Parts = append(m.Parts, programme.Part{Key: def.Key, Text: text, Readers: def.Audience(nil, m.Kind, false)})
	}
	return m
}
