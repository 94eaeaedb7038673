# Fees and taxes.

refused-fee-rule-over = This rule has ended already.
wrong-begins-in-the-past = Choose a moment that is still to come: what was sold keeps the fees that it was sold with.
refused-taxes-changed = The taxes of this purchase have changed since you saw it. Look at it again, and then buy.
refused-taxes-unseen = For this delivery taxes are due on top, or other ones than you have seen. The sum shows them now. Look at it again, then go on.
unavailable-taxes = The taxes of this purchase cannot be counted at the moment, so nothing was ordered and nothing was charged. Try again in a minute.
wrong-postcode-for-taxes = The taxes for this address cannot be counted. Look at the postcode and the country again.
wrong-ends-before-it-begins = The end must not come before the beginning.

## Why an order's money stays where it is

hold-because-looked-at = We are checking something about this order. The money is safe until then.
hold-because-chargeback = The buyer’s bank was asked to take the payment back. The money stays where it is until the bank has decided.
hold-because-not-set-up = The seller has not told us yet who they are and where to pay. The money is safe until then.
hold-because-authority = A court or an authority wants the money to stay where it is for now.

## Who a seller is for the tax office

wrong-vat-id-form = This is no VAT number. It begins with two letters of the country, for instance DE123456789.
wrong-vat-id-country = This does not begin with a country whose VAT numbers we know. Greece is EL, Northern Ireland is XI.
wrong-vat-id-digits = A digit or letter of the VAT number is not right. Compare it with your papers.
wrong-tin-form = A tax number has digits, perhaps letters, and at most 25 of both.
wrong-tin-us = A tax number in the United States (SSN, ITIN or EIN) has nine digits.
wrong-tin-or-birth = Tell us your tax number, or where you were born.
wrong-tin-or-vat-id = Tell us the tax number or the VAT number of the business.
wrong-born-form = Write the day as in 1990-04-23 or 23.4.1990.
wrong-born-unlikely = This cannot be your day of birth.
payout-hold-tax-details = You have sold as much as we must tell tax offices about, and have not told us who you are. Nothing is paid out until you do. Your money is safe.

notice-tax-details-set = Tax details changed
notice-tax-details-set-letter = what tax offices are told of you as a seller was changed. If that was not you, set a new password and look at it again.

mail-tax-details-button = Tell us who you are
mail-tax-details-asked-subject = We need your tax details
mail-tax-details-asked-body =
    Hello { $name }, you are selling well. The law asks marketplaces to tell tax offices once a year who their sellers are and what they earned: in the European Union from 30 sales or more than 2,000 euros in a year.

    You are getting near this. Please tell us who you are, where you live and your tax number. If you stay below the limits, nobody is told.
mail-tax-details-again-subject = We still need your tax details
mail-tax-details-again-body =
    Hello { $name }, we asked you for your tax details and have not heard from you.

    When you have sold as much as we must tell tax offices about, we may not pay out to you until you have told us who you are. It takes a few minutes.
mail-tax-payouts-stopped-subject = Your payouts have stopped
mail-tax-payouts-stopped-body =
    Hello { $name }, you have sold as much as we must tell tax offices about, and we do not know who you are. So nothing is paid out to you for now.

    Your money is safe with us. As soon as you tell us your tax details, payouts go on.

## The page for it

