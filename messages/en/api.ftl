# What only programs are told.
api-sign-in-failed-title = Signing in failed
api-webhook-not-believed-title = The webhook is not believed
wrong-currency-differs = Use the currency of the price.
wrong-external-id-fixed = The external id is given when a listing is made, and stays. Leave it out.
wrong-near = Write latitude and longitude in degrees, such as 45.76,4.84.
wrong-radius = Enter a distance in kilometres, more than 0 and up to 20,100.
api-second-factor-title = A second factor is needed
api-second-factor-text = Send a code of the authenticator app, or a recovery code, as `otp`.
