package sandbox

import "slices"

type noInput struct{}

type branchesAnswer struct {
	Branches branchListXML `xml:"branches"`
}

func getBranches(*call, noInput) (branchesAnswer, error) {
	return branchesAnswer{branchListXML{branches}}, nil
}

type vatGroupsAnswer struct {
	VATGroup []vatGroupXML `xml:"vatGroup"`
}

// getVATGroupList answers the rates of every branch; amounts have no place in a configuration.
func getVATGroupList(c *call, _ noInput) (vatGroupsAnswer, error) {
	var out vatGroupsAnswer
	for _, branch := range branches {
		for _, code := range vatCodes {
			percent, _ := vatPercent(int32(code))
			out.VATGroup = append(out.VATGroup, vatGroupXML{
				BranchNumber: new(branch.BranchNumber), CountryISO3: new("NLD"), VATCode: int32(code),
				VATPercentage: c.wirePercent(percent), AccountNumber: new(int32(1600 + code)),
			})
		}
	}
	return out, nil
}

type employeesInput struct {
	Request *getEmployeesXML `xml:"request"`
}

type employeesAnswer struct {
	EmployeeList employeeListXML `xml:"employeeList"`
}

func getEmployees(c *call, in employeesInput) (employeesAnswer, error) {
	ask := value(in.Request)
	rows := slices.DeleteFunc(slices.Clone(employees), func(e employeeXML) bool {
		return value(e.SyncMarker) < value(ask.SyncMarker) ||
			len(ask.EmployeeNumbers) > 0 && !slices.Contains(ask.EmployeeNumbers, value(e.EmployeeNumber)) ||
			c.opts.HideSuperuser && value(e.EmployeeNumber) == superuser
	})
	if limit := int(value(ask.SyncMarkerLimit)); ask.SyncMarker != nil && limit > 0 && len(rows) > limit {
		rows = rows[:limit]
	}
	return employeesAnswer{employeeListXML{rows}}, nil
}

type employeeInput struct {
	EmployeeNumber int64 `xml:"employeeNumber"`
}

type employeeAnswer struct {
	Result   string       `xml:"result"`
	Employee *employeeXML `xml:"employee"`
}

func getEmployee(_ *call, in employeeInput) (employeeAnswer, error) {
	e, ok := findEmployee(in.EmployeeNumber)
	if !ok {
		return employeeAnswer{Result: "GET-EMPLOYEE-RESULT-NOT-FOUND"}, nil
	}
	return employeeAnswer{"GET-EMPLOYEE-RESULT-OK", &e}, nil
}

type paymentMethodsAnswer struct {
	PaymentMethodList paymentMethodListXML `xml:"paymentMethodList"`
}

func getPaymentMethods(*call, noInput) (paymentMethodsAnswer, error) {
	return paymentMethodsAnswer{paymentMethodListXML{paymentMethods}}, nil
}

type paymentMethodsInput struct {
	Request getPaymentMethodsXML `xml:"request"`
}

func getPaymentMethodsV2(_ *call, in paymentMethodsInput) (paymentMethodsAnswer, error) {
	rows := slices.DeleteFunc(slices.Clone(paymentMethods), func(m paymentMethodXML) bool {
		return in.Request.AccountNumber != nil && value(m.AccountNumber) != *in.Request.AccountNumber ||
			len(in.Request.PaymentMethodTypes) > 0 && !slices.Contains(in.Request.PaymentMethodTypes, value(m.Type))
	})
	return paymentMethodsAnswer{paymentMethodListXML{rows}}, nil
}

type deliveryMethodsAnswer struct {
	DeliveryMethodList deliveryMethodListXML `xml:"deliveryMethodList"`
}

func getDeliveryMethods(*call, noInput) (deliveryMethodsAnswer, error) {
	return deliveryMethodsAnswer{deliveryMethodListXML{deliveryMethods}}, nil
}

type deliveryMethodsInput struct {
	Request struct {
		OnlyEnabled *bool `xml:"onlyEnabled"`
	} `xml:"request"`
}

func getDeliveryMethodsV2(_ *call, in deliveryMethodsInput) (deliveryMethodsAnswer, error) {
	rows := slices.DeleteFunc(slices.Clone(deliveryMethods), func(d deliveryMethodXML) bool {
		return value(in.Request.OnlyEnabled) && !value(d.Enabled)
	})
	return deliveryMethodsAnswer{deliveryMethodListXML{rows}}, nil
}

type orderCategoriesAnswer struct {
	OrderCategory []orderCategoryXML `xml:"orderCategory"`
}

func getOrderCategories(*call, noInput) (orderCategoriesAnswer, error) {
	return orderCategoriesAnswer{orderCategories}, nil
}

type turnoverGroupsInput struct {
	Request struct {
		OnlyActive *bool `xml:"onlyActive"`
	} `xml:"request"`
}

type turnoverGroupsAnswer struct {
	TurnoverGroupList turnoverGroupListXML `xml:"turnoverGroupList"`
}

func getTurnoverGroups(*call, turnoverGroupsInput) (turnoverGroupsAnswer, error) {
	return turnoverGroupsAnswer{turnoverGroupListXML{slices.Concat(turnoverGroups, otherGroups)}}, nil
}

type priceGroupsAnswer struct {
	PriceGroup []priceGroupXML `xml:"priceGroup"`
}

func getPriceGroupList(c *call, _ noInput) (priceGroupsAnswer, error) {
	return priceGroupsAnswer{c.priceGroups()}, nil
}

type customFieldsAnswer struct {
	ArticleCustomFieldList  *customFieldListXML `xml:"articleCustomFieldList"`
	EmployeeCustomFieldList *customFieldListXML `xml:"employeeCustomFieldList"`
	RelationCustomFieldList *customFieldListXML `xml:"relationCustomFieldList"`
}

func getCustomFieldLists(*call, noInput) (customFieldsAnswer, error) {
	return customFieldsAnswer{
		&customFieldListXML{articleFields}, &customFieldListXML{employeeFields}, &customFieldListXML{relationFields},
	}, nil
}

func getAPIVersion(*call, noInput) (apiVersionXML, error) {
	return apiVersionXML{
		MajorNumber: 1, MinorNumber: 0, RevisionNumber: 0,
		ServiceMajorNumber: new(int32(67)), ServiceMinorNumber: new(int32(1)), ServiceRevisionNumber: new(int32(3)),
		ServiceDate: &dateXML{Day: 1, Mon: 9, Year: 2026}, ServiceHostname: new("sandbox"), IsSlaveApi: new(false),
		ServiceVersionDisplayString: new("67.1.3 (sandbox)"),
	}, nil
}
