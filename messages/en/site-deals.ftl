# Carts, paying, orders, and the pages for staff.

## The cart

cart-title = Cart
cart-summary = Summary
cart-empty-title = Your cart is empty
cart-empty-text = Put in what you like. It waits here, and nothing is bought until you pay.
cart-empty-action = Find something
cart-added = Added to your cart.
cart-removed = “{ $title }” is no longer in your cart.
cart-remove = Remove
cart-remove-title = Remove { $title }
cart-fewer = One fewer: { $title }
cart-more = One more: { $title }
cart-each = { $price } each
cart-some-away =
    { $n ->
        [one] One thing in your cart cannot be bought right now. It stays in the cart when you check out.
       *[other] { $n } things in your cart cannot be bought right now. They stay in the cart when you check out.
    }
cart-line-gone = This is not on sale any more.
cart-line-sold = This has been sold. Remove it, or look for another one.
cart-line-trade = The seller now takes only things in trade for this, no money.
cart-line-reserved = Somebody is paying for this right now. If they do not finish, it is free again within half an hour.
cart-line-fewer =
    { $n ->
        [one] Only { $n } is left. Choose fewer to buy it.
       *[other] Only { $n } are left. Choose fewer to buy them.
    }
cart-line-paused = The seller has taken this off sale for now. Wait, or remove it.
cart-nothing-there = Nothing in your cart can be bought right now. Each thing says why.
cart-subtotal = Subtotal
cart-items =
    { $n ->
        [one] { $n } item
       *[other] { $n } items
    }
cart-postage = Postage
cart-postage-later = You choose next
cart-postage-meet = You meet in person
cart-parcels =
    { $n ->
        [one] { $n } parcel
       *[other] { $n } parcels
    }
cart-protection = Buyer protection
cart-fee = { $percent } % and { $fixed } for each seller
cart-total = Total
cart-currencies = These things are priced in different currencies, so you pay for each currency on its own.
cart-in-currency = In { $currency }
cart-checkout = Checkout
cart-checkout-in = Check out in { $currency }
cart-sign-in-later = You sign in or open an account on the way. Your cart comes with you.
cart-protection-title = Buyer protection.
cart-protection-text = Your money is held until you say that all is well. If it does not arrive or is not as described, you get it back.

## Checkout

checkout-title = Checkout
checkout-step-cart = Cart
checkout-step-delivery = Delivery
checkout-step-payment = Payment
checkout-back = Back to the cart
checkout-how = Delivery
checkout-where = Where to
checkout-where-hint = Needed only if it is sent.
checkout-delivery = How do you get it?
checkout-note-ship = Each seller sends a parcel of their own to your address.
checkout-note-meet = You meet the seller, look at it and take it with you.
checkout-free = Free
checkout-tax-ship = Tax if it is sent
checkout-tax-meet = Tax if you meet
checkout-total-ship = Total if it is sent
checkout-total-meet = Total if you meet
checkout-go = Continue to payment
checkout-then = Nothing is charged yet. The things are kept for you for 30 minutes while you pay.
checkout-left-out = These stay in your cart, because they cannot be bought right now:
checkout-changed = Something has changed since you opened this page: a price, or what is still there. Look at it again, then go on.
checkout-verify-title = Confirm your e-mail address first.
checkout-verify-text = We have sent you a link. Open it, then come back; your cart waits.
checkout-verify-again = Send the link again
checkout-currencies-title = Which first?
checkout-currencies-text = Your cart holds things in different currencies. A payment has one currency, so choose which part you buy first. The rest stays in the cart.
checkout-part-currency = { $currency }: { $sum }
checkout-ways-title = Sent, or handed over?
checkout-ways-text = Some of these things are only sent, others are only handed over in person. Buy them one after the other. The rest stays in the cart.
checkout-part-ship = What can be sent
checkout-part-meet = What can be handed over
checkout-part-go = Check out these
refused-checkout-running = This order is being placed right now. Look at your orders in a moment.

address-name = Full name
address-line1 = Street and number
address-line2 = Flat, floor, company
address-postcode = Postcode
address-town = Town
address-region = State or region
address-region-hint = Needed in the United States: two letters, such as CA.
address-country = Country
address-country-empty = Choose a country

## Paying

