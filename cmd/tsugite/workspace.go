package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"

	"tsugite/rehearsal"
)

// workspaceCmd opens the local Slack alone.
type workspaceCmd struct {
	Port     int    `default:"8484" help:"Port on 127.0.0.1; 0 takes a free one."`
	People   string `placeholder:"FILE" help:"Who is there (YAML or JSON); a small workspace if not given."`
	Manifest string `placeholder:"FILE" help:"The app's manifest: its commands, events and scopes. All are allowed if not given."`
	EnvFile  string `placeholder:"FILE" help:"Write the three variables here, too."`
	DB       string `placeholder:"FILE" help:"Keep the workspace in this file."`
}

// Run serves until ctx ends.
func (c workspaceCmd) Run(ctx context.Context, std streams) error {
	o := rehearsal.Options{Addr: loopback(c.Port), Path: c.DB}
	if c.People != "" {
		cast, err := rehearsal.LoadCast(c.People)
		if err != nil {
			return explainFile(c.People, err, "name a file of people with --people")
		}
		o.Cast = &cast
	}
	if c.Manifest != "" {
		m, err := rehearsal.LoadManifest(c.Manifest)
		if err != nil {
			return explainFile(c.Manifest, err, "make one with: tsugite manifest > manifest.json")
		}
		o.Manifest = m
	}
	s, err := startWorkspace(o)
	if err != nil {
		return err
	}
	defer s.Close()
	env := fmt.Sprintf("SLACK_API_URL=%s\nSLACK_BOT_TOKEN=%s\nSLACK_APP_TOKEN=%s\n", s.APIURL(), s.BotToken(), s.AppToken())
	if c.EnvFile != "" {
		if err := os.WriteFile(c.EnvFile, []byte(env), 0o600); err != nil {
			return withHint(fmt.Errorf("%s cannot be written: %w", c.EnvFile, reason(err)), "name a file in a folder that exists with --env-file")
		}
	}
	fmt.Fprint(std.Out, env)
	fmt.Fprintf(std.Err, "workspace: %s\n", s.URL())
	<-ctx.Done()
	return nil
}

// startWorkspace starts the local Slack and explains a port or file that it
// cannot have.
func startWorkspace(o rehearsal.Options) (*rehearsal.Server, error) {
	s, err := rehearsal.Start(o)
	var noPort *net.AddrError
	switch {
	case err == nil:
		return s, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, withHint(fmt.Errorf("port %s is in use", portOf(o.Addr)), "end the other program, or choose another port with --port")
	case errors.As(err, &noPort):
		return nil, withHint(fmt.Errorf("%s is no port", portOf(o.Addr)), "choose one from 1 to 65535 with --port; 0 takes a free one")
	case strings.HasPrefix(err.Error(), "workspace file "):
		return nil, withHint(err, "check its folder, and that no other tsugite has it open, or name another file with --db")
	}
	return nil, err
}

// explainFile says in plain words why a file could not be read; what stands in it
// explains itself.
func explainFile(name string, err error, hint string) error {
	if _, system := errors.AsType[*fs.PathError](err); system {
		return unreadable(name, err, hint)
	}
	return err
}

// reason is the system's own word, without the call and the name around it.
func reason(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

func portOf(addr string) string {
	_, port, _ := net.SplitHostPort(addr)
	return port
}
