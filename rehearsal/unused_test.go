package rehearsal_test

import (
	"net"
	"strings"
	"testing"
	"time"

	"tsugite/rehearsal"
)

func TestCloseDoesNotWaitForConnectionsOnWhichNothingWasAsked(t *testing.T) {
	s, err := rehearsal.Start(rehearsal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", strings.Trim(strings.TrimPrefix(s.URL(), "http://"), "/"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	begun := time.Now()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("closing took %v", took)
	}
}
