package accountview

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.ImageSource = (*Books)(nil)

// codeAnswerTooLarge is httpx's word for an answer that is not read to its end.
const codeAnswerTooLarge = "answer_too_large"

const opReadImage = system + " GET " + objectArticle

// ArticleImages reads pictures where the settings name their column. Where even a few
// are too much for one answer, each is asked for by itself.
func (b *Books) ArticleImages(ctx context.Context, codes []string, largest int) ([]connectors.ArticleImage, error) {
	wanted, keys := map[string]string{}, []string{}
	for _, code := range codes {
		if key := articleKey(code); key != "" && wanted[key] == "" {
			wanted[key] = code
			keys = append(keys, key)
		}
	}
	a := b.settings.Articles
	if a.ImageDataField == "" || len(keys) == 0 {
		return nil, nil
	}
	q := Query{
		Object: objectArticle, Table: tableArticle, PageSize: min(len(keys), b.settings.MaxPageSize),
		Fields: distinct(b.settings.pageKey(tableArticle), fieldArticleCode, a.ImageDataField),
	}
	if a.ImageNameField != "" {
		q.Fields = append(q.Fields, a.ImageNameField)
	}
	var images []connectors.ArticleImage
	seen := map[string]bool{}
	for _, expression := range oneOf([]string{fieldArticleCode}, keys) {
		q.Expression = expression
		rows, err := b.rows(ctx, q)
		if err != nil {
			return b.imagesApart(ctx, codes, largest, err)
		}
		for _, r := range unseen(rows, byColumn(fieldArticleCode), seen) {
			code := wanted[articleKey(r.text(fieldArticleCode))]
			if code == "" { // the books may compare beginnings
				continue
			}
			if !r.has(a.ImageDataField) {
				return nil, fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+a.ImageDataField)
			}
			if image, has := imageFrom(r.text(a.ImageDataField), largest); has {
				image.SKU, image.Name = code, fileName(r.text(a.ImageNameField), code)
				images = append(images, image)
			}
		}
	}
	return images, nil
}

// imagesApart reads pictures one by one after an answer that was too large for all of
// them. One that is too large alone cannot go; any other failure is one.
func (b *Books) imagesApart(ctx context.Context, codes []string, largest int, failed error) ([]connectors.ArticleImage, error) {
	switch f, known := fault.As(failed); {
	case known && f.Code == codeQueryRefused: // only its columns may be wrong
		return nil, fault.New(fault.Misconfigured, codeListRefused, f.Op).WithDetail(f.Detail()).Because(failed)
	case !known || f.Code != codeAnswerTooLarge:
		return nil, failed
	case len(codes) == 1:
		wrong := fault.New(fault.Invalid, connectors.CodeImageTooLarge, opReadImage).About(codes[0])
		return []connectors.ArticleImage{{SKU: codes[0], Content: connectors.CodeImageTooLarge, Fault: wrong}}, nil
	}
	var images []connectors.ArticleImage
	for _, code := range codes {
		one, err := b.ArticleImages(ctx, []string{code}, largest)
		if err != nil {
			return nil, err
		}
		images = append(images, one...)
	}
	return images, nil
}

// fileName is the last part of a path: the books name a file of theirs.
func fileName(name, code string) string {
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	if name == "" {
		return code
	}
	return name
}

// imageFrom reads a picture, which is written as base64 (assumed). What is no picture,
// or too large a one, is told by a fault.
func imageFrom(written string, largest int) (image connectors.ArticleImage, has bool) {
	if about, after, found := strings.Cut(written, ","); found && strings.HasPrefix(about, "data:") {
		written = after
	}
	written = strings.TrimRight(strings.Join(strings.Fields(written), ""), "=")
	if written == "" {
		return image, false
	}
	image.Content = connectors.ContentOf([]byte(written))
	if base64.RawStdEncoding.DecodedLen(len(written)) > largest {
		image.Fault = fault.New(fault.Invalid, connectors.CodeImageTooLarge, opReadImage)
		return image, true
	}
	data, err := base64.RawStdEncoding.DecodeString(written)
	kind := http.DetectContentType(data)
	if err != nil || !strings.HasPrefix(kind, "image/") {
		image.Fault = fault.New(fault.Invalid, connectors.CodeImageUnreadable, opReadImage)
		return image, true
	}
	image.Data, image.Type = data, kind
	return image, true
}