pay-title = Pay by card
pay-to-pay = To pay
pay-within = Pay by
pay-after-that = After that the order is closed and the things are on sale again.
pay-card-number = Card number
pay-card-number-hint = It is not stored, and not shown again.
pay-card-expiry = Valid until
pay-card-expiry-hint = MM/YY
pay-card-cvc = Security code
pay-card-cvc-hint = 3 or 4 digits
pay-now = Pay { $amount }
pay-what-for = What you pay for
pay-cancel = I do not want to buy this
pay-cancel-text = The order is closed and nothing is charged. What is still there goes back into your cart.
pay-cancel-button = Cancel the order
pay-cancelled = The order is cancelled and nothing was charged. The things are in your cart again.
pay-wait-title = Your payment is on its way
pay-wait-text = Your bank takes a moment. You may close this page: the order is safe, and we write to you.
pay-wait-over = Go on to see where it stands.
pay-check-again = Check again
pay-go-on = Go on
pay-failed-title = The payment did not go through
pay-done-title = Thank you, it is paid
pay-done-text = { $amount } has arrived. The payment provider holds it until you have what you ordered.
pay-done-ship = The seller was told and sends it within five days, or you get your money back. When it has arrived, look at it and say that all is well.
pay-done-meet = The seller was told. Say that all is well when you have met and hold it in your hands, not before. Only then does the seller get the money.
pay-done-order = See your order
pay-done-all = See your orders
pay-done-home = Look around
pay-late-title = The time to pay is over
pay-late-text = The order was not paid in time and is closed. You can order the things again while they are there.
pay-closed-title = This payment is closed
pay-closed-text = The order was cancelled, so there is nothing to pay.
pay-nothing-charged = Nothing was charged.
pay-there-title = Pay on the payment company's page
pay-there-text = You leave this marketplace and pay on the page of the company that holds the money. After that you come back here.
pay-there = Go there and pay { $amount }
pay-field-text = What you type in here goes straight to the company that holds the money. We never see your card.
pay-field-failed = The field for your card could not be loaded. Reload the page, or try another network.
pay-field-busy = One moment …
pay-no-script-title = This page needs JavaScript
pay-no-script-text = The field for your card is the payment company's and does not work without JavaScript. Switch it on for this page, or cancel the order below; nothing was charged.
pay-away-title = Paying is not possible right now
pay-away-text = The payment company does not answer. Reload this page in a minute; nothing was charged.

bank-name = Sandbox Bank
bank-test = Test
bank-title = Confirm your payment
bank-shop = Shop
bank-amount = Amount
bank-date = Date
bank-text = Here your bank would ask whether it is really you. In the sandbox you choose the answer.
bank-approve = Approve
bank-refuse = Decline

cards-title = Test cards
cards-lead = Payments are simulated here: no money moves, and real cards are not taken.
cards-number = Number
cards-does = What it does
cards-how = How to use them
cards-how-text = Put something into your cart, check out, and type one of these numbers. Any month to come and any security code will do: 3 digits, or 4 for the number that begins with 3.
cards-bank = What is simulated
cards-bank-text = The sandbox behaves as a real payment provider does: it holds the money, asks the bank’s question, takes its time, declines, fails, pays back, and reports what happened by webhook.

## Orders

orders-title-buying = Your purchases
orders-title-selling = Your sales
orders-sides = Orders
orders-buying = Buying
orders-selling = Selling
orders-none-bought = No purchases yet
orders-none-bought-text = What you buy shows up here, with every step and every deadline.
orders-none-bought-action = Find something
orders-none-sold = No sales yet
orders-none-sold-text = When somebody buys from you, it shows up here, with what to do and until when.
orders-none-sold-action = Sell something
orders-your-turn = Your turn, until { $when }
orders-deadline = Next deadline: { $when }

order-number = Order { $number }
order-title-more =
    { $more ->
        [one] { $title } and one more
       *[other] { $title } and { $more } more
    }
order-pieces =
    { $n ->
        [one] { $n } piece
       *[other] { $n } pieces
    }
