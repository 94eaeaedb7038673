# What only programs are told.
api-sign-in-failed-title = Signing in failed
api-webhook-not-believed-title = The webhook is not believed
wrong-currency-differs = Use the currency of the price.
wrong-external-id-fixed = The external id is given when a listing is made, and stays. Leave it out.
wrong-near = Write latitude and longitude in degrees, such as 45.76,4.84.
wrong-radius = Enter a distance in kilometres, more than 0 and up to 20,100.
api-second-factor-title = A second factor is needed
api-second-factor-text = Send a code of the authenticator app, or a recovery code, as `otp`.
api-puzzle-title = A puzzle is asked for
api-puzzle-text = Very many sign in wrongly right now. The header field `Puzzle` holds a token, form.time.bits.chance.seed. Find a number so that the SHA-256 of “seed:number” begins with so many zero bits, and send the request again within ten minutes with `Puzzle-Answer: token:number`. Without a number it counts after 30 seconds, one at a time for each network. Refresh tokens and access tokens work as always.
