package mapping

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

const (
	maxNodes     = 300    // of one expression
	memoryBudget = 10_000 // items that one run may make
)

// row is a mapping row ready to run.
type row struct {
	domain.MappingRow
	place   int // in mapping.<entity>
	program *vm.Program
	kind    domain.ValueKind
	private bool // a table is asked for what may say something about a person
}

// compiler compiles the rows of one entity.
type compiler struct {
	entity  domain.Entity
	options []expr.Option
	lookups domain.Lookups
}

func newCompiler(entity domain.Entity, scope any, lookups domain.Lookups) compiler {
	options := []expr.Option{expr.Env(scope), expr.MaxNodes(maxNodes), expr.Optimize(false), expr.DisableIfOperator(), expr.DisableAllBuiltins(), expr.Patch(withRun{})}
	for _, name := range allowedBuiltins {
		options = append(options, expr.EnableBuiltin(name))
	}
	options = append(options, functions(lookups)...)
	options = append(options, decimalOperators()...)
	options = append(options, dateOperators()...)
	options = append(options, expr.Patch(checkedAgain{}))
	return compiler{entity: entity, options: options, lookups: lookups}
}

// rows compiles all rows, or says of each that does not compile why.
func (c compiler) rows(rows []domain.MappingRow) ([]row, domain.DocumentProblems) {
	var problems domain.DocumentProblems
	compiled := make([]row, 0, len(rows))
	for i, r := range rows {
		done, problem := c.row(r)
		if problem != "" {
			problems = append(problems, domain.DocumentProblem{Path: fmt.Sprintf("mapping.%s[%d].source", c.entity, i), Text: problem})
			continue
		}
		done.place = i
		compiled = append(compiled, done)
	}
	return compiled, append(problems, c.noteProblems(compiled)...)
}

// noteProblems finds note fields that are no text.
func (c compiler) noteProblems(rows []row) domain.DocumentProblems {
	var problems domain.DocumentProblems
	for _, r := range rows {
		for _, note := range rows {
			if r.OverflowTo != "" && fieldKey(note.Target) == fieldKey(r.OverflowTo) && note.kind != domain.KindText && note.kind != "" {
				problems = append(problems, domain.DocumentProblem{Path: fmt.Sprintf("mapping.%s[%d].source", c.entity, note.place), Text: "must give text, because " + r.Target + " overflows into it"})
			}
		}
	}
	return problems
}

func (c compiler) row(r domain.MappingRow) (row, string) {
	program, err := expr.Compile(r.Source, c.options...)
	if err != nil {
		return row{}, compileProblem(err)
	}
	g := &guard{lookups: c.lookups}
	if text, at, bad := g.check(program.Node()); bad {
		return row{}, atCharacter(text, at)
	}
	kind, ok := resultKind(program.Node())
	if !ok {
		return row{}, "must give text, a number, a date, or true or false"
	}
	if want := proofKind[r.Proof]; want != "" && kind != want {
		return row{}, fmt.Sprintf("must give a %s, because proof: %s reads it", want, r.Proof)
	}
	return row{MappingRow: r, program: program, kind: kind, private: g.private}, ""
}

// proofKind is what the VAT proof needs of a field.
var proofKind = map[domain.ProofRole]domain.ValueKind{
	domain.ProofQuantity:        domain.KindNumber,
	domain.ProofUnitPrice:       domain.KindNumber,
	domain.ProofDiscountPercent: domain.KindNumber,
	domain.ProofAmount:          domain.KindNumber,
	domain.ProofVATAmount:       domain.KindNumber,
	domain.ProofVATCode:         domain.KindText,
}

func compileProblem(err error) string {
	if f, ok := errors.AsType[*file.Error](err); ok {
		return atCharacter(plainTypes(f.Message), f.From)
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	return plainTypes(text)
}

var (
	sourceType = regexp.MustCompile(`(type )?\*?mapping\.(\w+)(Source|Scope)`)
	goTypes    = strings.NewReplacer("decimal.Decimal", "decimal", "domain.Date", "date", "string", "text", "addressParts", "split_address",
		"float64", "a number with a fraction", "unexpected token EOF", "the expression ends too early")
	wrongArgument = regexp.MustCompile(`^cannot use (.+) as argument \(type (.+)\) to call (\w+)`)
)

// plainTypes says it in the words of a document instead of those of Go.
func plainTypes(text string) string {
	if strings.HasPrefix(text, "unknown name") { // the name is the person's own
		return text
	}
	plain := goTypes.Replace(sourceType.ReplaceAllString(text, "$2"))
	if strings.Contains(text, "float64") {
		plain += `; write decimal("1.21") for 1.21`
	}
	if m := wrongArgument.FindStringSubmatch(plain); m != nil {
		return fmt.Sprintf("%s needs %s here, and is given %s", m[3], kindWords(m[2]), kindWords(m[1]))
	}
	return plain
}

func kindWords(kind string) string {
	switch kind {
	case "int":
		return "a whole number"
	case "bool":
		return "true or false"
	default:
		return kind
	}
}

func atCharacter(text string, at int) string {
	return fmt.Sprintf("%s (at character %d)", strings.TrimSpace(text), at+1)
}

// machines run programs; each is used by one goroutine at a time.
var machines = sync.Pool{New: func() any { return &vm.VM{MemoryBudget: memoryBudget} }}

// value runs the row. False means that the field is not sent.
func (r row) value(scope any) (domain.Value, bool, error) {
	machine := machines.Get().(*vm.VM)
	defer machines.Put(machine)
	result, err := machine.Run(r.program, scope)
	if err != nil {
		if unmapped, ok := errors.AsType[*Unmapped](err); ok {
			unmapped.Private = r.private
		}
		return domain.Value{}, false, err
	}
	switch v := result.(type) {
	case nil:
		return domain.Value{}, false, nil
	case string:
		text := strings.TrimSpace(v)
		return domain.TextValue(text), text != "", nil
	case decimal.Decimal:
		return domain.NumberValue(v), true, nil
	case int:
		return domain.NumberValue(decimal.NewFromInt(int64(v))), true, nil
	case bool:
		return domain.BoolValue(v), true, nil
	case domain.Date:
		return domain.DateValue(v), !v.IsZero(), nil
	default:
		return domain.Value{}, false, errors.New("result has another type than its expression")
	}
}
