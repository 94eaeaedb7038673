# Wie ein Konto geschützt ist.
security-title = Sicherheit
security-one-step = Dein Konto ist durch ein Passwort geschützt.
security-two-steps = Dein Konto ist durch ein Passwort und einen zweiten Schritt geschützt.
security-staff-title = Das Team braucht einen zweiten Schritt
security-staff = Füge einen Passkey hinzu oder richte eine Authenticator-App ein. Ohne zweiten Schritt bist du ein Mitglied wie alle anderen.
security-staff-show = Zeig deinen Passkey oder einen Code noch einmal, dann öffnen sich die Seiten des Teams.
security-few-codes-title = Es sind nur noch wenige Notfallcodes übrig
security-few-codes = Erzeuge neue, bevor du den letzten brauchst: Wenn du an keinen Code kommst, treten sie an seine Stelle.
security-password = Passwort
security-password-hint = Ändere es, wenn jemand es kennen könnte
security-totp = Authenticator-App
security-totp-on = An. Die Anmeldung fragt nach einem Code der App.
security-totp-off = Aus. Mit ihr reicht ein gestohlenes Passwort nicht zur Anmeldung.
security-codes = Notfallcodes
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
totp-removed = Die Authenticator-App ist aus.
totp-off-text = Ohne sie fragt die Anmeldung nach keinem zweiten Schritt mehr. Deine Notfallcodes enden mit ihr.
totp-off-text-sent = Ohne sie sind Codes, die wir dir schicken, dein zweiter Schritt. Deine Notfallcodes bleiben.
totp-off-button = Ausschalten
wrong-code = Dieser Code stimmt nicht, wurde schon benutzt oder ist zu alt. Codes der App wechseln alle 30 Sekunden; prüfe, ob die Uhr deines Telefons stimmt. Von Codes, die wir schicken, gilt nur der letzte.
refused-factor-on = Eine Authenticator-App ist schon eingerichtet.

# Notfallcodes
codes-title = Deine Notfallcodes
codes-lead = Wenn du an keinen Code kommst, tritt ein Notfallcode an seine Stelle. Neue Codes machen die alten wertlos.
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
place-country = vermutlich { $country }
place-town = vermutlich bei { $town }, { $country }
places-hint = Orte sind aus der Adresse im Netz geschätzt. Sie können falsch sein, vor allem unterwegs oder mit einem VPN.
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
notice-not-you = Wenn du das nicht warst, setze jetzt ein neues Passwort, melde alle Geräte ab und entferne unter Sicherheit, was du nicht kennst.
notice-button = Sieh dir dein Konto an
notice-new-device-letter = jemand, sehr wahrscheinlich du, hat sich gerade mit einem Gerät in deinem Konto angemeldet, das wir noch nicht kannten.
notice-password-letter = das Passwort deines Kontos wurde gerade geändert.
notice-totp-on-letter = die Anmeldung in deinem Konto fragt ab jetzt nach einem Code deiner Authenticator-App.
notice-totp-off-letter = die Anmeldung in deinem Konto fragt nicht mehr nach einem Code einer Authenticator-App.
notice-codes-made-letter = für dein Konto wurden neue Notfallcodes erzeugt. Die alten sind wertlos.
notice-code-used-letter = einer deiner Notfallcodes wurde zur Anmeldung in deinem Konto benutzt.
notice-token-reused-letter = ein Programm, das in deinem Konto angemeldet war, hat einen Schlüssel gezeigt, der schon benutzt war, oder ein anderes Programm hat seinen gezeigt. Beides kann heißen, dass der Schlüssel kopiert wurde. Deshalb haben wir es abgemeldet.
notice-many-wrong-tries-letter = jemand probiert Passwörter deines Kontos. Weit kommt er nicht: Jeder Versuch muss länger warten. Auf einem Gerät, das du schon benutzt hast, kannst du dich anmelden wie immer, oder du setzt per E-Mail ein neues Passwort.

# Passkeys
security-passkeys = Passkeys
security-passkeys-count = { $count ->
    [0] Noch keiner. Damit meldest du dich mit Finger, Gesicht oder PIN an, ohne Passwort
    [one] Ein Passkey
   *[other] { $count } Passkeys
  }
