package main

import (
	"bytes"
	"io"
	"net/http"
	"strings"
)

// opens is somebody who opens a file that they were sent. No picture says where it was taken.
func (p *player) opens(o opening) {
	p.t.Helper()
	var id string
	p.until("a file "+o.Name, func() bool { id = p.fileCalled(o.Name); return id != "" }, p.everything)
	resp, err := http.Get(p.me().base + "_/files/" + id + "?as=" + p.who)
	check(p.t, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	check(p.t, err)
	if resp.StatusCode != http.StatusOK || bytes.Contains(data, []byte(whereTaken)) {
		p.fail("the file %s: %s, or says where it was taken", o.Name, resp.Status)
	}
	text, err := cellsOf(data)
	check(p.t, err)
	for _, words := range o.Holds {
		if !strings.Contains(text, words) {
			p.fail("the file %s lacks %q:\n%s", o.Name, words, text)
		}
	}
	for _, words := range o.Lacks {
		if strings.Contains(text, words) {
			p.fail("the file %s holds %q:\n%s", o.Name, words, text)
		}
	}
}

// fileCalled is the newest file that others sent and that is called so, "" if there is none.
func (p *player) fileCalled(name string) (id string) {
	newest := ""
	for _, c := range p.me().state().Channels {
		for _, m := range c.all() {
			for _, f := range m.Files {
				if called, _ := f["name"].(string); m.User != p.who && m.TS > newest && strings.Contains(called, name) {
					newest = m.TS
					id, _ = f["id"].(string)
				}
			}
		}
	}
	return id
}
