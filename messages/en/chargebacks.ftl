# What buyers ask their banks, and what is answered.

## Why, in the networks’ words

chargeback-reason-general = something that the bank does not say more exactly
chargeback-reason-fraudulent = somebody else paid with the card
chargeback-reason-fraud = somebody else paid with the card
chargeback-reason-unrecognized = the buyer does not know the payment
chargeback-reason-product-not-received = the goods did not arrive
chargeback-reason-product-unacceptable = the goods were not as described
chargeback-reason-duplicate = it was paid twice
chargeback-reason-credit-not-processed = a refund that was promised did not come
chargeback-reason-subscription-canceled = it was called off before
chargeback-reason-customer-initiated = the buyer asked the bank for it
chargeback-reason-bank-cannot-process = the bank could not carry the payment out
chargeback-reason-debit-not-authorized = the account was charged without permission
chargeback-reason-insufficient-funds = there was not enough money on the account
chargeback-reason-incorrect-account-details = the details of the account were wrong
chargeback-reason-noncompliant = the payment broke a rule of the card network
chargeback-reason-chargeback = the buyer wants the payment back

## Where one is

chargeback-state-inquiry = The bank asks
chargeback-state-needs-response = Waits for our answer
chargeback-state-sending = Is being answered
chargeback-state-under-review = The bank decides
chargeback-state-inquiry-closed = Closed without a claim
chargeback-state-prevented = Settled before it began
chargeback-state-won = Won
chargeback-state-lost = Lost

chargeback-done-inquiry = The bank asked about the payment
chargeback-done-inquiry-answered = The bank has our answer
chargeback-done-answer-inquiry = Staff answered the bank
chargeback-done-inquiry-due = The bank was answered by itself
chargeback-done-inquiry-refused = The provider did not accept the answer
chargeback-done-inquiry-closed = The bank closed it without a claim
chargeback-done-refund-inquiry = Staff refunded the buyer
chargeback-done-opened = The bank took the money
chargeback-done-escalated = The question became a claim, and the bank took the money
chargeback-done-opened-after-all = The bank took the money after all
chargeback-done-submit = Staff sent the evidence
chargeback-done-auto-submit = The evidence was sent by itself
chargeback-done-accept = Staff accepted it
chargeback-done-resend = The answer was sent again
chargeback-done-refused = The provider did not accept the answer
chargeback-done-sent = The bank has the answer
chargeback-done-review = The bank looks at it
chargeback-done-review-late = The bank has not decided for a long time
chargeback-done-won = The bank decided for the seller
chargeback-done-lost = The bank decided for the buyer
chargeback-done-never-opened = It was settled before it began
chargeback-done-prevented = It was settled

order-done-refund-inquiry = The buyer’s bank asked about the payment, and our team refunded it.

## What the bank is shown

evidence-field-product-description = What was bought
evidence-field-customer-name = Name of the recipient
evidence-field-shipping-address = Where it was sent
evidence-field-shipping-carrier = Parcel service
evidence-field-shipping-tracking-number = Parcel number
evidence-field-shipping-date = Day of sending
evidence-field-service-date = Day of the handover
evidence-field-access-activity-log = When the buyer signed in
evidence-field-refund-refusal-explanation = Why there is no refund
evidence-field-uncategorized-text = What happened, and what both sides said

evidence-side-buyer = the buyer
evidence-side-seller = the seller
evidence-side-staff = the marketplace
evidence-order = Order { $number }: { $items }. Total: { $total }
evidence-history = What happened to order { $number } (times in UTC):
evidence-signed-in = The buyer signed in to the account on: { $days }

## Mails to sellers: $name, $number, $amount, $cost, $reason

mail-chargeback-asked-subject = Order { $number }: the buyer’s bank asks a question
mail-chargeback-asked-body =
    Hello { $name }, the bank of who bought order { $number } asks us about the payment of { $amount }: { $reason }.

    No money has moved, and we answer for you. Until the bank is satisfied, the money of this order stays where it is. If you have something that helps, such as a proof of posting, write to us.
mail-chargeback-opened-subject = Order { $number }: the buyer’s bank wants the payment back
mail-chargeback-opened-body =
    Hello { $name }, the bank of who bought order { $number } has taken { $amount } back: { $reason }.

    We contest it with what we know of the order. Until the bank has decided, which can take two or three months, your part of it stands aside: { $cost }. If you have something that helps, such as a proof of posting, write to us soon.
mail-chargeback-answered-subject = Order { $number }: we have answered the bank
mail-chargeback-answered-body =
    Hello { $name }, we have shown the bank what we know of order { $number }: what was sold, when and how it was sent, when it arrived, and what both sides said.

    The bank decides now. We tell you when it has.
mail-chargeback-won-subject = Order { $number }: the bank has decided for you
mail-chargeback-won-body =
    Hello { $name }, good news: the bank leaves the payment for order { $number } as it is. What stood aside for it is yours again and goes to you with your next payout.
mail-chargeback-closed-subject = Order { $number }: the bank asks no more
mail-chargeback-closed-body =
    Hello { $name }, the bank has no more questions about order { $number }. Everything goes on as usual.
