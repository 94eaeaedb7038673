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
order-ask-escalate = Our team reads what both of you said and decides within 30 days. The money stays held.
order-ask-escalate-by-seller = Our team reads what both of you said and decides within 30 days. The money stays held.
order-ask-decide-refund = The buyer gets { $total } back. Both sides are told. This cannot be taken back.
order-ask-decide-release = The seller gets { $part }. Both sides are told. This cannot be taken back.
order-ask-retry-refund = The payment provider is asked once more to pay { $total } back.
order-ask-refund-other-way = Only when { $total } has really reached the buyer in another way. It is booked as paid.

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
