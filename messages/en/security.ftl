# How an account is protected.
security-title = Security
security-one-step = Your account is protected by a password.
security-two-steps = Your account is protected by a password and a second step.
security-staff-title = Staff needs a second step
security-staff = Add a passkey or set up an authenticator app. Without a second step you are a member like all others.
security-staff-show = Show your passkey or a code once more, and the pages of staff open.
security-few-codes-title = Few recovery codes are left
security-few-codes = Make new ones before you need the last: when you cannot get a code, they take its place.
security-password = Password
security-password-hint = Change it when somebody may know it
security-totp = Authenticator app
security-totp-on = On. Signing in asks for a code of the app.
security-totp-off = Off. With it a stolen password is not enough to sign in.
security-codes = Recovery codes
security-codes-left = { $left ->
    [0] None left
    [one] One left
   *[other] { $left } left
  }
account-security-hint = Password, second step, devices

# Password
password-lead = Long is strong: a sentence that only you know is better than a short word with signs.
password-old = Your password until now
password-elsewhere = Sign out all other devices and programs
password-button = Change password
password-changed = Your password was changed.
wrong-password = That is not your password.

# Authenticator app
totp-lead = When you sign in, you type six digits that your phone shows. Somebody who only knows your password does not get in.
totp-install = Open an authenticator app on your phone. If you have none, take any: Aegis, Google Authenticator, Microsoft Authenticator, 2FAS, and many password managers can do it.
totp-scan = Choose to add an account in the app, and point the camera at this picture.
totp-picture = The code to scan with your authenticator app
totp-by-hand = The camera does not work? Type this instead
totp-here = The app is on this device: open it
totp-type = Type the six digits that the app shows now. They change every 30 seconds.
totp-code = Six digits
totp-button = Turn it on
totp-done = The second step is on. One more thing: keep these codes.
totp-removed = The authenticator app is off.
totp-off-text = Without it, signing in asks for no second step any more. Your recovery codes end with it.
totp-off-text-sent = Without it, codes that we send you are your second step. Your recovery codes stay.
totp-off-button = Turn it off
wrong-code = This code is not right, was used already, or is too old. Codes of the app change every 30 seconds; check that your phone's clock is right. Of codes that we send, only the last one counts.
refused-factor-on = An authenticator app is set up already.

# Recovery codes
codes-title = Your recovery codes
codes-lead = When you cannot get a code, a recovery code takes its place. New codes make the old ones worthless.
codes-make = Make new codes
codes-made = The old ones are worthless from now on.
codes-once-title = You see them only now
codes-once = Print them, or put them into your password manager, not beside your phone. Each works once.
codes-kept = I have kept them

# The second step of signing in
second-title = One more step
second-text = Hello { $name }, please type the code that your authenticator app shows.
second-code = Code
second-trust = Do not ask on this device for 30 days
second-button = Sign in
second-lost = My phone is not here
second-lost-text = Type one of your recovery codes instead: five groups of letters and digits that you kept when you set up the app.
second-late = That took too long. Please sign in again.

# Showing once more who one is
confirm-title = Is it really you?
confirm-text = What you want to do is sensitive. Show once more who you are; you are not asked again for ten minutes.
confirm-button = Go on

# What happened
activity-title = Activity
activity-hint = What happened to the safety of your account
activity-lead = Sign-ins and changes to how your account is protected. If you do not know one, change your password and sign out all devices.
activity-empty = Nothing yet
activity-empty-text = Sign-ins and changes will be listed here.
activity-kept = Kept for a year.
place-country = probably { $country }
place-town = probably near { $town }, { $country }
places-hint = Places are guessed from the address in the network. They can be wrong, most of all on the move or with a VPN.
notice-signed-in = Signed in
notice-new-device = Signed in with a new device
notice-password-changed = Password changed
notice-password-reset = Password set anew by mail
notice-signed-out-elsewhere = Signed out everywhere else
notice-totp-on = Authenticator app turned on
notice-totp-off = Authenticator app turned off
notice-codes-made = New recovery codes made
notice-code-used = Recovery code used
notice-token-reused = A program was signed out
notice-many-wrong-tries = Many wrong passwords
notice-hello = Hello { $name },
notice-where = { $device }, { $address }, { $at }
notice-not-you = If that was not you, set a new password now, sign out all devices, and remove under Security what you do not know.
notice-button = Look at your account
notice-new-device-letter = somebody, most likely you, has just signed in to your account with a device that we had not seen before.
notice-password-letter = the password of your account has just been changed.
notice-totp-on-letter = signing in to your account asks for a code of your authenticator app from now on.
notice-totp-off-letter = signing in to your account does not ask for a code of an authenticator app any more.
notice-codes-made-letter = new recovery codes were made for your account. The old ones are worthless.
notice-code-used-letter = one of your recovery codes was used to sign in to your account.
notice-token-reused-letter = a program that was signed in to your account showed a key that had been used before, or another program showed its key. Either may be a sign that the key was copied, so we have signed it out.
notice-many-wrong-tries-letter = somebody tries passwords of your account. They do not get far: each try has to wait longer. You can sign in as always on a device that you used before, or set a new password by mail.

