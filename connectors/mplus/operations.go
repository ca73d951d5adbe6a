package mplus

import "strings"

// operation is one call of the till's API, by its name in the schema.
type operation struct {
	name   string // the element in the body, and the SOAPAction
	answer string // the element that answers it; not always the name plus "Response" (WSDL)
	record bool   // about one record that was named, so a refusal is about that record
}

// The operations in use.
var (
	opGetAPIVersion      = operation{name: "getApiVersion", answer: "getApiVersionResponse"}
	opGetBranches        = operation{name: "getBranches", answer: "getBranchesResponse"}
	opGetVATGroupList    = operation{name: "getVatGroupList", answer: "getVatGroupListResponse"}
	opGetPaymentMethods  = operation{name: "getPaymentMethodsV2", answer: "GetPaymentMethodsResponse"}
	opGetDeliveryMethods = operation{name: "getDeliveryMethods", answer: "GetDeliveryMethodsResponse"}
	opGetEmployees       = operation{name: "getEmployees", answer: "GetEmployeesResponse"}
	opGetPriceGroups     = operation{name: "getPriceGroupList", answer: "getPriceGroupListResponse"}
	opGetOrderCategories = operation{name: "getOrderCategories", answer: "GetOrderCategoriesResponse"}
	opGetTurnoverGroups  = operation{name: "getTurnoverGroups", answer: "GetTurnoverGroupsResponse"}
	opGetArticleGroups   = operation{name: "getArticleGroups", answer: "GetArticleGroupsResponse"}
	opGetCustomFields    = operation{name: "getCustomFieldLists", answer: "GetCustomFieldListsResponse"}
	opGetCurrentMarkers  = operation{name: "getCurrentSyncMarkersV2", answer: "GetCurrentSyncMarkersV2Response"}
	opGetProducts        = operation{name: "getProducts", answer: "GetProductsResponse"}
	opCreateProduct      = operation{name: "createProduct", answer: "CreateProductResponse", record: true}
	opGetStock           = operation{name: "getStock", answer: "GetStockResponse"}
	opGetStockHistory    = operation{name: "getStockHistoryV2", answer: "GetStockHistoryResponse"}
	opSetStock           = operation{name: "setStock", answer: "SetStockResponse", record: true}

	opSaveStockCorrections = operation{name: "saveStockCorrections", answer: "SaveStockCorrectionsResponse"}

	opUpdateProduct      = operation{name: "updateProduct", answer: "UpdateProductResponse", record: true}
	opNewArticleGroup    = operation{name: "newArticleGroup", answer: "NewArticleGroupResponse", record: true}
	opUpdateArticleGroup = operation{name: "updateArticleGroup", answer: "UpdateArticleGroupResponse", record: true}
	opDeleteArticleGroup = operation{name: "deleteArticleGroup", answer: "DeleteArticleGroupResponse", record: true}
	opGetOverviewFields  = operation{name: "getOverviewFields", answer: "GetOverviewFieldsResponse"}
	opCreateImage        = operation{name: "createImage", answer: "CreateImageResponse", record: true}
	opGetCardImages      = operation{name: "getCardImages", answer: "GetCardImagesResponse"}
	opSaveCardImages     = operation{name: "saveCardImages", answer: "SaveCardImagesResponse", record: true}
	opGetCardImageLabels = operation{name: "getCardImageLabels", answer: "GetCardImageLabelsResponse"}
	opGetOrders          = operation{name: "getOrders", answer: "GetOrdersResponse"}
	opGetReceipts        = operation{name: "getReceipts", answer: "GetReceiptsResponse"}
	opGetInvoices        = operation{name: "getInvoices", answer: "GetInvoicesResponse"}
	opGetOrder           = operation{name: "getOrder", answer: "GetOrderResponse", record: true}
	opUpdateOrder        = operation{name: "updateOrder", answer: "UpdateOrderResponse", record: true}
	opFindOrder          = operation{name: "findOrder", answer: "GetOrderResponse", record: true}
	opGetCashCounts      = operation{name: "getCashCountList", answer: "GetCashCountListResponse"}
	opGetRelations       = operation{name: "getRelations", answer: "GetRelationsResponse"}
	opGetSalesPrices     = operation{name: "getSalesPriceList", answer: "getSalesPriceListResponse", record: true} // an older till may not know it
	opDeterminePricing   = operation{name: "determinePricing", answer: "DeterminePricingResponse", record: true}
	opCreateRelation     = operation{name: "createRelation", answer: "CreateRelationResponse", record: true}
	opUpdateRelation     = operation{name: "updateRelation", answer: "UpdateRelationResponse", record: true}
	opGetRelation        = operation{name: "getRelation", answer: "GetRelationResponse", record: true}
)

// writes reports whether the till changes anything at this call. Whatever is not
// plainly a read counts as a write: then a lost answer is uncertain, never repeated blindly.
func (o operation) writes() bool {
	return !strings.HasPrefix(o.name, "get") && !strings.HasPrefix(o.name, "find") && !strings.HasPrefix(o.name, "determine")
}

// op names the operation in faults, as httpx does.
func (o operation) op() string { return system + " " + o.name }
