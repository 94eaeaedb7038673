# Fees and taxes.

refused-fee-rule-over = This rule has ended already.
wrong-begins-in-the-past = Choose a moment that is still to come: what was sold keeps the fees that it was sold with.
refused-taxes-changed = The taxes of this purchase have changed since you saw it. Look at it again, and then buy.
wrong-ends-before-it-begins = The end must not come before the beginning.

## Why an order's money stays where it is

hold-because-looked-at = We are checking something about this order. The money is safe until then.
hold-because-chargeback = The buyer’s bank was asked to take the payment back. The money stays where it is until the bank has decided.
hold-because-not-set-up = The seller has not told us yet who they are and where to pay. The money is safe until then.
hold-because-authority = A court or an authority wants the money to stay where it is for now.