passkeys-lead = Ein Passkey meldet dich mit Finger, Gesicht oder PIN deines Geräts an. Er lässt sich nicht erraten, und keine Seite, die nur aussieht wie unsere, kann ihn stehlen.
passkeys-none = Noch keine Passkeys
passkeys-none-text = Füge auf jedem Gerät einen hinzu, oder einen, den dein Passwort-Manager auf alle kopiert.
passkeys-add = Passkey hinzufügen
passkeys-name = Wie nennst du ihn?
passkeys-name-hint = Zum Beispiel „Mein Telefon“
passkeys-synced = Wird zwischen deinen Geräten kopiert
passkeys-bound = Nur auf einem Gerät
passkeys-added = Hinzugefügt
passkeys-used = zuletzt benutzt
passkeys-never = nie benutzt
passkeys-rename = Umbenennen
passkeys-remove = Entfernen
passkeys-remove-one = { $name } entfernen
passkeys-done = Hinzugefügt. Beim nächsten Mal kannst du dich damit anmelden.
passkeys-renamed = Umbenannt.
passkeys-removed = Entfernt. Lösche ihn auch auf dem Gerät, damit er dort nicht mehr angeboten wird.
passkeys-no-script = Einen Passkey hinzuzufügen braucht JavaScript. Alles andere geht ohne.
passkeys-unable = Dieser Browser kann hier keine Passkeys erzeugen.
passkeys-lost = Wenn du alle verlierst, meldest du dich anders an: mit deinem Passwort, mit einem Konto anderswo oder mit einem Link per E-Mail für ein neues Passwort.
passkey-sign-in = Mit einem Passkey anmelden
passkey-confirm = Passkey benutzen
passkey-busy = Warte auf dein Gerät …
passkey-stopped = Das hat nicht geklappt. Versuche es noch einmal oder nimm einen anderen Weg.
wrong-passkey = Dieser Passkey wurde nicht angenommen. Versuche es noch einmal oder melde dich anders an.
refused-passkey-late = Das hat zu lange gedauert. Bitte versuche es noch einmal.
refused-passkeys-many = Du hast schon zwanzig Passkeys. Entferne einen, den du nicht mehr benutzt.
notice-passkey-added = Passkey hinzugefügt
notice-passkey-removed = Passkey entfernt
notice-passkey-added-letter = deinem Konto wurde ein Passkey hinzugefügt. Er meldet ohne Passwort an.
notice-passkey-removed-letter = ein Passkey deines Kontos wurde entfernt.

# Choosing a password
wrong-password-common = Dieses Passwort ist eines der ersten, die ausprobiert werden. Wähle ein anderes: Drei oder vier Wörter, die nichts miteinander zu tun haben, sind gut.
wrong-password-simple = Dieses Passwort wiederholt sich oder zählt hoch und ist darum schnell erraten. Wähle ein anderes: Drei oder vier Wörter, die nichts miteinander zu tun haben, sind gut.
wrong-password-yours = Dieses Passwort besteht fast nur aus deinem Namen, deiner Adresse oder Wörtern dieses Marktplatzes. Wähle eines, das sich niemand aus dem zusammensetzen kann, was man von dir weiß.

# Eine andere Adresse
security-email = E-Mail-Adresse
email-lead = Deine Adresse ist { $email }. Dorthin gehen Links zur Anmeldung und Neues von deinen Bestellungen.
email-new = Neue Adresse
email-new-hint = Wir schicken einen Link dorthin. Bis du ihn öffnest, ändert sich nichts.
email-button = Link schicken
email-sent = Sieh in das Postfach von { $email }: Dort ist ein Link, der sie zu deiner Adresse macht.
email-confirm-title = Deine neue Adresse
email-confirm-text = Mit diesem Knopf wird die Adresse, die diesen Link bekommen hat, zur Adresse deines Kontos.
email-confirm-button = Diese Adresse nehmen
email-confirmed = Dein Konto hat seine neue Adresse.
email-undo-title = Das warst nicht du?
email-undo-text = Damit wird die alte Adresse wieder die deines Kontos, und alle Geräte und Programme werden abgemeldet. Dann schicken wir dir einen Link, um ein neues Passwort zu setzen.
email-undo-button = Alte Adresse zurückholen
email-undone = Deine alte Adresse ist zurück. Sieh in ihr Postfach: Dort ist ein Link, um ein neues Passwort zu setzen.
wrong-email-same = Das ist schon deine Adresse.
mail-email-confirm-subject = Bestätige deine neue Adresse
mail-email-confirm-body = Hallo { $name }, das soll die Adresse deines Kontos werden. Der Link gilt 24 Stunden. Wenn du nicht darum gebeten hast, ignoriere diese Mail.
mail-email-confirm-button = Diese Adresse nehmen
mail-email-replaced-subject = Dein Konto hat eine neue Adresse
mail-email-replaced-body = Hallo { $name }, die Adresse deines Kontos ist jetzt { $email } und nicht mehr diese. Wenn du das nicht warst, hole sie innerhalb von drei Tagen zurück: Jemand anders ist in deinem Konto.
mail-email-replaced-button = Das war nicht ich
notice-email-changed = Adresse geändert
notice-email-restored = Alte Adresse zurückgeholt
notice-email-changed-letter = das ist ab jetzt die Adresse deines Kontos.
notice-email-restored-letter = die alte Adresse deines Kontos wurde zurückgeholt, und alles wurde abgemeldet. Setze mit dem Link in der anderen Mail ein neues Passwort.

