package sandbox

import (
	"slices"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// What the retailer has set up and the API does not change: branches, employees, VAT, ways to pay and to deliver,
// turnover groups, order categories, price groups and fields of the retailer's own.

// superuser is the employee that every till has; integrations book under it.
const superuser = 999999

var branches = []branchXML{
	{
		BranchNumber: 1, BranchName: "Winkel Utrecht", Abbreviation: "UTR", CountryCode: 528, CountryISO3: "NLD", CountryName: "Nederland",
		PriceGroupNumber: new(int32(1)),
		Workplaces: &workplaceListXML{Workplace: []workplaceXML{
			{WorkplaceNumber: 1, WorkplaceName: "Kassa 1"},
			{WorkplaceNumber: 2, WorkplaceName: "Handheld", IsMobile: true},
		}},
	},
	{
		BranchNumber: 2, BranchName: "Winkel Gent", Abbreviation: "GNT", CountryCode: 56, CountryISO3: "BEL", CountryName: "België",
		Workplaces: &workplaceListXML{Workplace: []workplaceXML{{WorkplaceNumber: 1, WorkplaceName: "Kassa 1"}}},
	},
}

// employees come with the marker that they have had since the till was installed.
var employees = []employeeXML{
	{EmployeeNumber: new(int64(1)), SyncMarker: new(int64(1)), Name: new("Noor"), Username: new("noor"), Active: new(true)},
	{EmployeeNumber: new(int64(2)), SyncMarker: new(int64(3)), Name: new("Bram"), Username: new("bram"), Active: new(true)},
	{EmployeeNumber: new(int64(3)), SyncMarker: new(int64(4)), Name: new("Femke"), Username: new("femke"), Active: new(true)},
	{EmployeeNumber: new(int64(superuser)), SyncMarker: new(int64(6)), Name: new("Superuser"), Active: new(true)},
}

const lastEmployeeMarker = 6

var paymentMethods = []paymentMethodXML{
	payment("CASH", "Contant", "PAYMENT-METHOD-TYPE-PAYMENT", 1000, true),
	payment("PIN", "Pinnen", "PAYMENT-METHOD-TYPE-EFT", 1210, true),
	payment("CREDITCARD", "Creditcard", "PAYMENT-METHOD-TYPE-EFT", 1220, true),
	payment("REKENING", "Op rekening", "PAYMENT-METHOD-TYPE-SUSPENSE", 1300, true),
	payment("IDEAL", "iDEAL", "PAYMENT-METHOD-TYPE-PAYMENT", 1230, true),
	payment("CADEAUBON", "Cadeaubon", "PAYMENT-METHOD-TYPE-PAYMENT", 1690, false),
	payment("AANBETALING", "Aanbetaling", "PAYMENT-METHOD-TYPE-AUTO-DEPOSIT", 1680, true),
	payment("EIGENGEBRUIK", "Eigen gebruik", "PAYMENT-METHOD-TYPE-BPE", 4910, true),
}

func payment(key, name string, kind paymentMethodType, account int32, active bool) paymentMethodXML {
	return paymentMethodXML{
		Method: key, Description: name, ButtonText: name, AllowNegativeAmount: true, Active: &active, Type: &kind, AccountNumber: &account,
	}
}

var deliveryMethods = []deliveryMethodXML{
	{DeliveryMethod: "AFHALEN", Description: "Afhalen in de winkel", ButtonText: "Afhalen", Enabled: new(true)},
	{DeliveryMethod: "BEZORGEN", Description: "Bezorgen aan huis", ButtonText: "Bezorgen", Enabled: new(true)},
	{DeliveryMethod: "POST", Description: "Verzenden per post", ButtonText: "Post", Enabled: new(true)},
	{DeliveryMethod: "FIETSKOERIER", Description: "Fietskoerier", ButtonText: "Koerier", Enabled: new(false)},
}

const defaultDelivery = "AFHALEN"

var orderCategories = []orderCategoryXML{
	{OrderCategoryNumber: 1, OrderCategoryDescription: "Nieuw", OrderCategoryDependencyNumbers: []int32{2}, AllowCancel: true, AllowProcess: true},
	{OrderCategoryNumber: 2, OrderCategoryDescription: "In behandeling", OrderCategoryDependencyNumbers: []int32{3}, AllowCancel: true, AllowProcess: true},
	{OrderCategoryNumber: 3, OrderCategoryDescription: "Geëxporteerd", AllowCancel: false, AllowProcess: true},
}

// priceGroups are the price lists that a customer can be put on; each article tells its own price under them.
var priceGroups = []priceGroupXML{
	{PriceGroupNumber: 1, Description: new("Zakelijk")},
	{PriceGroupNumber: 2, Description: new("Personeel")},
}

// salesPrices are the promotions that articles can have a price in.
var salesPrices = []salesPriceXML{
	{SalesPriceNumber: 1, Description: new("Actieprijs")},
	{SalesPriceNumber: 2, Description: new("Seizoensprijs")},
}

// Fields that the retailer made. They have no value in a definition.
var (
	articleFields = []customFieldXML{
		{FieldName: "herkomst", DataType: new(dataType("DATA-TYPE-STRING"))},
		{FieldName: "houdbaar_dagen", DataType: new(dataType("DATA-TYPE-INT"))},
	}
	employeeFields = []customFieldXML{{FieldName: "rooster", DataType: new(dataType("DATA-TYPE-STRING"))}}
	relationFields = []customFieldXML{
		{FieldName: "klantsoort", DataType: new(dataType("DATA-TYPE-STRING"))},
		{FieldName: "nieuwsbrief", DataType: new(dataType("DATA-TYPE-BOOL")), IsRequired: new(false)},
	}
)

// turnoverGroups are one for each department of the shop and one for what is sold without VAT.
var turnoverGroups = []turnoverGroupXML{
	turnover(10, "Omzet keuken", 8010, sandboxkit.VATHigh),
	turnover(20, "Omzet tafelen", 8020, sandboxkit.VATHigh),
	turnover(30, "Omzet tuin", 8030, sandboxkit.VATHigh),
	turnover(40, "Omzet delicatessen", 8040, sandboxkit.VATLow),
	turnover(50, "Omzet cadeau", 8050, sandboxkit.VATHigh),
	turnover(90, "Omzet onbelast", 8090, sandboxkit.VATZero),
}

// otherGroups count what is no turnover.
var otherGroups = []turnoverGroupXML{
	untaxed(91, "Cadeaukaarten", 1690, "TURNOVER-GROUP-TYPE-BALANCE-UPGRADE"),
	untaxed(92, "Statiegeld", 1695, "TURNOVER-GROUP-TYPE-REFUNDABLE-DEPOSIT"),
	untaxed(93, "Kas in", 1010, "TURNOVER-GROUP-TYPE-CASH-INFLOW"),
	untaxed(94, "Kas uit", 4990, "TURNOVER-GROUP-TYPE-CASH-OUTFLOW"),
	untaxed(95, "Betaling op rekening", 1300, "TURNOVER-GROUP-TYPE-PAYMENT"),
	untaxed(96, "Tussenrekening", 1999, "TURNOVER-GROUP-TYPE-SUSPENSE"),
}

func untaxed(number int32, name string, account int32, kind turnoverGroupType) turnoverGroupXML {
	group := turnover(number, name, account, sandboxkit.VATZero)
	group.TurnoverGroupType = kind
	return group
}

func turnover(number int32, name string, account int32, vatCode int) turnoverGroupXML {
	return turnoverGroupXML{
		TurnoverGroupType: "TURNOVER-GROUP-TYPE-TURNOVER", TurnoverGroup: number, TurnoverGroupName: name,
		DefaultAccountNumber: &account, AccountNumber: &account, DefaultVATCode: new(int32(vatCode)),
	}
}

func findTurnoverGroup(number int32) (turnoverGroupXML, bool) {
	groups := slices.Concat(turnoverGroups, otherGroups)
	i := slices.IndexFunc(groups, func(g turnoverGroupXML) bool { return g.TurnoverGroup == number })
	if i < 0 {
		return turnoverGroupXML{}, false
	}
	return groups[i], true
}

func findBranch(number int32) (branchXML, bool) {
	i := slices.IndexFunc(branches, func(b branchXML) bool { return b.BranchNumber == number })
	if i < 0 {
		return branchXML{}, false
	}
	return branches[i], true
}

func findEmployee(number int64) (employeeXML, bool) {
	i := slices.IndexFunc(employees, func(e employeeXML) bool { return value(e.EmployeeNumber) == number })
	if i < 0 {
		return employeeXML{}, false
	}
	return employees[i], true
}

func isDeliveryMethod(key string) bool {
	return slices.ContainsFunc(deliveryMethods, func(d deliveryMethodXML) bool { return d.DeliveryMethod == key })
}

var vatCodes = []int{sandboxkit.VATLow, sandboxkit.VATHigh, sandboxkit.VATZero}

// vatPercent is the rate of a code in hundredths of a percent.
func vatPercent(code int32) (int64, bool) {
	if !slices.Contains(vatCodes, int(code)) {
		return 0, false
	}
	return sandboxkit.VATPercent(int(code)), true
}

func (t *till) wirePercent(hundredths int64) int64 {
	if t.opts.WholePercentages {
		return hundredths / 100
	}
	return hundredths
}

func (t *till) pricer() pricer {
	scale := int64(10000)
	if t.opts.WholePercentages {
		scale = 100
	}
	return pricer{
		percent: vatPercent, wirePercent: t.wirePercent, discountScale: scale, absentPlaces: t.opts.AbsentDecimalPlaces,
		discountPerUnit: t.opts.DiscountPerUnit, alwaysIncl: t.opts.PriceAlwaysIncl,
	}
}
