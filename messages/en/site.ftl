# Words for values, the same on every page.
word-home = Home
word-yes = Yes
word-no = No
condition-new = New
condition-like-new = Like new
condition-good = Good
condition-fair = Fair
condition-for-parts = For parts
condition-note-new = Never used, perhaps still in its packaging.
condition-note-like-new = Used once or twice, without a trace.
condition-note-good = Used and works as it should; small traces.
condition-note-fair = Clearly used; what is wrong with it is described.
condition-note-for-parts = Does not work, or parts are missing.
deal-cash = For money
deal-barter = In trade
deal-both = Money or trade
deal-note-cash = It has a price and can be bought at once.
deal-note-barter = You take other things for it.
deal-note-both = It has a price, and you look at trades too.
delivery-ship = By post
delivery-meet = Meet in person
listing-state-draft = Draft
listing-state-live = On sale
listing-state-paused = Paused
listing-state-sold = Sold
listing-state-deleted = Deleted
field-title = Title
field-description = Description
field-category = Category
field-condition = Condition
field-price = Price
field-currency = Currency
field-open-to-offers = Open to offers
field-deal = What you take for it
field-wanted = What you would take in trade
field-quantity = Quantity
field-delivery = Delivery
field-shipping-price = Postage
field-location = Town
field-attributes = Details
field-photo = Photos
field-state = State
card-trade = Trade too
card-near = under 1 km
card-distance = { $km } km

# Home
home-title = Good things, second time round
home-description = { $name } is a marketplace where people buy, sell and trade. The money is held until the buyer has what was promised.
home-lead = Buy and sell with people near and far. The money is held until you have what you were promised.
home-categories = Categories
home-newest = Just in
home-empty-title = Nothing is on sale yet
home-empty-text = Somebody has to begin. A listing takes a few minutes.
home-empty-action = Sell the first thing
home-how = How buying works
home-step-find = Find it
home-step-find-text = Search, filter and compare. Every price shows what protection and postage add to it.
home-step-pay = Pay safely
home-step-pay-text = Your payment is held. The seller sees that it is there and sends the parcel.
home-step-confirm = Confirm it
home-step-confirm-text = You look at it first. Only then does the seller get the money; if something is wrong, you get it back.

# Search
find-title-all = Everything on sale
find-title = “{ $text }”
find-title-in = “{ $text }” in { $category }
find-description = { $title }: buy from people, with the money held until you have what was promised.
find-count =
    { $n ->
        [0] Nothing found
        [one] { $text } item
       *[other] { $text } items
    }
find-show =
    { $n ->
        [0] Show results
        [one] Show { $text } item
       *[other] Show { $text } items
    }
find-sort-relevance = Best match
find-sort-newest = Newest first
find-sort-price-asc = Lowest price first
find-sort-price-desc = Highest price first
find-sort-distance = Nearest first
find-categories = Categories
find-price = Price ({ $currency })
find-currency = Currency
find-deal = Money or trade
find-any = Any
find-near = Near a town
find-town = Town
find-radius = Within
find-within = Within { $km } km of { $town }
find-seller = Seller: { $handle }
find-price-between = { $min } to { $max }
find-price-from = From { $min }
find-price-to = Up to { $max }
find-field-min = From
find-field-max = To
find-corrected = Nothing was found for “{ $typed }”. These are results for “{ $instead }”.
find-relaxed = Nothing has all of your words. These have most of them.
find-relaxed-some = First what has all of your words, then what has most of them.
find-filling = The list is being put together
find-filling-text = It takes less than a minute after an update. Load the page again in a moment.
find-first-page = First page
find-nothing = Nothing found
find-nothing-text = Try fewer or other words, or look around in the categories.
find-nothing-filters = Nothing fits all of your filters. Without one of them there is something:
find-without = Without “{ $filter }”
find-everywhere = Search all categories
find-see-all = See everything on sale

