# What goes wrong with a listing.
wrong-wanted-empty = Say what you would take in trade.
wrong-delivery-none = Choose at least one way: ship it, or meet in person.
wrong-location-needed = Say in which town you can meet.
wrong-location = Choose a town from the list, such as “Lyon, FR”.
wrong-category = Choose a category from the list.
wrong-attribute = This category has no such detail.
picture-too-many = A listing can have 12 photos. Remove one first.
refused-too-many-drafts = You have 100 drafts. Publish or delete some first.
refused-listing-state = That is not possible in the state the listing is in. Reload the page to see where it stands.
refused-listing-reserved = A buyer is paying for this right now. Wait until that is over, then try again.
refused-listing-incomplete = Buyers must know more before this listing can be published. Fill in what is named, then publish it.
refused-listing-full = A listing can have 12 photos. Remove one first.
refused-verify-first = Confirm your e-mail address first. We can send you the link again from your account page.
refused-sold-out = Somebody was faster: there are not enough pieces left.
