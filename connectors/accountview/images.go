package accountview

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.ImageSource = (*Books)(nil)

// ArticleImage reads the picture of an article where the settings name its column.
func (b *Books) ArticleImage(ctx context.Context, code string) (name string, data []byte, err error) {
	a := b.settings.Articles
	if a.ImageDataField == "" || articleKey(code) == "" {
		return "", nil, nil
	}
	q := Query{Object: objectArticle, Table: tableArticle, Fields: distinct(b.settings.pageKey(tableArticle), fieldArticleCode, a.ImageDataField)}
	if a.ImageNameField != "" {
		q.Fields = append(q.Fields, a.ImageNameField)
	}
	for _, asked := range b.anyOf(q, fieldArticleCode, spellings(code)) {
		rows, err := b.rows(ctx, asked)
		if err != nil {
			return "", nil, err
		}
		for _, r := range rows {
			if articleKey(r.text(fieldArticleCode)) == articleKey(code) {
				return b.imageFromArticle(q, r)
			}
		}
	}
	return "", nil, nil
}

// imageFromArticle reads a picture, which is written as base64 (assumed).
func (b *Books) imageFromArticle(q Query, r row) (string, []byte, error) {
	a, code := b.settings.Articles, r.text(fieldArticleCode)
	if !r.has(a.ImageDataField) {
		return "", nil, fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+a.ImageDataField)
	}
	written := r.text(a.ImageDataField)
	if about, after, found := strings.Cut(written, ","); found && strings.HasPrefix(about, "data:") {
		written = after
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(written), ""))
	if err != nil {
		return "", nil, fault.New(fault.Invalid, codeImageUnreadable, system+" "+q.op()).About(code)
	}
	name := r.text(a.ImageNameField)
	if at := strings.LastIndexAny(name, `/\`); at >= 0 { // the books name a file of theirs
		name = name[at+1:]
	}
	if name == "" {
		name = code
	}
	return name, data, nil
}
