package sandbox

import (
	"errors"
	"math/big"
	"reflect"
	"slices"
)

type productInput struct {
	Product productXML `xml:"product"`
}

type createProductAnswer struct {
	Result          string       `xml:"result"`
	ProductNumber   int64        `xml:"productNumber"`
	ArticleNumbers  []int64      `xml:"articleNumbers"`
	ChangeTimestamp *dateTimeXML `xml:"changeTimestamp"`
	SyncMarker      *int64       `xml:"syncMarker"`
	ErrorMessage    string       `xml:"errorMessage"`
}

type updateProductAnswer struct {
	Result                 string       `xml:"result"`
	ExistingArticleNumbers []int64      `xml:"existingArticleNumbers"`
	NewArticleNumbers      []int64      `xml:"newArticleNumbers"`
	ChangeTimestamp        *dateTimeXML `xml:"changeTimestamp"`
	SyncMarker             *int64       `xml:"syncMarker"`
	ErrorMessage           string       `xml:"errorMessage"`
}

// productProblem is the rest of a result's name when a product cannot be saved.
type productProblem string

func (p productProblem) Error() string { return string(p) }

const (
	errProductNumberTaken productProblem = "FAILED-PRODUCT-NUMBER-ALREADY-TAKEN"
	errArticleNumberTaken productProblem = "FAILED-ARTICLE-NUMBER-ALREADY-TAKEN"
)

// productResult turns what was wrong into a result; anything else stays an error.
func productResult(prefix string, err error) (result, message string, rest error) {
	if problem, ok := errors.AsType[productProblem](err); ok {
		return prefix + string(problem), "The number is already taken.", nil
	}
	if refused, ok := errors.AsType[refusal](err); ok {
		return prefix + "FAILED", string(refused), nil
	}
	return "", "", err
}

func createProduct(c *call, in productInput) (createProductAnswer, error) {
	b := c.begin()
	p, err := c.newProduct(b, in.Product)
	if err != nil {
		result, message, err := productResult("CREATE-PRODUCT-RESULT-", err)
		return createProductAnswer{Result: result, ErrorMessage: message}, err
	}
	out := createProductAnswer{
		Result: "CREATE-PRODUCT-RESULT-OK", ProductNumber: *p.ProductNumber, ChangeTimestamp: new(momentOf(c.now())), SyncMarker: p.SyncMarker,
	}
	for _, a := range p.articles() {
		out.ArticleNumbers = append(out.ArticleNumbers, *a.ArticleNumber)
	}
	return out, b.commit()
}

func (t *till) newProduct(b *batch, sent productXML) (*productXML, error) {
	p := sent
	number := value(sent.ProductNumber)
	switch {
	case number < 0:
		return nil, refusal("A product number cannot be negative.")
	case number == 0:
		number = b.number(lastProduct)
	case t.products[number] != nil:
		return nil, errProductNumberTaken
	default:
		b.claim(lastProduct, number)
	}
	p.ProductNumber = &number
	if len(sent.articles()) == 0 {
		return nil, refusal("A product needs an article.")
	}
	if t.opts.GroupNumbers == GroupNumbersIgnored {
		p.GroupNumbers = nil
	}
	if err := t.knownGroups(p.GroupNumbers); err != nil {
		return nil, err
	}
	p.ArticleList = &articleListXML{}
	for _, a := range sent.articles() {
		if err := t.addArticle(b, &p, a); err != nil {
			return nil, err
		}
	}
	p.SyncMarker = new(b.marker(markArticle))
	b.product(&p)
	return &p, nil
}

// addArticle gives a new article its number and marker and puts it in the product.
func (t *till) addArticle(b *batch, p *productXML, a articleXML) error {
	number := value(a.ArticleNumber)
	switch {
	case number < 0:
		return refusal("An article number cannot be negative.")
	case number == 0:
		number = b.number(lastArticle)
	default:
		taken := slices.ContainsFunc(p.articles(), func(other articleXML) bool { return *other.ArticleNumber == number })
		if _, owned := t.ownerOf[number]; owned || taken {
			return errArticleNumberTaken
		}
		b.claim(lastArticle, number)
	}
	a.ArticleNumber = &number
	if a.Active == nil {
		a.Active = new(true)
	}
	if a.StockArticle == nil {
		a.StockArticle = new(false)
	}
	if a.Description == nil {
		a.Description = p.Description
	}
	a.CreateTimestamp = new(momentOf(t.now()))
	if err := t.articlePrices(b, &a, articleXML{}, a); err != nil {
		return err
	}
	if err := t.completeArticle(b, &a, a); err != nil {
		return err
	}
	p.ArticleList.Article = append(p.ArticleList.Article, a)
	return nil
}

