# Mails about orders. Every one may use $name, $number, $what, $amount and $when.
letter-order-button = Open the order

letter-paid-buyer-subject = Order { $number }: payment received
letter-paid-buyer-body = Hello { $name }, your payment of { $amount } for { $what } has arrived. It is held until you have what you ordered. If the seller does nothing by { $when }, you get it back.
letter-paid-seller-subject = You sold { $what }
letter-paid-seller-body = Hello { $name }, { $what } is sold, and the buyer's money is held. Hand it over by { $when }, else the order is cancelled and refunded. You will get { $amount } when the buyer has confirmed.
letter-shipped-subject = Order { $number } is on its way
letter-shipped-body = Hello { $name }, { $what } has been sent. When it has arrived, please look at it and confirm. The seller gets the money only then.
letter-delivered-subject = Order { $number } was delivered
letter-delivered-body = Hello { $name }, { $what } was delivered. Please look at it and confirm, or report a problem by { $when }. If you do nothing until then, the seller gets the money.
letter-completed-buyer-subject = Order { $number } is complete
letter-completed-buyer-body = Hello { $name }, your order of { $what } is complete. Enjoy it.
letter-completed-seller-subject = { $amount } was released to you
letter-completed-seller-body = Hello { $name }, the order { $number } for { $what } is complete, and { $amount } was credited to your balance.
letter-claim-seller-subject = A problem with order { $number }
letter-claim-seller-body = Hello { $name }, the buyer reports a problem with { $what }. The money stays held. Please answer by { $when }; after that our team decides.
letter-review-subject = Order { $number } is being reviewed
letter-review-body = Hello { $name }, our team is looking at the order for { $what } and will decide by { $when } at the latest.
letter-refunding-buyer-subject = Your refund for order { $number }
letter-refunding-buyer-body = Hello { $name }, { $amount } for { $what } is on its way back to you. It can take some days until your bank shows it.
letter-refunding-seller-subject = Order { $number } is refunded
letter-refunding-seller-body = Hello { $name }, the order for { $what } was cancelled or decided for the buyer, and the buyer gets the money back.
letter-refunded-subject = Order { $number }: the refund was paid
letter-refunded-body = Hello { $name }, the refund of { $amount } for { $what } has been paid.
letter-expired-subject = Order { $number } was not paid in time
letter-expired-body = Hello { $name }, we have not received a payment for { $what }, so the order is closed and nothing was charged. You can order it again while it is there.

letter-operator-subject = Order { $number } needs you
letter-operator-body = The order { $number } is in the state “{ $state }” and waits for a decision of our team.
