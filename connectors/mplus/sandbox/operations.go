package sandbox

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/soap"
)

// call is one request at work: the till, locked, and how the page must be spoilt.
type call struct {
	*till
	page sandboxkit.Kind
}

// operation is one call of the API.
type operation struct {
	answer string // root element of the answer
	run    func(*call, soap.Body) (any, error)
	failed any // the answer FAILED, for operations that have that result
}

// does joins an operation's input and answer types to its function. The input is read as strictly as the options say.
func does[In, Out any](answer string, f func(*call, In) (Out, error)) operation {
	return operation{answer: answer, run: func(c *call, body soap.Body) (any, error) {
		var in In
		if err := readInput(body, c.opts.Lenient, &in); err != nil {
			return nil, err
		}
		return f(c, in)
	}}
}

// orFails adds what the operation answers when it fails inside an HTTP 200.
func (o operation) orFails(answer any) operation {
	o.failed = answer
	return o
}

// readInput fills an input type; what breaks the schema is a Client fault.
func readInput(body soap.Body, lenient bool, in any) error {
	root, err := elementOf(body)
	if err != nil {
		return clientFault("The request cannot be read.")
	}
	d := decoder{lenient: lenient}
	d.fill(printable(root.name.Local), root, reflect.ValueOf(in).Elem())
	if len(d.problems) > 0 {
		return clientFault("Validation constraint violation: %s", strings.Join(d.problems, "; "))
	}
	return nil
}

const failedMessage = "The service could not do this now."

