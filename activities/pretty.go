package activities

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
)

// pretty lays out what a system sent, one element a line. What cannot be read as
// JSON or XML is shown as it came.
func pretty(raw []byte) string {
	var indented bytes.Buffer
	if json.Indent(&indented, raw, "", "  ") == nil {
		return indented.String()
	}
	if laidOut, ok := prettyXML(raw); ok {
		return laidOut
	}
	return string(raw)
}

func prettyXML(raw []byte) (string, bool) {
	decoder := xml.NewDecoder(bytes.NewReader(raw))
	decoder.Strict = false
	var out strings.Builder
	depth, text := 0, ""
	line := func(s string) { out.WriteString("\n" + strings.Repeat("  ", depth) + s) }
	opened := false // the last tag begun holds nothing yet
	for {
		token, err := decoder.RawToken()
		if err != nil {
			return strings.TrimPrefix(out.String(), "\n"), depth == 0 && out.Len() > 0 && err.Error() == "EOF"
		}
		switch token := token.(type) {
		case xml.StartElement:
			if text != "" {
				line(text)
			}
			line(startTag(token))
			depth++
			opened, text = true, ""
		case xml.CharData:
			text += strings.TrimSpace(string(token))
		case xml.EndElement:
			if depth--; depth < 0 {
				return "", false
			}
			end := "</" + name(token.Name) + ">"
			if opened {
				out.WriteString(text + end)
			} else {
				line(end)
			}
			opened, text = false, ""
		}
	}
}

func startTag(e xml.StartElement) string {
	var b strings.Builder
	b.WriteString("<" + name(e.Name))
	for _, a := range e.Attr {
		b.WriteString(" " + name(a.Name) + `="` + a.Value + `"`)
	}
	return b.String() + ">"
}

func name(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
