# Mails about an account, and what goes wrong at sign-in.
mail-verify-subject = Confirm your e-mail address
mail-verify-body = Hello { $name }, welcome. Please confirm that this address is yours. The link works for 24 hours. If you did not open an account, ignore this mail.
mail-verify-button = Confirm my address
mail-known-subject = You already have an account
mail-known-body = Hello { $name }, somebody, perhaps you, tried to open an account with this address. You already have one, so just sign in. If you forgot the password, you can set a new one there.
mail-known-button = Sign in
mail-reset-subject = Set a new password
mail-reset-body = Hello { $name }, with this link you set a new password. It works once, within an hour. If you did not ask for it, ignore this mail: nothing has changed.
mail-reset-button = Set a new password
mail-footer = You get this mail because of your account with us.

wrong-sign-in = The address or the password is wrong. Check both, or set a new password.
refused-account-suspended = This account is suspended. Sign in on the website to read why, or write to the operator if you think this is a mistake.
refused-link-expired = This link was used already or is too old. Ask for a new one.
