# One's own data: a copy, and deleting the account.
data-title = Your data
data-hint = Get a copy of everything, delete your account
data-lead = It is yours. Take a copy of it, or have it deleted.
copy-title = Get a copy of everything
copy-lead = Your profile, listings, orders, payments, mails and sign-ins as files that programs can read, and the photos you uploaded. We put it together and send you a mail.
copy-button = Make a copy
copy-asked = We are putting your copy together. You get a mail when it is ready.
copy-making = Your copy is being made
copy-until = Your copy is ready. It is deleted on
copy-take = Download ({ $size } MB)
refused-copy-too-soon = You can ask for one copy a day. Try again tomorrow.
copy-readme = Hello { $name }, this is everything that is kept about you. The files that end in .json are text: each is a list, and programs can read them. The folder pictures has the photos that you uploaded; photos.json says what belongs to which listing. Amounts are in the smallest unit of their currency, such as cents. Times are in UTC. Passwords, keys and the codes of links are not in it, and nothing that others have written.

leave-title = Delete your account
leave-lead = Your account is hidden at once and erased after a while. Until then you can change your mind.
leave-open = Delete account…
leave-what = What happens
leave-what-hidden = { $days ->
    [one] Your profile and your listings are hidden at once, and you are signed out everywhere. For one day you can sign in and take it back.
   *[other] Your profile and your listings are hidden at once, and you are signed out everywhere. For { $days } days you can sign in and take it back.
  }
leave-what-listings = Then your listings and all their photos are deleted.
leave-what-profile = Your name, address, picture, password, passkeys and the history of your account are deleted. Nobody can bring them back, we neither.
leave-what-orders = Your orders stay for those you traded with, and because the law asks for it: what was sold, when, and for how much. Your name and address are taken out.
leave-what-handle = Your handle is given to nobody else for a year.
leave-what-copy = Do you want to keep something? Take it first:
leave-sure = I understand that this cannot be undone later
leave-button = Delete my account
leave-not-yet = Not yet
leave-staff = You work here. Ask an operator to take your roles away first.
leave-orders = These deals are not finished. They must come to their end first:
leave-paid-now = Somebody is paying for something of yours right now. Try again in an hour.
leave-money = { $amount } from your sales wait to be paid out to you.
leave-money-why = The money is yours. If we deleted your account now, nobody could tell any more whose it is.
leave-money-from = It comes from these sales:
leave-money-how = Look under “Payouts” when it is paid out, and what is still missing for that. As soon as it has reached your bank, you can delete your account on this page. Until then you can:
leave-money-payouts = look at your payouts
leave-owes = You owe { $amount }.
leave-owes-why = A buyer got money back that had been paid out to you. Until that is settled, your account stays.
leave-paid-out = Money is on its way to your bank. As soon as it is there, you can delete your account on this page.
leave-money-copy = take a copy of everything
leave-money-sell = take down what you offer
leave-money-profile = empty your profile
leave-suspended = Your account is suspended. If you delete it, it is hidden at once. It is erased when the suspension is over, and at the latest { $days } days after you asked.
leave-done = Your account is hidden and will be erased on { $at }. Sign in before then to take it back.
leave-pending-title = Your account is being deleted
leave-pending = It is hidden now and will be erased on { $at }. Until then you can take that back, and everything is as it was.
leave-undo = Keep my account
leave-undone = Good to have you back. Your account is as it was.
refused-leaving-obstacles = Something is in the way of deleting your account. The page says what.
refused-leaving-late = It is too late: your account is being erased.
refused-account-leaving = This account is being deleted. Sign in on the website to take that back.
person-gone = Former member

profile-handle = Handle
profile-handle-new = What your page is called
profile-handle-hint = 2 to 30 small letters, digits and underscores. You can change it every 30 days. The old one leads to your page for a year and is given to nobody else.
profile-handle-save = Change handle
wrong-handle = Use small letters from a to z, digits and underscores, and begin with a letter or digit.
wrong-handle-soon = You changed your handle less than 30 days ago. Try again later.

notice-handle-changed = Handle changed
notice-copy-asked = Copy of everything asked for
notice-copy-taken = Copy of everything downloaded
notice-leaving-asked = Deletion of the account asked for
notice-leaving-taken-back = Deletion taken back
notice-copy-asked-letter = somebody, most likely you, has asked for a copy of everything in your account. Only who is signed in to your account can download it.
notice-leaving-taken-back-letter = your account is not deleted. Everything is as it was.

mail-copy-subject = Your copy is ready
mail-copy-body = Hello { $name }, the copy of everything in your account is ready. You can download it until { $until }; then we delete it.
mail-copy-button = Download it
mail-leaving-subject = Your account is being deleted
mail-leaving-body = Hello { $name }, your account is hidden now and will be erased on { $at }, as you asked. Until then you can sign in and keep it. If that was not you, sign in, keep it, and set a new password.
mail-leaving-button = Keep my account
mail-leaving-soon-subject = One day until your account is erased
mail-leaving-soon-body = Hello { $name }, your account will be erased on { $at }. This is the last chance to sign in and keep it.
mail-left-subject = Your account is deleted
mail-left-body = Hello { $name }, your account is deleted. This is our last mail to you; tomorrow we forget this address too. Thank you for having been here.
