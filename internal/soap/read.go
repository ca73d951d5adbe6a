package soap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// ReadEnvelope reads one envelope of at most limit bytes and checks the whole of it. It answers the one element in the
// body; a fault comes back as a *Fault error; anything else wraps one of the errors of this package. A failing read is
// wrapped as it is, except that an unexpected end counts as truncated.
func ReadEnvelope(r io.Reader, limit int64) (Body, error) {
	document, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return Body{}, fmt.Errorf("%w: the connection ended early", ErrTruncated)
	case err != nil:
		return Body{}, fmt.Errorf("soap: read the document: %w", err)
	case int64(len(document)) > limit:
		return Body{}, ErrTooLarge
	}
	document = bytes.TrimPrefix(document, []byte("\xef\xbb\xbf"))
	document = bytes.TrimLeft(document, " \t\r\n")
	if err := looksLikeXML(document); err != nil {
		return Body{}, err
	}
	if document, err = toUTF8(document, limit); err != nil {
		return Body{}, err
	}
	return findBody(document)
}

func looksLikeXML(document []byte) error {
	begin := bytes.ToLower(document[:min(len(document), 64)])
	switch {
	case len(document) == 0:
		return fmt.Errorf("%w: it is empty", ErrTruncated)
	case bytes.HasPrefix(begin, []byte("<!doctype html")), bytes.HasPrefix(begin, []byte("<html")):
		return ErrHTML
	case document[0] != '<':
		return ErrMalformed
	}
	return nil
}

// toUTF8 obeys the encoding in the XML declaration. The four bytes a letter can grow to do not count for the limit.
func toUTF8(document []byte, limit int64) ([]byte, error) {
	if !bytes.HasPrefix(document, []byte("<?xml")) {
		return document, nil
	}
	end := bytes.Index(document, []byte("?>"))
	if end < 0 {
		return nil, ErrTruncated
	}
	label := strings.ToLower(declaredEncoding(string(document[:end])))
	if label == "" || label == "utf-8" || label == "utf8" {
		return document, nil
	}
	reader, err := charset.NewReaderLabel(label, bytes.NewReader(document))
	if err != nil {
		return nil, fmt.Errorf("%w: its encoding is not known", ErrMalformed)
	}
	converted, err := io.ReadAll(io.LimitReader(reader, 4*limit))
	if err != nil {
		return nil, fmt.Errorf("%w: it does not fit its encoding", ErrMalformed)
	}
	return converted, nil
}

func declaredEncoding(declaration string) string {
	_, rest, found := strings.Cut(declaration, "encoding")
	if !found {
		return ""
	}
	rest = strings.TrimLeft(rest, " \t\r\n")
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "="), " \t\r\n")
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	value, _, found := strings.Cut(rest[1:], rest[:1])
	if !found {
		return ""
	}
	return value
}

func newDecoder(document []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(document))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // toUTF8 has been here
	return d
}

// findBody walks the whole document once: only then is it known to be complete, flat enough and free of a document type.
func findBody(document []byte) (Body, error) {
	d := newDecoder(document)
	body := Body{document: document}
	var path []xml.Name
	roots, inBody := 0, 0
	sawBody := false
	for {
		before := d.InputOffset()
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Body{}, malformed(err, d, document)
		}
		switch t := t.(type) {
		case xml.Directive:
			if bytes.HasPrefix(bytes.ToLower(t), []byte("doctype html")) {
				return Body{}, ErrHTML
			}
			return Body{}, fmt.Errorf("%w: it has a document type", ErrRefused)
		case xml.StartElement:
			if len(path) >= MaxDepth {
				return Body{}, fmt.Errorf("%w: it nests deeper than %d", ErrRefused, MaxDepth)
			}
			switch {
			case len(path) == 0:
				roots++
				if strings.EqualFold(t.Name.Local, "html") {
					return Body{}, ErrHTML
				}
				if roots > 1 || !isEnvelopePart(t.Name, "Envelope") {
					return Body{}, ErrNotEnvelope
				}
			case len(path) == 1 && isEnvelopePart(t.Name, "Body"):
				if sawBody {
					return Body{}, ErrNotEnvelope
				}
				sawBody = true
			case len(path) == 2 && isEnvelopePart(path[1], "Body"):
				inBody++
				body.name, body.begin = t.Name, before
			}
			path = append(path, t.Name)
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
	if roots == 0 || len(path) > 0 {
		return Body{}, ErrTruncated
	}
	if inBody != 1 {
		return Body{}, ErrNotEnvelope
	}
	if !isEnvelopePart(body.name, "Fault") {
		return body, nil
	}
	d, _, err := body.seek()
	if err != nil {
		return Body{}, err
	}
	f, err := faultFrom(d)
	if err != nil {
		return Body{}, malformed(err, d, document)
	}
	return Body{}, f
}

func isEnvelopePart(name xml.Name, local string) bool {
	return name.Space == EnvelopeNamespace && name.Local == local
}

// malformed tells a document that stops from one that is wrong. The parser's own text quotes the document, so it is not
// kept.
func malformed(err error, d *xml.Decoder, document []byte) error {
	if d.InputOffset() >= int64(len(document)) {
		return ErrTruncated
	}
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		if strings.HasPrefix(syntax.Msg, "unexpected EOF") {
			return ErrTruncated
		}
		return fmt.Errorf("%w: line %d", ErrMalformed, syntax.Line)
	}
	return ErrMalformed
}
