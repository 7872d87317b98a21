package rehearsal

import (
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// file is a file in Slack's own JSON. A stored one is never changed in place: a
// changed copy takes its place, so that answers can be sent without the lock.
type file struct {
	ID                 string              `json:"id"`
	Created            int64               `json:"created"`
	Timestamp          int64               `json:"timestamp"`
	Name               string              `json:"name"`
	Title              string              `json:"title"`
	Mimetype           string              `json:"mimetype"`
	Filetype           string              `json:"filetype"`
	PrettyType         string              `json:"pretty_type"`
	User               string              `json:"user"`
	UserTeam           string              `json:"user_team"`
	Editable           bool                `json:"editable"`
	Size               int                 `json:"size"`
	Mode               string              `json:"mode"`
	IsExternal         bool                `json:"is_external"`
	ExternalType       string              `json:"external_type"`
	IsPublic           bool                `json:"is_public"`
	PublicURLShared    bool                `json:"public_url_shared"`
	DisplayAsBot       bool                `json:"display_as_bot"`
	Username           string              `json:"username"`
	URLPrivate         string              `json:"url_private"`
	URLPrivateDownload string              `json:"url_private_download"`
	Permalink          string              `json:"permalink"`
	AltTxt             string              `json:"alt_txt,omitempty"`
	FileAccess         string              `json:"file_access"`
	IsStarred          bool                `json:"is_starred"`
	HasRichPreview     bool                `json:"has_rich_preview"`
	MediaDisplayType   string              `json:"media_display_type"`
	Channels           []string            `json:"channels"`
	Groups             []string            `json:"groups"`
	IMs                []string            `json:"ims"`
	CommentsCount      int                 `json:"comments_count"`
	Shares             map[string]shareMap `json:"shares"`
}

type shareMap map[string][]share

type share struct {
	ReplyUsers      []string `json:"reply_users"`
	ReplyUsersCount int      `json:"reply_users_count"`
	ReplyCount      int      `json:"reply_count"`
	TS              string   `json:"ts"`
	ThreadTS        string   `json:"thread_ts,omitempty"`
	ChannelName     string   `json:"channel_name"`
	TeamID          string   `json:"team_id"`
	ShareUserID     string   `json:"share_user_id"`
	Source          string   `json:"source"`
}

// fileKind is how Slack names a kind of file.
type fileKind struct{ mime, slack, pretty string }

// fileKinds are by extension; not the machine's own table, which differs from one to another.
var fileKinds = map[string]fileKind{
	"csv":  {"text/csv", "csv", "CSV"},
	"docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "Word Document"},
	"gif":  {"image/gif", "gif", "GIF"},
	"heic": {"image/heic", "heic", "HEIC"},
	"html": {"text/html", "html", "HTML"},
	"ics":  {"text/calendar", "ics", "iCalendar"},
	"jpeg": {"image/jpeg", "jpg", "JPEG"},
	"jpg":  {"image/jpeg", "jpg", "JPEG"},
	"json": {"application/json", "json", "JSON"},
	"md":   {"text/markdown", "markdown", "Markdown (raw)"},
	"pdf":  {"application/pdf", "pdf", "PDF"},
	"png":  {"image/png", "png", "PNG"},
	"pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx", "PowerPoint Presentation"},
	"svg":  {"image/svg+xml", "svg", "SVG"},
	"txt":  {"text/plain", "text", "Plain Text"},
	"webp": {"image/webp", "webp", "WebP"},
	"xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel Spreadsheet"},
	"zip":  {"application/zip", "zip", "Zip"},
}

func kindOf(name string) fileKind {
	extension := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	if kind, ok := fileKinds[extension]; ok {
		return kind
	}
	return fileKind{"application/octet-stream", "binary", "Binary"}
}

// newFile makes a file whose bytes are stored.
func (ch *change) newFile(u *upload, title, user string) *file {
	id, name := u.id, u.name
	if title == "" {
		title = name
	}
	kind := kindOf(name)
	base := ch.URL() + "files-pri/" + ch.ws.team.ID + "-" + id + "/"
	f := &file{ID: id, Created: ch.now.Unix(), Timestamp: ch.now.Unix(), Name: name, Title: title, Mimetype: kind.mime, Filetype: kind.slack,
		PrettyType: kind.pretty, User: user, UserTeam: ch.ws.team.ID, Size: u.length, AltTxt: u.alt, Mode: "hosted", FileAccess: "visible",
		URLPrivate: base + url.PathEscape(name), URLPrivateDownload: base + "download/" + url.PathEscape(name),
		Permalink: ch.URL() + "files/" + user + "/" + id + "/" + url.PathEscape(name), MediaDisplayType: "unknown",
		Channels: []string{}, Groups: []string{}, IMs: []string{}, Shares: map[string]shareMap{}}
	ch.saveFile(f)
	ch.tellFile("file_created", f, "")
	return f
}

func (ch *change) saveFile(f *file) {
	ch.ws.files[f.ID] = f
	ch.save(rowFile, f.ID, f)
	ch.changed("file", "", f.User, "")
}

