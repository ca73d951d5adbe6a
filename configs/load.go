package configs

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Lookup finds an environment variable, as os.LookupEnv does.
type Lookup func(name string) (value string, set bool)

// Load reads the settings of a process from a YAML file and the environment,
// which wins. No file name means the one that KOPPEL_CONFIG names, or none. The
// needs are the required settings that must be there (NameDatabaseURL, NameKey);
// none given means all of them.
//
// The error holds every problem, each with the name of its setting and how to
// set it, and never a value.
func Load(file string, env Lookup, needs ...string) (Config, error) {
	if file == "" {
		file, _ = env(NameConfig)
	}
	inFile, problems := readFile(file)
	l := loader{env: env, file: inFile, problems: problems, given: map[string]bool{}}
	for _, setting := range Table() {
		l.take(setting)
	}
	l.config.Log.LevelChosen, l.config.Log.FormatChosen = l.given[nameLogLevel], l.given[nameLogFormat]
	l.checkNeeds(needs)
	l.checkTemporal()
	l.checkMail()
	if len(l.problems) > 0 {
		return Config{}, errors.Join(l.problems...)
	}
	return l.config, nil
}

type loader struct {
	env      Lookup
	file     map[string]written
	config   Config
	given    map[string]bool // what a person set, by name
	problems []error
}

// take reads one setting from the first place that has it.
func (l *loader) take(s Setting) {
	value, from, given := l.find(s)
	l.given[s.Name] = given
	if value == "" && (!given || s.emptyMeans == "") {
		return
	}
	if err := s.read(&l.config, value); err != nil {
		l.problems = append(l.problems, fmt.Errorf("%s %w", from, err))
	}
}

func (l *loader) find(s Setting) (value, from string, given bool) {
	for _, name := range []string{s.Name, s.Also} {
		if name == "" {
			continue
		}
		if value, set := l.env(name); set && (value != "" || s.emptyMeans != "") {
			return value, name, true
		}
	}
	if in, ok := l.file[s.Path]; ok && (in.value != "" || s.emptyMeans != "") {
		return in.value, fmt.Sprintf("%s (%s, line %d of the settings file)", s.Name, s.Path, in.line), true
	}
	return s.Default, s.Name, false
}

func (l *loader) checkNeeds(needs []string) {
	if l.given[NameKey] && l.given[nameKeyFile] {
		l.problems = append(l.problems, fmt.Errorf("%s and %s are both set: keep one", NameKey, nameKeyFile))
	}
	for _, s := range Table() {
		needed := s.Required && (len(needs) == 0 || slices.Contains(needs, s.Name))
		if !needed || l.given[s.Name] || s.Name == NameKey && l.given[nameKeyFile] {
			continue
		}
		l.problems = append(l.problems, fmt.Errorf("%s is not set: %s. %s", s.Name, s.Help, howToSet(s)))
	}
}

// howToSet says where a setting can be written.
func howToSet(s Setting) string {
	ways := []string{"Set " + s.Name + " in the environment"}
	if s.Also != "" {
		ways = append(ways, "or "+s.Also)
	}
	if s.Name == NameKey {
		ways = append(ways, "or "+nameKeyFile+" to a file that holds it")
	}
	if !s.EnvOnly {
		ways = append(ways, "or "+s.Path+" in the settings file")
	}
	return strings.Join(ways, ", ")
}

// checkTemporal checks what must fit together, and that the files can be used.
func (l *loader) checkTemporal() {
	t := &l.config.Temporal
	var by string
	for _, name := range []string{nameAPIKey, nameCertFile, nameCertKey, nameCAFile, nameTLSName} {
		if l.given[name] {
			by = name
			break
		}
	}
	switch {
	case by != "" && l.given[nameTLS] && !t.TLS:
		l.problems = append(l.problems, fmt.Errorf("%s is false but %s needs it: set it to true, or take the other out", nameTLS, by))
	case by != "":
		t.TLS = true
	}
	if l.given[nameCertFile] != l.given[nameCertKey] {
		l.problems = append(l.problems, fmt.Errorf("%s and %s belong together: set both or none", nameCertFile, nameCertKey))
	}
	if l.given[nameCertFile] && l.given[nameAPIKey] {
		l.problems = append(l.problems, fmt.Errorf("%s and %s are two ways to say who you are: keep one", nameCertFile, nameAPIKey))
	}
	if _, err := t.TLSConfig(); err != nil {
		l.problems = append(l.problems, err)
	}
}

// checkMail checks what of the mail server must fit together.
func (l *loader) checkMail() {
	m := l.config.Mail
	if m.Host == "" {
		return
	}
	if m.From == "" {
		l.problems = append(l.problems, fmt.Errorf("%s is not set, and %s is: set both or none", nameMailFrom, nameMailHost))
	}
	if l.given[nameMailUser] != l.given[nameMailPassword] {
		l.problems = append(l.problems, fmt.Errorf("%s and %s belong together: set both or none", nameMailUser, nameMailPassword))
	}
	if l.given[nameMailPassword] && m.Security == MailPlain {
		l.problems = append(l.problems, fmt.Errorf("%s is none, so the password would travel in the clear: set it to starttls or tls, or take %s out", nameMailSecurity, nameMailPassword))
	}
}