// operations is everything this till can do. Names of answers are those of the schema, whatever their case.
var operations = map[string]operation{
	"getApiVersion":           does("getApiVersionResponse", getAPIVersion),
	"getBranches":             does("getBranchesResponse", getBranches),
	"getVatGroupList":         does("getVatGroupListResponse", getVATGroupList),
	"getEmployees":            does("GetEmployeesResponse", getEmployees),
	"getEmployee":             does("GetEmployeeResponse", getEmployee),
	"getPaymentMethods":       does("GetPaymentMethodsResponse", getPaymentMethods),
	"getPaymentMethodsV2":     does("GetPaymentMethodsResponse", getPaymentMethodsV2),
	"getDeliveryMethods":      does("GetDeliveryMethodsResponse", getDeliveryMethods),
	"getDeliveryMethodsV2":    does("GetDeliveryMethodsV2Response", getDeliveryMethodsV2),
	"getTurnoverGroups":       does("GetTurnoverGroupsResponse", getTurnoverGroups),
	"getOrderCategories":      does("GetOrderCategoriesResponse", getOrderCategories),
	"getPriceGroupList":       does("getPriceGroupListResponse", getPriceGroupList),
	"getSalesPriceList":       does("getSalesPriceListResponse", getSalesPriceList),
	"determinePricing":        does("DeterminePricingResponse", determinePricing),
	"getCustomFieldLists":     does("GetCustomFieldListsResponse", getCustomFieldLists),
	"getCurrentSyncMarkers":   does("getCurrentSyncMarkersResponse", getCurrentSyncMarkers),
	"getCurrentSyncMarkersV2": does("GetCurrentSyncMarkersV2Response", getCurrentSyncMarkersV2),

	"getOrders": does("GetOrdersResponse", getOrders),
	"getOrder":  does("GetOrderResponse", getOrder),
	"findOrder": does("GetOrderResponse", findOrder),
	"createOrder": does("CreateOrderResponse", createOrder).orFails(
		saveOrderAnswer{Result: "CREATE-ORDER-RESULT-FAILED", ErrorMessage: failedMessage}),
	"createOrderV2": does("CreateOrderV2Response", createOrderV2).orFails(
		createOrderV2Answer{Result: "CREATE-ORDER-RESULT-FAILED", ErrorMessage: new(failedMessage)}),
	"createOrderV3": does("CreateOrderV3Response", createOrderV3).orFails(createOrderV3Answer{
		IdempotencyResult: originalResponse, Result: "CREATE-ORDER-RESULT-FAILED", ErrorMessage: new(failedMessage),
	}),
	"updateOrder": does("UpdateOrderResponse", updateOrder).orFails(
		saveOrderAnswer{Result: "UPDATE-ORDER-RESULT-FAILED", ErrorMessage: failedMessage}),
	"saveOrder": does("SaveOrderResponse", saveOrder).orFails(
		saveOrderAnswer{Result: "SAVE-ORDER-RESULT-FAILED", ErrorMessage: failedMessage}),
	"cancelOrder": does("CancelOrderResponse", cancelOrder).orFails(
		cancelOrderAnswer{Result: "CANCEL-ORDER-RESULT-FAILED", Message: failedMessage}),

	"getRelations":   does("GetRelationsResponse", getRelations),
	"getRelation":    does("GetRelationResponse", getRelation),
	"findRelation":   does("FindRelationResponse", findRelation),
	"findRelationV2": does("FindRelationV2Response", findRelationV2),
	"createRelation": does("CreateRelationResponse", createRelation).orFails(
		createRelationAnswer{Result: "CREATE-RELATION-RESULT-FAILED", ErrorMessage: failedMessage}),
	"updateRelation": does("UpdateRelationResponse", updateRelation).orFails(
		updateRelationAnswer{Result: "UPDATE-RELATION-RESULT-FAILED", ErrorMessage: failedMessage}),

	"getProducts": does("GetProductsResponse", getProducts),
	"createProduct": does("CreateProductResponse", createProduct).orFails(
		createProductAnswer{Result: "CREATE-PRODUCT-RESULT-FAILED", ErrorMessage: failedMessage}),
	"updateProduct": does("UpdateProductResponse", updateProduct).orFails(
		updateProductAnswer{Result: "UPDATE-PRODUCT-RESULT-FAILED", ErrorMessage: failedMessage}),

	"getArticleGroups":       does("GetArticleGroupsResponse", getArticleGroups),
	"getArticleGroupChanges": does("GetArticleGroupChangesResponse", getArticleGroupChanges),
	"newArticleGroup": does("NewArticleGroupResponse", newArticleGroup).orFails(
		newArticleGroupAnswer{Result: "NEW-ARTICLE-GROUP-RESULT-FAILED"}),
	"updateArticleGroup": does("UpdateArticleGroupResponse", updateArticleGroup).orFails(
		articleGroupResult{"SAVE-ARTICLE-GROUP-RESULT-FAILED"}),
	"deleteArticleGroup": does("DeleteArticleGroupResponse", deleteArticleGroup).orFails(
		articleGroupResult{"DELETE-ARTICLE-GROUP-RESULT-FAILED"}),
	"addProductsToArticleGroup": does("AddProductsToArticleGroupResponse", addProductsToArticleGroup).orFails(
		articleGroupResult{"ADD-PRODUCTS-TO-ARTICLE-GROUP-RESULT-FAILED"}),
	"replaceProductsOfArticleGroup": does("ReplaceProductsOfArticleGroupResponse", replaceProductsOfArticleGroup).orFails(
		articleGroupResult{"REPLACE-PRODUCTS-OF-ARTICLE-GROUP-RESULT-FAILED"}),
	"deleteProductsFromArticleGroup": does("DeleteProductsFromArticleGroupResponse", deleteProductsFromArticleGroup).orFails(
		articleGroupResult{"DELETE-PRODUCTS-FROM-ARTICLE-GROUP-RESULT-FAILED"}),

	"createImage":        does("CreateImageResponse", createImage),
	"createImageFromUrl": does("CreateImageResponse", createImageFromURL),
	"getImages":          does("GetImagesResponse", getImages),
	"getCardImages":      does("GetCardImagesResponse", getCardImages),
	"saveCardImages":     does("SaveCardImagesResponse", saveCardImages),
	"getCardImageLabels": does("GetCardImageLabelsResponse", getCardImageLabels),
	"getOverviewFields":  does("GetOverviewFieldsResponse", getOverviewFields),

	"getStock":          does("GetStockResponse", getStock),
	"getStockHistory":   does("GetStockHistoryResponse", getStockHistory),
	"getStockHistoryV2": does("GetStockHistoryResponse", getStockHistoryV2),
	"saveStockCorrections": does("SaveStockCorrectionsResponse", saveStockCorrections).orFails(
		stockCorrectionsAnswer{Result: correctionsResult + "FAILED"}),
	"setStock": does("SetStockResponse", setStock).orFails(setStockAnswer{Result: "SET-STOCK-RESULT-FAILED"}),

	"getCashCountList": does("GetCashCountListResponse", getCashCountList),

	"getReceipts": does("GetReceiptsResponse", getReceipts),
	"getReceipt":  does("GetReceiptResponse", getReceipt),
	"getInvoices": does("GetInvoicesResponse", getInvoices),
	"getInvoice":  does("GetInvoiceResponse", getInvoice),
}

// run does one operation with the till locked.
func (t *till) run(name string, body soap.Body, page sandboxkit.Kind) (root string, answer any, err error) {
	op, ok := operations[name]
	if !ok || name == "saveStockCorrections" && t.switches().NoStockCorrections {
		return "", nil, clientFault("Method '%s' not implemented: method name or namespace not recognized.", printable(name))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	answer, err = op.run(&call{t, page}, body)
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", name, err)
	}
	return op.answer, answer, nil
}
