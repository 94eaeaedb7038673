# Money for staff: what must be looked at, rules of fees and taxes, the books, holds.

## Money on the first page

admin-money = Money
admin-money-quiet = Nothing waits for anybody, nothing is late, and providers hold what is owed.
admin-order-money = Money
admin-order-money-lead = What holds this order’s money, what must be looked at, and every entry about it.
admin-order-back = Back to order { $number }
order-page = Open the order’s page

## What must be looked at

admin-tickets = To look at
admin-tickets-lead = What the program cannot settle by itself. What is due first stands at the top.
admin-ticket-lead = Look at it, and write down what came of it.
tickets-all = All
tickets-mine = Mine
tickets-kinds = Kinds
tickets-none = Nothing to look at
tickets-none-text = Whatever needs a person comes up here by itself.
tickets-open =
    { $count ->
        [one] one is open
       *[other] { $count } are open
    }
ticket-what = What
ticket-about = About
ticket-amount = Amount
ticket-due = Due
ticket-late = late
ticket-opened = Opened
ticket-seen = Times reported
ticket-taken-by = Looked at by
ticket-nobody = Nobody yet
ticket-take = Take it
ticket-is-taken = It is yours now.
ticket-outcome = What came of it
ticket-outcome-hint = 3 to 1000 characters, for your colleagues. Write no names and no addresses.
ticket-close = Close it
ticket-closed = Closed
ticket-is-closed = It is closed.
ticket-detail = Details
ticket-others = Also open about the same
ticket-about-nothing = The marketplace
ticket-about-order = Order
ticket-about-member = Member
ticket-about-payment = Payment
ticket-about-refund = Refund
ticket-about-case = Case
ticket-about-settlement = A seller’s part of a sale
ticket-about-debt = A seller’s debt
ticket-about-payout = Payout
ticket-about-chargeback = Chargeback
ticket-about-run = Comparison with a provider

## What holds an order's money

holds = Holds
holds-lead = While a hold is on, the money of the order goes to nobody. Both sides read that it is held, and until when.
odd = This deal looks odd
odd-one-browser = Both sides have signed in with the same browser within 90 days.
odd-pair = The same two people dealt { $count } times within a week.
odd-refunds = The buyer got a refund for { $count } purchases within 90 days, a fifth of them or more.
holds-none = Nothing holds this order’s money.
holds-change = Hold, or let go
hold-fraud = Something is being checked
hold-kyc = The seller has not said who they are
hold-legal = A court or an authority wants it
hold-chargeback = The buyer’s bank wants the payment back
hold-kind = Reason for the hold
hold-kind-hint = Of a check both sides read only that there is one.
hold-since = since
hold-until = until
hold-open-end = until the bank has decided
hold-put-button = Hold the money
hold-lift-button = Let go: { $hold }
hold-put = The money is held.
hold-lifted = The hold is lifted.
refused-hold-own = This is a deal of your own. Ask a colleague.
refused-hold-gone = This hold is off already.

## Rules of fees and taxes

