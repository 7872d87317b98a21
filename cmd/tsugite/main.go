// Command tsugite is the bot of a successor support programme, and a local Slack
// to try it in. It alone sees all the rooms: it reads the configuration, wires
// them together as an App, and lets a command use it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli is the command line (design.md section 6).
type cli struct {
	Demo          demoCmd          `cmd:"" help:"Open a local workspace with a sample cohort: no config, token or network."`
	Workspace     workspaceCmd     `cmd:"" help:"Open the local Slack alone, for any Slack app."`
	Serve         serveCmd         `cmd:"" help:"Run the bot on a real workspace (Socket Mode)."`
	WorkspacePlan workspacePlanCmd `cmd:"" help:"Say which channels Slack should have and what is to be done; with --perform do it."`
	Rehearse      rehearseCmd      `cmd:"" help:"Play the year on a fast clock: what everybody would get, and what looks wrong."`
	Manifest      manifestCmd      `cmd:"" help:"Print the Slack app manifest."`
	People        PeopleCmd        `cmd:"" help:"Bring the roster in or out."`
	Event         eventCmd         `cmd:"" help:"Bring an event's application list in."`
	Survey        surveyCmd        `cmd:"" help:"Check survey files."`
	Consent       consentCmd       `cmd:"" help:"Record consents on paper, and list what was said."`
	Export        exportCmd        `cmd:"" help:"Take answers, attendance and deliveries out."`
	Version       versionCmd       `cmd:"" help:"Print the version and what it was built from."`
}

// streams are where a command reads and writes; machine-readable output goes to
// Out only.
type streams struct {
	Out, Err io.Writer
}

// hinted is an error with a hint of how to mend it.
type hinted struct {
	err  error
	hint string
}

func (h *hinted) Error() string { return h.err.Error() }
func (h *hinted) Unwrap() error { return h.err }

// withHint adds how to mend it to an error.
func withHint(err error, hint string) error {
	if err == nil {
		return nil
	}
	return &hinted{err, hint}
}

func main() { os.Exit(run(os.Args[1:], streams{os.Stdout, os.Stderr})) }

// run is main without the process: exit 0 done, 1 refused or failed with one
// line on Err, 2 wrong usage.
func run(args []string, std streams) int {
	// The second Ctrl-C ends at once: NotifyContext stops catching after the first.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)

	exit := -1
	var c cli
	parser, err := kong.New(&c, kong.Name("tsugite"),
		kong.Description("継ぎ手 ― a Slack bot for the participants of a successor support programme."),
		kong.Writers(std.Out, std.Err), kong.Exit(func(code int) { exit = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(std))
	if err != nil {
		return fail(std.Err, err)
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 { // help was asked for
		return exit
	}
	if err != nil {
		fmt.Fprintf(std.Err, "tsugite: %s (see: tsugite --help)\n", err)
		return 2
	}
	if err := parsed.Run(); err != nil {
		return fail(std.Err, err)
	}
	return 0
}

// fail prints one line: the reason, and how to mend it where that is known. Faults
// of a file are a line each.
func fail(w io.Writer, err error) int {
	line := "tsugite: " + strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "\ntsugite: ")
	var h *hinted
	if errors.As(err, &h) {
		line += " (" + h.hint + ")"
	}
	fmt.Fprintln(w, line)
	return 1
}
