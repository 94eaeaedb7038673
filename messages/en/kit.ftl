# What stands around every page.
layout-skip = Skip to content
layout-error-title = Error: { $title }
sandbox-label = Test mode
sandbox-title = Sandbox.
sandbox-text = Payments are simulated, no money moves.
sandbox-cards = Test cards

nav-main = Main
nav-quick = Quick links
nav-home = Home
nav-orders = Orders
nav-sales = Your sales
nav-sell = Sell
nav-account = Account
nav-settings = Settings
nav-your-page = Your page
nav-sign-in = Sign in
nav-sign-out = Sign out
nav-signed-in-as = Signed in as
nav-cart-empty = Cart, empty
nav-cart-items =
    { $n ->
        [one] Cart, { $n } item
       *[other] Cart, { $n } items
    }
nav-breadcrumb = Breadcrumb
nav-pages = Pages
nav-previous = Previous
nav-next = Next

search-label = Search
search-placeholder = Search for anything
search-suggestions = { $n } suggestions

foot-about = About
foot-limits = Limits
foot-api = API
foot-credits = Credits
foot-mailbox = Mailbox
foot-language = Language
foot-change = Change
foot-colours = Colours
foot-operated = Operated by { $name }
theme-auto = Auto
theme-light = Light
theme-dark = Dark

# Pieces of pages.
form-optional = (optional)
form-error-label = Error:
form-problem = There is a problem
form-undo = Undo
kept-safe = What you typed is kept for an hour: you find it again when you have shown who you are.
kept-again = You were signed out, or had to show once more who you are. Here is what you had typed: look over it and send it again. Passwords, codes and files are not kept.
form-busy = One moment…
filters-title = Filters
filters-close = Close
filters-clear = Clear all
filters-active = Filters in use
filters-remove = Remove filter:
filters-sort = Sort by
filters-from = From
filters-to = To
price-was = was
price-trade-only = Trade only
price-beside = ≈ { $money } (rate of { $day })
shelf-all = See all
photo-list = Photos
photo-choose = Choose a photo
photo-number = Photo { $n }
photo-of = Photo { $n } of { $total }
photo-alt = Photo { $n } of { $total }: { $title }
seller-sales =
    { $n ->
        [one] { $n } sale
       *[other] { $n } sales
    }
seller-since = since { $year }
timeline-done = Done:
deadline-left = ({ $span }).

# When there is no ordinary answer. Each kind has a title and a text that says what to do.
oops-home = Go to the home page
oops-search = Search the marketplace
oops-reference = Reference:

problem-not-found-title = Not found
problem-not-found-text = There is nothing here, or you may not see it. Check the address, or search for what you want.
problem-sign-in-title = Sign in first
problem-sign-in-text = This needs a signed-in member. Sign in, or send a valid access token.
problem-forbidden-title = Not allowed
problem-forbidden-text = Your account may not do this. If it should, ask the operator.
problem-fields-title = Some of it is wrong
problem-fields-text = Correct what is listed and send it again.
problem-conflict-title = That is not possible now
problem-conflict-text = Things have changed in the meantime. Look at the page again and try once more.
problem-too-many-title = Too many requests
problem-too-many-text = You did this too often. Wait a little and try again.
problem-too-many-wait =
    { $n ->
        [one] You did this too often. Try again in { $n } second.
       *[other] You did this too often. Try again in { $n } seconds.
    }
problem-unavailable-title = Not available for the moment
problem-unavailable-text = Something we need is away. Nothing was lost. Try again in a few seconds.
problem-broken-title = Something went wrong on our side
problem-broken-text = We have made a note of it. Try again; if it happens again, tell the operator the reference.
problem-unreadable-title = This could not be read
problem-unreadable-text = What was sent is not complete or not in the form we expect. Go back and send it again.
problem-unreadable-at = This is not valid JSON: look at line { $line }, column { $column }.
problem-too-large-title = Too large
problem-too-large-text = What was sent is larger than allowed here. Make it smaller and send it again.
problem-too-large-max = At most { $max } kB are allowed here. Make it smaller and send it again.
problem-wrong-type-title = Wrong type of content
problem-wrong-type-text = The type of what was sent is not one that is read here. The API reads application/json.
problem-method-title = Not possible with this method
problem-method-text = The address exists, but not for this method. The Allow header lists those that work.
problem-origin-title = Please send the form again
problem-origin-text = We could not be sure that this came from our own page. Go back, load the page again and send the form once more.
problem-step-up-title = Show once more who you are
problem-step-up-text = This is sensitive: in a browser you are asked for your password or a code again; a program signs in once more.
problem-enrol-title = A second step is needed
problem-enrol-text = Staff needs a second step to sign in: a passkey, or a code of an authenticator app.
problem-key-missing-title = Idempotency-Key is missing
problem-key-missing-text = Send an Idempotency-Key header with a new random value, such as a UUID, for each thing you want done once.
problem-key-malformed-title = Idempotency-Key is malformed
problem-key-malformed-text = Use 1 to 255 visible ASCII characters.
problem-key-mismatch-title = Idempotency-Key was used before
problem-key-mismatch-text = The same key came with another request. Use a new key for a new request.
problem-key-running-title = Still being worked on
problem-key-running-text = The first request with this key has not been answered yet. Ask again in a second.
problem-busy-title = Very busy
problem-busy-text = More people are here than we can serve at once. Try again in a second.
problem-late-title = This took too long
problem-late-text = We gave up waiting. Look whether it was done before you try again.

# While a password is being chosen
password-show = Show what I type
password-hide = Hide what I type
password-short = Go on: at least { $min } characters.
password-yours = Easy to guess: this is mostly your name or address.
password-weak = Easy to guess: it repeats itself or counts up.
password-fair = This will do. Longer is stronger.
password-good = Good. Nobody guesses this soon.
password-strong = Strong.
