package sandboxkit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
)

// entry is one change in a journal line; a line is a JSON list of them.
type entry struct {
	Table   string          `json:"table"`
	Key     string          `json:"key"`
	Value   json.RawMessage `json:"value,omitempty"`
	Deleted bool            `json:"deleted,omitempty"`
}

// replay reads the journal from the beginning. A last line without its end was torn and is left out; a bad line before
// it means that somebody else wrote in the file, and nothing can be trusted.
func (s *Store) replay(path string) error {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the sandbox state: %w", err)
	}
	defer file.Close()
	lines := bufio.NewReaderSize(file, 1<<16)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the sandbox state: %w", err)
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var entries []entry
		if err := json.Unmarshal(line, &entries); err != nil {
			return fmt.Errorf("line %d of the sandbox state %s is not one of ours: %w", number, path, err)
		}
		for _, e := range entries {
			s.apply(e)
		}
	}
}

// compact writes what is left to a new file and puts it in the place of the old one in one step.
func (s *Store) compact(path string) (err error) {
	fresh := path + ".new"
	file, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("start a compact sandbox state: %w", err)
	}
	defer func() {
		if err != nil {
			_ = file.Close()
			_ = os.Remove(fresh)
			err = fmt.Errorf("write a compact sandbox state: %w", err)
		}
	}()
	out := bufio.NewWriter(file)
	encoder := json.NewEncoder(out)
	for _, table := range slices.Sorted(maps.Keys(s.tables)) {
		rows := s.tables[table]
		for _, key := range slices.Sorted(maps.Keys(rows)) {
			if err = encoder.Encode([]entry{{Table: table, Key: key, Value: rows[key]}}); err != nil {
				return err
			}
		}
	}
	if err = out.Flush(); err != nil {
		return err
	}
	if err = file.Sync(); err != nil {
		return err
	}
	if err = file.Close(); err != nil {
		return err
	}
	return os.Rename(fresh, path)
}