// shared notes in files that a message carries them, and puts the changed ones
// into the message.
func (ch *change) shared(c *channel, m *message) {
	for i, old := range m.Files {
		f := *old
		where, side := &f.Channels, "public"
		switch c.Kind {
		case kindPrivate, kindMPIM:
			where, side = &f.Groups, "private"
		case kindIM:
			where, side = &f.IMs, "private"
		}
		if !slices.Contains(*where, c.ID) {
			*where = append(slices.Clone(*where), c.ID)
		}
		f.IsPublic = f.IsPublic || c.Kind == kindChannel
		f.Shares = map[string]shareMap{}
		for s, channels := range old.Shares {
			f.Shares[s] = shareMap{}
			for id, list := range channels {
				f.Shares[s][id] = list
			}
		}
		if f.Shares[side] == nil {
			f.Shares[side] = shareMap{}
		}
		f.Shares[side][c.ID] = append(slices.Clone(f.Shares[side][c.ID]), share{ReplyUsers: []string{}, TS: m.TS, ThreadTS: m.ThreadTS,
			ChannelName: c.Name, TeamID: ch.ws.team.ID, ShareUserID: m.User, Source: "UNKNOWN"})
		m.Files[i] = &f
		ch.saveFile(&f)
		ch.tellFile("file_shared", &f, c.ID)
	}
	ch.saveMessage(c, m)
}

// postFiles posts a message that carries files.
func (ch *change) postFiles(c *channel, m *message, files []*file, thread string) {
	m.Subtype, m.Upload, m.ThreadTS = "file_share", true, thread
	if m.BotID != "" {
		m.Subtype = ""
	}
	m.Files = slices.Clone(files)
	ch.post(c, m)
	ch.shared(c, m)
}

func (c *call) filesInfo() (reply, error) {
	var out reply
	err := c.change(func(ch *change) error {
		f := ch.ws.files[c.args.str("file")]
		if f == nil || !ch.sees(c.bot.user, f) {
			return fail("file_not_found")
		}
		out = reply{"file": f, "comments": []any{}, "response_metadata": nextPage("")}
		return nil
	})
	return out, err
}

func (c *call) filesList() (reply, error) {
	var out reply
	err := c.change(func(ch *change) error {
		found := []*file{}
		for _, f := range ch.ws.files {
			if ch.sees(c.bot.user, f) && (c.args.str("channel") == "" || slices.Contains(slices.Concat(f.Channels, f.Groups, f.IMs), c.args.str("channel"))) &&
				(c.args.str("user") == "" || c.args.str("user") == f.User) {
				found = append(found, f)
			}
		}
		slices.SortFunc(found, func(a, b *file) int { return strings.Compare(b.ID, a.ID) })
		out = reply{"files": found, "paging": reply{"count": 100, "total": len(found), "page": 1, "pages": 1}}
		return nil
	})
	return out, err
}

func (c *call) filesDelete() (reply, error) {
	return nil, c.change(func(ch *change) error {
		f := ch.ws.files[c.args.str("file")]
		switch {
		case f == nil:
			return fail("file_not_found")
		case f.User != c.bot.user:
			return fail("cant_delete_file")
		}
		delete(ch.ws.files, f.ID)
		delete(ch.contents, f.ID)
		ch.forget(rowFile, f.ID)
		ch.forget(rowContent, f.ID)
		ch.changed("file", "", f.User, "")
		return nil
	})
}

// sees says whether somebody can read a file: their own, or shared where they are.
// The app also sees what was handed to it in a modal.
func (s *Server) sees(user string, f *file) bool {
	if f.User == user {
		return true
	}
	for _, id := range slices.Concat(f.Channels, f.Groups, f.IMs) {
		if c := s.ws.channels[id]; c != nil && (c.has(user) || c.Kind == kindChannel) {
			return true
		}
	}
	return user == s.bot.user && len(f.Channels)+len(f.Groups)+len(f.IMs) == 0
}

// serveFile is url_private: the bytes, for who has the app's token. Everybody else is led,
// as by Slack, to a page on which they could sign in: no error, and no file.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	token := bearer(r, args{"token": {text: r.URL.Query().Get("token")}})
	_, id, _ := strings.Cut(r.PathValue("id"), "-")
	if s.tokens[token] != tokenBot || !s.grants.has("files:read") {
		s.toSignIn(w, r)
		return
	}
	s.sendFile(w, r, id, s.bot.user)
}

// toSignIn leads to the page that names the file which could not be had (redir).
func (s *Server) toSignIn(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, s.URL()+"?"+url.Values{"redir": {r.URL.Path}}.Encode(), http.StatusFound)
}

// servePersonsFile is the same for a person in the page.
func (s *Server) servePersonsFile(w http.ResponseWriter, r *http.Request) {
	s.sendFile(w, r, r.PathValue("id"), r.URL.Query().Get("as"))
}

func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, id, user string) {
	var f *file
	var body []byte
	s.look(func() {
		if f = s.ws.files[id]; f != nil && user != "" && !s.sees(user, f) {
			f = nil
		}
		body = s.contents[id]
	})
	var err error
	if f != nil && s.keeper.db != nil {
		body, err = s.keeper.content(id)
	}
	if f == nil || err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.Mimetype)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	how := "attachment"
	if strings.HasPrefix(f.Mimetype, "image/") && f.Filetype != "svg" && !strings.Contains(r.URL.Path, "/download/") {
		how = "inline"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": f.Name}))
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}
