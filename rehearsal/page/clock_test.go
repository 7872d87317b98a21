package page_test

import (
	"testing"
	"time"
)

func TestTheClockOfAPhoneIsReadInFullBesideItsNeighbours(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	b := open(t, a, phone, "#as=U0TAKA0000&c=C0WORKSHOP")
	b.js(`fetch("/_/clock", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({now: "` +
		time.Date(2026, 12, 18, 14, 59, 0, 0, time.UTC).Format(time.RFC3339) + `"})}); 0`)
	b.until(`document.querySelector(".clock-now").innerText.includes("12月18日(金) 23:59")`)
	b.shot("phone-clock")
	for what, holds := range map[string]string{
		"the tools begin after the clock ends":   `document.querySelector(".clock-now").getBoundingClientRect().right <= document.querySelector("[data-key=tools]").getBoundingClientRect().left`,
		"the time is not cut off":                `(() => { const n = document.querySelector(".clock-now span"), r = document.createRange(); r.selectNodeContents(n); return r.getBoundingClientRect().width <= n.getBoundingClientRect().width; })()`,
		"the bar is not wider than the screen":   `document.querySelector(".who-button").getBoundingClientRect().right <= innerWidth`,
		"the tools end before the person begins": `document.querySelector("[data-key=tools]").getBoundingClientRect().right <= document.querySelector(".who-button").getBoundingClientRect().left`,
	} {
		if b.js(holds) != true {
			t.Errorf("not so: %s", what)
		}
	}
}
