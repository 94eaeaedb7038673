# Keys with which programs act for a member.
keys-title = API keys
keys-hint = For programs that act for you
keys-lead = With a key a program of yours, or of somebody you trust, does things here for you. It needs no password, and it can do only what you allow.
keys-about = How programs use the API
keys-none = No keys yet
keys-none-text = You need one only if you want to connect a program: a shop system, a spreadsheet, a script.
keys-make = Make a key
keys-make-lead = Give it as little as the program needs. You can make another at any time.
keys-name = What is it for?
keys-name-hint = For instance “Stock of my shop”
keys-scopes = What the program may do
keys-scopes-hint = Nothing else is possible with the key. It never changes how your account is protected.
keys-life = It ends by itself after
keys-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
  }
keys-networks = Only from these networks
keys-networks-hint = Addresses or networks, such as 192.0.2.7 or 192.0.2.0/24, one in each line. If you leave it empty, the key works from anywhere.
keys-per-minute = Requests a minute at most
keys-per-minute-hint = So that a faulty program does no great harm. If you leave it empty, the usual limits hold.
keys-created = Made
keys-used = last used
keys-unused = never used
keys-ends = ends
keys-ended = Ended in the last 30 days
keys-only-from = Only from
keys-quota = { $n ->
    [one] At most { $n } request a minute
   *[other] At most { $n } requests a minute
  }
keys-rotate = Replace
keys-rotate-one = Replace { $name }
keys-rotate-lead = You get a new key that can do the same. Choose how long the old one is good beside it, so that you can change it in your program without a pause.
keys-overlap = The old key ends
keys-overlap-none = at once
keys-overlap-hour = after an hour
keys-overlap-day = after a day
keys-overlap-week = after a week
keys-overlap-month = after 30 days
keys-revoke = Revoke
keys-revoke-one = Revoke { $name }
keys-revoked = The key has ended.
keys-state-leaked = Found by others
keys-state-revoked = Revoked
keys-state-ended = Ended
keys-state-replaced = Replaced
keys-shown-title = Your new key
keys-once-title = You see it only now
keys-once = Copy it into your program or your password manager. Whoever has it can do what it allows. Never put it into a mail, a chat or a public place.
keys-made-next = If you lose it, revoke it and make another.
keys-rotated-now = The old key has ended.
keys-rotated-next = Put it into your program now. The old key ends by itself, at the latest on { $at }.
keys-kept = I have kept it
scope-profile-read = See your account: name, address, town
scope-listings-read = See your listings and their history
scope-listings-write = Make, change, publish and delete your listings and photos
scope-orders-read = See your orders, sales and payments
scope-orders-write = Take the steps of your orders: say that something was sent or has arrived, or cancel
scope-cart-write = Fill your cart and place orders
scope-payments-write = Pay for orders
scope-documents-read = See your receipts, invoices and statements
scope-payouts-read = See what you have sold for and what was paid out to you
wrong-network = Write addresses such as 192.0.2.7 or networks such as 192.0.2.0/24.
wrong-networks-many = Name 20 networks or fewer.
wrong-scopes-none = Choose at least one thing that the program may do.
wrong-keys-many = Send 20 keys or fewer at a time.
refused-api-keys-many = You have twenty live keys. Revoke one that you do not need any more.
refused-api-key-ended = This key has ended. Make a new one.
refused-api-key-replaced = Another key has taken the place of this one already.

# What is told of them
notice-api-key-made = API key made
notice-api-key-rotated = API key replaced
notice-api-key-revoked = API key revoked
notice-api-key-leaked = API key found by others and ended
notice-api-key-made-letter = an API key was made for your account. A program that has it can act for you, as far as the key allows.
notice-api-key-rotated-letter = an API key of your account was replaced by a new one. The old one ends by itself.
notice-api-key-revoked-letter = an API key of your account was revoked. Programs that use it are refused from now on.
mail-key-leaked-subject = We have ended an API key of yours
mail-key-leaked-body = somebody has found your key “{ $name }” ({ $hint }) where it should not be, and has told us. We have ended it, so nobody can do anything with it any more. Programs that used it are refused.
mail-key-leaked-next = Look at your listings and orders for what you do not know. Then make a new key, and keep it where nobody else can read it.
mail-key-leaked-button = Look at your keys

# What a program is told that shows a key
problem-api-key-never-title = Not with an API key
problem-api-key-never-text = No API key may do this. Sign in and use the access token.
problem-api-key-scope-title = The API key does not allow this
problem-api-key-scope-text = The key lacks the scope that this needs. The answer names it. Make a key that has it.
problem-api-key-scope-missing = This needs the scope { $scope }, which the key does not have. Make a key that has it.
problem-api-key-network-title = Not from this network
problem-api-key-network-text = The owner of this API key has named the networks that it may be used from. This is none of them.
about-api-scopes = API keys
about-api-scopes-text = Members make keys for their programs. A key is sent in place of the access token and can do only what its scopes say. Make one here:
limits-api-keys = API keys of a member
limits-api-key-days = Days that an API key lives
