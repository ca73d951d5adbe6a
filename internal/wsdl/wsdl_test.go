package wsdl_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/wsdl"
)

func kiosk(t *testing.T) *wsdl.Schema {
	t.Helper()
	s, err := wsdl.Load("testdata/kiosk.wsdl")
	require.NoError(t, err)
	return s
}

func envelope(payload string) []byte {
	return []byte(`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:kiosk" xmlns:k="urn:kiosk"><e:Body>` +
		payload + `</e:Body></e:Envelope>`)
}

func sell(item string) []byte { return envelope(`<k:sell><k:item>` + item + `</k:item></k:sell>`) }

func TestLoad_KnowsTheOperations(t *testing.T) {
	t.Parallel()
	s := kiosk(t)
	require.Equal(t, "urn:kiosk", s.Namespace())
	require.Equal(t, []string{"sell"}, s.Operations())
	require.Equal(t, "SellResponse", s.ResponseElement("sell"))
	require.Empty(t, s.ResponseElement("buy"))
}

func TestLoad_RefusesWhatItCannotCheck(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile("testdata/kiosk.wsdl")
	require.NoError(t, err)
	for name, change := range map[string][2]string{
		"choice":          {`<element name="price" type="xsd:decimal"/>`, `<choice/>`},
		"pattern":         {`<enumeration value="SMALL"/>`, `<pattern value="x"/>`},
		"attribute":       {`<element name="price" type="xsd:decimal"/>`, `<element name="price" type="xsd:decimal" nillable="true"/>`},
		"unknown simple":  {`xsd:unsignedByte`, `xsd:NMTOKEN`},
		"unknown type":    {`type="k:Size"`, `type="k:Colour"`},
		"unknown base":    {`base="k:Item"`, `base="k:Thing"`},
		"own base":        {`base="k:Item"`, `base="k:PricedItem"`},
		"unknown prefix":  {`type="k:Size"`, `type="z:Size"`},
		"element twice":   {`<element name="price" type="xsd:decimal"/>`, `<element name="size" type="k:Size"/>`},
		"missing element": {`element="k:SellResponse"`, `element="k:Sold"`},
		"bad bound":       {`maxOccurs="unbounded"`, `maxOccurs="many"`},
		"no operations":   {`<operation name="sell"><input message="k:sell"/><output message="k:SellResponse"/></operation>`, ``},
	} {
		require.Contains(t, string(good), change[0], name)
		bad := strings.Replace(string(good), change[0], change[1], 1)
		_, err := wsdl.Parse([]byte(bad))
		require.Error(t, err, name)
	}
	_, err = wsdl.Load("testdata/none.wsdl")
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestValidateRequest_AcceptsWhatTheSchemaAllows(t *testing.T) {
	t.Parallel()
	s := kiosk(t)
	for name, item := range map[string]string{
		"least":      `<number>1</number><price>2</price>`,
		"everything": `<number>-9223372036854775808</number><size>LARGE</size><tag>a</tag><tag></tag><price>-0.50</price><pieces> 3 </pieces><fresh>1</fresh><day>2026-02-28</day><moment>2026-02-28T12:00:00.5+01:00</moment><rank>255</rank><picture>AAEC</picture>`,
		"spacing":    "\n <number>1</number>\n <price>.5</price>\n",
	} {
		require.NoError(t, s.ValidateRequest("sell", sell(item)), name)
	}
	require.NoError(t, s.ValidateResponse("sell", envelope(`<k:SellResponse><k:number>1</k:number></k:SellResponse>`)))
}

func TestValidateRequest_RejectsAndSaysWhere(t *testing.T) {
	t.Parallel()
	s := kiosk(t)
	for name, c := range map[string]struct{ item, want string }{
		"wrong order":         {`<price>2</price><number>1</number>`, "sell/item/number: wrong order: it must come before price"},
		"missing":             {`<number>1</number>`, "sell/item/price: missing element"},
		"missing of the base": {`<price>1</price>`, "sell/item/number: missing element"},
		"unknown element":     {`<number>1</number><colour>red</colour><price>2</price>`, "sell/item/colour: unknown element"},
		"unknown enum value":  {`<number>1</number><size>HUGE</size><price>2</price>`, "sell/item/size: the text is not one of"},
		"enum with spaces":    {`<number>1</number><size> LARGE</size><price>2</price>`, "sell/item/size: the text is not one of"},
		"twice":               {`<number>1</number><number>2</number><price>2</price>`, "sell/item/number[2]: more than 1 of it"},
		"bad long":            {`<number>12a</number><price>2</price>`, "sell/item/number: the text is not a valid long"},
		"long out of range":   {`<number>9223372036854775808</number><price>2</price>`, "not a valid long"},
		"long empty":          {`<number></number><price>2</price>`, "not a valid long"},
		"long with fraction":  {`<number>1.0</number><price>2</price>`, "not a valid long"},
		"bad int":             {`<number>1</number><price>2</price><pieces>2147483648</pieces>`, "not a valid int"},
		"bad boolean":         {`<number>1</number><price>2</price><fresh>TRUE</fresh>`, "not a valid boolean"},
		"bad decimal":         {`<number>1</number><price>1,50</price>`, "not a valid decimal"},
		"decimal exponent":    {`<number>1</number><price>1e3</price>`, "not a valid decimal"},
		"bad date":            {`<number>1</number><price>2</price><day>2026-02-29</day>`, "not a valid date"},
		"date with time":      {`<number>1</number><price>2</price><day>2026-02-28T00:00:00</day>`, "not a valid date"},
		"bad dateTime":        {`<number>1</number><price>2</price><moment>2026-02-28 12:00:00</moment>`, "not a valid dateTime"},
		"bad unsigned":        {`<number>1</number><price>2</price><rank>256</rank>`, "not a valid unsignedByte"},
		"bad base64":          {`<number>1</number><price>2</price><picture>%</picture>`, "not a valid base64"},
		"text between":        {`<number>1</number>hello<price>2</price>`, "sell/item: unexpected text"},
		"element in a value":  {`<number><x/></number><price>2</price>`, "sell/item/number: unexpected element x"},
		"attribute":           {`<number unit="x">1</number><price>2</price>`, "sell/item/number: unexpected attribute unit"},
		"wrong namespace":     {`<number xmlns="urn:other">1</number><price>2</price>`, "sell/item/number: wrong namespace"},
	} {
		require.ErrorContains(t, s.ValidateRequest("sell", sell(c.item)), c.want, name)
	}
}

func TestValidateRequest_ReportsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	err := kiosk(t).ValidateRequest("sell", sell(`<size>HUGE</size><colour/><price>x</price>`))
	for _, want := range []string{"item/size", "item/colour", "item/price", "item/number: missing"} {
		require.ErrorContains(t, err, want)
	}
}

