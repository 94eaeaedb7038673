# What is on its way to sellers.

payout-schedule-daily = Every day
payout-schedule-weekly = Every week
payout-schedule-monthly = Every month

payout-hold-tier = It waits for some days, so that the buyer can tell of a problem. The longer you sell here without problems, the shorter the wait.
payout-hold-reserve = A small part is kept back for longer, in case that something comes back later.
payout-hold-won = You have won a dispute; it goes on with the next round.
payout-hold-goodwill = It was given to you to make good; it goes on with the next round.
payout-hold-found = It was found in the provider’s statement and is yours; it goes on with the next round.
payout-hold-released = It was released for you; it goes on with the next round.
payout-hold-held = Something about this order is being looked at. The order’s page says more.
payout-hold-account = It waits for your details: set up your payouts.
payout-hold-account-asks = The company that pays you out wants to know something from you: set up your payouts.
payout-hold-suspended = Your account is suspended.
payout-hold-tax = It waits for what the tax office wants to know from you.

payout-failure-account-closed = The bank account is closed.
payout-failure-account-frozen = The bank account is frozen.
payout-failure-bank-account-restricted = The bank does not let such payments into this account.
payout-failure-bank-ownership-changed = Your bank belongs to another one now and has given you another number.
payout-failure-could-not-process = The bank could not carry it out.
payout-failure-debit-not-authorized = The bank does not allow it for this account.
payout-failure-declined = The bank has declined it.
payout-failure-incorrect-account-holder-name = The owner’s name is not that of the account.
payout-failure-invalid-account-number = There is no account with this number.
payout-failure-invalid-currency = The account does not take this currency.
payout-failure-no-account = There is no such bank account.
payout-failure-other = The bank has sent it back without saying why.

payout-taken-refund = the buyer gets it back
payout-taken-chargeback = the buyer’s bank wants it back; it is kept until that is decided

refused-settlement-step = This is not possible any more: look where the money is now.
refused-settlement-held = Something holds the money of this order.
refused-payout-step = This is not possible any more: look how the payout is getting on now.
refused-seller-waits = The seller cannot be paid now.
refused-account-cools = The bank account is new or has a problem; it waits.
refused-debts-smaller = The debts are smaller than that.
refused-debt-closed = Nothing of it is owed any more.
refused-debt-coming-back = The money for it is on its way back. Wait for that first.
refused-payouts-bank-elsewhere = Nothing can be sent to banks in that country. Name another bank account.
refused-payouts-no-bank = Name the bank account first that your money shall go to.

notice-payout-bank-changed = Another bank account for payouts

mail-payout-button = Look at it
mail-payout-details-subject = Money is waiting for you
mail-payout-details-body =
    Hello { $name }, you have sold something, and the money is waiting to be paid out to you. We do not know yet where it shall go.

    Setting that up takes a few minutes. The money stays yours however long it takes.
mail-payout-details-last-subject = Your money is still waiting
mail-payout-details-last-body =
    Hello { $name }, money from your sales has been waiting for two months, because we do not know where it shall go.

    This is our last mail about it. The money stays yours; you can set your payouts up at any time.
mail-payout-bank-changed-subject = Your money shall go to another bank account
mail-payout-bank-changed-body =
    Hello { $name }, another bank account was named for your payouts: { $bank }.

    To keep your money safe, nothing is paid out before { $when }. If that was not you, somebody else is in your account: set a new password now, and tell us.
mail-payout-sent-subject = { $amount } is on its way to you
mail-payout-sent-body =
    Hello { $name }, we have sent { $amount } to your bank account { $bank } (payout { $number }). Banks take some days for it.
mail-payout-failed-subject = Your payout did not arrive
mail-payout-failed-body =
    Hello { $name }, your payout { $number } of { $amount } came back. { $why }

    The money is still yours. Name another bank account, or put right what is wrong with this one; then it is sent once more.
mail-payout-taken-back-subject = { $amount } of a sale was taken back
mail-payout-taken-back-body = Hello { $name }, we have taken back { $amount } of your sale { $number }: { $because }.
mail-payout-debt-subject = You owe { $amount }
mail-payout-debt-body =
    Hello { $name }, the buyer of your sale { $number } got money back that was not with us any more. You owe { $amount } for it.

    You need not do anything: we keep it of the money of your next sales.
mail-payout-debt-paid-subject = You owe nothing any more for a sale
mail-payout-debt-paid-body = Hello { $name }, the { $amount } that you owed for your sale { $number } are settled.