# Solange sehr viele sich falsch anmelden, Konten anlegen oder Links anfordern
puzzle-wait = Hier werden gerade sehr viele Anmeldungen versucht. Warte darum bitte eine halbe Minute, bevor du das Formular abschickst. Mit eingeschaltetem JavaScript musst du das nicht: Dann arbeitet stattdessen kurz dein Browser.
puzzle-busy = Hier werden gerade sehr viele Anmeldungen versucht, darum arbeitet dein Browser erst kurz. Du kannst inzwischen tippen.
puzzle-done = Dein Browser ist fertig. Du kannst das Formular abschicken.
wrong-puzzle-wait = Das war zu früh. Warte eine halbe Minute und schicke das Formular noch einmal: Hier werden gerade sehr viele Anmeldungen versucht.
wrong-puzzle-again = Bitte schicke das Formular noch einmal: Es war zu lange offen oder wurde zweimal gesendet. Wenn dein Browser kein JavaScript ausführt, warte vorher eine halbe Minute.
mail-pressure-subject = Sehr viele falsche Anmeldungen
mail-pressure-body = Hallo { $name }, auf deinem Marktplatz melden sich gerade sehr viele falsch an, legen Konten an oder fordern Links an: Vielleicht probiert jemand Passwörter aus. Fremde lösen ein kleines Rätsel, bevor sie sich anmelden; Browser, in denen schon jemand angemeldet war, und Passkeys gehen weiter wie immer. Du musst nichts tun. Du bekommst eine Mail, wenn es vorbei ist.
mail-pressure-over-subject = Die falschen Anmeldungen sind vorbei
mail-pressure-over-body = Hallo { $name }, auf deinem Marktplatz ist es bei der Anmeldung wieder so ruhig wie sonst. Niemand löst mehr Rätsel.

