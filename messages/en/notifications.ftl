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

## Returns, replacements, decisions. Beside those above they may name $back, what went back, and $rest, what the seller got.

letter-return-asked-subject = The buyer wants to send { $what } back
letter-return-asked-body = Hello { $name }, the buyer asks to send { $what } back for a refund. The money stays held. Please answer by { $when }; if you do not, the return is agreed.
letter-return-refused-subject = The seller does not want { $what } back
letter-return-refused-body = Hello { $name }, the seller refused the return of { $what }. The money stays held. Talk about it on the order's page by { $when }; after that our team decides.
letter-return-approved-subject = You can send { $what } back
letter-return-approved-body = Hello { $name }, the return of { $what } is agreed. Please send it by { $when } and say so on the order's page. If you do not, the seller gets the money.
letter-return-sent-subject = { $what } is on its way back to you
letter-return-sent-body = Hello { $name }, the buyer has sent { $what } back. Please say on the order's page when you have it.
letter-return-back-subject = { $what } is back: please look at it
letter-return-back-body = Hello { $name }, { $what } is back with you. If something is wrong with it, say so by { $when }; after that the buyer gets the money back.
letter-replacement-due-subject = Please send a replacement for { $what }
letter-replacement-due-body = Hello { $name }, you agreed on a replacement for { $what }. Please send it by { $when } and say so on the order's page. If you do not, our team looks into it.
letter-ruled-refund-subject = Decided about order { $number }: refund
letter-ruled-refund-body = Hello { $name }, our team has decided that the buyer of { $what } gets the money back. Why stands on the order's page. The seller can ask another reviewer there until { $when }.
letter-ruled-release-subject = Decided about order { $number }: the seller gets the money
letter-ruled-release-body = Hello { $name }, our team has decided that the seller of { $what } gets the money. Why stands on the order's page. The buyer can ask another reviewer there until { $when }.
letter-ruled-partial-subject = Decided about order { $number }: a part of the money back
letter-ruled-partial-body = Hello { $name }, our team has decided that a part of the money for { $what } goes back. How much, and why, stands on the order's page. Both sides can ask another reviewer there until { $when }.
letter-appeal-subject = Another reviewer looks at order { $number }
letter-appeal-body = Hello { $name }, somebody of our team who had nothing to do with it decides once more about { $what }, by { $when } at the latest. That decision is final.
letter-final-release-subject = Order { $number }: the seller gets the money
letter-final-release-body = Hello { $name }, the decision about { $what } is carried out: the seller gets the money. Why stands on the order's page.
letter-partial-buyer-subject = A part of your money for order { $number } goes back
letter-partial-buyer-body = Hello { $name }, of your payment for { $what } in all { $back } goes back to you. It can take some days until your bank shows it.
letter-partial-seller-subject = Order { $number }: a part goes back
letter-partial-seller-body = Hello { $name }, of the money for { $what } in all { $back } goes back to the buyer, and { $rest } is yours.
letter-clawback-seller-subject = Money for order { $number } goes back to the buyer
letter-clawback-seller-body = Hello { $name }, of the money for { $what } in all { $back } goes back to the buyer. Your share of it is taken from what you have coming; what is not there any more you owe us. The order's page shows all amounts.
letter-refunded-part-subject = Order { $number }: the part was paid back
letter-refunded-part-body = Hello { $name }, { $back } for { $what } has been paid back to you.

letter-case-said-subject = Somebody wrote about order { $number }
letter-case-said-body = Hello { $name }, there is something new about the problem with { $what }. Read it, and answer there if you like.
letter-case-proposed-subject = A proposal about order { $number }
letter-case-proposed-body = Hello { $name }, the other side makes a proposal about { $what }. Look at what it costs each of you, and accept or refuse it.
letter-case-refused-subject = Your proposal about order { $number } was refused
letter-case-refused-body = Hello { $name }, the other side refused your proposal about { $what }. You can make another one.
letter-case-lapsed-subject = Nobody answered your proposal about order { $number }
letter-case-lapsed-body = Hello { $name }, the other side did not answer your proposal about { $what } in time. You can make another one as long as the two of you talk.
letter-case-taken-subject = Somebody looks at order { $number }
letter-case-taken-body = Hello { $name }, somebody of our team looks at the problem with { $what } now. Whatever they should know, say it on the case's page.

letter-held-subject = The money of order { $number } stays where it is for now
letter-held-body = Hello { $name }, about { $what }: { $because } It ends at the latest at { $when }.
letter-held-open-body = Hello { $name }, about { $what }: { $because }
letter-free-subject = Order { $number } goes on
letter-free-body = Hello { $name }, what held the money for { $what } is over. The order goes on as before.
letter-deadline-subject = One day left: order { $number }
letter-deadline-body = Hello { $name }, about { $what }: { $silence }

letter-operator-subject = Order { $number } needs you
letter-operator-body = The order { $number } is in the state “{ $state }” and waits for a decision of our team.
