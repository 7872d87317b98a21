package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"

	"tsugite/rehearsal"
)

// workspaceCmd opens the local Slack alone.
type workspaceCmd struct {
	Port     int    `default:"8484" help:"Port on 127.0.0.1; 0 takes a free one."`
	People   string `type:"existingfile" placeholder:"FILE" help:"Who is there (YAML or JSON); a small workspace if not given."`
	Manifest string `type:"existingfile" placeholder:"FILE" help:"The app's manifest: its commands, events and scopes. All are allowed if not given."`
	EnvFile  string `placeholder:"FILE" help:"Write the three variables here, too."`
	DB       string `placeholder:"FILE" help:"Keep the workspace in this file."`
}

// Run serves until ctx ends.
func (c workspaceCmd) Run(ctx context.Context, std streams) error {
	o := rehearsal.Options{Addr: loopback(c.Port), Path: c.DB}
	if c.People != "" {
		cast, err := rehearsal.LoadCast(c.People)
		if err != nil {
			return err
		}
		o.Cast = &cast
	}
	if c.Manifest != "" {
		m, err := rehearsal.LoadManifest(c.Manifest)
		if err != nil {
			return err
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
			return err
		}
	}
	fmt.Fprint(std.Out, env)
	fmt.Fprintf(std.Err, "workspace: %s\n", s.URL())
	<-ctx.Done()
	return nil
}

// startWorkspace starts the local Slack and explains a port that is taken.
func startWorkspace(o rehearsal.Options) (*rehearsal.Server, error) {
	s, err := rehearsal.Start(o)
	if portTaken(err) {
		return nil, withHint(fmt.Errorf("port %s is in use", portOf(o.Addr)), "end the other program, or choose another port with --port")
	}
	return s, err
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

func portOf(addr string) string {
	_, port, _ := net.SplitHostPort(addr)
	return port
}
