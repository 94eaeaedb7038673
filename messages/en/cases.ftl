### Cases: problems with orders, talked about by both sides.

case-kind-not-received = It has not arrived
case-kind-not-as-described = It is not as described
case-kind-damaged = It arrived damaged
case-kind-counterfeit = It is a fake
case-kind-return = The buyer wants to send it back
case-kind-other = Something else

case-wants-refund = All of the money back
case-wants-partial = A part of the money back, and keep it
case-wants-return = Send it back for a refund
case-wants-replacement = Another one

case-outcome-refunded = Ended: the buyer gets the money back.
case-outcome-partly-refunded = Ended: a part of the money goes back, the seller gets the rest.
case-outcome-released = Ended: the seller gets the money.
case-outcome-returned = Ended: it was sent back, and the buyer gets the money back.
case-outcome-replaced = Ended: a replacement has arrived.
case-outcome-withdrawn = Ended: the buyer took it back.
case-outcome-charged-back = Ended: the buyer’s bank took the payment back.

case-side-buyer = Buyer
case-side-seller = Seller
case-side-staff = Our team

case-offer-partial = A part of the money back
case-offer-return = Send it back for a refund
case-offer-replacement = A replacement

case-verdict-refund = The buyer gets the money back.
case-verdict-release = The seller gets the money.
case-verdict-partial = A part of the money goes back to the buyer, the seller gets the rest.

case-proposal-open = Open
case-proposal-accepted = Accepted
case-proposal-refused = Refused
case-proposal-withdrawn = Taken back
case-proposal-replaced = Another one took its place
case-proposal-lapsed = Nobody answered in time

## The page of a case

case-title = The problem with order { $number }
case-about = About it
case-standing = Where it stands
case-to-order = All about the order, and what you can do
case-wanted = The buyer would like
case-opened = Reported
case-taken = Who looks at it
case-taken-text = Somebody of our team
case-statements = What was said and shown
case-nothing-said = Nobody has said anything yet.
case-you = You
case-photo-alt = Photo { $n }, shown by: { $who }
case-say = Say something
case-say-label = What the other side and our team should know
case-say-hint = Both sides and our team read it. What is said stays.
case-say-go = Say it
case-said = It was said.
case-show = Show photos
case-photos-label = Photos
case-photos-hint = Up to { $most } at once, { $left } more in all. They are kept for two years after the case. Where a photo was taken is removed from it.
case-caption-label = What they show
case-show-go = Show them
case-shown = The photos are there.
case-offers = What was offered
case-offer-yours = Your proposal
case-offer-of = Proposal of: { $by }
case-offer-until = It waits for an answer until { $when }.
case-offer-make = Make a proposal
case-offer-label = What you propose
case-offer-means-partial = The buyer keeps it. The case ends.
case-offer-means-return = The buyer sends it back, and gets the money when it is there.
case-offer-means-replacement = The seller sends another one. The money stays held until it has arrived.
case-offer-binds = If the other side accepts it, it is done: it cannot be taken back then. Another proposal of yours takes its place.
case-offer-go = Propose it
case-proposed = The other side was told of your proposal.
case-withdraw = Take it back
case-withdrawn = Your proposal is off.
case-refuse = Refuse it
case-refused = The other side was told that you refused.
case-buyer-gets = The buyer gets back
case-seller-gets = The seller gets
case-decision = What our team decided
case-decided-first = Decision
case-decided-finally = Decision after the appeal, final
case-split = { $back } goes back to the buyer, the seller gets { $rest }.
order-to-case = { $count ->
    [0] Talk about it, show photos, make a proposal
   *[other] Read what was said ({ $count }), show photos, make a proposal
  }
