# Members, roles and what staff does about members; being suspended; being looked at.

## What staff may do

permission-admin-see = See the overview
permission-orders-see = See every order
permission-orders-decide = Decide about orders
permission-listings-history = See what was changed in listings
permission-members-see = Find and see members
permission-members-suspend = Suspend members
permission-members-sign-out = Sign members out
permission-members-look = Look as a member
permission-payments-see = See payment events
permission-ledger-see = See the ledger
permission-jobs-run = See and repeat dead jobs
permission-roles-edit = Make and change roles
permission-roles-grant = Give and take roles
permission-audit-see = See the audit log
permission-tickets-see = See what must be looked at
permission-documents-see = See receipts and invoices
permission-payouts-manage = Manage payouts
permission-payments-replay = Have payment events read again
permission-ledger-adjust = Book what no deal books
permission-reconcile-run = Compare the ledger with payment providers
permission-rules-edit = Change the rules of fees and taxes
permission-chargebacks-manage = Answer chargebacks
permission-reports-make = Make reports for tax offices

role-moderator = Moderator
role-support = Support
role-finance = Finance
role-operator = Operator

## Every act

staff-reason = Why
staff-reason-hint = 3 to 500 characters, for your colleagues. It stays in the audit log for ever, so write no names and no addresses.
refused-staff-self = You cannot do this to your own account. Ask a colleague.
refused-staff-above = This needs somebody with more permissions: what you would act on has permissions that you do not have.

## Members

admin-members = Members
admin-members-lead = Find somebody by handle, name or address.
admin-members-find = Handle, name or address
admin-members-all = All
admin-members-staff = Staff
admin-members-suspended = Suspended
admin-appeals = Answers to suspensions
admin-members-none = Nobody found
admin-members-none-text = Nobody here fits. Look for a part of the handle, the name or the address.
admin-member = Member
admin-member-lead = What is known of this account, and what you may do.
admin-member-back = Back to { $name }
admin-member-state = State
admin-member-fine = In order
admin-member-suspended = Suspended
admin-member-appealed = Has answered
admin-member-handle = Handle
admin-member-verified = proven
admin-member-unverified = not proven
admin-member-place = Place
admin-member-browsers = Signed-in browsers
admin-member-second = Second step
admin-member-second-none = None
admin-member-second-app = Authenticator app
admin-member-second-passkey = Passkey
admin-member-audit = What the audit log says about this member

## Suspending

staff-suspensions = Suspensions
staff-suspension-lifted = over since
staff-appealed = Answered
staff-suspend = Suspend
staff-suspend-lead = { $name } is signed out everywhere at once, reads your words, may answer once, and can do nothing else.
staff-suspend-words = What the member reads
staff-suspend-words-hint = Say what happened and what they can do now. It is sent by mail too.
staff-suspend-until = How long
staff-suspend-open-end = Until somebody lifts it
staff-suspend-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
staff-suspended = The member is suspended and was told.
staff-lift = Lift the suspension
staff-lift-lead = { $name } can do everything again at once, and is told.
staff-lifted = The suspension is lifted, and the member was told.
refused-suspended-already = This member is suspended already.
refused-not-suspended = This member is not suspended any more.
staff-uphold = Keep the suspension
staff-uphold-hint = Only for keeping the suspension: say why it stays. It is sent by mail too.
staff-upheld = The suspension stays, and the member was told why.
staff-upheld-at = It stays, said staff
refused-appeal-none = There is no answer that waits: somebody has decided already, or the suspension is over.
mail-appealed-subject = A suspended member has answered
mail-appealed-body = Hello { $name }, a suspended member has answered. Read it, and lift the suspension or say why it stays.
mail-appealed-button = Read the answer

## Signing out

staff-sign-out = Sign out everywhere
staff-sign-out-lead = { $name } is signed out of all browsers and programs, and is told. Do this when somebody else may be in the account.
staff-signed-out = The member was signed out everywhere, and was told.

## Roles

staff-role = Role
staff-roles = Roles
staff-roles-lead = What { $name } may do as staff. Changing it signs them out everywhere, and they are told.
staff-role-grant = Give: { $role }
staff-role-take = Take away: { $role }
staff-roles-button = Change roles
staff-roles-changed = The roles were changed, and the member was told.
admin-roles = Roles
admin-roles-lead = A role is a name for some permissions. Members get roles on their pages.
role-new = New role
role-new-lead = You can only put in what you may do yourself.
role-lead =
    { $holders ->
        [0] Nobody holds this role.
        [one] One member holds this role. A change works at once.
       *[other] { $holders } members hold this role. A change works at once.
    }
