# In which currency prices are shown beside their own.

foot-currency = Currency
currency-hint = Prices stay in the seller’s currency, and you pay in it. Beside them you see about how much that is in yours.
cart-beside = { $beside }. You pay in { $currency }; your bank may count with another rate.
price-example = For example { $amount }
price-example-whole = For example { $amount }: this currency has no decimals
