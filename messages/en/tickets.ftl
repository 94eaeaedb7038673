# What staff is asked to look at.

ticket-kind-suspense = A line of a provider’s statement that nobody explains
ticket-kind-unmatched-entry = An entry that the provider’s statement does not have
ticket-kind-balance-differs = A balance that differs from the provider’s
ticket-kind-call-unknown = Nobody knows whether the provider did what it was asked for
ticket-kind-event-unreadable = News from a provider that cannot be read
ticket-kind-transit-old = Money that stays for too long on its way
ticket-kind-escrow-old = A buyer’s money that is held for almost as long as it may be
ticket-kind-refund-stuck = A refund that gets no further
ticket-kind-refund-attention = A refund that came back
ticket-kind-payout-stuck = A payout that gets no further
ticket-kind-debt-old = A seller has owed money for long
ticket-kind-chargeback = A buyer’s bank wants a payment back
ticket-kind-fraud-warning = A warning of fraud
ticket-kind-odd-deal = A deal that looks odd
ticket-kind-case = A case that waits for staff
ticket-kind-cover = Providers hold less than is owed
ticket-kind-tax-place = Sales near the limit from which taxes are due in a place
ticket-kind-tax-seller = A seller has not said what the tax office wants to know
ticket-kind-orphan = Money for an order that was called off
ticket-kind-other = Something else

refused-ticket-closed = This has been closed already.

mail-ticket-digest-subject = There is something to look at
mail-ticket-digest-body =
    Hello { $name }, { $count ->
        [one] one thing has come up
       *[other] { $count } things have come up
    } that somebody must look at:

    { $list }
mail-ticket-digest-button = Look at it
