package mplus

import (
	"bytes"
	"encoding/xml"

	"github.com/koppel/koppel/internal/soap"
)

// rawElements gives every element at the path below the payload's root, as it
// came: so that each record is read on its own and one bad record spoils no other.
func rawElements(op operation, body soap.Body, path ...string) ([][]byte, error) {
	decoder, _, err := body.Decoder()
	if err != nil {
		return nil, unclear(op, "answer_not_understood").Because(err)
	}
	var found [][]byte
	depth := 0
	for {
		begin := decoder.InputOffset()
		token, err := decoder.Token()
		if err != nil {
			return nil, unclear(op, "answer_not_understood")
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == path[depth] && depth < len(path)-1 {
				depth++
				continue
			}
			if err := decoder.Skip(); err != nil {
				return nil, unclear(op, "answer_not_understood")
			}
			if token.Name.Local == path[depth] {
				found = append(found, bytes.Clone(body.Document()[begin:decoder.InputOffset()]))
			}
		case xml.EndElement:
			if depth == 0 {
				return found, nil
			}
			depth--
		}
	}
}