order-placed = Placed
order-when = { $date } ({ $span })
order-until = until { $when }
order-timeline = What happens when
order-details = Details
order-things = What was bought
order-items = Items
order-you-pay = You pay
order-you-get = You get
order-total-buyer = The buyer pays
order-total-seller = The seller gets
order-commission = Commission
order-delivery = Delivery
order-meet-text = You meet in person. No cash: you pay here, and the money is held until the buyer says here that all is well.
order-carrier = Parcel service
order-carrier-hint = Such as DHL, La Poste or UPS.
order-tracking = Tracking number
order-problem = What is wrong?
order-problem-hint = Say what you expected and what you got. The seller reads it, and our team if you cannot agree.
order-problem-title = The reported problem
order-buyer = Buyer
order-seller = Seller
order-pay = Pay { $amount }
order-moved-on = The order has moved on in the meantime, so that was not done. This is where it stands now.

order-paid-meet = Paid, waiting to be handed over
order-silence-unmet = If the buyer has not said by { $when } that they received it, the order is cancelled and the buyer gets a refund.
order-done-unmet = The goods were not handed over in time. The payment is being refunded.

order-next = What happens next
order-turn-pending-payment-buyer = Your turn: pay
order-turn-paid-seller = Your turn: send it
order-turn-paid-buyer = The seller sends it
order-turn-paid-staff = The seller sends it
order-turn-meet = Your turn: meet, look at it, and say so
order-turn-meet-seller = Meet the buyer and hand it over
order-turn-shipped-buyer = When it has arrived
order-turn-shipped-seller = It is on its way to the buyer
order-turn-delivered-buyer = Your turn: is all well?
order-turn-delivered-seller = The buyer looks at it
order-turn-claim-open-seller = Your turn: answer the problem
order-turn-claim-open-buyer = The seller answers you
order-turn-claim-review-staff = Your turn: decide
order-turn-claim-review-buyer = Our team decides
order-turn-claim-review-seller = Our team decides
order-turn-refund-stuck-staff = Your turn: get the refund paid
order-turn-partial-stuck-staff = Your turn: get the refund paid
order-turn-return-requested-seller = Your turn: the buyer wants to send it back
order-turn-return-requested-buyer = The seller answers you
order-turn-return-approved-buyer = Your turn: send it back
order-turn-return-approved-seller = The buyer sends it back
order-turn-return-shipped-seller = When it is back
order-turn-return-shipped-buyer = It is on its way back
order-turn-return-inspection-seller = Your turn: is all well with it?
order-turn-return-inspection-buyer = The seller looks at it
order-turn-replacement-due-seller = Your turn: send a replacement
order-turn-replacement-due-buyer = The seller sends a replacement
order-turn-replacement-sent-buyer = When the replacement has arrived
order-turn-replacement-sent-seller = The replacement is on its way
order-turn-ruled-refund-seller = Decided: accept it, or ask another reviewer
order-turn-ruled-refund-buyer = Decided for you
order-turn-ruled-release-buyer = Decided: accept it, or ask another reviewer
order-turn-ruled-release-seller = Decided for you
order-turn-ruled-partial-buyer = Decided: you can ask another reviewer
order-turn-ruled-partial-seller = Decided: you can ask another reviewer
order-turn-appeal-refund-staff = Appeal: decide once more
order-turn-appeal-release-staff = Appeal: decide once more
order-turn-appeal-partial-staff = Appeal: decide once more
order-turn-completed-seller = What you can still do
order-turn-completed-staff = What can still be done
order-turn-completed-partial-seller = What you can still do
order-turn-completed-partial-staff = What can still be done

order-case-kind = What is wrong?
order-case-wants = What would you like?
order-part-back = What goes back to the buyer
order-part-back-hint = At most { $most }: what the goods and their postage cost.
order-reasons = Why, for both sides
order-reasons-hint = Both sides read it with the decision. What you decided from, and why. Its beginning stands in the audit log, too.
order-paid-from = Paid by hand from
order-paid-from-none = Not paid by hand
order-paid-from-hint = Only for recording what you have paid in another way. The provider’s statement shows what was paid on its own pages; what the company’s bank paid, it does not.
order-reference = Name of that payment
order-reference-hint = On the provider’s pages, its name there (re_…, TRF_…); from the bank, what you wrote on the transfer. Letters, digits, dashes and dots.
paid-from-provider = The provider’s own pages
paid-from-bank = The company’s bank
reference-failed = This is the refund that failed. Name the payment that reached the buyer.
order-tax = Tax
order-tax-included = Tax within the price
order-back-to-you = Back to you
order-back-to-buyer = Back to the buyer
order-taken-by-bank = Taken back by the buyer’s bank
order-released-to-you = Released to you
order-released-to-seller = Released to the seller
order-held-title = The money stays where it is for now
order-held-until = At the latest until { $when }.

