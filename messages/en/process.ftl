### What the order process is called in words. One message for each state, and for each
### transition: what a person may do, what was done, and what silence will do.

## States

order-state-new = Not placed yet
order-state-pending-payment = Waiting for payment
order-state-payment-processing = Payment being checked
order-state-paid = Paid, waiting to be sent
order-state-shipped = On its way
order-state-delivered = Delivered
order-state-completed = Completed
order-state-claim-open = Problem reported
order-state-claim-review = Being reviewed by our team
order-state-refunding = Refund on its way
order-state-refund-stuck = Refund delayed
order-state-refunded = Refunded
order-state-cancelled = Cancelled
order-state-payment-expired = Not paid in time

## What a person may do

order-do-checkout = Place order
order-do-abandon = Cancel before paying
order-do-ship = Mark as sent
order-do-hand-over = I have received it in person
order-do-cancel-by-buyer = Cancel and get a refund
order-do-cancel-by-seller = Cancel the sale and refund
order-do-cancel-by-operator = Cancel the order and refund
order-do-seller-marks-delivered = Mark as delivered
order-do-confirm-early = I have received it, all is well
order-do-report-not-received = Report that it has not arrived
order-do-confirm = All is well, pay the seller
order-do-open-claim = Report a problem
order-do-seller-refunds = Refund the buyer
order-do-withdraw-claim = Problem solved, pay the seller
order-do-escalate = Ask our team to decide
order-do-escalate-by-seller = Ask our team to decide
order-do-decide-refund = Decide for the buyer: refund
order-do-decide-release = Decide for the seller: release
order-do-retry-refund = Try the refund again
order-do-refund-other-way = Record that the refund was paid in another way

## What was done

order-done-checkout = The order was placed.
order-done-payment-succeeded = The payment arrived. The payment provider holds it.
order-done-payment-processing = The payment was started and is being checked.
order-done-payment-failed = The payment was declined. Another way to pay can be tried until the deadline.
order-done-abandon = The buyer cancelled before paying.
order-done-expire-payment = The order was not paid in time and was closed.
order-done-payment-succeeded-late = The payment was confirmed. The payment provider holds it.
order-done-payment-failed-async = The payment failed and the order was cancelled.
order-done-expire-processing = The payment was not confirmed in time and the order was closed.
order-done-orphan-payment = A payment arrived after the order was closed. It is being refunded.
order-done-orphan-payment-cancelled = A payment arrived after the order was cancelled. It is being refunded.
order-done-ship = The seller sent the goods.
order-done-hand-over = The buyer received the goods in person. The seller gets the money.
order-done-cancel-by-buyer = The buyer cancelled the order. The payment is being refunded.
order-done-cancel-by-seller = The seller cancelled the order. The payment is being refunded.
order-done-cancel-by-operator = Our team cancelled the order. The payment is being refunded.
order-done-auto-cancel-unshipped = The seller did not send the goods in time. The payment is being refunded.
order-done-carrier-delivered = The parcel service delivered the goods.
order-done-seller-marks-delivered = The seller marked the goods as delivered.
order-done-confirm-early = The buyer received the goods. The seller gets the money.
order-done-report-not-received = The buyer reported that the goods have not arrived.
order-done-lost-in-transit = The goods were on their way for too long. A problem was opened.
order-done-confirm = The buyer confirmed that all is well. The seller gets the money.
order-done-open-claim = The buyer reported a problem. The money stays held.
order-done-auto-complete = No problem was reported in time. The seller gets the money.
order-done-seller-refunds = The seller agreed to a refund.
order-done-withdraw-claim = The buyer said that the problem is solved. The seller gets the money.
order-done-escalate = The buyer asked our team to decide.
order-done-escalate-by-seller = The seller asked our team to decide.
order-done-escalate-timeout = The problem was not solved in time and went to our team.
order-done-decide-refund = Our team decided on a refund.
order-done-decide-release = Our team decided that the seller gets the money.
order-done-review-timeout = Our team did not decide in time. The payment is being refunded.
order-done-refund-settled = The refund was paid.
order-done-refund-failed = The payment provider could not pay the refund. Our team was told.
order-done-refund-timeout = The refund took too long. Our team was told.
order-done-refund-settled-late = The delayed refund was paid.
order-done-retry-refund = Our team started the refund again.
order-done-refund-other-way = Our team paid the refund in another way.
order-done-refund-stuck-page = Our team was reminded of the delayed refund.

## What silence will do. $when is a date and time, already in words.

order-silence-expire-payment = If the order is not paid by { $when }, it is closed and the goods are on sale again.
order-silence-expire-processing = If the payment is not confirmed by { $when }, the order is closed and the goods are on sale again.
order-silence-auto-cancel-unshipped = If the seller has not sent the goods by { $when }, the order is cancelled and the buyer gets a refund.
order-silence-lost-in-transit = If nobody reports that the goods have arrived by { $when }, a problem is opened and the money stays held.
order-silence-auto-complete = If no problem is reported by { $when }, the order is completed and the seller gets the money.
order-silence-escalate-timeout = If the problem is not solved by { $when }, it goes to our team.
order-silence-review-timeout = If our team has not decided by { $when }, the buyer gets a refund.
order-silence-refund-timeout = If the refund is not paid by { $when }, our team looks into it.
order-silence-refund-stuck-page = If the refund is not paid by { $when }, our team is reminded again.
