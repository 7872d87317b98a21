package programme

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// fold makes width and kana variants, capitals and old forms of kanji equal, for
// comparing only: what people wrote is kept verbatim.
func fold(s string) string { return foldWhole(strings.TrimSpace(s)) }

func foldWhole(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !simple(r) && r != ' ' }) {
		s = strings.ToLower(narrow(s)) // the others are many, and stay as they are
	}
	return strings.Map(foldRune, s)
}

// narrow gives letters, digits and kana their plain width; capitals stay as they are.
func narrow(s string) string { return norm.NFKC.String(width.Fold.String(s)) }

// FoldEmail makes two spellings of one address equal, for comparing and
// finding: width and capitals do not count.
func FoldEmail(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) {
		return fold(s)
	}
	return strings.ToLower(strings.TrimSpace(s)) // the same, and there are many
}

// foldName makes two spellings of one name equal, for comparing: width, kana,
// capitals and spaces do not count.
func foldName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, fold(s))
}

func foldRune(r rune) rune {
	if r >= 'ァ' && r <= 'ヶ' {
		r += 'ぁ' - 'ァ'
	}
	if now, ok := modern[r]; ok {
		return now
	}
	return r
}

// spelled is a text as it is searched: its letters and digits, folded, with a blank in
// the place of each sign, and where each of them stands in the text.
type spelled struct {
	runes    []rune
	from, to []int // bytes of the text
}

// spell folds piece by piece, because several characters may become one (ｶﾞ) and one
// several (㍿). What nobody sees is left out.
func spell(s string) spelled {
	var out spelled
	for at := 0; at < len(s); {
		piece := foldPiece(s[at:])
		end := at + piece.size
		for _, r := range piece.folded {
			if unseen(r) {
				continue
			}
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
				r = ' '
			}
			out.runes, out.from, out.to = append(out.runes, r), append(out.from, at), append(out.to, end)
		}
		at = end
	}
	return out
}

type piece struct {
	size   int // bytes of the text
	folded string
}

// foldPiece folds the first piece of a text that can be folded by itself. Nearly all are
// one character of which Unicode has one form only.
func foldPiece(s string) piece {
	if r, size := utf8.DecodeRuneInString(s); simple(r) {
		if next, _ := utf8.DecodeRuneInString(s[size:]); size == len(s) || simple(next) {
			return piece{size, string(foldRune(r))}
		}
	}
	size := max(1, norm.NFKC.NextBoundaryInString(s, true))
	return piece{size, foldWhole(s[:size])}
}

// simple says whether Unicode has neither another form of the character nor joins it to
// the one before: hiragana, katakana, the usual stops and kanji, small letters and digits.
func simple(r rune) bool {
	return r >= 'ぁ' && r <= 'ゖ' || r >= 'ァ' && r <= 'ヺ' || r == 'ー' || r == '、' || r == '。' || r == '\n' ||
		r >= '\u4E00' && r <= '\u9FFF' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
}

func (s spelled) String() string { return string(s.runes) }

