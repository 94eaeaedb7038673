# What goes wrong with carts and orders.
refused-not-for-sale = This cannot be bought right now. It may be paused, or the seller takes only things in trade.
refused-own-listing = This is your own listing.
refused-cart-full = A cart holds 50 different things. Take something out, or check out first.
refused-mixed-currencies = These things are priced in different currencies. Check out one currency at a time.
refused-currency-not-payable = Nothing can be paid in this currency here yet.
refused-amount-not-payable = The payment company cannot take exactly this amount. It is too small, or it has a fraction that does not exist there.
refused-order-step = The order has moved on, so this is not possible any more. Reload the page to see where it stands.
refused-amount-differs = The amount that was paid is not the amount of the order. Our team was told.
refused-refund-not-in-flight = No refund is on its way.
refused-refund-not-failed = The refund has not failed, so it must not be paid again.
refused-guard-unknown = This step cannot be checked. Our team was told.
wrong-country = Use the two letters of the country, such as FR.
wrong-item-twice = The same listing is there twice. Use its quantity.
wrong-delivery-not-offered = The seller does not offer this way of delivery for everything you chose.
refused-demo-not-empty = The demo is there already. Start with an empty data directory to make it again.
refused-order-held = The money of this order stays where it is for now: the order’s page says why. Try again when that is over.
refused-refund-too-late = Orders can be refunded for 180 days after the seller got the money. That time is over.
refused-listing-above-tier = The seller is new here and cannot sell anything as dear as this yet. You were not charged, and we tell the seller. Try again in some days; the rest of what you chose you can buy without it.
refused-seller-month-full = The seller is new here and has sold as much in thirty days as they may. You were not charged, and we tell the seller. Try fewer pieces, or again in some days; what other sellers have you can buy without it.
refused-case-closed = This case is closed.
refused-case-own = You are a side of this deal, so somebody else of the team looks at it.
refused-case-other-reviewer = You had to do with the decision that is appealed. Somebody else decides now.
refused-case-not-talking = The two of you cannot agree on something here any more: the order has moved on.
refused-proposal-gone = This proposal is not open any more. Reload the page to see what is.

# What a new seller may sell.
selling-limits-title = What you can sell for now
selling-limits-text = You are new here as a seller. So that buyers are safe, what you can sell has limits at first. Buyers are told kindly, and you get a mail when somebody could not buy because of them.
selling-limits-one = The dearest thing
selling-limits-month = In thirty days
selling-limits-left = Of that is left now
selling-limits-hint = You are new here as a seller: for now you can sell things for up to { $one } each, and for { $left } more in these thirty days.
selling-limits-above = Nobody can buy this for now.
selling-limits-one-met = You are new here as a seller, so one thing may cost { $one } at most.
selling-limits-month-met = You are new here as a seller, so you can sell for { $month } in thirty days. { $left } of that is left.
selling-limits-more = All about your limits
selling-limits-end-known = The limits end by themselves: set up your payouts, and send what somebody buys. A day after your first sale is completed they are gone.
selling-limits-end-quiet = There were problems with what you sold lately. The limits end when there were none for sixty days.
selling-limits-end-at = Our team has set them until { $at }. Then your sales count again.
mail-limit-subject = Somebody wanted to buy “{ $title }” and could not
mail-limit-button = See your limits
mail-limit-one-body =
    Hello { $name }, somebody wanted to buy “{ $title }” of yours. You are new here as a seller, so one thing may cost { $limit } at most for now, and we had to ask them to wait.

    { $ends }
mail-limit-month-body =
    Hello { $name }, somebody wanted to buy “{ $title }” of yours. You are new here as a seller, so you can sell for { $limit } in thirty days for now. With this it would have been more, and we had to ask them to wait.

    Each sale counts for thirty days, so there is room again later. { $ends }
