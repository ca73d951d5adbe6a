package sandbox

import "strings"

// expressionReader goes through the tokens once, from weak operators to strong ones.
type expressionReader struct {
	query  *query
	tokens []token
	at     int
	depth  int
}

func (e *expressionReader) take(word string) bool {
	if e.at < len(e.tokens) && e.tokens[e.at].kind != 's' && strings.EqualFold(e.tokens[e.at].text, word) {
		e.at++
		return true
	}
	return false
}

func (e *expressionReader) near() string {
	if e.at < len(e.tokens) {
		return e.tokens[e.at].text
	}
	return "einde"
}

func (e *expressionReader) readOr() (condition, error) {
	left, err := e.readAnd()
	for err == nil && e.take("OR") {
		var right condition
		right, err = e.readAnd()
		left = either{left, right}
	}
	return left, err
}

func (e *expressionReader) readAnd() (condition, error) {
	left, err := e.readNot()
	for err == nil && e.take("AND") {
		var right condition
		right, err = e.readNot()
		left = both{left, right}
	}
	return left, err
}

func (e *expressionReader) readNot() (condition, error) {
	if e.depth++; e.depth > deepestExpression {
		return nil, badExpression(e.near())
	}
	defer func() { e.depth-- }()
	if e.take("!") || e.take("NOT") {
		of, err := e.readNot()
		return not{of}, err
	}
	if e.take("(") {
		c, err := e.readOr()
		if err == nil && !e.take(")") {
			err = badExpression(e.near())
		}
		return c, err
	}
	if e.take("EMPTY") {
		return e.readEmpty()
	}
	return e.readComparison()
}

func (e *expressionReader) readEmpty() (condition, error) {
	if !e.take("(") {
		return nil, badExpression(e.near())
	}
	f, err := e.readField()
	if err == nil && !e.take(")") {
		err = badExpression(e.near())
	}
	return empty{f}, err
}

func (e *expressionReader) readField() (field, error) {
	if e.at >= len(e.tokens) || e.tokens[e.at].kind != 'n' {
		return field{}, badExpression(e.near())
	}
	f, err := e.query.comparable(e.tokens[e.at].text)
	e.at++
	return f, err
}

func (e *expressionReader) readComparison() (condition, error) {
	f, err := e.readField()
	if err != nil {
		return nil, err
	}
	differs := e.take("<>")
	if !differs && !e.take("=") {
		return nil, badExpression(e.near())
	}
	if e.at >= len(e.tokens) {
		return nil, badExpression(e.near())
	}
	value := e.tokens[e.at]
	fits := (value.kind == 's' && f.column.isText()) ||
		(value.kind == 'd' && (f.column.isNumber() || f.column.Type == integer))
	if !fits {
		return nil, badExpression(value.text)
	}
	e.at++
	literal, err := readLiteral(value.text, f.column)
	if err != nil {
		return nil, err
	}
	if differs {
		return not{equals{f, literal}}, nil
	}
	return equals{f, literal}, nil
}