func TestValidate_RejectsTheWrongElementAndBrokenEnvelopes(t *testing.T) {
	t.Parallel()
	s := kiosk(t)
	answer := envelope(`<k:SellResponse><k:number>1</k:number></k:SellResponse>`)
	require.ErrorContains(t, s.ValidateRequest("sell", answer), "want element sell")
	require.ErrorContains(t, s.ValidateRequest("buy", answer), "no operation")
	require.ErrorContains(t, s.ValidateResponse("buy", answer), "no operation")
	for name, document := range map[string]string{
		"empty":       ``,
		"truncated":   string(answer[:len(answer)-5]),
		"two":         string(envelope(`<k:sell/><k:sell/>`)),
		"none":        string(envelope(``)),
		"no envelope": `<a/>`,
		"no body":     `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>`,
		"strange":     `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><a/></e:Envelope>`,
		"second root": string(answer) + `<a/>`,
		"deep":        string(envelope(strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300))),
	} {
		require.Error(t, s.ValidateResponse("sell", []byte(document)), name)
	}
}

func TestValidateFault_WantsTheShapeOfSOAP11(t *testing.T) {
	t.Parallel()
	fault := func(parts string) []byte {
		return envelope(`<e:Fault xmlns="">` + parts + `</e:Fault>`)
	}
	require.NoError(t, wsdl.ValidateFault(fault(`<faultcode>e:Client.Authentication</faultcode><faultstring>no</faultstring>`)))
	require.ErrorContains(t, wsdl.ValidateFault(fault(`<faultstring>no</faultstring><faultcode>e:Client</faultcode>`)), "wrong order")
	require.ErrorContains(t, wsdl.ValidateFault(fault(`<faultcode>e:Client</faultcode>`)), "missing")
	require.ErrorContains(t, wsdl.ValidateFault(fault(`<faultcode>Oops</faultcode><faultstring>no</faultstring>`)), "qualified")
	require.Error(t, wsdl.ValidateFault(fault(`<faultcode xmlns="urn:kiosk">e:Client</faultcode><faultstring>no</faultstring>`)))
	require.Error(t, wsdl.ValidateFault(envelope(`<k:sell/>`)))
	require.Error(t, kiosk(t).ValidateResponse("sell", fault(`<faultcode>e:Client</faultcode><faultstring>no</faultstring>`)))
}
