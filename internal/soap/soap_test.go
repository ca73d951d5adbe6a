package soap_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/soap"
)

const limit = 1 << 20

type line struct {
	Article int64  `xml:"articleNumber"`
	Text    string `xml:"text"`
}

type order struct {
	XMLName xml.Name `xml:"getOrder"`
	ID      string   `xml:"orderId"`
	Ref     *string  `xml:"reference,omitempty"`
	Lines   []line   `xml:"lineList>line"`
}

func wrap(payload string) string {
	return `<e:Envelope xmlns:e="` + soap.EnvelopeNamespace + `" xmlns:m="urn:shop"><e:Header/><e:Body>` + payload +
		`</e:Body></e:Envelope>`
}

func read(document string) (soap.Body, error) {
	return soap.ReadEnvelope(strings.NewReader(document), limit)
}

func TestMarshal_WritesThePrefixesAndEndTagsThatClientsLookFor(t *testing.T) {
	t.Parallel()
	out, err := soap.Marshal("urn:shop", "GetOrderResponse", order{ID: "a<b&c", Lines: []line{{Article: 7, Text: ""}}})
	require.NoError(t, err)
	require.Equal(t, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns="urn:shop"><SOAP-ENV:Body>`+
		`<ns:GetOrderResponse><ns:orderId>a&lt;b&amp;c</ns:orderId><ns:lineList><ns:line>`+
		`<ns:articleNumber>7</ns:articleNumber><ns:text></ns:text></ns:line></ns:lineList></ns:GetOrderResponse>`+
		`</SOAP-ENV:Body></SOAP-ENV:Envelope>`, string(out))
}

func TestMarshal_WritesAnOperationWithoutInputAsAnEmptyElement(t *testing.T) {
	t.Parallel()
	for _, content := range []any{nil, struct{}{}, (*order)(nil)} {
		out, err := soap.Marshal("urn:shop", "getBranches", content)
		require.NoError(t, err)
		require.Contains(t, string(out), `<SOAP-ENV:Body><ns:getBranches></ns:getBranches></SOAP-ENV:Body>`)
	}
}

func TestMarshal_RefusesWhatIsNotPlainElements(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]any{
		"attribute": struct {
			A string `xml:"a,attr"`
		}{"1"},
		"namespace": struct {
			A string `xml:"urn:x a"`
		}{"1"},
		"comment": struct {
			A string `xml:",comment"`
		}{"1"},
	} {
		_, err := soap.Marshal("urn:shop", "getOrder", content)
		require.Error(t, err, name)
	}
	_, err := soap.Marshal("urn:shop", "get order", nil)
	require.Error(t, err)
}

func TestReadEnvelope_ReturnsWhatMarshalWrote(t *testing.T) {
	t.Parallel()
	ref := "Café \"de Smid\" & Zn. <1>\n\ttab"
	in := order{ID: "9f", Ref: &ref, Lines: []line{{1, "één"}, {9223372036854775807, "€"}}}
	out, err := soap.Marshal("urn:shop", "getOrder", in)
	require.NoError(t, err)
	body, err := soap.ReadEnvelope(strings.NewReader(string(out)), limit)
	require.NoError(t, err)
	require.Equal(t, "getOrder", body.Root())
	require.Equal(t, "urn:shop", body.Namespace())
	var got order
	require.NoError(t, body.Decode(&got))
	got.XMLName = xml.Name{}
	require.Equal(t, in, got)
}

func TestReadEnvelope_ToleratesForeignHabits(t *testing.T) {
	t.Parallel()
	for name, document := range map[string]string{
		"other prefixes":    wrap(`<m:getOrder><m:orderId>é</m:orderId></m:getOrder>`),
		"default namespace": wrap(`<getOrder xmlns="urn:shop"><orderId>é</orderId></getOrder>`),
		"unknown elements":  wrap(`<m:getOrder><m:x><m:y>1</m:y></m:x><m:orderId>é</m:orderId><m:z/></m:getOrder>`),
		"white space":       "\n\n" + wrap("\n  <m:getOrder>\n<m:orderId>é</m:orderId>\n</m:getOrder>\n") + "\n\n",
		"byte order mark":   "\xef\xbb\xbf" + `<?xml version="1.0" encoding="utf-8"?>` + wrap(`<m:getOrder><m:orderId>é</m:orderId></m:getOrder>`),
		"latin 1":           `<?xml version="1.0" encoding="iso-8859-1"?>` + wrap("<m:getOrder><m:orderId>\xe9</m:orderId></m:getOrder>"),
		"windows 1252":      `<?xml version='1.0' encoding = 'Windows-1252' ?>` + wrap("<m:getOrder><m:orderId>\xe9</m:orderId></m:getOrder>"),
		"comments":          `<!-- a -->` + wrap(`<!-- b --><m:getOrder><m:orderId><!-- c -->é</m:orderId></m:getOrder>`),
		"character data":    wrap(`<m:getOrder><m:orderId><![CDATA[é]]></m:orderId></m:getOrder>`),
		"numeric entity":    wrap(`<m:getOrder><m:orderId>&#233;</m:orderId></m:getOrder>`),
	} {
		body, err := read(document)
		require.NoError(t, err, name)
		require.Equal(t, "getOrder", body.Root(), name)
		require.Equal(t, "urn:shop", body.Namespace(), name)
		var got order
		require.NoError(t, body.Decode(&got), name)
		require.Equal(t, "é", got.ID, name)
	}
}