admin-rules = Fees and taxes
admin-rules-lead = What the marketplace takes of a sale, and where it is registered for taxes. What was sold keeps the rules that it was sold with.
fee-rules = Rules of fees
fee-rules-text = The first rule that fits a sale counts. A rule is never changed: end it, and make another.
fee-rule-new = New rule
fee-rule-new-lead = Try it on a price before you make it.
fee-rule-lead = A rule cannot be changed. You can end it; then the next one that fits counts.
fee-rule-title = Name
fee-rule-position = Place in the order
fee-rule-position-hint = The rule with the smallest number that fits a sale counts.
fee-rule-for = For
fee-rule-category = Category
fee-rule-tier = How far the seller is trusted
fee-rule-tier-n = Step { $n }
fee-rule-class = Who sells
fee-rule-any = All
fee-rule-currency-hint = Fixed amounts need a currency. A rule for all currencies has percentages only.
fee-rule-settings = Settings
fee-rule-rest = Whatever no rule fits
fee-rule-make = Make the rule
fee-rule-made = The rule was made.
fee-rule-end = End the rule
fee-rule-ended = The rule has ended.
seller-private = Private sellers
seller-business = Businesses
fee-commission = From the seller
fee-commission-hint = Taken from the price of the items.
fee-buyer = From the buyer
fee-buyer-hint = On top of the price of the items.
fee-percent = Percent
fee-share = { $percent } %
fee-fixed = Plus a fixed amount
fee-min = At least
fee-cap = At most
fee-at-least = at least { $money }
fee-at-most = at most { $money }
fee-sample = Price to try it on
fee-sample-hint = Nothing is saved when you try.
fee-try = Try it
fee-tried = What it would take
fee-now = (now { $money })
fee-seller-gets = The seller gets
fee-buyer-pays = The buyer pays
rule-begins = From
rule-begins-hint = A day such as 2026-04-01, from its first moment on (UTC). Empty: at once.
rule-day-hint = A day such as 2026-04-01
rule-ends = Until
rule-ends-hint = The last day on which it counts. Empty: no end.
rule-at-once = At once
rule-save = Save
wrong-day = Write the day as 2026-04-01.
wrong-tax-place = Write a country with two letters such as DE, or a part of one such as US-CA.
wrong-amount-without-currency = A fixed amount needs a currency. Choose one.
registrations = Registrations
registrations-text = Taxes are collected only where the marketplace is registered.
registration-new = Register a place
registration-lead = A registration with the same place, kind and first day is mended by this.
registration-scheme = Kind
registration-number = Number
registration-number-hint = As the tax office wrote it
registration-saved = The registration is saved.
tax-scheme-local = With the tax office there
tax-scheme-oss = One-stop shop of the European Union
tax-scheme-ioss = One-stop shop for imports
tax-scheme-facilitator = As a marketplace that collects for its sellers
tax-place = Place
tax-place-hint = DE, or a part of a country such as US-CA
tax-rates = Own rates
tax-rates-text = Rates that count before those that come with the program.
tax-rate = Rate
tax-rate-percent = Rate in percent
tax-rate-new = New rate
tax-rate-lead = A rate for the same place and category with the same first day is replaced by this.
tax-rate-source = Source
tax-rate-source-hint = The law, or the page of the tax office
tax-rate-saved = The rate is saved.
tax-standard = Standard rate
exposure = Sales by place
exposure-text = What was sold in { $year }, from which sum a place asks for a registration, and how much of that is reached. Other currencies are converted by today’s rates. What went back is not taken off.
exposure-none = Nothing was sold in { $year } yet.
exposure-sold = Sold
exposure-orders = Orders
exposure-limit = Limit of a year
exposure-reached = Reached
exposure-no-limit = none known
exposure-so-far = { $percent } %, { $sum }
exposure-left-out = without { $sums }: no rate is known

second-rules = Rules of fees and taxes
act-put-hold = Hold an order’s money
act-lift-hold = Let an order’s money go on
act-make-fee-rule = Make a rule of fees
act-end-fee-rule = End a rule of fees
act-set-registration = Register a place for taxes
act-set-tax-rate = Set a rate of a tax

## The books, account by account

admin-accounts = Accounts
admin-accounts-lead = What stands in the books, sort by sort.
accounts-find = Account, order or seller
accounts-find-hint = An account’s code, an order’s number, or @ and a seller’s handle
accounts-unknown = There is nothing of this name.
accounts-what = What stands there
accounts-holding = Hold something
accounts-of = { $holding } of { $accounts }
accounts-none = Nothing was booked yet.
accounts-empty = No account of this sort holds anything.
accounts-opened = Opened
accounts-balance = Balance
accounts-whose = Whose
entries = Entries
entries-none = Nothing was booked here.
entry = Entry
entry-at = When
entry-debit = Debit
entry-credit = Credit

account-a-provider-pending = What a payment provider holds and will make usable
account-a-provider-available = What a payment provider holds, usable now
account-a-connected = A seller’s own balance at a provider
account-a-payout-in-transit = From there on its way to a seller’s bank
account-a-dispute-held = Taken by the card network while it decides
account-a-seller-receivable = What a seller owes the marketplace
account-a-bank = The company’s own account
account-l-escrow = A buyer’s money, held for one order
account-l-seller-payable = Released to a seller, and not paid out yet
account-l-seller-reserve = Released, and kept back for a while
account-l-seller-at-provider = The other side of what sellers have at a provider
account-l-payout-in-transit = Sent to a seller’s bank by the provider
account-l-dispute-reserve = Taken back from a seller until a chargeback is decided
account-l-deposit = The safety of one side of a swap
account-l-refund-in-transit = A refund on its way
account-l-buyer-due = Owed to a buyer another way
account-l-tax = Collected for a tax office
account-l-suspense = Lines of a statement that nobody explained yet
account-r-commission = What sellers pay for selling
account-r-buyer-fee = What buyers pay for their protection
account-r-barter-fee = What a swap costs
account-r-fx-gain = Won by rates of currencies
account-x-provider-fees = What payment providers keep
account-x-dispute-fees = What providers take for a chargeback
account-x-chargeback-losses = Chargebacks that were lost
account-x-payout-fees = What providers take for a payout
account-x-bad-debt = Debts that were given up
account-x-goodwill = Given to make good
account-x-fx-loss = Lost by rates of currencies
account-e-fx-position = Open between two currencies