// completeArticle checks an article, derives the price that was not sent from the one that was, and marks it changed.
func (t *till) completeArticle(b *batch, a *articleXML, sent articleXML) error {
	if _, ok := findTurnoverGroup(value(a.TurnoverGroup)); !ok && (!t.opts.TurnoverGroupOptional || value(a.TurnoverGroup) != 0) {
		return refusal("The turnover group is missing or not known.")
	}
	if value(a.VATCode) == 0 {
		group, _ := findTurnoverGroup(value(a.TurnoverGroup))
		a.VATCode = group.DefaultVATCode
	}
	percent, ok := vatPercent(value(a.VATCode))
	if !ok {
		return clientFault("The rate for VAT-code %d is not properly configured for this branch.", value(a.VATCode))
	}
	a.VATPercentage = new(int32(t.wirePercent(percent)))
	incl, excl := a.PriceIncl, a.PriceExcl
	for _, price := range []*int64{incl, excl, a.PurchasePrice} {
		if value(price) > maxCents || value(price) < -maxCents {
			return refusal("A price is too large.")
		}
	}
	switch {
	case sent.PriceIncl != nil || sent.PriceExcl == nil && sent.VATCode != nil && incl != nil:
		a.PriceExcl = new(share(*incl, 10000, 10000+percent))
	case sent.PriceExcl != nil:
		a.PriceIncl = new(share(*excl, 10000+percent, 10000))
	}
	a.ChangeTimestamp = new(momentOf(t.now()))
	a.SyncMarker = new(b.marker(markArticle))
	return nil
}

// share is cents times a fraction, half away from zero.
func share(cents, numerator, denominator int64) int64 {
	n := new(big.Int).Mul(big.NewInt(cents), big.NewInt(numerator))
	return rounded(n, big.NewInt(denominator)).Int64()
}

func (t *till) knownGroups(numbers []int32) error {
	for _, number := range numbers {
		if t.group(number) == nil {
			return refusal("An article group is not known.")
		}
	}
	return nil
}

func updateProduct(c *call, in productInput) (updateProductAnswer, error) {
	old := c.products[value(in.Product.ProductNumber)]
	if old == nil {
		return updateProductAnswer{Result: "UPDATE-PRODUCT-RESULT-NOT-FOUND", ErrorMessage: "The product is not known."}, nil
	}
	b := c.begin()
	p := *old
	update := in.Product
	update.ArticleList = nil
	if c.opts.GroupNumbers == GroupNumbersIgnored {
		update.GroupNumbers = nil
	}
	merge(&p, &update, c.opts.EmptyTextKeeps)
	p.ArticleList = &articleListXML{slices.Clone(old.articles())}
	out := updateProductAnswer{Result: "UPDATE-PRODUCT-RESULT-OK"}
	err := c.knownGroups(p.GroupNumbers)
	for _, a := range in.Product.articles() {
		if err != nil {
			break
		}
		var added bool
		if added, err = c.changeArticle(b, &p, a); err != nil {
			break
		}
		if added {
			out.NewArticleNumbers = append(out.NewArticleNumbers, *p.articles()[len(p.articles())-1].ArticleNumber)
		} else {
			out.ExistingArticleNumbers = append(out.ExistingArticleNumbers, *a.ArticleNumber)
		}
	}
	if err != nil {
		result, message, err := productResult("UPDATE-PRODUCT-RESULT-", err)
		return updateProductAnswer{Result: result, ErrorMessage: message}, err
	}
	if len(out.NewArticleNumbers) > 0 || !sameProduct(p, *old) {
		p.SyncMarker = new(b.marker(markArticle))
	}
	b.product(&p)
	out.ChangeTimestamp, out.SyncMarker = new(momentOf(c.now())), new(p.latestMarker())
	return out, b.commit()
}

// sameProduct compares what a product says itself. A change of an article alone raises the marker of that article only.
func sameProduct(a, b productXML) bool {
	a.ArticleList, b.ArticleList = nil, nil
	return reflect.DeepEqual(a, b)
}

// changeArticle lays an update over an article of the product, or adds it when the product does not have it.
func (t *till) changeArticle(b *batch, p *productXML, sent articleXML) (added bool, err error) {
	articles := p.articles()
	i := slices.IndexFunc(articles, func(a articleXML) bool {
		return sent.ArticleNumber != nil && *a.ArticleNumber == *sent.ArticleNumber
	})
	if i < 0 {
		if moved := t.takeArticle(b, value(sent.ArticleNumber)); moved != nil {
			p.ArticleList.Article = append(p.ArticleList.Article, *moved)
			_, err := t.changeArticle(b, p, sent)
			return true, err
		}
		return true, t.addArticle(b, p, sent)
	}
	a := articles[i]
	merge(&a, &sent, t.opts.EmptyTextKeeps)
	a.CreateTimestamp, a.AveragePurchasePrice = articles[i].CreateTimestamp, articles[i].AveragePurchasePrice
	if err := t.articlePrices(b, &a, articles[i], sent); err != nil {
		return false, err
	}
	if err := t.completeArticle(b, &a, sent); err != nil {
		return false, err
	}
	articles[i] = a
	return false, nil
}