// modern has for old and popular forms of kanji the one that is in use today (旧字体,
// 異体字). Forms that people mix up in names are one for comparing, too: 斉 and 斎.
var modern = pairsOf(`
亞亜 惡悪 壓圧 圍囲 醫医 爲為 壹壱 隱隠 榮栄 營営 衞衛 驛駅 圓円 鹽塩 緣縁 艷艶 應応 歐欧 毆殴 櫻桜
奧奥 橫横 溫温 穩穏 假仮 價価 畫画 畵画 會会 壞壊 懷懐 繪絵 擴拡 殼殻 覺覚 學学 嶽岳 樂楽 勸勧 卷巻
寬寛 歡歓 罐缶 觀観 關関 陷陥 顏顔 巖巌 歸帰 氣気 龜亀 僞偽 戲戯 犧犠 舊旧 據拠 擧挙 舉挙 虛虚 峽峡
挾挟 狹狭 鄕郷 曉暁 區区 驅駆 勳勲 薰薫 徑径 惠恵 溪渓 經経 繼継 莖茎 螢蛍 輕軽 鷄鶏 雞鶏 藝芸 擊撃
缺欠 儉倹 劍剣 劔剣 劒剣 釼剣 圈圏 檢検 權権 獻献 縣県 硏研 險険 顯顕 驗験 嚴厳 效効 廣広 恆恒 鑛鉱
礦鉱 砿鉱 號号 國国 囯国 黑黒 濟済 碎砕 劑剤 雜雑 參参 慘惨 棧桟 蠶蚕 贊賛 殘残 絲糸 齒歯 兒児 辭辞
濕湿 實実 舍舎 寫写 釋釈 壽寿 收収 從従 澁渋 澀渋 獸獣 縱縦 肅粛 處処 緖緒 敍叙 敘叙 尙尚 奬奨 將将
牀床 燒焼 稱称 證証 乘乗 剩剰 壤壌 孃嬢 條条 淨浄 疊畳 疉畳 疂畳 穰穣 讓譲 釀醸 囑嘱 觸触 寢寝 愼慎
晉晋 眞真 盡尽 圖図 粹粋 醉酔 隨随 髓髄 數数 樞枢 瀨瀬 聲声 靜静 攝摂 竊窃 專専 戰戦 淺浅 潛潜 纖繊
踐践 錢銭 禪禅 雙双 壯壮 搜捜 插挿 爭争 總総 聰聡 莊荘 裝装 騷騒 增増 臟臓 藏蔵 屬属 續続 墮堕 體体
躰体 對対 帶帯 滯滞 臺台 瀧滝 擇択 澤沢 單単 擔担 膽胆 團団 彈弾 斷断 癡痴 遲遅 晝昼 蟲虫 鑄鋳 廳庁
徵徴 聽聴 敕勅 鎭鎮 遞逓 鐵鉄 銕鉄 鐡鉄 轉転 點点 傳伝 黨党 盜盗 燈灯 當当 鬪闘 德徳 悳徳 獨独 讀読
屆届 繩縄 貳弐 貮弐 惱悩 腦脳 霸覇 廢廃 拜拝 賣売 麥麦 發発 髮髪 拔抜 蠻蛮 祕秘 濱浜 濵浜 甁瓶 拂払
佛仏 倂併 竝並 變変 邊辺 邉辺 辨弁 辯弁 瓣弁 舖舗 鋪舗 步歩 穗穂 寶宝 寳宝 豐豊 襃褒 沒没 歿没 飜翻
每毎 萬万 滿満 默黙 譯訳 藥薬 與与 豫予 餘余 譽誉 搖揺 樣様 謠謡 遙遥 瑤瑶 來来 賴頼 亂乱 覽覧 龍竜
兩両 獵猟 綠緑 鄰隣 凜凛 壘塁 淚涙 泪涙 禮礼 勵励 隸隷 靈霊 齡齢 曆暦 歷歴 戀恋 鍊錬 爐炉 勞労 樓楼
郞郎 祿禄 錄録 亙亘 灣湾 堯尭 槇槙 晄晃 彌弥 禰祢 袮祢 檜桧 藪薮 籔薮 籠篭 鷗鴎 瀆涜 蠟蝋 蟬蝉 麵麺
麪麺 頰頬 噓嘘 摑掴 嚙噛 剝剥 塡填 吞呑 繫繋 瘦痩 屛屏 簞箪 醬醤 靭靱 鹼鹸 攪撹 俠侠 巢巣 﨑崎 嵜崎
嶋島 嶌島 峯峰 冨富 髙高 槗橋 桒桑 邨村 淵渕 渊渕 舘館 舩船 菴庵 埜野 栁柳 桺柳 萊莱 諫諌 迯逃 逹達
曾曽 淸清 靑青 黃黄 卽即 旣既 槪概 姬姫 姸妍 强強 內内 戾戻 歲歳 產産 稅税 說説 脫脱 銳鋭 悅悦 閱閲
敎教 晚晩 飮飲 絕絶 餠餅 冱冴 凉涼 决決 况況 减減 啞唖 壺壷 娛娯 弌一 弍二 弎三 恊協 愽博 戶戸 搔掻
昻昂 杦杉 枩松 柗松 杤栃 桝枡 榘矩 檮梼 冰氷 涌湧 潑溌 灌潅 濤涛 焰焔 煕熙 熈熙 畧略 畆畝 皋皐 盃杯
盖蓋 葢蓋 礒磯 禱祷 禀稟 秌秋 穐秋 龝秋 稾稿 窗窓 窻窓 竈竃 豎竪 笋筍 箏筝 粮糧 絋紘 緜綿 繡繍 纒纏
羣群 羮羹 耻恥 聟婿 壻婿 腳脚 蘆芦 莓苺 蔣蒋 薗園 藳藁 蘓蘇 蠣蛎 蠅蝿 觧解 讚讃 豬猪 貭質 賤賎 贗贋
迹跡 蹟跡 軀躯 輛輌 邇迩 醱醗 釖刀 釡釜 鐮鎌 鑚鑽 鑒鑑 閇閉 鴈雁 韭韮 頸頚 頴穎 驒騨 欝鬱 鰺鯵 鶯鴬
麴麹 龢和 齋斎 齊斎 斉斎 圡土 㐂喜 𠮷吉 𣘺橋 𡈽土 塲場
ゕか ゖけ
`)

// pairsOf reads pairs of characters: the first is to become the second.
func pairsOf(table string) map[rune]rune {
	out := map[rune]rune{}
	for _, pair := range strings.Fields(table) {
		rs := []rune(pair)
		out[rs[0]] = rs[1]
	}
	return out
}