# The page of a listing
show-buy = Buy
show-buy-now = Buy now
show-add-to-cart = Add to cart
show-with-protection = { $amount } with buyer protection
show-postage = plus { $cost } postage
show-postage-included = postage included
show-postage-free = no charge
show-protection = Buyer protection.
show-protection-text = We hold your payment until you have it and have looked at it. If it does not come or is not as described, you get your money back.
show-open-to-offers = Open to offers
show-sold = Sold.
show-sold-text = This has found a new owner. Below is what else there is.
show-trade-only = Only in trade.
show-trade-only-text = The seller takes other things for it, not money.
show-reserved = Somebody is buying it.
show-reserved-text = Every piece is promised to a buyer who is paying right now. If they do not, it is back within half an hour.
show-not-for-sale = Not for sale right now.
show-not-for-sale-text = Look again later, or see what else there is.
show-available =
    { $n ->
        [one] { $n } available
       *[other] { $n } available
    }
show-details = All details ({ $count })
show-listed = Listed
show-wanted = What the seller would take
show-similar = More like this
show-preview = { $title }: see photos, price and condition.

# One's own listing
own-tools = Your listing
own-yours = This is your listing.
own-draft = It is a draft that only you can see.
own-live = Everybody can see and buy it.
own-paused = It is paused: only you can see it.
own-sold = It is sold.
own-views =
    { $n ->
        [0] Nobody has looked at it yet.
        [one] { $n } person looked at it.
       *[other] It was looked at { $n } times.
    }
own-edit = Edit
own-history = History
own-resume = Show again
own-relist = Put on sale again
own-pause = Pause
own-mark-sold = Mark as sold
own-delete = Delete

# A member's page
member-title = { $name }
member-description = What { $name } offers, and who they are.
member-listings = On sale
member-since = Member since
member-offers = On sale by { $name }
member-edit = Edit profile
member-nothing = Nothing on sale right now
member-nothing-text = Look again later, or see what others offer.
member-nothing-mine = You have nothing on sale
member-nothing-mine-text = What you sell is shown here to everybody.

# Selling
sell-something = Sell something
sell-mine = Your listings
sell-all = All
sell-tab-live = On sale
sell-tab-draft = Drafts
sell-tab-paused = Paused
sell-tab-sold = Sold
sell-untitled = Untitled
sell-views =
    { $n ->
        [0] not seen yet
        [one] seen once
       *[other] seen { $n } times
    }
sell-nothing = You have not listed anything yet
sell-nothing-text = Take some photos, write a few sentences, say what you want for it. Listing is free.
sell-nothing-here = Nothing here
sell-nothing-here-text = None of your listings is in this state.
sell-verify-first = You can write drafts now. Confirm your e-mail address before you publish the first one.
sell-title = Sell something
sell-lead = It is saved as you write. Nobody sees it until you publish it.
sell-edit-title = Edit listing
sell-what = What is it?
sell-terms = What do you want for it?
sell-handing-over = How does it get to the buyer?
sell-more = What else you can do
sell-title-hint = What would a buyer search for? Brand, kind, size.
sell-category-hint = Choose the most exact one: buyers filter by its details.
sell-category-none = Choose a category
sell-category-general = { $name } (general)
sell-category-choose = Show the details of this category
sell-attributes-hint = Buyers filter by these. Leave out what you do not know.
sell-not-said = Not said
sell-description-hint = Why do you sell it, how old is it, what is wrong with it? Honest words sell.
sell-open-to-offers = I am open to offers below this price
sell-wanted-hint = Only for trades: what would you like to have instead?
sell-ship-note = You send it within five days.
sell-meet-note = You agree on a place in your town.
sell-shipping-hint = What the buyer pays for postage. Empty means that it is included.
sell-location-hint = Only the town is shown, never an address. Begin to type and choose from the list.
sell-photos-hint = Up to { $max }. The first one is what people see in lists.
sell-photo-add = Add photos
sell-photo-kinds = JPEG, PNG or WebP, up to 15 MB each
sell-photo-upload = Upload
sell-photo-uploading = Uploading { $name }
sell-photo-failed = { $name } could not be uploaded.
sell-photo-retry = Try again
sell-photo-moved = Moved to place { $n }
sell-photo-earlier = Move photo { $n } earlier
sell-photo-later = Move photo { $n } later
sell-photo-delete = Delete photo { $n }
sell-save = Save draft
sell-save-changes = Save changes
sell-save-and-preview = Preview
sell-publish = Publish
sell-save-and-resume = Save and show again
sell-save-and-relist = Save and put on sale again
sell-cancel = Cancel
sell-saving = Saving…
sell-saved-at = Saved { $time }
sell-not-saved = Not saved yet. Kept on this device.
sell-draft-restored = Restored from this device.
sell-saved = Saved.
sell-published = It is on sale. It shows up in the search within a few seconds.
sell-paused = It is paused. Nobody but you can see it.
sell-marked-sold = It is marked as sold.
sell-deleted = The listing was deleted.
sell-restored = The listing is back.
history-title = History
history-when = When
history-what = What
history-before = Before
history-after = After
history-nothing = No changes yet
history-nothing-text = What you change after publishing is listed here.