# Codes per E-Mail und SMS
security-no-password = Dein Konto hat kein Passwort. Du meldest dich mit einem Passkey oder einem Konto anderswo an.
security-password-none = Noch keines. Du kannst per E-Mail eines setzen
password-none = Du meldest dich ohne Passwort an. Wenn du eines möchtest, schicken wir dir einen Link, um es zu setzen.
mail-codes-title = Codes per E-Mail
mail-codes-lead = Bei der Anmeldung schicken wir acht Ziffern an deine E-Mail-Adresse, und du tippst sie ein. Wer nur dein Passwort kennt, kommt nicht hinein.
mail-codes-on = An. Die Anmeldung fragt nach einem Code, den wir per E-Mail schicken.
mail-codes-off = Aus. Mit ihnen reicht ein gestohlenes Passwort nicht zur Anmeldung.
mail-codes-hint = Wer deine E-Mails lesen kann, kann die Codes lesen. Ein Passkey oder eine Authenticator-App schützt dich besser, und das Team braucht eines davon.
phone-title = Codes per SMS
phone-lead = Bei der Anmeldung schicken wir acht Ziffern an dein Telefon, und du tippst sie ein.
phone-on = An. Die Anmeldung fragt nach einem Code, den wir per SMS schicken.
phone-off = Aus. Der schwächste zweite Schritt, aber besser als keiner
phone-weak-title = Der schwächste Weg.
phone-weak = Telefonnummern lassen sich übernehmen, und SMS lassen sich unterwegs lesen. Nimm lieber einen Passkey oder eine Authenticator-App, wenn du kannst.
phone-number = Telefonnummer
phone-number-hint = Mit ihrem Land: +49 151 23456789. Nur du siehst sie, und nur ihre letzten zwei Ziffern.
phone-ends = Codes gehen an die Nummer, die auf { $digits } endet.
phone-waits = Wir haben einen Code an die Nummer geschickt, die auf { $digits } endet. Tippe ihn hier ein, dann ist der zweite Schritt an.
phone-other = Eine andere Nummer
wrong-phone = Schreibe die Nummer mit ihrem Land, zum Beispiel +49 151 23456789.
refused-sms-off = Dieser Marktplatz verschickt zurzeit keine SMS. Nimm einen anderen Weg.
sent-by-mail = Code per E-Mail schicken
sent-by-sms = Code per SMS schicken
sent-sms-weak = SMS ist der schwächste Weg. Nimm einen anderen, wenn du kannst.
sent-done = Ein Code ist unterwegs. Er gilt zehn Minuten, und nur hier.
sent-again = Noch einen Code schicken
sent-code = Acht Ziffern
sent-turn-on = Einschalten
sent-turn-off = Ausschalten
sent-on = Der zweite Schritt ist an.
sent-off = Es ist ausgeschaltet.
sent-sms = { $brand }: Dein Code ist { $code }. Er gilt zehn Minuten. Sag ihn niemandem.
second-text-sent = Hallo { $name }, bitte tippe den Code ein, den wir dir geschickt haben.
mail-code-subject = Dein Code
mail-code-body = Hallo { $name }, dein Code ist { $code }. Er gilt zehn Minuten, und nur dort, wo nach ihm gefragt wurde. Sag ihn niemandem, auch uns nicht. Wenn du nicht darum gebeten hast, kennt vielleicht jemand dein Passwort: Ändere es.
notice-mail-codes-on = Codes per E-Mail eingeschaltet
notice-mail-codes-off = Codes per E-Mail ausgeschaltet
notice-phone-added = Telefon für Codes hinzugefügt
notice-phone-removed = Telefon für Codes entfernt
notice-mail-codes-on-letter = die Anmeldung in deinem Konto fragt ab jetzt nach einem Code per E-Mail.
notice-mail-codes-off-letter = die Anmeldung in deinem Konto fragt nicht mehr nach einem Code per E-Mail.
notice-phone-added-letter = Codes zur Anmeldung in deinem Konto gehen ab jetzt an ein Telefon.
notice-phone-removed-letter = Codes zur Anmeldung in deinem Konto gehen nicht mehr an dein Telefon.

# Konten anderswo
sign-ins-title = Konten anderswo
sign-ins-hint = Melde dich mit einem Konto an, das du anderswo hast
sign-ins-lead = Mit diesen Konten meldest du dich hier ohne ein Passwort von uns an.
sign-ins-none = Noch keines
sign-ins-none-text = Füge ein Konto hinzu, das du anderswo hast, und melde dich ab dann damit an.
sign-ins-add = { $provider } hinzufügen
sign-ins-added = Ab jetzt kannst du dich mit { $provider } anmelden.
sign-ins-removed = Entfernt.
provider-continue = Weiter mit { $provider }
provider-known = Es gibt ein Konto mit der Adresse, die { $provider } uns genannt hat. Melde dich dort an und füge { $provider } dann hinzu.
provider-no-address = { $provider } hat uns keine E-Mail-Adresse genannt. Eröffne zuerst ein Konto und füge { $provider } dann unter Sicherheit hinzu.
refused-provider-late = Das hat zu lange gedauert oder in einem anderen Browser begonnen. Bitte versuche es noch einmal.
refused-provider-refused = Der andere Dienst hat dich nicht angemeldet. Versuche es noch einmal oder nimm einen anderen Weg.
refused-provider-failed = Der andere Dienst antwortet nicht, wie er soll. Versuche es später noch einmal oder nimm einen anderen Weg.
provider-confirm = Mit { $provider } bestätigen
refused-provider-other = Das war ein anderes Konto als das, mit dem du dich hier anmeldest.
refused-provider-stale = Der andere Dienst hat dich nicht neu gefragt oder sagt uns nicht, ob er es getan hat. Nimm stattdessen einen Code per E-Mail.
refused-provider-taken = Dieses Konto meldet hier in einem anderen Konto an, oder du hast von dort schon ein anderes hinzugefügt.
refused-last-way-in = Es ist dein einziger Weg hinein. Setze zuerst ein Passwort oder füge einen Passkey hinzu.
notice-provider-linked = Konto anderswo hinzugefügt
notice-provider-unlinked = Konto anderswo entfernt
notice-provider-linked-letter = deinem Konto wurde ein Konto bei einem anderen Dienst hinzugefügt. Ab jetzt meldet es hier an.
notice-provider-unlinked-letter = ein Konto bei einem anderen Dienst wurde von deinem Konto entfernt. Es meldet hier nicht mehr an.
