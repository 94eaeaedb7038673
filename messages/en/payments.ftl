# Why a try to pay failed, and what to do.
payment-failure-card-declined = Your bank declined the card. Try another card, or ask your bank.
payment-failure-insufficient-funds = There is not enough money on the card. Try another card.
payment-failure-authentication-failed = Your bank could not confirm that it was you. Try again, or use another card.
payment-failure-processing-error = The payment did not go through in the end. Nothing was charged. Try again, or use another card.
payment-failure-test-cards-only = This marketplace runs in test mode and takes test cards only. Your card was not charged.
payment-failure-not-accepted = The payment provider did not accept the payment. Try again, or use another card.
payment-failure-unavailable = The payment provider does not answer at the moment. Try again in a few minutes.
payment-failure-account-closed = The account behind the card is closed, so the money could not go back to it.
payment-failure-payment-not-paid = The payment was never completed, so there is nothing to pay back.
payment-failure-refund-too-much = More was asked back than was left of the payment.
payment-failure-other = The payment did not go through. Try again, or use another card.

# What is wrong with a card as it was typed.
card-number-wrong = This is not the number of a card. Check the digits.
card-expired = The card has expired. Use another card, or check the date.
card-month-wrong = Enter a month from 1 to 12.
card-year-wrong = Enter the year as on the card, such as 2030.
card-cvc-wrong = Enter the 3 digits from the back of the card (4 digits on the front of an American Express card).

# When a payment is not in a state for that.
refused-payment-paid = This is paid already.
refused-payment-processing = The payment is still being processed. Wait for it before you try again.
refused-payment-cancelled = This can no longer be paid. Place a new order.
refused-payment-no-question = Your bank has not asked anything about this payment.
refused-payment-declined = The payment provider declined this.
refused-payment-not-paid = This was never paid, so nothing can be paid back.
refused-refund-too-much = More cannot be paid back than was paid.
refused-webhook-not-believed = The webhook's signature is wrong or too old.
refused-call-known = Somebody found out what became of this call. Reload the page.
refused-event-blanked = Nothing is left of this event but its name, so it cannot be read again.
wrong-reference = This is not a name that a payment company gives. Use letters, digits, dashes and dots only.

# The states of a payment.
payment-state-created = Not paid yet
payment-state-requires-action = Waiting for your bank’s question
payment-state-processing = Being processed
payment-state-succeeded = Paid
payment-state-failed = The last try failed
payment-state-cancelled = Cancelled

# What the test cards do.
sandbox-card-succeeds = Pays at once.
sandbox-card-declined = Is declined by the bank.
sandbox-card-insufficient-funds = Is declined: not enough money.
sandbox-card-challenge = The bank asks a question first (3-D Secure); you choose whether it is answered well.
sandbox-card-succeeds-later = Takes a minute, then pays.
sandbox-card-fails-later = Takes a minute, then fails.
sandbox-card-refund-later = Pays at once; a refund takes a minute.
sandbox-card-refund-fails = Pays at once; a refund takes a minute, then fails.
sandbox-card-disputed = Pays at once; a minute later the buyer's bank takes the money back (a chargeback).
sandbox-card-inquiry = Pays at once; a minute later the buyer's bank asks what the payment was for.
sandbox-card-fraud-warning = Pays at once; a minute later the card network warns of fraud.