# Accounts
account-title = Your account
account-email = E-mail address
account-password = Password
account-new-password = New password
account-password-hint = At least { $min } characters. A few words are easier to remember than signs.
account-name = Name
account-name-hint = This is what others see. It need not be your full name.
account-trading = Buying and selling
account-settings = Settings
account-staff = Staff
account-orders = Your orders
account-orders-hint = What you bought, and where it is
account-sales-hint = What you sold, and what to do next
account-listings-hint = Drafts, on sale, paused, sold
account-devices-hint = Where you are signed in
account-unverified = Your e-mail address is not confirmed.
account-unverified-text = You need it to publish and to buy. We sent you a link; it is valid for 24 hours.
account-verify-again = Send the link again
sign-in-title = Sign in
sign-in-forgotten = Forgotten your password?
sign-in-new-here = New here?
sign-out-done = You are signed out.
register-title = Create an account
register-lead = To sell, to buy, and to find your orders again. It costs nothing.
register-email-hint = We send you a link to confirm it.
register-known = Already have an account?
verify-title = Confirm your address
verify-text = One more press, and your e-mail address is confirmed.
verify-button = Confirm and sign in
verify-look = Check your mail
verify-look-text = We have sent you a mail with a link. Open it to confirm your address and sign in.
verify-look-hint = Nothing there after a minute or two? Look among the unwanted mail.
verify-mailbox = Open the mailbox of this installation
verify-expired = This link does not work any more
verify-expired-text = Sign in, and we send you a new one from your account page.
verify-done = Welcome, { $name }. Your address is confirmed.
verify-already = Your address is confirmed already.
verify-sent-to = We have sent a link to { $email }.
reset-title = Set a new password
reset-text = Enter the address of your account. We send you a link with which you set a new password.
reset-button = Send the link
reset-sent = If there is an account with this address, a mail with a link is on its way. The link is valid for one hour.
reset-new-title = Your new password
reset-new-text = When you save it, you are signed in here and signed out everywhere else.
reset-new-button = Save and sign in
reset-done = Your new password is set.
devices-title = Devices
devices-lead = The browsers and programs that are signed in to your account. Sign out any that you do not know, and change your password then.
devices-name = { $browser } on { $system }
devices-unknown = Unknown device
devices-here = This device
devices-seen = last seen
devices-close = Sign out { $device }
devices-close-all = Sign out everywhere else
devices-programs = This also signs out programs that you have signed in to with your password. API keys go on working until you revoke them.
devices-programs-title = Programs
devices-since = signed in
devices-closed = Signed out there.
profile-title = Profile
profile-lead = Everybody can see this.
profile-picture = Picture
profile-new-picture = New picture
profile-picture-hint = JPEG, PNG or WebP, at least { $pixels } pixels wide.
profile-bio = About you
profile-bio-hint = A few sentences: what you like, what you know well, when you answer.
profile-town-hint = Stands in new listings at once. Begin to type and choose from the list.
profile-save = Save
profile-saved = Saved.
wrong-picture-small = This picture is too small or too narrow. Choose one that is at least 240 pixels wide and not more than twice as high as wide.
language-title = Language and colours
language-lead = How the marketplace looks and speaks to you.
language-hint = Mails to you are in this language too.
theme-auto-note = As your device is set

