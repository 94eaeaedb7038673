# Was nur Programmen gesagt wird.
api-sign-in-failed-title = Die Anmeldung ist fehlgeschlagen
api-webhook-not-believed-title = Dem Webhook wird nicht geglaubt
wrong-currency-differs = Verwende die Währung des Preises.
wrong-external-id-fixed = Die externe Kennung wird beim Anlegen eines Angebots vergeben und bleibt. Lass sie weg.
wrong-near = Gib Breite und Länge in Grad an, etwa 45.76,4.84.
wrong-radius = Gib eine Entfernung in Kilometern ein, mehr als 0 und höchstens 20.100.
api-second-factor-title = Ein zweiter Faktor ist nötig
api-second-factor-text = Sende einen Code der Authenticator-App oder einen Notfallcode als `otp`.