# Passkeys
security-passkeys = Passkeys
security-passkeys-count = { $count ->
    [0] None yet. With one you sign in with your finger, face or PIN, without a password
    [one] One passkey
   *[other] { $count } passkeys
  }
passkeys-lead = A passkey signs you in with the finger, face or PIN of your device. It cannot be guessed, and no page that only looks like ours can steal it.
passkeys-none = No passkeys yet
passkeys-none-text = Add one on each device that you use, or one that your password manager copies to all of them.
passkeys-add = Add a passkey
passkeys-name = What do you call it?
passkeys-name-hint = For instance “My phone”
passkeys-synced = Copied between your devices
passkeys-bound = On one device only
passkeys-added = Added
passkeys-used = last used
passkeys-never = never used
passkeys-rename = Rename
passkeys-remove = Remove
passkeys-remove-one = Remove { $name }
passkeys-done = Added. Next time you can sign in with it.
passkeys-renamed = Renamed.
passkeys-removed = Removed. Also delete it on the device, so that it is not offered there any more.
passkeys-no-script = Adding a passkey needs JavaScript. Everything else works without it.
passkeys-unable = This browser cannot make passkeys here.
passkeys-lost = If you lose all of them, you sign in another way: with your password, with an account elsewhere, or with a link by mail for a new password.
passkey-sign-in = Sign in with a passkey
passkey-confirm = Use a passkey
passkey-busy = Waiting for your device…
passkey-stopped = That did not work. Try again, or use another way.
wrong-passkey = This passkey was not accepted. Try again, or use another way to sign in.
refused-passkey-late = That took too long. Please try again.
refused-passkeys-many = You have twenty passkeys already. Remove one that you do not use any more.
notice-passkey-added = Passkey added
notice-passkey-removed = Passkey removed
notice-passkey-added-letter = a passkey was added to your account. It signs in without a password.
notice-passkey-removed-letter = a passkey of your account was removed.

# Choosing a password
wrong-password-common = This password is one of the first that are tried. Choose another: three or four words that have nothing to do with each other are good.
wrong-password-simple = This password repeats itself or counts up, so it is guessed soon. Choose another: three or four words that have nothing to do with each other are good.
wrong-password-yours = This password is mostly your name, your address or words of this marketplace. Choose one that nobody can put together from what is known of you.

# Another address
security-email = E-mail address
email-lead = Your address is { $email }. It is where links to sign in and news of your orders go.
email-new = New address
email-new-hint = We send a link there. Until you open it, nothing changes.
email-button = Send the link
email-sent = Look into the mailbox of { $email }: there is a link that makes it your address.
email-confirm-title = Your new address
email-confirm-text = With this button the address that got this link becomes that of your account.
email-confirm-button = Use this address
email-confirmed = Your account has its new address.
email-undo-title = That was not you?
email-undo-text = This makes the old address that of your account again and signs out all devices and programs. Then we send you a link to set a new password.
email-undo-button = Take the old address back
email-undone = Your old address is back. Look into its mailbox: there is a link to set a new password.
wrong-email-same = That is your address already.
mail-email-confirm-subject = Confirm your new address
mail-email-confirm-body = Hello { $name }, this shall become the address of your account. The link works for 24 hours. If you did not ask for it, ignore this mail.
mail-email-confirm-button = Use this address
mail-email-replaced-subject = Your account has a new address
mail-email-replaced-body = Hello { $name }, the address of your account is { $email } now, and no longer this one. If that was not you, take it back within three days: somebody else is in your account.
mail-email-replaced-button = That was not me
notice-email-changed = Address changed
notice-email-restored = Old address taken back
notice-email-changed-letter = this is the address of your account from now on.
notice-email-restored-letter = the old address of your account was taken back, and everything was signed out. Set a new password by the link in the other mail.

# While very many sign in wrongly, open accounts or ask for links
puzzle-wait = Very many sign-ins are tried here right now. So please wait half a minute before you send this form. With JavaScript switched on you do not have to: your browser does a little work instead.
puzzle-busy = Very many sign-ins are tried here right now, so your browser does a little work first. You can type meanwhile.
puzzle-done = Your browser has done its work. You can send the form.
wrong-puzzle-wait = That was too soon. Wait half a minute and send the form again: very many sign-ins are tried here right now.
wrong-puzzle-again = Please send the form once more: it was open for too long, or sent twice. If your browser runs no JavaScript, wait half a minute first.
mail-pressure-subject = Very many wrong sign-ins
mail-pressure-body = Hello { $name }, very many sign in wrongly, open accounts or ask for links on your marketplace right now: somebody may be trying passwords. Strangers solve a small puzzle before they sign in; browsers in which somebody was signed in before, and passkeys, go on as always. You do not have to do anything. You get a mail when it is over.
mail-pressure-over-subject = The wrong sign-ins are over
mail-pressure-over-body = Hello { $name }, signing in on your marketplace is as calm as usual again. Nobody solves puzzles any more.