role-title = Name
role-title-hint = For instance “Night shift”
role-permissions = May
role-holders = Members
role-built-in = built in
role-everything = Everything, also what later versions add
role-save = Save
role-delete = Delete the role
role-made = The role was made.
role-saved = The role was saved.
role-deleted = The role was deleted.
wrong-role-title = Use a name of at least two plain letters that begins with a letter.
wrong-role-above = It has permissions that you do not have yourself.
wrong-role-held = The member holds this role already.
wrong-role-not-held = The member does not hold this role any more.
refused-role-changed = Somebody has changed this role meanwhile. Look at it again.
refused-role-fixed = This role comes with the program and cannot be changed like this.
refused-role-in-use = Somebody holds this role. Take it from them first.
refused-role-last-operator = This is the last operator. Make somebody else operator first.

## Looking as a member

staff-look = Look as this member
staff-look-lead = You see the marketplace as { $name } sees it, for { $minutes } minutes at most. Nothing can be changed, how the account is protected is not shown, and the member is told.
refused-look-staff = Nobody can look as a member of staff.
refused-look-suspended = A suspended member sees nothing that could be looked at.
looking-label = You look as a member
looking-title = You look as { $name }.
looking-text = Nothing can be changed. It ends { $span }.
looking-end = Stop looking
looking-ended = You are yourself again.
problem-looking-title = You are only looking
problem-looking-text = While you look as a member, nothing can be changed, and pages about the safety of the account stay closed. Stop looking first.

## Acts that take two

second-roles = Roles
second-suspensions = Suspensions
second-looking = Looking as a member
second-orders = Decisions about orders
second-jobs = Discarding jobs

act-grant-role = Give a role
act-take-role = Take a role away
act-make-role = Make a role
act-edit-role = Change a role
act-delete-role = Delete a role
act-suspend = Suspend a member
act-lift-suspension = Lift a suspension
act-look-as = Look as a member
act-decide-order = Decide about an order
act-discard-job = Discard a job

approval-waiting = Waits for a second person
approval-agreed = Agreed to, and not done yet
approval-done = Done
approval-declined = Declined
approval-withdrawn = Withdrawn
approval-expired = Nobody came in time

admin-approvals = Waiting for a second person
admin-approvals-lead = What one of the staff wants to do, and another must agree to.
admin-approval-lead = It is done only when a second person agrees.
approvals-none = Nothing waits
approvals-none-text = Nobody waits for you, and nothing of yours waits for others.
approvals-for = A second person is needed for: { $kinds }
approvals-for-nothing = The settings ask for no second person now.
approval-what = What
approval-asked-by = Asked by
approval-asked-at = Asked
approval-until = Good until
approval-state = State
approval-decided-by = Decided by
approval-role-before = May before
approval-role-after = May afterwards
approval-step = Decision
approval-agree = Agree
approval-decline = Decline
approval-withdraw = Withdraw
approval-waits-for-others = Somebody else must agree: you cannot do that yourself. You can take it back.
approval-is-yours = Somebody has agreed. Do it now, in the same way as you asked for it.
approval-asked = This takes a second person. We have asked your colleagues; it is done as soon as one of them agrees.
approval-is-done = You have agreed, and it is done.
approval-is-agreed = You have agreed. Your colleague can do it now, and was told.
approval-is-declined = You have declined. Your colleague was told.
approval-is-withdrawn = You have taken it back.
refused-approval-needed = This needs a second person. Ask for it on the website, on the page of the order.
refused-approval-nobody = This needs a second person, and there is nobody else who may agree. Ask somebody who gives out roles.
refused-approval-asked-already = This, or something that does not go with it, has been asked for and waits for a second person.
refused-approval-own = You have asked for this yourself. Somebody else must agree.
refused-approval-over = This does not wait any more: somebody has decided, or its time is over.
refused-approval-asker = Who asked for this may not do it any more. Decline it.
refused-approval-stale = Things have changed since this was asked for, and it cannot be done any more. Decline it.
refused-job-gone = This job is gone already, or another one with the same purpose waits in its place.

