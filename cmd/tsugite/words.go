package main

import (
	"embed"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// The command line's own words, for those who keep the roster. What Slack says
// is in bot/ui.
//
//go:embed locales
var localeFiles embed.FS

// languages are those the words exist in.
var languages = []string{"ja", "en"}

// localizers reads the words once. They are part of the binary, and a test
// reads them.
var localizers = sync.OnceValue(func() map[string]*i18n.Localizer {
	bundle := i18n.NewBundle(language.Japanese)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	out := make(map[string]*i18n.Localizer, len(languages))
	for _, lang := range languages {
		if _, err := bundle.LoadMessageFileFS(localeFiles, "locales/"+lang+".yaml"); err != nil {
			panic(fmt.Sprintf("words of %q: %v", lang, err))
		}
		out[lang] = i18n.NewLocalizer(bundle, lang)
	}
	return out
})

// speech says things in one language.
type speech struct{ lang string }

// speechFor is the language asked for, else the terminal's, else Japanese.
func speechFor(lang string) speech {
	if lang == "" && strings.HasPrefix(os.Getenv("LANG"), "en") {
		lang = "en"
	}
	if lang != "en" {
		lang = "ja"
	}
	return speech{lang}
}

func (s speech) japanese() bool { return s.lang == "ja" }

// say is the sentence under key, its slots filled from args.
func (s speech) say(key string, args map[string]any) string {
	text, err := localizers()[s.lang].Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: args})
	if err != nil {
		return key
	}
	return text
}

// slots makes args of alternating names and values.
func slots(kv ...any) map[string]any {
	m := make(map[string]any, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		m[kv[i].(string)] = kv[i+1]
	}
	return m
}