## Money on its way, cover, seal

admin-transit = On its way
admin-transit-lead = Money that should move on, whether providers hold what is owed, and whether the books were touched.
transit-age = For
transit-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
transit-days-late =
    { $age }, late after { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
transit-late = Late
transit-after =
    { $days ->
        [one] after { $days } day
       *[other] after { $days } days
    }
transit-late-accounts =
    { $count ->
        [one] one account
       *[other] { $count } accounts
    }
transit-none = No money is on its way.
admin-rates = Rates between currencies
admin-rates-off = of { $day }; newer ones are not fetched (rates.enabled)
admin-rates-late = of { $day }; newer ones do not come
cover = Cover
cover-text = What providers and card networks hold, less what is owed to buyers, sellers and tax offices. As much as a provider’s fees of orders that are not done may lack meanwhile: it is earned when they are. If more lacks, a ticket says so.
cover-table = Cover in each currency
cover-in = Cover in { $currency }
cover-missing = { $money } is missing
cover-held = Held
cover-owed = Owed
cover-margin = Left
cover-ahead = May lack meanwhile
cover-takeable = May be taken
seal = Seal
seal-text = Every minute the finished entries are sealed, and every hour the newest seal is kept outside of the database.
seal-head = Newest seal
seal-waiting = Entries that wait for their seal
seal-anchor = Kept outside
seal-none = None yet
seal-verdict = Compared
seal-holds = The chain is the one that was kept
seal-fails = The chain is not the one that was kept

## What a seller is owed

statement-of = Statement of { $name }
statement-lead = What the marketplace owed this seller in one month: what is payable and kept back, less what they owe.
statement-month = Month
statement-month-hint = Such as 2026-03
statement-opening = Before the month
statement-closing = After the month
statement-lines = Changes
statement-none = Nothing changed in this month.
statement-csv = Get it as a table (CSV)
wrong-month = Write the month as 2026-03.

goodwill = Make good
goodwill-lead = Give something out of the company’s own money, beside what the order gives. It takes nothing from the other side.
goodwill-to = Who gets it
goodwill-to-buyer = The buyer
goodwill-to-buyer-note = You pay it from the company’s bank, by hand: it is booked as paid now, and nothing is sent from here.
goodwill-to-seller = The seller
goodwill-to-seller-note = It goes to them with their next payout. Once for each order.
goodwill-money = Amount
goodwill-money-hint = At most { $most } for one order, all together: what it cost.
goodwill-reference-hint = For a buyer: what stands on the transfer. Letters, digits, dashes and dots.
goodwill-give = Give it
goodwill-given = It is given, and booked.
act-goodwill = Make good with the company’s money
refused-goodwill-unpaid = Nobody has paid for this order: there is nothing to make good.
refused-goodwill-given = The seller has got something like this for the order already.

# Refunds that did not reach their buyer.
refunds-title = Refunds that need somebody
refunds-lead = The buyer does not have this money yet. Send it to a bank account of theirs, or pay it yourself and write down how.
refunds-none = No refund of this order needs you.
refund-which = Refund
refund-option = { $amount }, { $state }
refund-state-needs-attention = the card or account that paid takes nothing back
refund-state-failed = failed
refund-state-bounced = the buyer’s bank sent it back
refund-bank-missing = The buyer has not named a bank account that the payment company sends refunds to. Ask them to name one under “Where your money goes”.
refund-bank-button = Send it to the buyer’s bank account
refund-bank-done = It is being sent to the buyer’s bank account.
refund-hand-button = I have paid it by hand
refund-hand-done = The refund is ended as paid by hand.
act-pay-refund-by-hand = End a refund as paid by hand
act-send-refund-to-bank = Send a refund to the buyer’s bank account
refused-refund-own = This is your own order. Ask a colleague.
refused-refund-no-bank = The buyer has no such bank account, or uses another one by now. Look again.
refused-refund-goes-on = The payment company goes on with this refund by itself. Look again later.
refused-refund-not-owed = The buyer has this money already.
