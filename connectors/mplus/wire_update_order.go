package mplus

// updateOrder sends an order back.
type updateOrder struct {
	Order elementOut `xml:"order"`
}

type updateOrderResponse struct {
	Result       wireEnum `xml:"result"`
	ErrorMessage string   `xml:"errorMessage"`
}

// orderElements are the elements of Order in the order of the schema (WSDL 67.1.3): an
// element that the till left out is put in its place.
var orderElements = []string{
	"orderId", "extOrderId", "invoiceIds", "extInvoiceIds", "transactionString", "syncMarker", "orderType", "entryBranchNumber",
	"entryExtBranchId", "employeeNumber", "employeeName", "entryTimestamp", "relationNumber", "relationName", "relationCategoryId",
	"relationBankAccountNumber", "relationVatNumber", "deliveryAddress", "invoiceAddress", "financialDate", "financialBranchNumber",
	"financialExtBranchId", "workplaceNumber", "reference", "activityId", "totalInclAmount", "totalExclAmount", "vatMethod",
	"vatGroupList", "deliveryMethod", "deliveryDate", "deliveryPeriodBegin", "deliveryPeriodEnd", "paymentMethod", "changeCounter",
	"versionNumber", "prepaidAmount", "fullyPaid", "deliveryState", "cancelState", "completeState", "tableNumber", "tableSubNumber",
	"tableDescription", "numberOfGuests", "orderNumber", "branchOrderNumber", "orderBarcode", "orderCategoryNumber",
	"orderCategoryDescription", "onDeliveryUrl", "onInvoiceUrl", "lineList", "paymentList", "vatChange", "vatCountryCode",
	"vatCountryIso3", "webhookSessionData", "cateringOrderNumber", "invoiceNumbers", "packingSlipIds", "packingSlipNumbers",
	"proposalId", "extProposalId", "proposalNumber", "branchGroupNumber", "ownerId", "branchInvoiceNumbers", "timelineEvents",
	"contractPeriod",
}

// notSentBack are what the till would do something with: payments would be taken again.
var notSentBack = []string{"paymentList", "timelineEvents"}
