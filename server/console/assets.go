package console

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
)

//go:embed assets
var assets embed.FS

// Assets serves the style and the script of the pages, which are part of the program.
func Assets(prefix string) http.Handler {
	files := http.StripPrefix(prefix, http.FileServerFS(assets))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path[len(prefix):]
		if name != styleFile && name != scriptFile {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable") // the address changes with the content
		inner := r.Clone(r.Context())
		inner.URL.Path = prefix + "assets/" + name
		files.ServeHTTP(w, inner)
	})
}

const (
	styleFile  = "console.css"
	scriptFile = "refresh.js"
)

// assetURL is the address of an asset, with its content in it: a new build is
// never shown with an old style.
func assetURL(name string) string {
	content, err := assets.ReadFile("assets/" + name)
	if err != nil {
		return "/assets/" + name
	}
	sum := sha256.Sum256(content)
	return "/assets/" + name + "?v=" + hex.EncodeToString(sum[:6])
}
