package sandbox_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

func (f *foreign) picture(inside string) node {
	f.t.Helper()
	return f.ask("createImage", `<request><imageName>pan.png</imageName><mimeType>image/png</mimeType>`+inside+`</request>`)
}

func TestImages_AreKeptAndPutOnCards(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := start(t, sandbox.Options{DataDir: dir})
	data := `<imageData>` + base64.StdEncoding.EncodeToString([]byte("picture")) + `</imageData>`
	one := f.picture(data + `<cardLink><cardType>PRODUCT</cardType><cardNumbers>100101</cardNumbers></cardLink>`)
	require.Equal(t, "CREATE-IMAGE-OK", one.text("result"))
	two := f.picture(data)
	require.NotEqual(t, one.text("imageId"), two.text("imageId"), "the till takes no key: the same picture twice is two")
	require.Equal(t, one.text("imageHash"), two.text("imageHash"))
	shown := func() []string {
		return f.ask("getCardImages", `<request><cardType>PRODUCT</cardType><cardNumbers>100101</cardNumbers></request>`).texts("items/images/imageId")
	}
	require.Equal(t, []string{one.text("imageId")}, shown())
	f.ask("saveCardImages", `<request><cardType>PRODUCT</cardType><cards><cardNumber>100101</cardNumber><images><imageId>`+two.text("imageId")+
		`</imageId><labels><labelId>3</labelId></labels></images><images><imageId>`+one.text("imageId")+`</imageId><labels/></images></cards></request>`)
	require.Equal(t, []string{two.text("imageId"), one.text("imageId")}, shown())
	read := f.ask("getImages", `<request><imageIds>`+one.text("imageId")+`</imageIds><includeImageData>true</includeImageData><includeThumbData>false</includeThumbData></request>`)
	require.Equal(t, base64.StdEncoding.EncodeToString([]byte("picture")), read.text("imageList/image/imageData"))
	code, _ := f.refused("saveCardImages", `<request><cardType>PRODUCT</cardType><cards><cardNumber>100101</cardNumber><images><imageId>99</imageId><labels/></images></cards></request>`)
	require.Equal(t, "SOAP-ENV:Client", code)
	code, _ = f.refused("createImage", `<request><imageName>x</imageName><mimeType>image/png</mimeType><imageData>*</imageData></request>`)
	require.Equal(t, "SOAP-ENV:Client", code)
	require.Equal(t, "CREATE-IMAGE-NOT-SUPPORTED", f.picture(`<imageData></imageData>`).text("result"))
	require.Equal(t, "CREATE-IMAGE-TOO-LARGE", f.picture(`<imageData>`+strings.Repeat("AAAA", 2<<20)+`</imageData>`).text("result"))

	require.NoError(t, f.server.Close())
	again := start(t, sandbox.Options{DataDir: dir})
	require.Equal(t, []string{two.text("imageId"), one.text("imageId")},
		again.ask("getCardImages", `<request><cardType>PRODUCT</cardType><cardNumbers>100101</cardNumbers></request>`).texts("items/images/imageId"))
}