func TestReadEnvelope_CallsEveryBeginningOfADocumentTruncated(t *testing.T) {
	t.Parallel()
	whole := `<?xml version="1.0" encoding="utf-8"?>` + wrap(`<m:getOrder><m:orderId>é &amp; <![CDATA[x]]></m:orderId><!-- c --></m:getOrder>`)
	_, err := read(whole)
	require.NoError(t, err)
	for n := range len(whole) {
		_, err := read(whole[:n])
		require.ErrorIs(t, err, soap.ErrTruncated, "first %d bytes", n)
	}
	_, err = soap.ReadEnvelope(io.MultiReader(strings.NewReader(whole[:80]), iotest.ErrReader(io.ErrUnexpectedEOF)), limit)
	require.ErrorIs(t, err, soap.ErrTruncated)
}

func TestReadEnvelope_TellsApartWhatElseIsWrong(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<m:a>", soap.MaxDepth) + strings.Repeat("</m:a>", soap.MaxDepth)
	for name, c := range map[string]struct {
		document string
		want     error
	}{
		"web page":            {"<!DOCTYPE html><html><body>Jansen</body></html>", soap.ErrHTML},
		"web page, no type":   {"\n<HTML><head>", soap.ErrHTML},
		"web page after head": {`<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C"><html/>`, soap.ErrHTML},
		"plain text":          {"Jansen is not here", soap.ErrMalformed},
		"crossed elements":    {wrap(`<m:getOrder><m:Jansen></m:getOrder></m:Jansen>`), soap.ErrMalformed},
		"unknown entity":      {wrap(`<m:getOrder>&Jansen;</m:getOrder>`), soap.ErrMalformed},
		"unknown encoding":    {`<?xml version="1.0" encoding="jansen-8"?>` + wrap(`<m:a/>`), soap.ErrMalformed},
		"bytes not UTF-8":     {wrap("<m:getOrder>\xff Jansen</m:getOrder>"), soap.ErrMalformed},
		"document type":       {`<!DOCTYPE x [<!ENTITY e "Jansen">]>` + wrap(`<m:a>&e;</m:a>`), soap.ErrRefused},
		"deep nesting":        {wrap(deep), soap.ErrRefused},
		"other XML":           {`<Jansen/>`, soap.ErrNotEnvelope},
		"SOAP 1.2":            {`<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><a/></e:Body></e:Envelope>`, soap.ErrNotEnvelope},
		"empty body":          {wrap(""), soap.ErrNotEnvelope},
		"two in the body":     {wrap(`<m:a/><m:b/>`), soap.ErrNotEnvelope},
		"no body":             {`<e:Envelope xmlns:e="` + soap.EnvelopeNamespace + `"/>`, soap.ErrNotEnvelope},
		"second root":         {wrap(`<m:a/>`) + `<m:b/>`, soap.ErrNotEnvelope},
		"too large":           {wrap(`<m:a>` + strings.Repeat("x", limit) + `</m:a>`), soap.ErrTooLarge},
	} {
		_, err := read(c.document)
		require.ErrorIs(t, err, c.want, name)
		require.NotContains(t, err.Error(), "ansen", name)
	}
}

func TestReadEnvelope_PassesOnAReadThatFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("reset by peer")
	_, err := soap.ReadEnvelope(iotest.ErrReader(broken), limit)
	require.ErrorIs(t, err, broken)
}

func TestDecode_NamesTheElementAndNeverTheValue(t *testing.T) {
	t.Parallel()
	body, err := read(wrap(`<m:getOrder><m:lineList><m:line><m:articleNumber>1</m:articleNumber></m:line>` +
		`<m:line><m:text>ok</m:text><m:articleNumber>Jansen 12</m:articleNumber></m:line></m:lineList></m:getOrder>`))
	require.NoError(t, err)
	err = body.Decode(&order{})
	require.ErrorIs(t, err, soap.ErrValue)
	require.Contains(t, err.Error(), "getOrder/lineList/line/articleNumber")
	require.NotContains(t, err.Error(), "Jansen")
}

func TestDecode_RefusesAnEmptyBody(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, soap.Body{}.Decode(&order{}), soap.ErrNotEnvelope)
}

func TestFault_ComesBackAsAnErrorThatShowsItsCodeOnly(t *testing.T) {
	t.Parallel()
	sent := soap.Fault{Code: "Client.Authentication", String: "Jansen <may> not", Actor: "till", Detail: "Jansen"}
	out, err := soap.MarshalFault("urn:shop", sent)
	require.NoError(t, err)
	_, err = read(string(out))
	got, ok := errors.AsType[*soap.Fault](err)
	require.True(t, ok)
	require.Equal(t, sent, *got)
	require.Equal(t, "SOAP fault Client.Authentication", got.Error())
	require.True(t, got.IsClient())
	require.False(t, got.IsServer())
}

func TestFault_IsReadHoweverItsPartsAreWritten(t *testing.T) {
	t.Parallel()
	_, err := read(wrap(`<e:Fault><e:faultcode> ns1:Server </e:faultcode><faultstring xml:lang="nl">kapot</faultstring>` +
		`<detail><m:why><m:deep>disk</m:deep> full</m:why></detail></e:Fault>`))
	f, ok := errors.AsType[*soap.Fault](err)
	require.True(t, ok)
	require.Equal(t, soap.Fault{Code: "Server", String: "kapot", Detail: "disk full"}, *f)
	require.True(t, f.IsServer())

	_, err = read(wrap(`<e:Fault><faultcode>mr Jansen said no</faultcode></e:Fault>`))
	f, ok = errors.AsType[*soap.Fault](err)
	require.True(t, ok)
	require.NotContains(t, f.Error(), "Jansen")
}

func TestMarshalFault_LeavesOutWhatIsEmpty(t *testing.T) {
	t.Parallel()
	out, err := soap.MarshalFault("urn:shop", soap.Fault{Code: "Server", String: "no"})
	require.NoError(t, err)
	require.Contains(t, string(out), `<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>no</faultstring></SOAP-ENV:Fault>`)
}
