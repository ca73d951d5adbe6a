package sandboxkit

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// Store keeps the state of a sandbox: tables of JSON values by key. With a path it is a journal on disk, so that a write
// that was answered is still there after the process was killed; without, it lives in memory.
//
// A line of the journal is one Write, whole: a line that was torn by a kill counts as never written.
type Store struct {
	mu     sync.Mutex
	tables map[string]map[string]json.RawMessage
	file   *os.File
	closed bool
}

// Change is one row to save, or to forget, as part of a Write.
type Change struct {
	Table, Key string
	Value      any // encoded as JSON; ignored when Deleted
	Deleted    bool
}

// OpenStore reads the journal at path, or starts one, and rewrites it without what has been overtaken. An empty path
// keeps everything in memory. Two processes must not open one journal.
func OpenStore(path string) (*Store, error) {
	s := &Store{tables: map[string]map[string]json.RawMessage{}}
	if path == "" {
		return s, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the sandbox state: %w", err)
	}
	if err := s.replay(path); err != nil {
		return nil, err
	}
	if err := s.compact(path); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the sandbox state: %w", err)
	}
	s.file = file
	return s, nil
}

// Put saves one value.
func Put(s *Store, table, key string, v any) error {
	return Write(s, Change{Table: table, Key: key, Value: v})
}

// Delete forgets one value. Forgetting what is not there is no error.
func Delete(s *Store, table, key string) error {
	return Write(s, Change{Table: table, Key: key, Deleted: true})
}

// Write saves changes together: after a kill either all of them are there or none.
func Write(s *Store, changes ...Change) error {
	if len(changes) == 0 {
		return nil
	}
	entries := make([]entry, len(changes))
	for i, c := range changes {
		entries[i] = entry{Table: c.Table, Key: c.Key, Deleted: c.Deleted}
		if c.Deleted {
			continue
		}
		value, err := json.Marshal(c.Value)
		if err != nil {
			return fmt.Errorf("encode %s for the sandbox state: %w", c.Table, err)
		}
		entries[i].Value = value
	}
	line, err := json.Marshal(entries)
	if err != nil {
		return fmt.Errorf("encode a line of the sandbox state: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errors.New("the sandbox state is closed")
	}
	if s.file != nil {
		if _, err := s.file.Write(append(line, '\n')); err != nil {
			s.closed = true // half a line may stand there: nothing may follow it
			return fmt.Errorf("append to the sandbox state: %w", err)
		}
	}
	for _, e := range entries {
		s.apply(e)
	}
	return nil
}

// Load decodes one table. The map is the caller's own.
func Load[T any](s *Store, table string) (map[string]T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	values := make(map[string]T, len(s.tables[table]))
	for key, raw := range s.tables[table] {
		var v T
		if err := json.Unmarshal(raw, &v); err != nil {
			return nil, fmt.Errorf("decode %s of the sandbox state: %w", table, err)
		}
		values[key] = v
	}
	return values, nil
}

// Close lets go of the journal. Writes after it fail.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if s.file == nil {
		return nil
	}
	if err := s.file.Close(); err != nil {
		return fmt.Errorf("close the sandbox state: %w", err)
	}
	return nil
}

func (s *Store) apply(e entry) {
	if e.Deleted {
		delete(s.tables[e.Table], e.Key)
		return
	}
	if s.tables[e.Table] == nil {
		s.tables[e.Table] = map[string]json.RawMessage{}
	}
	s.tables[e.Table][e.Key] = e.Value
}
