package soap

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// Fault is a SOAP 1.1 fault. It is an error, but its error text is the code alone: the other parts are written by the
// far side, may name persons, and are for deliberate use only.
type Fault struct {
	Code   string // without prefix: "Client", "Server", "Client.Authentication"
	String string // faultstring
	Actor  string // faultactor, mostly absent
	Detail string // the text inside detail, without markup, at most 4096 bytes
}

// Error names the code of the fault and nothing else.
func (f *Fault) Error() string { return "SOAP fault " + printableCode(f.Code) }

// IsClient holds when the far side blames the request: sending it again unchanged is useless.
func (f *Fault) IsClient() bool { return f.is("Client") }

// IsServer holds when the far side blames itself: the same request may pass later.
func (f *Fault) IsServer() bool { return f.is("Server") }

func (f *Fault) is(class string) bool {
	first, _, _ := strings.Cut(f.Code, ".")
	return strings.EqualFold(first, class)
}

// MarshalFault writes the envelope of a fault. The parts of a fault have no namespace (SOAP 1.1, section 4.4); an empty
// actor or detail is left out.
func MarshalFault(namespace string, f Fault) ([]byte, error) {
	var out bytes.Buffer
	text := func(s string) error { return xml.EscapeText(&out, []byte(s)) }
	part := func(name, value string) error {
		fmt.Fprintf(&out, "<%s>", name)
		if err := text(value); err != nil {
			return err
		}
		fmt.Fprintf(&out, "</%s>", name)
		return nil
	}
	out.WriteString(head)
	if err := text(namespace); err != nil {
		return nil, fmt.Errorf("soap: write fault: %w", err)
	}
	out.WriteString(bodyBegin + "<SOAP-ENV:Fault>")
	for _, p := range []struct {
		name, value string
		optional    bool
	}{
		{"faultcode", "SOAP-ENV:" + f.Code, false},
		{"faultstring", f.String, false},
		{"faultactor", f.Actor, true},
		{"detail", f.Detail, true},
	} {
		if p.optional && p.value == "" {
			continue
		}
		if err := part(p.name, p.value); err != nil {
			return nil, fmt.Errorf("soap: write fault: %w", err)
		}
	}
	out.WriteString("</SOAP-ENV:Fault>" + bodyEnd)
	return out.Bytes(), nil
}

const maxDetail = 4096

// faultFrom reads a fault whose start element was just read. Parts are found by local name, qualified or not.
func faultFrom(d *xml.Decoder) (*Fault, error) {
	parts := map[string]*strings.Builder{}
	depth, part := 1, ""
	for depth > 0 {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			if depth == 2 {
				part = t.Name.Local
				parts[part] = &strings.Builder{}
			}
		case xml.EndElement:
			depth--
			if depth == 1 {
				part = ""
			}
		case xml.CharData:
			if b := parts[part]; b != nil && b.Len() < maxDetail {
				b.Write(t[:min(len(t), maxDetail-b.Len())])
			}
		}
	}
	get := func(name string) string {
		if b := parts[name]; b != nil {
			return strings.ToValidUTF8(strings.TrimSpace(b.String()), "")
		}
		return ""
	}
	f := &Fault{Code: get("faultcode"), String: get("faultstring"), Actor: get("faultactor"), Detail: get("detail")}
	if i := strings.LastIndexByte(f.Code, ':'); i >= 0 {
		f.Code = f.Code[i+1:]
	}
	return f, nil
}

// printableCode lets through what a fault code consists of and nothing that could be a sentence.
func printableCode(code string) string {
	for _, c := range []byte(code) {
		if c != '.' && !isName("x"+string(rune(c))) {
			return "of unreadable code"
		}
	}
	if code == "" || len(code) > 64 {
		return "of unreadable code"
	}
	return code
}
