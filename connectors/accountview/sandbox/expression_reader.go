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
	if e.take("INLIST") {
		return e.readList()
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

// readOperand reads a column, or UPPER of one.
func (e *expressionReader) readOperand() (operand, error) {
	if !e.take("UPPER") {
		f, err := e.readField()
		return operand{field: f}, err
	}
	if !e.take("(") {
		return operand{}, badExpression(e.near())
	}
	f, err := e.readField()
	if err == nil && (!f.column.isText() || !e.take(")")) {
		err = badExpression(e.near())
	}
	return operand{f, true}, err
}

func (e *expressionReader) readList() (condition, error) {
	if !e.take("(") {
		return nil, badExpression(e.near())
	}
	of, err := e.readOperand()
	if err != nil {
		return nil, err
	}
	var listed condition
	for n := 0; e.take(","); n++ {
		literal, err := e.readLiteral(of)
		if err != nil {
			return nil, err
		}
		if n == mostListed {
			return nil, badExpression(e.near())
		}
		if one := (equals{of, literal}); listed == nil {
			listed = one
		} else {
			listed = either{listed, one}
		}
	}
	if listed == nil || !e.take(")") {
		return nil, badExpression(e.near())
	}
	return listed, nil
}

// readLiteral reads a value that fits the column.
func (e *expressionReader) readLiteral(of operand) (string, error) {
	if e.at >= len(e.tokens) {
		return "", badExpression(e.near())
	}
	value := e.tokens[e.at]
	fits := (value.kind == 's' && of.column.isText()) ||
		(value.kind == 'd' && (of.column.isNumber() || of.column.Type == integer))
	if !fits {
		return "", badExpression(value.text)
	}
	e.at++
	return readLiteral(value.text, of.column)
}

func (e *expressionReader) readComparison() (condition, error) {
	of, err := e.readOperand()
	if err != nil {
		return nil, err
	}
	differs := e.take("<>")
	if !differs && !e.take("=") {
		if of.column.Type == logical {
			return truth{of.field}, nil
		}
		return nil, badExpression(e.near())
	}
	literal, err := e.readLiteral(of)
	if err != nil {
		return nil, err
	}
	if differs {
		return not{equals{of, literal}}, nil
	}
	return equals{of, literal}, nil
}
