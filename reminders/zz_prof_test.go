package reminders_test

import (
	"os"
	"runtime/pprof"
	"syscall"
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/rehearsal"
)

func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(0, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func TestZZ(t *testing.T) {
	const people = 6000
	all := make([]int, people)
	for i := range all {
		all[i] = i
	}
	r := newRig(t, people, func(o *rehearsal.Options) { o.Frozen = false })
	r.ask(all...)
	f, _ := os.Create("/tmp/zz.prof")
	pprof.StartCPUProfile(f)
	c0 := cpu()
	began := time.Now()
	r.start()
	r.waitFor("every message", func() bool { time.Sleep(20 * time.Millisecond); return r.counts()[programme.Sent] == people })
	took := time.Since(began)
	c1 := cpu()
	pprof.StopCPUProfile()
	f.Close()
	t.Logf("%d msgs in %v: %.0f/s, cpu %v = %.0f us/msg", people, took, people/took.Seconds(), c1-c0, float64((c1-c0).Microseconds())/people)
}
