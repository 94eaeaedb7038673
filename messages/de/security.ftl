# Wie ein Konto geschützt ist.
security-title = Sicherheit
security-one-step = Dein Konto ist durch ein Passwort geschützt.
security-two-steps = Dein Konto ist durch ein Passwort und einen zweiten Schritt geschützt.
security-staff-title = Das Team braucht einen zweiten Schritt
security-staff = Richte eine Authenticator-App ein. Ohne sie bleiben die Seiten des Teams geschlossen.
security-few-codes-title = Es sind nur noch wenige Notfallcodes übrig
security-few-codes = Erzeuge neue, bevor du den letzten brauchst: Ohne dein Telefon sind sie der einzige Weg hinein.
security-password = Passwort
security-password-hint = Ändere es, wenn jemand es kennen könnte
security-totp = Authenticator-App
security-totp-on = An. Die Anmeldung fragt nach einem Code der App.
security-totp-off = Aus. Mit ihr reicht ein gestohlenes Passwort nicht zur Anmeldung.
security-codes = Notfallcodes
security-codes-later = Es gibt sie zusammen mit der Authenticator-App
security-codes-left = { $left ->
    [0] Keiner mehr übrig
    [one] Noch einer übrig
   *[other] Noch { $left } übrig
  }
account-security-hint = Passwort, zweiter Schritt, Geräte

# Passwort
password-lead = Lang ist stark: Ein Satz, den nur du kennst, ist besser als ein kurzes Wort mit Sonderzeichen.
password-old = Dein bisheriges Passwort
password-elsewhere = Alle anderen Geräte und Programme abmelden
password-button = Passwort ändern
password-changed = Dein Passwort wurde geändert.
wrong-password = Das ist nicht dein Passwort.

# Authenticator-App
totp-lead = Bei der Anmeldung tippst du sechs Ziffern ein, die dein Telefon zeigt. Wer nur dein Passwort kennt, kommt nicht hinein.
totp-install = Öffne eine Authenticator-App auf deinem Telefon. Wenn du keine hast, nimm irgendeine: Aegis, Google Authenticator, Microsoft Authenticator, 2FAS und viele Passwort-Manager können es.
totp-scan = Wähle in der App, dass du ein Konto hinzufügen willst, und richte die Kamera auf dieses Bild.
totp-picture = Der Code für die Kamera deiner Authenticator-App
totp-by-hand = Die Kamera geht nicht? Tippe stattdessen das hier ein
totp-here = Die App ist auf diesem Gerät: öffnen
totp-type = Tippe die sechs Ziffern ein, die die App jetzt zeigt. Sie wechseln alle 30 Sekunden.
totp-code = Sechs Ziffern
totp-button = Einschalten
totp-done = Der zweite Schritt ist an. Eines noch: Bewahre diese Codes auf.
totp-removed = Der zweite Schritt ist aus.
totp-off-text = Ohne sie öffnet dein Passwort allein dein Konto. Deine Notfallcodes enden mit ihr.
totp-off-button = Ausschalten
wrong-code = Dieser Code stimmt nicht oder wurde schon benutzt. Codes der App wechseln alle 30 Sekunden; prüfe, ob die Uhr deines Telefons stimmt.
refused-factor-on = Eine Authenticator-App ist schon eingerichtet.

# Notfallcodes
codes-title = Deine Notfallcodes
codes-lead = Wenn dein Telefon verloren ist, tritt ein Notfallcode an die Stelle der App. Neue Codes machen die alten wertlos.
codes-make = Neue Codes erzeugen
codes-made = Die alten sind ab jetzt wertlos.
codes-once-title = Du siehst sie nur jetzt
codes-once = Drucke sie aus oder lege sie in deinen Passwort-Manager, nicht neben dein Telefon. Jeder gilt einmal.
codes-kept = Ich habe sie aufbewahrt

# Der zweite Schritt der Anmeldung
second-title = Noch ein Schritt
second-text = Hallo { $name }, bitte tippe den Code ein, den deine Authenticator-App zeigt.
second-code = Code
second-trust = Auf diesem Gerät 30 Tage lang nicht fragen
second-button = Anmelden
second-lost = Mein Telefon ist nicht hier
second-lost-text = Tippe stattdessen einen deiner Notfallcodes ein: fünf Gruppen aus Buchstaben und Ziffern, die du aufbewahrt hast, als du die App eingerichtet hast.
second-late = Das hat zu lange gedauert. Bitte melde dich noch einmal an.

# Noch einmal zeigen, wer man ist
confirm-title = Bist du es wirklich?
confirm-text = Was du tun willst, ist heikel. Zeig noch einmal, wer du bist; zehn Minuten lang wirst du nicht wieder gefragt.
confirm-button = Weiter

# Was geschehen ist
activity-title = Aktivität
activity-hint = Was mit der Sicherheit deines Kontos geschehen ist
activity-lead = Anmeldungen und Änderungen am Schutz deines Kontos. Wenn du etwas nicht kennst, ändere dein Passwort und melde alle Geräte ab.
activity-empty = Noch nichts
activity-empty-text = Anmeldungen und Änderungen stehen dann hier.
activity-kept = Wird ein Jahr lang aufbewahrt.
notice-signed-in = Angemeldet
notice-new-device = Mit einem neuen Gerät angemeldet
notice-password-changed = Passwort geändert
notice-password-reset = Passwort per E-Mail neu gesetzt
notice-signed-out-elsewhere = Überall sonst abgemeldet
notice-totp-on = Authenticator-App eingeschaltet
notice-totp-off = Authenticator-App ausgeschaltet
notice-codes-made = Neue Notfallcodes erzeugt
notice-code-used = Notfallcode benutzt
notice-token-reused = Ein Programm wurde abgemeldet
notice-many-wrong-tries = Viele falsche Passwörter
notice-hello = Hallo { $name },
notice-where = { $device }, { $address }, { $at }
notice-not-you = Wenn du das nicht warst, setze jetzt ein neues Passwort und melde alle Geräte ab.
notice-button = Sieh dir dein Konto an
notice-new-device-letter = jemand, sehr wahrscheinlich du, hat sich gerade mit einem Gerät in deinem Konto angemeldet, das wir noch nicht kannten.
notice-password-letter = das Passwort deines Kontos wurde gerade geändert.
notice-totp-on-letter = die Anmeldung in deinem Konto fragt ab jetzt nach einem Code deiner Authenticator-App.
notice-totp-off-letter = die Anmeldung in deinem Konto fragt nicht mehr nach einem Code einer Authenticator-App.
notice-codes-made-letter = für dein Konto wurden neue Notfallcodes erzeugt. Die alten sind wertlos.
notice-code-used-letter = einer deiner Notfallcodes wurde zur Anmeldung in deinem Konto benutzt.
notice-token-reused-letter = ein Programm, das in deinem Konto angemeldet war, hat einen Schlüssel gezeigt, der schon benutzt war, oder ein anderes Programm hat seinen gezeigt. Beides kann heißen, dass der Schlüssel kopiert wurde. Deshalb haben wir es abgemeldet.
notice-many-wrong-tries-letter = jemand probiert Passwörter deines Kontos. Weit kommt er nicht: Jeder Versuch muss länger warten. Auf einem Gerät, das du schon benutzt hast, kannst du dich anmelden wie immer, oder du setzt per E-Mail ein neues Passwort.