# Codes by mail and SMS
security-no-password = Your account has no password. You sign in with a passkey or an account elsewhere.
security-password-none = None yet. You can set one by mail
password-none = You sign in without a password. If you want one, we send you a link to set it.
mail-codes-title = Codes by mail
mail-codes-lead = When you sign in, we send eight digits to your e-mail address, and you type them. Somebody who only knows your password does not get in.
mail-codes-on = On. Signing in asks for a code that we send by mail.
mail-codes-off = Off. With them a stolen password is not enough to sign in.
mail-codes-hint = Whoever can read your mail can read the codes. A passkey or an authenticator app protects you better, and staff needs one of these.
phone-title = Codes by SMS
phone-lead = When you sign in, we send eight digits to your phone, and you type them.
phone-on = On. Signing in asks for a code that we send by SMS.
phone-off = Off. The weakest second step; better than none
phone-weak-title = The weakest way.
phone-weak = Phone numbers can be taken over, and text messages can be read on their way. If you can, take a passkey or an authenticator app instead.
phone-number = Phone number
phone-number-hint = With its country: +49 151 23456789. Only you see it, and only its last two digits.
phone-ends = Codes go to the number that ends in { $digits }.
phone-waits = We sent a code to the number that ends in { $digits }. Type it here, then the second step is on.
phone-other = Another number
wrong-phone = Write the number with its country, for instance +49 151 23456789.
refused-sms-off = This marketplace sends no text messages at the moment. Use another way.
sent-by-mail = Send me a code by mail
sent-by-sms = Send me a code by SMS
sent-sms-weak = SMS is the weakest way. Take another one if you can.
sent-done = A code is on its way. It works for ten minutes, here only.
sent-again = Send another code
sent-code = Eight digits
sent-turn-on = Turn it on
sent-turn-off = Turn it off
sent-on = The second step is on.
sent-off = It is turned off.
sent-sms = { $brand }: your code is { $code }. It works for ten minutes. Never tell it to anybody.
second-text-sent = Hello { $name }, please type the code that we sent you.
mail-code-subject = Your code
mail-code-body = Hello { $name }, your code is { $code }. It works for ten minutes, and only where it was asked for. Never tell it to anybody, not to us either. If you did not ask for it, somebody may know your password: change it.
notice-mail-codes-on = Codes by mail turned on
notice-mail-codes-off = Codes by mail turned off
notice-phone-added = Phone for codes added
notice-phone-removed = Phone for codes removed
notice-mail-codes-on-letter = signing in to your account asks for a code by mail from now on.
notice-mail-codes-off-letter = signing in to your account does not ask for a code by mail any more.
notice-phone-added-letter = codes to sign in to your account are sent to a phone from now on.
notice-phone-removed-letter = codes to sign in to your account are not sent to your phone any more.

# Accounts elsewhere
sign-ins-title = Accounts elsewhere
sign-ins-hint = Sign in with an account that you have elsewhere
sign-ins-lead = With these accounts you sign in here without a password of ours.
sign-ins-none = None yet
sign-ins-none-text = Add an account that you have elsewhere, and sign in with it from then on.
sign-ins-add = Add { $provider }
sign-ins-added = From now on you can sign in with { $provider }.
sign-ins-removed = Removed.
provider-continue = Continue with { $provider }
provider-known = There is an account with the address that { $provider } told us. Sign in to it, then add { $provider }.
provider-no-address = { $provider } told us no e-mail address. Open an account first, then add { $provider } under Security.
refused-provider-late = That took too long, or began in another browser. Please try again.
refused-provider-refused = The other service did not sign you in. Try again, or use another way.
refused-provider-failed = The other service does not answer as it should. Try again later, or use another way.
provider-confirm = Confirm with { $provider }
refused-provider-other = That was another account than the one that signs you in here.
refused-provider-stale = The other service did not ask you anew, or does not tell us whether it did. Take a code by mail instead.
refused-provider-taken = That account signs in to another account here, or you have added another one from there already.
refused-last-way-in = It is your only way in. Set a password or add a passkey first.
notice-provider-linked = Account elsewhere added
notice-provider-unlinked = Account elsewhere removed
notice-provider-linked-letter = an account at another service was added to your account. It signs in from now on.
notice-provider-unlinked-letter = an account at another service was removed from your account. It does not sign in any more.
