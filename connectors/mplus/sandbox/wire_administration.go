package sandbox

type branchListXML struct {
	Branch []branchXML `xml:"branch"`
}

// branchXML is a shop.
type branchXML struct {
	BranchNumber     int32             `xml:"branchNumber"`
	BranchName       string            `xml:"branchName"`
	RelationNumber   *int64            `xml:"relationNumber"`
	Abbreviation     string            `xml:"abbreviation"`
	ExtBranchID      *string           `xml:"extBranchId"`
	IsFullSlave      *bool             `xml:"isFullSlave"`
	PriceGroupNumber *int32            `xml:"priceGroupNumber"`
	Workplaces       *workplaceListXML `xml:"workplaces"`
	CountryCode      int32             `xml:"countryCode"`
	CountryISO3      string            `xml:"countryIso3"`
	CountryName      string            `xml:"countryName"`
}

type workplaceListXML struct {
	Workplace []workplaceXML `xml:"workplace"`
}

// workplaceXML is a till in a shop.
type workplaceXML struct {
	WorkplaceNumber  int32        `xml:"workplaceNumber"`
	WorkplaceName    string       `xml:"workplaceName"`
	IsMobile         bool         `xml:"isMobile"`
	WorkplaceType    *string      `xml:"workplaceType"`
	IsSlave          *bool        `xml:"isSlave"`
	LastSlaveSync    *dateTimeXML `xml:"lastSlaveSync"`
	PriceGroupNumber *int32       `xml:"priceGroupNumber"`
	ExtWorkplaceID   *string      `xml:"extWorkplaceId"`
}

type employeeListXML struct {
	Employee []employeeXML `xml:"employee"`
}

// employeeXML is who rings up.
type employeeXML struct {
	EmployeeNumber    *int64              `xml:"employeeNumber"`
	ExtEmployeeID     *string             `xml:"extEmployeeId"`
	SyncMarker        *int64              `xml:"syncMarker"`
	CreateTimestamp   *dateTimeXML        `xml:"createTimestamp"`
	ChangeTimestamp   *dateTimeXML        `xml:"changeTimestamp"`
	Name              *string             `xml:"name"`
	Username          *string             `xml:"username"`
	Password          *string             `xml:"password"`
	BirthDate         *dateXML            `xml:"birthDate"`
	PhoneWork         *string             `xml:"phoneWork"`
	PhoneHome         *string             `xml:"phoneHome"`
	PhoneMobile       *string             `xml:"phoneMobile"`
	Email             *string             `xml:"email"`
	BankAccountNumber *string             `xml:"bankAccountNumber"`
	BankName          *string             `xml:"bankName"`
	Rfid              *int64              `xml:"rfid"`
	ExtraText         *string             `xml:"extraText"`
	Active            *bool               `xml:"active"`
	CategoryID        *int32              `xml:"categoryId"`
	Category          *string             `xml:"category"`
	CategoryIDs       *categoryIDSetXML   `xml:"categoryIds"`
	PersonNumber      *string             `xml:"personNumber"`
	CustomFieldList   *customFieldListXML `xml:"customFieldList"`
}

type deliveryMethodListXML struct {
	DeliveryMethod []deliveryMethodXML `xml:"deliveryMethod"`
}

// deliveryMethodXML is a way to hand over; deliveryMethod is its key.
type deliveryMethodXML struct {
	DeliveryMethod string `xml:"deliveryMethod"`
	Description    string `xml:"description"`
	ButtonText     string `xml:"buttonText"`
	Enabled        *bool  `xml:"enabled"`
}

// orderCategoryXML is a step of the retailer's own order process.
type orderCategoryXML struct {
	OrderCategoryNumber            int32   `xml:"orderCategoryNumber"`
	OrderCategoryDescription       string  `xml:"orderCategoryDescription"`
	OrderCategoryDependencyNumbers []int32 `xml:"orderCategoryDependencyNumbers"`
	AllowCancel                    bool    `xml:"allowCancel"`
	AllowProcess                   bool    `xml:"allowProcess"`
}

type turnoverGroupListXML struct {
	TurnoverGroup []turnoverGroupXML `xml:"turnoverGroup"`
}

// turnoverGroupXML decides the ledger account of an article's turnover.
type turnoverGroupXML struct {
	TurnoverGroupType               turnoverGroupType `xml:"turnoverGroupType"`
	TurnoverGroup                   int32             `xml:"turnoverGroup"`
	TurnoverGroupName               string            `xml:"turnoverGroupName"`
	InclAmount                      *int64            `xml:"inclAmount"`
	ExclAmount                      *int64            `xml:"exclAmount"`
	DefaultAccountNumber            *int32            `xml:"defaultAccountNumber"`
	AccountNumber                   *int32            `xml:"accountNumber"`
	AllowPointsDistribution         *bool             `xml:"allowPointsDistribution"`
	AllowPointsPayment              *bool             `xml:"allowPointsPayment"`
	AllowDiscount                   *bool             `xml:"allowDiscount"`
	BranchAccountNumberList         *unread           `xml:"branchAccountNumberList"`
	DefaultPurchaseAccountNumber    *int32            `xml:"defaultPurchaseAccountNumber"`
	PurchaseAccountNumber           *int32            `xml:"purchaseAccountNumber"`
	DefaultStockAccountNumber       *int32            `xml:"defaultStockAccountNumber"`
	StockAccountNumber              *int32            `xml:"stockAccountNumber"`
	DefaultVATCode                  *int32            `xml:"defaultVatCode"`
	BranchCostCenterNumberList      *unread           `xml:"branchCostCenterNumberList"`
	DefaultTurnoverCostCenterNumber *string           `xml:"defaultTurnoverCostCenterNumber"`
	TurnoverCostCenterNumber        *string           `xml:"turnoverCostCenterNumber"`
	DefaultPurchaseCostCenterNumber *string           `xml:"defaultPurchaseCostCenterNumber"`
	PurchaseCostCenterNumber        *string           `xml:"purchaseCostCenterNumber"`
	DefaultStockCostCenterNumber    *string           `xml:"defaultStockCostCenterNumber"`
	StockCostCenterNumber           *string           `xml:"stockCostCenterNumber"`
	TopupPaymentID                  *string           `xml:"topupPaymentId"`
	QuantityPerLabel                *int32            `xml:"quantityPerLabel"`
}
