# Was nur Programmen gesagt wird.
api-sign-in-failed-title = Die Anmeldung ist fehlgeschlagen
api-webhook-not-believed-title = Dem Webhook wird nicht geglaubt
wrong-currency-differs = Verwende die Währung des Preises.
wrong-external-id-fixed = Die externe Kennung wird beim Anlegen eines Angebots vergeben und bleibt. Lass sie weg.
wrong-near = Gib Breite und Länge in Grad an, etwa 45.76,4.84.
wrong-radius = Gib eine Entfernung in Kilometern ein, mehr als 0 und höchstens 20.100.
api-second-factor-title = Ein zweiter Faktor ist nötig
api-second-factor-text = Sende einen Code der Authenticator-App oder einen Notfallcode als `otp`.
api-puzzle-title = Ein Rätsel ist zu lösen
api-puzzle-text = Gerade melden sich sehr viele falsch an. Das Kopffeld `Puzzle` enthält ein Token, form.time.bits.chance.seed. Finde eine Zahl, sodass der SHA-256 von „seed:Zahl“ mit so vielen Null-Bits beginnt, und sende die Anfrage innerhalb von zehn Minuten noch einmal mit `Puzzle-Answer: Token:Zahl`. Ohne Zahl gilt es nach 30 Sekunden, je Netz eines zur Zeit. Refresh- und Access-Token gelten wie immer.
