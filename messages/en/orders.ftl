# What goes wrong with carts and orders.
refused-not-for-sale = This cannot be bought right now. It may be paused, or the seller takes only things in trade.
refused-own-listing = This is your own listing.
refused-cart-full = A cart holds 50 different things. Take something out, or check out first.
refused-mixed-currencies = These things are priced in different currencies. Check out one currency at a time.
refused-order-step = The order has moved on, so this is not possible any more. Reload the page to see where it stands.
refused-amount-differs = The amount that was paid is not the amount of the order. Our team was told.
refused-refund-not-in-flight = No refund is on its way.
refused-refund-not-failed = The refund has not failed, so it must not be paid again.
refused-guard-unknown = This step cannot be checked. Our team was told.
wrong-country = Use the two letters of the country, such as FR.
wrong-item-twice = The same listing is there twice. Use its quantity.
wrong-delivery-not-offered = The seller does not offer this way of delivery for everything you chose.
refused-demo-not-empty = The demo is there already. Start with an empty data directory to make it again.