order-ask-abandon = The order is closed and nothing is charged. All orders of the same payment are closed with it.
order-ask-ship = Say so only when the parcel is handed in. With the tracking number the buyer can follow it.
order-ask-hand-over = Say so only when you hold it in your hands and all is well. The seller then gets { $part }, and that cannot be taken back.
order-ask-cancel-by-buyer = The seller is told, and { $total } goes back to you. This cannot be taken back.
order-ask-cancel-by-seller = The buyer gets { $total } back, and you get nothing for this order. The listing stays off sale until you put it back. This cannot be taken back.
order-ask-cancel-by-operator = The buyer gets { $total } back and the pieces are on sale again. Both sides are told. This cannot be taken back.
order-ask-seller-marks-delivered = The buyer is told and then has 14 days to look at it.
order-ask-confirm-early = Look at it first. The seller then gets { $part }, and that cannot be taken back.
order-ask-confirm = The seller then gets { $part }, and that cannot be taken back.
order-ask-report-not-received = The money stays held while you and the seller find out where it is.
order-ask-open-claim = The money stays held, and the seller is told.
order-ask-seller-refunds = The buyer gets { $total } back, and the order ends. This cannot be taken back.
order-ask-withdraw-claim = The problem is closed and the seller gets { $part }. This cannot be taken back.
order-ask-escalate = Our team reads what both of you said and decides. The money stays held.
order-ask-escalate-by-seller = Our team reads what both of you said and decides. The money stays held.
order-ask-decide-refund = The buyer gets { $total } back. Both sides are told. This cannot be taken back.
order-ask-decide-release = The seller gets { $part }. Both sides are told. This cannot be taken back.
order-ask-retry-refund = The payment provider is asked once more to pay { $total } back.
order-ask-refund-other-way = Only when { $total } has really reached the buyer in another way. It is booked as paid.
order-ask-request-return = The seller is asked to take it back for a refund. The money stays held until both of you are through with it.
order-ask-accept-return = The buyer sends it back at their own cost, unless you agree otherwise, and gets { $total } when you have it back.
order-ask-refuse-return = The two of you talk about it, and our team decides if you do not agree. The money stays held.
order-ask-return-ship = Say so only when the parcel is handed in. With the tracking number the seller can follow it.
order-ask-withdraw-return = You keep it and the seller gets { $part }. This cannot be taken back.
order-ask-return-received = You then have 3 days to look at it.
order-ask-accept-returned = The buyer gets { $total } back, and the pieces are on sale again. This cannot be taken back.
order-ask-contest-returned = Say in the case what is wrong, with photos. Our team looks at it and decides. The money stays held.
order-ask-agree-partial = { $back } goes back to you, and the seller gets { $rest }. You keep it. This cannot be taken back.
order-ask-agree-partial-by-seller = { $back } goes back to the buyer, and you get { $rest }. The buyer keeps it. This cannot be taken back.
order-ask-agree-return = You send it back, and get { $total } when the seller has it.
order-ask-agree-return-by-seller = The buyer sends it back, and gets { $total } when you have it.
order-ask-agree-replacement = The seller sends another one within 5 days. The money stays held.
order-ask-agree-replacement-by-seller = You send another one within 5 days. The money stays held until it has arrived.
order-ask-send-replacement = Say so only when the parcel is handed in. With the tracking number the buyer can follow it.
order-ask-confirm-replacement = The seller then gets { $part }, and that cannot be taken back.
order-ask-contest-replacement = Say in the case what is wrong, with photos. Our team looks at it and decides. The money stays held.
order-ask-rule-refund = The buyer gets { $total } back, unless the seller asks another reviewer within 3 days.
order-ask-rule-release = The seller gets { $part }, unless the buyer asks another reviewer within 3 days.
order-ask-rule-partial = The part that you name goes back to the buyer, and the seller gets the rest, unless one of them asks another reviewer within 3 days.
order-ask-appeal-by-buyer = Somebody of our team who had nothing to do with it decides once more. That is final.
order-ask-appeal-by-seller = Somebody of our team who had nothing to do with it decides once more. That is final.
order-ask-accept-ruling = The buyer gets { $total } back at once. This cannot be taken back.
order-ask-accept-ruling-by-buyer = The seller gets { $part } at once. This cannot be taken back.
order-ask-finally-refund = The buyer gets { $total } back. This cannot be appealed.
order-ask-finally-release = The seller gets { $part }. This cannot be appealed.
order-ask-finally-partial = The part that you name goes back to the buyer, and the seller gets the rest. This cannot be appealed.
order-ask-retry-partial = The payment provider is asked once more to pay { $back } back.
order-ask-partial-other-way = Only when { $back } has really reached the buyer in another way. It is booked as paid.
order-ask-refund-after-release = The buyer gets { $left } back. It is taken from the seller, and what they do not have any more is their debt. This cannot be taken back.
order-ask-refund-part-after-release = The part goes back to the buyer, and is taken from the seller; what they do not have any more is their debt. This cannot be taken back.
order-ask-goodwill-refund = The buyer gets { $left } back, and you give back what you got. This cannot be taken back.
order-ask-goodwill-part = The part goes back to the buyer, and you give back your share of it. This cannot be taken back.