tax-title = Tax details
tax-hint = What tax offices are told of you as a seller
tax-lead = Marketplaces must tell tax offices once a year who sells a lot and what they earned. In the European Union that is from 30 sales or more than 2,000 euros in a year, in the United States from more than 200 sales and more than 20,000 dollars. Only you can read what you write here. It leaves us in that report alone; the name, address and VAT number of a business also stand on its invoices.
tax-given = You have told us everything. Change it here when it changes.
tax-asked = You are getting near the limits: please fill this in now.
tax-stopped-title = Nothing is paid out to you since { $at }.
tax-class = How do you sell?
tax-class-private = As a private person
tax-class-private-note = You sell what is yours, now and then.
tax-class-business = As a business
tax-class-business-note = Also if you are alone in it.
tax-country = The country where you pay taxes
tax-country-none = Choose a country
tax-person = If you sell as a private person
tax-first = First names
tax-last = Family name
tax-born = Day of birth
tax-born-hint = For instance 1990-04-23 or 23.4.1990.
tax-birth-town = Town where you were born
tax-birth-country = Country where you were born
tax-birth-hint = Needed only if you have no tax number.
tax-business = If you sell as a business
tax-business-name = Name of the business
tax-registration = Number in the register of companies
tax-vat-id = VAT number
tax-vat-id-hint = For instance DE123456789.
tax-self-billing = You may write invoices in the name of my business for what it sells here. They show no VAT: if my business owes VAT, I write the invoice with VAT to the buyer myself.
tax-address = Address
tax-address-hint = Where you live, or where the business is.
tax-street = Street and number
tax-postcode = Postcode
tax-town = Town
tax-region = State or region
tax-region-hint = Needed in the United States: two letters, such as CA.
tax-numbers = Tax number
tax-tin = Tax number
tax-tin-hint = The number by which the tax office of your country knows you. In Germany: Steuer-ID, in the United States: SSN, ITIN or EIN.
tax-save = Save
tax-saved = Your tax details are saved.

## Yearly reports

admin-reports = Yearly reports
admin-reports-lead = What tax offices are told once a year of who sells here.
reports-none = Nothing was reported yet
reports-none-text = Once a year is over, make its reports here. DAC7 is due on 31 January.
reports-make = Make a report
reports-make-hint = It is counted from the books. What was reported before is never changed: if something is other now, a correction is made. Sellers who have not told us who they are cannot be in it; there is a ticket for each.
reports-make-button = Make it
reports-made =
    { $count ->
        [0] Nothing was made.
        [one] The report is made.
       *[other] { $count } reports are made: of new sellers, and of what is other now.
    } { $missing ->
        [0] Nobody is missing.
        [one] One seller is missing in it.
       *[other] { $missing } sellers are missing in it.
    }
reports-kind = Report
reports-year = Year
reports-says = About
reports-sellers = Sellers
reports-missing = Missing
reports-made-at = Made
reports-file = File
reports-take = Take the file
reports-take-heard = Take the file of { $name }
reports-hash = SHA-256 of the file
report-kind-dac7 = DAC7 (European Union)
report-kind-form-1099k = Form 1099-K (United States)
report-says-new = New sellers
report-says-corrections = Corrections
report-says-nothing = Nobody
refused-report-year = Only years that are over can be reported, from 2023 on.
refused-report-operator = The settings do not say who runs the marketplace: operator.name, operator.address and tax.number.
refused-report-unchanged = There is nothing to report that was not reported before.
refused-report-missing = None of those who must be reported has told us who they are yet. There is a ticket for each seller who is stopped; ask them first.
refused-report-meanwhile = Somebody else made a report at the same time. Look at it first.
refused-report-no-rate = Something was sold in a currency whose rate is not known for that year. Import the rates with: tradeplus rates import

# What was told of a seller, as they read it.
told-title = What tax offices were told of you
told-lead = Marketplaces must tell tax offices of sellers, and sellers what was told. Amounts are rounded to whole units in reports of the European Union. The table to keep has every field as it stands in the report.
told-none = No tax office was told anything of you.
told-made-at = Reported on
told-says = What for
told-says-new = Told for the first time
told-says-corrected = Told anew, because something was other than said before
told-says-deleted = Taken back: what was told before does not count any more
told-gone = The file of this report is not there any more.
told-quarters = By quarter
told-quarter = Quarter
told-consideration = What you got
told-sales = Sales
told-fees = Our commission
told-taxes = Taxes that we kept
told-gross = What came in, before anything was taken off
told-csv = Everything as a table (CSV)
