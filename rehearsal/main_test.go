package rehearsal_test

import (
	"fmt"
	"os"
	"testing"

	"tsugite/rehearsal"
)

// childFile names the environment variable that makes the test binary a workspace
// of its own, kept in a file, for a parent that kills it.
const childFile = "REHEARSAL_CHILD_FILE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childFile); path != "" {
		serveChild(path)
	}
	os.Exit(m.Run())
}

// serveChild runs a workspace until it is killed, or its standard input ends.
func serveChild(path string) {
	if path == "memory" {
		path = ""
	}
	limits := rehearsal.Unlimited()
	s, err := rehearsal.Start(rehearsal.Options{Path: path, Limits: &limits, Addr: os.Getenv("REHEARSAL_CHILD_ADDR")})
	if err != nil {
		fmt.Println("ERROR", err)
		os.Exit(1)
	}
	fmt.Println(s.APIURL(), s.BotToken(), s.AppToken())
	_, _ = os.Stdin.Read(make([]byte, 1))
	os.Exit(0)
}