# The pages.
payouts-title = Payouts
payouts-hint = What you have sold for, and when it is paid out
payouts-lead = Here you see what you have sold for, what it waits for, and what was paid out to you.
payouts-first = Your first money comes { $days } days after a buyer has confirmed that all is well, or { $tracked } days if you send the parcel with a number. The more you sell without problems, the sooner.
payouts-none = Nothing sold yet
payouts-none-action = Sell something
payouts-no-account = Where shall your money go?
payouts-no-account-text = Money is waiting for you. Set your payouts up now, so that it can be paid out as soon as its wait is over.
payouts-unfinished = Your payouts are not set up yet
payouts-unfinished-text = Something is still missing. Until it is there, your money waits; it stays yours.
payouts-rejected = You cannot be paid out
payouts-rejected-text = The company that pays out has declined. Write to us: your money stays yours, and we look for another way.
payouts-blocked = Your last payout came back
payouts-blocked-text = { $why } Name another bank account, or put right what is wrong with this one.
payouts-cools = A new bank account waits
payouts-cools-text = To keep your money safe, nothing is paid out to the new bank account before { $at }.
payouts-asked-until = Something is wanted of you by { $at }
payouts-asked-until-text = The company that pays you out wants to know something more. If it does not have it by then, it may pay you nothing until you have answered.
payouts-balance = In { $currency }
payouts-waiting = Waiting
payouts-payable = In the next payout
payouts-on-their-way = On its way to you
payouts-owed = You owe
payouts-next = The next payout is made at the earliest on
payouts-waiting-table = What waits, and why
payouts-order = Order
payouts-why = Why it waits
payouts-until = Until
payouts-until-then = until that is done
payouts-amount = Amount
payouts-more = And more. The sums above have all of it.
payouts-debts = What you owe
payouts-debts-text = A buyer got money back that had been paid out to you already. You need not do anything: it is kept of the money of your next sales.
payouts-debt-since = Since { $date }
payouts-list = Your payouts
payouts-number = Payout
payouts-date = Made on
payouts-state = State
payouts-one = Payout { $number }
payouts-bank = To
payouts-expected = Expected on
payouts-paid-at = Paid on
payouts-failed = It came back
payouts-items = What it is made of
payouts-kind = What
payouts-released = Released on
payouts-currency = Currency
payouts-brought = It brought you
payouts-netted = Kept for what you owed
payouts-taken = Taken back
payouts-paid-of-it = Paid out
payouts-csv = Statement as a table (CSV)
payout-kind-sale = Sale
payout-kind-reserve = What was kept back
payout-kind-won = A dispute that you won
payout-kind-goodwill = Given to make good
payout-kind-found = Found to be yours
payout-state-gathered = being made
payout-state-sending = being sent
payout-state-unknown = being looked for
payout-state-in-transit = on its way
payout-state-failed = came back
payout-state-paid = paid
payout-state-returned = came back later
payout-state-dissolved = called off
payouts-set-up-open = Set payouts up
payouts-set-up-title = Where your money goes
payouts-set-up-lead = We do not pay out ourselves: a company that is allowed to do so does it for us. By law it has to know who you are.
payouts-test-provider = Test bank
payouts-begin-text = { $provider } pays you out. You answer its questions on its own pages; we do not see your papers or your bank account’s number.
payouts-business-first = If you sell as a business, say so first: the questions are other ones.
payouts-begin = Begin
payouts-begun = { $provider } knows of you now. Go on with its questions.
payouts-country = Country
payouts-country-hint = Where you live, or where your company is. It cannot be changed later.
payouts-country-empty = Choose a country
payouts-go-text = { $provider } still wants to know something from you. Its pages ask for it.
payouts-go = Go on there
payouts-ready = Your money goes to your bank account.
payouts-active = You can be paid out.
payouts-change = Change where it goes
payouts-goes-to = Your money goes to { $bank }.
payouts-bank-first = Name a bank account first. Your money then goes there.
payouts-bank-elsewhere = Nothing can be sent to the bank account { $bank } that you have named.
payouts-banks-in = { $provider } pays to banks in these countries: { $countries }.
payouts-use-bank = You have named the bank account { $bank }. Shall your money go there?
payouts-use = Yes, pay out to it
payouts-schedule-open = How often
payouts-schedule-title = How often you are paid out
payouts-schedule-lead = Everything that is due to you is gathered and sent at once.
payouts-schedule = How often
payouts-minimum = From which amount on
payouts-minimum-hint = At least { $least }. What is less waits for more, at most 90 days.
payouts-schedule-save = Save
payouts-schedule-saved = Saved. It counts from the next payout on.

# For staff.
second-money = sellers’ money
act-release-settlement = End the wait of a seller’s money
act-write-off-debt = Give a seller’s debt up
act-give-up-payout = Give a failed payout up
act-fix-tier = Set how far a seller is trusted
approvals-above = Acts about more than { $limit } wait for a second person too.
admin-payouts = Payouts
admin-payouts-lead = What goes to sellers, what gets no further, and what they owe.
payouts-find = Seller or payout
payouts-find-hint = A seller’s handle, the number of an order of theirs, or the number of a payout.
payouts-unknown = There is no such seller, order or payout.
admin-payout-lead = Of which sales it is, and how it is getting on.
admin-seller-open = What they are owed
admin-payouts-none = Nothing to do
admin-payouts-none-text = There are no payouts and no debts yet.
admin-payouts-stuck = Payouts that get no further
admin-payouts-newest = The newest payouts
admin-payouts-since = Since
admin-debts = What sellers owe
admin-debt-because = Because
payout-debt-refund = Money went back to a buyer
payout-debt-chargeback = A dispute was lost
payout-debt-payout-returned = A payout came back
admin-seller = The money of { $name }
admin-seller-lead = Accounts, trust, what waits, and what can be done about it.
admin-account = At { $provider }
payout-account-started = begun
payout-account-pending = questions are open
payout-account-active = may receive money
payout-account-restricted = may receive nothing for now
payout-account-rejected = declined
admin-tier = Trust, 0 to 3
admin-tier-because = Because
admin-tier-fixed = Set by staff until
payout-tier-new = new here
payout-tier-counted = counted by sales and disputes
payout-tier-disputes = too many disputes lately
payout-tier-staff = set by staff
payout-tier-vouched = known from elsewhere
admin-money-act = Do something about it
admin-money-what = What to do
admin-money-choose = Choose
admin-money-do = Do it
admin-money-done = Done.
admin-release = End the wait of { $amount } of order { $number }
admin-write-off = Give the debt of { $amount } up: our loss
admin-give-up = Give payout { $number } of { $amount } up, and try the same bank again
admin-fix-tier = Set trust to { $tier }
admin-tier-days = For how many days
admin-tier-days-hint = Counts only for setting trust.