# Where the money is. $side is who reads: buyer, seller or staff.
order-money-none =
    { $side ->
        [buyer] Nothing has been charged yet.
       *[staff] The buyer has not paid yet.
    }
order-money-checking =
    { $side ->
        [buyer] Your payment of { $total } is being checked.
       *[staff] The buyer’s payment of { $total } is being checked.
    }
order-money-held =
    { $side ->
        [buyer] { $total } is held by the payment provider until you say that all is well.
        [seller] The buyer’s money is held by the payment provider. You get { $part } when the buyer says that all is well.
       *[staff] { $total } is held by the payment provider; { $part } of it is for the seller.
    }
order-money-released =
    { $side ->
        [buyer] Your { $total } was released: the seller has got their part.
        [seller] { $part } was released to you.
       *[staff] { $total } was released: { $part } of it to the seller.
    }
order-money-returning =
    { $side ->
        [buyer] { $total } is on its way back to you.
       *[staff] { $total } is on its way back to the buyer.
    }
order-money-returned =
    { $side ->
        [buyer] { $total } was paid back to you.
       *[staff] { $total } was paid back to the buyer.
    }
order-money-nothing =
    { $side ->
        [buyer] You were charged nothing.
       *[staff] The buyer was charged nothing.
    }
order-money-parting =
    { $side ->
        [buyer] { $back } is on its way back to you; the seller has got the rest.
        [seller] { $back } is on its way back to the buyer; { $rest } was released to you.
       *[staff] { $back } is on its way back to the buyer; { $rest } was released to the seller.
    }
order-money-parted =
    { $side ->
        [buyer] { $back } was paid back to you; the seller has got the rest.
        [seller] { $back } was paid back to the buyer; { $rest } is yours.
       *[staff] { $back } was paid back to the buyer; { $rest } is the seller’s.
    }
order-money-taken =
    { $side ->
        [buyer] Your bank took the payment back.
       *[staff] The buyer’s bank took the payment back.
    }

## The development mailbox

mailbox-title = Mailbox
mailbox-text = Mail that this machine would have sent. Nothing leaves it.
mailbox-list = Mails
mailbox-to = To
mailbox-at = Written
mailbox-filter = Show
mailbox-none = No mail
mailbox-none-text = As soon as something is to be mailed, it appears here.
mailbox-none-to = No mail was written to this address. Empty the field to see all of them.

## For staff

admin-nav = Administration
admin-overview = Overview
admin-overview-lead = What needs a person.
admin-all-well = All is well.
admin-all-well-text = Nothing waits for you.
admin-queue = Work in the background
admin-queue-oldest = The oldest job that is due has waited since:
admin-queue-next = Nothing is late. The next job is due { $span }.
admin-queue-empty = No job waits.

admin-orders = Orders
admin-orders-lead = Find an order by its number or id, and see those that need a decision.
admin-orders-waiting = Orders that need a person
admin-orders-none = No order needs a person right now.
admin-orders-table = These orders, longest waiting first
admin-orders-states = Orders by state
admin-order = Order
admin-order-number = Number or id
admin-order-number-hint = Of an order; or the number of a document, for instance C-2026-000017.
admin-order-find = Open
admin-order-unknown = There is no order with this number or id. Check it; a number has nine letters and digits.
admin-order-state = State
admin-order-since = Since
admin-order-due = Due