mail-approval-button = Look at it
mail-approval-asked-subject = A second person is needed
mail-approval-asked-body = Hello { $name }, { $who } has asked for something that takes two: { $what }. Look at it, and agree or decline, until { $until }.
mail-approval-agreed-subject = You can do it now
mail-approval-agreed-body = Hello { $name }, a second person has agreed to what you asked for: { $what }. You can do it now, for 24 hours, in the same way as you asked for it.
mail-approval-done-subject = It is done
mail-approval-done-body = Hello { $name }, a second person has agreed to what you asked for, and it is done: { $what }.
mail-approval-declined-subject = It was declined
mail-approval-declined-body = Hello { $name }, a second person has declined what you asked for: { $what }. The page says why.
mail-approval-expired-subject = Nobody agreed in time
mail-approval-expired-body = Hello { $name }, what you asked a second person for was not done in time, and is over. You can ask for it again.

## The audit log

admin-audit = Audit log
admin-audit-lead = Who did what, when and why. Nothing in it can be changed.
admin-audit-action = Action
admin-audit-who = By whom
admin-audit-object = Object
admin-audit-at = When
admin-audit-detail = Details
admin-audit-program = The program
admin-audit-all = Everything
admin-audit-none = Nothing found
admin-audit-none-text = No line fits. Actions are looked for by their beginning, for instance “staff.” or “roles.grant”.
admin-audit-nobody = Nobody has this handle.
admin-audit-no-id = This is no id. Copy one from the list.

## Being suspended

suspension-title = Your account is suspended
suspension-lead = You can read why, and answer; take a copy of your data, or delete your account. Everything else is closed until the suspension is over.
suspension-why = Why:
suspension-ends = It ends on
suspension-until = It ends on { $at }.
suspension-open-end = It lasts until somebody lifts it.
suspension-appeal-label = Your answer
suspension-appeal-hint = Say what we should know. You can answer once, so take your time.
suspension-appeal-button = Send
suspension-appeal-sent = Your answer was sent. Somebody will read it.
suspension-appealed = Your answer:
suspension-upheld = We have read it, and the suspension stays:
refused-appealed-already = You have answered already, or the suspension is over.

## What members are told

activity-by-staff = By staff
notice-role-granted = You are given a role
notice-role-taken = A role is taken from you
notice-signed-out-by-staff = Signed out by staff
notice-looked-at = Staff looked as you
notice-suspended = Your account is suspended
notice-suspension-lifted = Your suspension is over
notice-suspension-upheld = Your suspension stays
notice-role-granted-letter = you have a new role as staff. We have signed you out everywhere; sign in again to use it.
notice-role-taken-letter = a role that you had as staff was taken from you. We have signed you out everywhere.
notice-signed-out-by-staff-letter = our staff has signed you out of all browsers and programs, because somebody else may have been in your account. If you did not ask for it, set a new password.
notice-looked-at-letter = a member of our staff has looked at the marketplace as you see it, to help. Nothing can be changed that way, and how your account is protected is not shown. If you did not ask for help, write to us.
notice-suspended-letter = your account is suspended. Sign in to read this again and to answer.
notice-suspension-upheld-letter = we have read your answer. Your suspension stays, and this is why:
notice-suspension-lifted-letter = your suspension is over. You can use your account as before.

## Cases, and an order's money

admin-cases = Cases
admin-cases-lead = Problems with orders that both sides talk about. Those that wait for a decision of ours stand first.
admin-cases-none = No case is open.
admin-cases-table = Open cases
admin-case-own = Yours: not for you
admin-case-take = Take
admin-case-take-number = Take the case of order { $number }
admin-case-taken = You look at this case now. Both sides were told.
admin-case-gone = This case is closed.
order-way = All that happened to the money
order-way-sums = Sums
order-way-what = What happened
order-way-when = When
order-way-kind = What
order-way-step = Step
order-way-entry = Entry
order-way-call = Call
order-way-refund = Refund
order-way-settlement = To the seller
order-way-hold = Hold
order-way-event = Told by the provider
order-way-document = Document
order-way-payout = Payout
order-way-chargeback = Chargeback
order-way-tries = tried { $tries } times
order-way-taken = { $amount } of it taken back
order-way-lifted = lifted { $when }