# About
about-title = About { $name }
about-lead = A marketplace where people buy, sell and trade, and where the money is safe until both are happy.
about-safe = How the money is kept safe
about-safe-pay = The buyer pays. The payment provider holds the money; the seller cannot touch it yet.
about-safe-send = The seller sends the thing, or both meet.
about-safe-check = The buyer looks at it, and confirms or reports a problem.
about-safe-release = When the buyer confirms, the seller gets the money. When there is a problem, both can solve it, and otherwise our team decides.
about-silence = Nobody can block the other by saying nothing: every step has a deadline, and the order's page says before what happens when it passes.
about-costs = What it costs
about-costs-listing = Listing something is free.
about-costs-buyer = Buyers pay for buyer protection: { $fixed } and { $percent } % of the price. It is shown before you buy.
about-costs-seller = Sellers pay { $percent } % of the price when something is sold, and nothing otherwise.
about-trade = Trades
about-trade-text = Sellers say whether they take things instead of money, and what they would like. You find those listings with the filter “In trade”.
about-privacy = What others see of you
about-privacy-text = Your name, your town and what you write. Your e-mail address is shown to nobody, and your postal address only to the seller who sends you something.
about-api-title = API
about-api-lead = Everything that the pages can do, for your own programs.
about-api-base = The address begins with
about-api-description = Every operation is described in OpenAPI, for people and for generators:
about-api-sign-in = Signing in
about-api-sign-in-text = Send your address and password to POST /sessions and get an access token and a refresh token. Send the access token as “Authorization: Bearer …”. It lives for 15 minutes; trade the refresh token for a new pair at POST /sessions/refresh.
about-api-rules = Rules
about-api-money = Money is a whole number of minor units with its currency. Times are UTC, as RFC 3339 writes them. Ids are UUIDs.
about-api-lists = Lists come in pages. Ask for the next one with the cursor that the page before ended with.
about-api-errors = Errors are problem documents (RFC 9457) that point at every field that is wrong. Unknown fields are refused.
about-api-keys = Send an Idempotency-Key with what creates something or moves money. The same key and body get the same answer, so trying again is safe.
about-api-problems = Problems
about-api-problems-text = The type of a problem document leads here. Its code says more: for a conflict, what stands in the way; the description names the codes of each operation.
credits-title = Credits
credits-lead = Whose work is in this marketplace.
credits-pictures = Pictures
credits-pictures-text = The drawings of the categories and of the demonstration are Fluent Emoji by Microsoft, under the MIT licence. Photos belong to the people who took them.
credits-towns = Towns
credits-towns-text = Names and coarse positions of towns are facts in the public domain, rounded to about a kilometre.
credits-places = Places of devices
credits-places-text = In which country an address of the network is used comes from IPtoASN (iptoasn.com), whose data is in the public domain.
credits-fonts = Letters of documents
credits-fonts-text = The letters of invoices and other documents are Noto Sans by the Noto Project and IBM Plex Sans Arabic by IBM, under the SIL Open Font License 1.1.
credits-software = Software
credits-software-text = The program stands on free software. Its largest parts, and their licences:
limits-title = Limits
limits-lead = What is possible, and how often. The same numbers that the program keeps to.
limits-rates = How often
limits-rates-text = Counted for each network address, and for each member or each API key. Some requests may come at once; after that there is a number a minute. Whoever asks too often is told how long to wait. The API has the same classes.
limits-what = What
limits-at-once = At once
limits-per-minute = A minute
limits-routes = Routes
limits-browse = Looking at pages
limits-search = Searching
limits-write = Changing something
limits-sign-in = Passwords and links by mail
limits-upload = Photos
limits-money = Orders and payments
limits-plain = Pictures and files
limits-sizes = How much
limits-photos = Photos of a listing
limits-photo-bytes = Size of a photo
limits-photo-pixels = Pixels of a photo
limits-photo-pixels-value = { $megapixels } million, { $side } a side
limits-title-length = Characters of a title
limits-description-length = Characters of a description
limits-bio-length = Characters about yourself
limits-password-length = Characters of a password
limits-quantity = Pieces of a listing
limits-drafts = Drafts of a member
limits-cart = Different things in a cart
limits-page = Items of one page of the API
