package accountview

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func FuzzImageFrom(f *testing.F) {
	for _, seed := range []string{"", "iVBORw0KGgo=", "R0lGODlh", "*", "====", "aGVsbG8", " iVBO\nRw0K Ggo ", "data:image/png;base64,iVBORw0KGgo=", "data:,"} {
		f.Add(seed, 10)
	}
	f.Fuzz(func(t *testing.T, written string, largest int) {
		image, has := imageFrom(written, largest)
		switch {
		case !has:
			require.Empty(t, image)
		case image.Fault == nil:
			require.LessOrEqual(t, len(image.Data), largest)
			require.Contains(t, image.Type, "image/")
			require.Len(t, image.Content, 64)
		default:
			require.Empty(t, image.Data)
			require.Len(t, image.Content, 64)
		}
	})
}
