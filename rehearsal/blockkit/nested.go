package blockkit

import (
	"fmt"
	"slices"
)

// A nesting is the set of blocks that may hold a block.
type nesting uint8

const (
	inContainer nesting = 1 << iota
	inLayout
	inFallback         // of a layout, for clients that cannot draw one
	onTop      nesting = 0
	anyNesting         = inContainer | inLayout | inFallback
)

// maxNesting is how many containers and layouts may stand around a block.
const maxNesting = 2

// topBlocks are the blocks of a message or a view. Those inside layouts count
// towards the limit as well.
func topBlocks(most int) check {
	return func(w *walk, at string, v any) {
		list(0, most, blockAmong(func(string, blockType) bool { return true }))(w, at, v)
		if items, _ := v.([]any); len(items) <= most {
			w.count(at, len(items)+w.laidOut, 0, most)
		}
	}
}

// childOf is a block of one type inside another block.
func childOf(child string) check {
	return blockAmong(func(name string, _ blockType) bool { return name == child })
}

// inner is a block that may stand in this kind of block.
func inner(n nesting) check {
	return blockAmong(func(_ string, b blockType) bool { return b.inside&n != 0 })
}

// blockAmong is a block that the surface shows and that accept takes.
func blockAmong(accept func(name string, b blockType) bool) check {
	return func(w *walk, at string, v any) {
		m, name, ok := typeOf(w, at, v)
		if !ok {
			return
		}
		b, known := w.blocks[name]
		if !known || b.surfaces&w.surface == 0 || !accept(name, b) {
			w.unsupported(at, name)
			return
		}
		w.claim(at, "block_id", m, w.blockIDs)
		outer := w.actionIDs
		w.actionIDs = map[string]bool{}
		b.checkFields(w, at, m)
		w.actionIDs = outer
	}
}

// deeper is a check one level further inside, if that is not too deep.
func deeper(c check) check {
	return func(w *walk, at string, v any) {
		w.nested++
		defer func() { w.nested-- }()
		if w.nested > maxNesting {
			w.report(at, fmt.Sprintf("no more than %d levels of containers and layouts allowed", maxNesting))
			return
		}
		c(w, at, v)
	}
}

// containerFields: up to ten blocks under a heading.
var containerFields = fields(
	may("title", text(plain, 150)),
	may("rich_text_title", richText),
	may("subtitle", text(anyText, 150)),
	may("icon", elementAt(picture)),
	may("width", enum("narrow", "standard", "wide", "full")),
	may("is_collapsible", boolean),
	may("default_collapsed", boolean),
	may("has_header_divider", boolean),
	must("child_blocks", deeper(list(1, 10, inner(inContainer)))),
).with(func(w *walk, at string, m map[string]any) {
	if !has(m, "title") && !has(m, "rich_text_title") {
		w.report(at, "must define either `title` or `rich_text_title`")
	}
	if m["default_collapsed"] == true && m["is_collapsible"] != true {
		w.report(at+"/default_collapsed", "`default_collapsed` requires `is_collapsible`")
	}
})

// layoutFields: blocks side by side, three in each of five rows.
var layoutFields = fields(
	must("label", str(1, 150)),
	must("rows", deeper(list(1, 5, fields(must("items", list(1, 3, fields(
		must("block", laidOut),
		may("width", enum("narrow", "standard", "wide")),
		may("horizontal_alignment", enum("start", "center", "end")),
	).check))).check))),
	may("is_label_visible", boolean),
	may("grid_lines", enum("none", "rows", "outer")),
	may("fallback", fallback),
)

// laidOut is a block of a layout.
func laidOut(w *walk, at string, v any) {
	w.laidOut++
	inner(inLayout)(w, at, v)
}

// fallback stands in for a layout, so it may use the layout's ids once more.
func fallback(w *walk, at string, v any) {
	outer := w.blockIDs
	w.blockIDs = map[string]bool{}
	list(0, maxMessageBlocks, inner(inFallback))(w, at, v)
	w.blockIDs = outer
}

// childBlocks are the blocks inside a block, without the fallback of a layout.
func childBlocks(b map[string]any) []any {
	var children any
	switch b["type"] {
	case "container":
		children = b["child_blocks"]
	case "carousel":
		children = b["elements"]
	case "plan":
		children = b["tasks"]
	case "layout":
		return layoutBlocks(b)
	}
	blocks, _ := children.([]any)
	return blocks
}

// layoutBlocks are the blocks of a layout in reading order.
func layoutBlocks(b map[string]any) []any {
	var blocks []any
	eachObject(b["rows"], func(_ int, row map[string]any) {
		eachObject(row["items"], func(_ int, item map[string]any) {
			blocks = append(blocks, item["block"])
		})
	})
	return slices.Clip(blocks)
}