mail-chargeback-refunded-subject = Order { $number }: the buyer gets the money back
mail-chargeback-refunded-body =
    Hello { $name }, the buyer’s bank asked about order { $number }, and our team has decided to give the money back before the bank takes it, which would have cost more.
mail-chargeback-called-off-subject = Order { $number }: please do not send it
mail-chargeback-called-off-body =
    Hello { $name }, we have cancelled order { $number } and given the money back, because its payment was not as it should be. You have done nothing wrong, and it costs you nothing.

    Please do not send anything: it is for sale again. If it is on its way already, write to us at once.
mail-chargeback-lost-subject = Order { $number }: the bank has decided for the buyer
mail-chargeback-lost-body =
    Hello { $name }, the bank has decided for who bought order { $number }, and has given them { $amount } back. We have shown it all that we know; its decision is final.

    Of this, { $cost } is your part. What you had been paid already is kept from your next sales. The bank’s fee is ours.

## Mails to staff: $name, $amount, $when

mail-chargeback-button = Open the chargeback
mail-chargeback-due-subject = A buyer’s bank waits for an answer
mail-chargeback-due-body = Hello { $name }, a bank wants { $amount } back or asks about it. Its deadline: { $when }. The evidence is drafted; look at it and send it. A day before the deadline it is sent as it is.
mail-chargeback-auto-subject = A bank was answered by itself
mail-chargeback-auto-body = Hello { $name }, nobody has answered the bank about { $amount }, so what was drafted has been sent. Its deadline: { $when }.
chargeback-no-deadline = none was named

## The desk

admin-chargebacks = Chargebacks
admin-chargebacks-lead = What buyers’ banks ask, and what they want back. The evidence is sent by itself a day before the deadline.
admin-chargebacks-open = Open
admin-chargebacks-over = Over
admin-chargebacks-none = Nothing here
admin-chargebacks-none-text = No bank asks for anything.
admin-chargebacks-table = Chargebacks
admin-chargeback = Chargeback
admin-chargeback-lead = What the bank says, what it is shown, and what became of it.
admin-chargeback-reason = Reason
admin-chargeback-amount = Amount
admin-chargeback-fee = The bank’s fee
admin-chargeback-state = State
admin-chargeback-due = Answer until
admin-chargeback-opened = Since
admin-chargeback-orders = Orders
admin-chargeback-share = Its part
admin-chargeback-aside = Set aside from the seller
admin-chargeback-provider = At the provider
admin-chargeback-history = What happened
admin-chargeback-evidence = What the bank is shown
admin-chargeback-evidence-hint = In English, in whole sentences, and only what the bank needs. It is sent once: nothing can be added afterwards.
admin-chargeback-evidence-sent = This was sent.
admin-chargeback-save = Save the draft
admin-chargeback-saved = The draft is saved.
admin-chargeback-send = Send it to the bank
admin-chargeback-sent = It is on its way to the bank.
admin-chargeback-by-itself = If nobody does anything, it is sent as it is on { $when }.
admin-chargeback-give-in = Other ways
admin-chargeback-accept = Accept: the buyer is right
admin-chargeback-accept-text = The money is lost, and the seller bears their part of it. This cannot be taken back.
admin-chargeback-accepted = The provider is told that we accept it.
admin-chargeback-refund = Refund the buyer
admin-chargeback-refund-text = Everything of this payment goes back to the buyer before the bank takes it, which saves the bank’s fee.
admin-chargeback-refunded = The buyer gets everything back.
admin-chargeback-own = You are a side of this deal: it is not for you.

act-accept-chargeback = Accept a chargeback
act-refund-inquiry = Refund what a bank asks about

refused-chargeback-own = You bought or sold what this is about. Leave it to a colleague.
refused-chargeback-step = It has moved on meanwhile. Look at it again.
refused-chargeback-answered = It has been answered already; nothing can be changed any more.
refused-chargeback-no-evidence = Write at least one piece of evidence first.
refused-chargeback-part = The bank asks about a part of the payment only. Refund the order itself instead.
refused-chargeback-order-elsewhere = An order of this payment cannot be refunded from where it is now. Decide about that order first.

## On the page of an order: $amount

order-bank-asks-buyer = Your bank has asked us about this payment. Until it is satisfied, the money stays where it is.
order-bank-asks-seller = The buyer’s bank has asked us about this payment. We answer it; until then the money stays where it is.
order-bank-asks-staff = The buyer’s bank asks about { $amount } of this payment.
order-bank-took-buyer = You have asked your bank for { $amount } of this payment. It decides, which can take months; until then we pay nothing back ourselves.
order-bank-took-seller = The buyer’s bank has taken { $amount } of this payment back. We contest it; until the bank has decided, the money stays where it is.
order-bank-took-staff = The buyer’s bank has taken { $amount } of this payment back, and has not decided yet.
order-bank-left-buyer = Your bank has left the payment as it was.
order-bank-left-seller = The buyer’s bank asked about this payment and left it as it was.
order-bank-left-staff = The buyer’s bank has left the payment as it was.
order-bank-gave-buyer = Your bank has given you { $amount } back.
order-bank-gave-seller = The buyer’s bank has given the buyer { $amount } back. Its decision is final.
order-bank-gave-staff = The buyer’s bank has given the buyer { $amount } back.

leave-disputed = A bank still decides about something that you bought or sold. You can leave when it has.