admin-jobs = Dead jobs
admin-jobs-lead = Work that was tried many times and given up. Mend the cause, then try again.
admin-jobs-dead = Dead jobs
admin-jobs-none = No dead jobs
admin-jobs-none-text = Everything that had to be done was done.
admin-job-kind = Job
admin-job-dead-at = Given up
admin-job-tries = Tries
admin-job-error = Error
admin-job-why = Why
admin-job-payload = What it was to work on:
admin-job-retry = Try again
admin-job-discard = Discard
admin-job-lead = Read what went wrong. Mend the cause, then try again, or discard it.
admin-job-discard-text = What is discarded will never be done. What hangs on it stays as it is.
admin-job-revived = The job is tried again.
admin-job-discarded = The job was discarded.

admin-payments = Payment events
admin-payments-lead = What payment providers told us, newest first, and what became of it.
admin-events = Events
admin-events-all = All
admin-events-waiting = Not handled yet
admin-events-count = Payment events not handled yet
admin-events-none = No events
admin-events-none-text = Nothing to show here. Events arrive when payments and refunds move.
admin-event-kind = Event
admin-event-provider = Provider
admin-event-id = Its id
admin-event-received = Received
admin-event-state = State
admin-event-waits = Waiting
admin-event-handled = Handled
admin-event-passed-over = Passed over
admin-calls = Calls
admin-calls-lead = What we asked payment providers to do, newest first, and what became of it.
admin-calls-any = Any state
admin-calls-none = No calls
admin-calls-none-text = Nothing to show here. Calls are made when something is paid, paid back or paid out.
admin-call-operation = Call
admin-call-about = Number of what it is about
admin-call-first = First made
admin-call-lead = What was asked, each time that it was sent, and what was answered. Nothing secret is shown.
admin-call-key = Key
admin-call-request = Last request
admin-call-request-id = The provider's number of it
admin-call-unknown-since = Unknown since
admin-call-answered = Answered
admin-call-refused = Refused
admin-call-not-done = Not done yet
admin-call-sending = Being sent
admin-call-unknown = Nobody knows
admin-call-unknown-text = It was sent, and no answer came. It is asked after by itself. If that does not help, look at the provider's own pages and say here what you found.
admin-call-tries = Tries
admin-call-no-tries = It has not ended once yet.
admin-call-sent = Sent
admin-call-outcome = Outcome
admin-call-status = Status
admin-call-asked = What was asked
admin-call-answer = What was answered
admin-call-say = Say what became of it
admin-call-say-lead = Look at the provider's own pages first. Who says that it was not done has it sent once more: money could move twice.
admin-call-reference = The provider's name for it
admin-call-reference-hint = Only if it was done: what the provider calls the refund, the transfer or the payout.
admin-call-was-done = It was done
admin-call-was-not-done = It was not done, send it again
admin-call-said = Noted. The program goes on with it.
admin-event-lead = What came, without what is secret and without what tells of people.
admin-event-happened = Happened
admin-event-account = Account at the provider
admin-event-body = What was said
admin-event-blank = It is older than 400 days, so only its name is left.
admin-event-headers = What came with it
admin-event-replay = Read it again
admin-event-replay-lead = The program reads the event once more, as if it had come now, and asks the provider what is true. It does no harm to do this twice.
admin-event-replayed = Read again
admin-event-replayed-now = It is read again now.

admin-ledger = Ledger
admin-ledger-lead = Every invariant of the books, counted again from their lines.
admin-ledger-check = Check the books now
ledger-ok = The books are right.
ledger-ok-text = Every invariant holds.
ledger-broken = The books are wrong.
ledger-broken-text = At least one invariant is broken. Stop payouts, keep a backup, and look at what contradicts it below.
ledger-entries = Entries
ledger-at = Checked
ledger-checks = Invariants
ledger-holds = Holds
ledger-fails = Broken
ledger-sums = Sums
ledger-sums-table = Sums by currency
ledger-currency = Currency
ledger-assets = At providers
ledger-liabilities = Held or owed
ledger-revenue = Revenue
ledger-expenses = Expenses
ledger-moving = On its way
ledger-moving-table = Money on its way, by account
ledger-account = Account
ledger-since = Since
ledger-amount = Amount
