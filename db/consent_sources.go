package db

import "tsugite/programme"

func (t *tx) ConfidentialWords(about []programme.PersonID) ([]string, error) {
	people, err := asJSON(about)
	if err != nil {
		return nil, err
	}
	return all(t.ctx, t.q, single[string], `SELECT DISTINCT p.text FROM memos m JOIN memo_parts p ON p.memo_id = m.id
		WHERE p.key = $1 AND (m.atsugi_id IS NULL OR m.atsugi_id IN (SELECT value FROM json_each($2)))`, programme.Confidential, people)
}

func (t *tx) PhotosByHash(hash string) ([]programme.Photo, error) {
	photos, err := all(t.ctx, t.q, scanPhoto, `SELECT `+photoColumns+` FROM photos
		WHERE hash = $1 AND removed_at IS NULL ORDER BY at, id`, hash)
	for i := range photos {
		if err == nil {
			photos[i].People, err = t.depicted(photos[i].ID)
		}
	}
	return photos, err
}

func (t *tx) PublicationsOf(source string) ([]programme.Publication, error) {
	ps, err := all(t.ctx, t.q, scanPublication, `SELECT `+publicationColumns+` FROM publications p
		WHERE p.source = $1 ORDER BY p.made_at DESC, p.id DESC`, source)
	if err != nil {
		return nil, err
	}
	return t.withTexts(ps...)
}
