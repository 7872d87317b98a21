package rehearsal

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"
)

// upload is a file between files.getUploadURLExternal and completeUploadExternal.
type upload struct {
	id, name, alt string
	length        int
	got           bool
}

const maxFileBytes = 1 << 30

func (c *call) uploadURL() (reply, error) {
	n, err := strconv.Atoi(c.args.str("length"))
	switch {
	case err != nil || n <= 0:
		return nil, badArguments("[ERROR] must be greater than 0 [json-pointer:/length]")
	case n > maxFileBytes:
		return nil, fail("file_upload_size_restricted")
	}
	var out reply
	err = c.change(func(ch *change) error {
		u := &upload{id: ch.ids.next("F"), name: path.Base(c.args.str("filename")), alt: c.args.str("alt_txt"), length: n}
		ch.uploads[u.id] = u
		out = reply{"file_id": u.id, "upload_url": ch.URL() + "upload/v1/" + u.id}
		return nil
	})
	return out, err
}

// uploadMethod is what an upload is called in faults and in the log; it is no
// method of the Web API.
const uploadMethod = "upload"

// serveUpload takes the bytes of a file, as a form's file or as the body itself.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	defer s.traffic.begin()()
	body, err := uploadedBytes(w, r)
	if err != nil {
		http.Error(w, "the upload could not be read", http.StatusBadRequest)
		return
	}
	f := s.faults.take(uploadMethod)
	f.hold(s.ctx)
	var status int
	var answer string
	if f.refuses() {
		status, answer = refusedUpload(w, f.fault)
	} else {
		status, answer = s.keepUpload(r.PathValue("id"), body)
	}
	s.record(LogEntry{Dir: dirIn, Method: uploadMethod, Request: encode(reply{"file": r.PathValue("id"), "bytes": len(body)}), Status: status,
		Response: encode(answer), Accepted: status == http.StatusOK})
	if f.drops() {
		drop(w)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	io.WriteString(w, answer)
}

// refusedUpload is how an upload that shall fail is answered: not in JSON.
func refusedUpload(w http.ResponseWriter, f *Fault) (status int, answer string) {
	if f.RetryAfter > 0 || f.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", strconv.Itoa(max(f.RetryAfter, 1)))
	}
	if f.Error != "" && f.Status == 0 {
		return http.StatusBadRequest, f.Error
	}
	return f.Status, http.StatusText(f.Status)
}

func (s *Server) keepUpload(id string, body []byte) (status int, answer string) {
	status, answer = http.StatusOK, "OK - "+strconv.Itoa(len(body))
	err := s.change(func(ch *change) error {
		u := ch.uploads[id]
		switch {
		case u == nil:
			status, answer = http.StatusNotFound, "Not Found"
		case len(body) != u.length:
			status, answer = http.StatusBadRequest, "the length is not the one announced"
		default:
			u.got = true
			ch.storeContent(id, body)
		}
		return nil
	})
	if err != nil {
		return http.StatusInternalServerError, "the file could not be kept"
	}
	return status, answer
}

func uploadedBytes(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxFileBody)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return io.ReadAll(r.Body)
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil, err
		}
		if part.FileName() != "" || part.FormName() == "file" || part.FormName() == "filename" {
			return io.ReadAll(part)
		}
	}
}

// storeContent keeps the bytes of a file, in memory only when nothing is kept.
func (ch *change) storeContent(id string, body []byte) {
	if ch.keeper.db == nil {
		ch.contents[id] = body
		return
	}
	if body == nil {
		body = []byte{}
	}
	ch.rows = append(ch.rows, row{rowContent, id, body})
}

func (c *call) completeUpload() (reply, error) {
	var wanted []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if json.Unmarshal(c.args.raw("files"), &wanted) != nil || len(wanted) == 0 {
		return nil, badArguments("[ERROR] must provide an array of objects [json-pointer:/files]")
	}
	blocks := c.args.raw("blocks")
	if err := checkBlocks(blocks); err != nil {
		return nil, err
	}
	var out reply
	err := c.change(func(ch *change) error {
		for _, one := range wanted {
			if u := ch.uploads[one.ID]; u == nil || !u.got {
				return fail("file_not_found")
			}
		}
		targets, thread, err := c.shareTargets(ch)
		if err != nil {
			return err
		}
		made := make([]*file, len(wanted))
		for i, one := range wanted {
			u := ch.uploads[one.ID]
			delete(ch.uploads, one.ID)
			made[i] = ch.newFile(u, one.Title, ch.bot.user)
		}
		for _, t := range targets {
			m := ch.botMessage(content{text: c.args.str("initial_comment"), blocks: blocks})
			ch.postFiles(t.open(ch), m, made, thread)
			made = m.Files
		}
		list := make([]file, len(made))
		for i, f := range made {
			list[i] = *f
		}
		out = reply{"files": list}
		return nil
	})
	return out, err
}

// shareTargets are the conversations that uploaded files go to.
func (c *call) shareTargets(ch *change) ([]target, string, error) {
	names := c.args.list("channels")
	if id := c.args.str("channel_id"); id != "" {
		names = append(names, id)
	}
	var out []target
	thread := ""
	for _, name := range names {
		t, err := ch.target(name)
		if err != nil {
			return nil, "", err
		}
		if err := ch.mayPost(t, content{}, []string{"a file"}); err != nil {
			return nil, "", err
		}
		if thread, err = t.parent(c.args.str("thread_ts")); err != nil {
			return nil, "", err
		}
		out = append(out, t)
	}
	return out, thread, nil
}
