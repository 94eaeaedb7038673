# Schlüssel, mit denen Programme für ein Mitglied handeln.
keys-title = API-Schlüssel
keys-hint = Für Programme, die für dich handeln
keys-lead = Mit einem Schlüssel erledigt ein Programm hier etwas für dich: deines oder das von jemandem, dem du vertraust. Es braucht kein Passwort und kann nur, was du erlaubst.
keys-about = Wie Programme die API benutzen
keys-none = Noch keine Schlüssel
keys-none-text = Du brauchst nur einen, wenn du ein Programm verbinden willst: ein Shopsystem, eine Tabelle, ein Skript.
keys-make = Schlüssel erzeugen
keys-make-lead = Gib ihm so wenig, wie das Programm braucht. Du kannst jederzeit einen weiteren erzeugen.
keys-name = Wofür ist er?
keys-name-hint = Zum Beispiel „Bestand meines Ladens“
keys-scopes = Was das Programm darf
keys-scopes-hint = Nichts anderes ist mit dem Schlüssel möglich. Wie dein Konto geschützt ist, ändert er nie.
keys-life = Er endet von selbst nach
keys-days = { $n ->
    [one] { $n } Tag
   *[other] { $n } Tagen
  }
keys-networks = Nur aus diesen Netzen
keys-networks-hint = Adressen oder Netze, etwa 192.0.2.7 oder 192.0.2.0/24, eines in jeder Zeile. Wenn du nichts einträgst, gilt der Schlüssel von überall.
keys-per-minute = Höchstens so viele Anfragen pro Minute
keys-per-minute-hint = Damit ein fehlerhaftes Programm keinen großen Schaden anrichtet. Wenn du nichts einträgst, gelten die üblichen Grenzen.
keys-created = Erzeugt
keys-used = zuletzt benutzt
keys-unused = nie benutzt
keys-ends = endet
keys-ended = In den letzten 30 Tagen beendet
keys-only-from = Nur aus
keys-quota = { $n ->
    [one] Höchstens { $n } Anfrage pro Minute
   *[other] Höchstens { $n } Anfragen pro Minute
  }
keys-rotate = Ersetzen
keys-rotate-one = { $name } ersetzen
keys-rotate-lead = Du bekommst einen neuen Schlüssel, der dasselbe kann. Wähle, wie lange der alte daneben noch gilt, damit du ihn in deinem Programm ohne Pause austauschen kannst.
keys-overlap = Der alte Schlüssel endet
keys-overlap-none = sofort
keys-overlap-hour = nach einer Stunde
keys-overlap-day = nach einem Tag
keys-overlap-week = nach einer Woche
keys-overlap-month = nach 30 Tagen
keys-revoke = Widerrufen
keys-revoke-one = { $name } widerrufen
keys-revoked = Der Schlüssel ist beendet.
keys-state-leaked = Von anderen gefunden
keys-state-revoked = Widerrufen
keys-state-ended = Beendet
keys-state-replaced = Ersetzt
keys-shown-title = Dein neuer Schlüssel
keys-once-title = Du siehst ihn nur jetzt
keys-once = Kopiere ihn in dein Programm oder deinen Passwort-Manager. Wer ihn hat, kann tun, was er erlaubt. Schreibe ihn nie in eine Mail, einen Chat oder an einen öffentlichen Ort.
keys-made-next = Wenn du ihn verlierst, widerrufe ihn und erzeuge einen neuen.
keys-rotated-now = Der alte Schlüssel ist beendet.
keys-rotated-next = Trage ihn jetzt in dein Programm ein. Der alte Schlüssel endet von selbst, spätestens am { $at }.
keys-kept = Ich habe ihn aufbewahrt
scope-profile-read = Dein Konto sehen: Name, Adresse, Ort
scope-listings-read = Deine Angebote und ihre Geschichte sehen
scope-listings-write = Deine Angebote und Fotos anlegen, ändern, veröffentlichen und löschen
scope-orders-read = Deine Bestellungen, Verkäufe und Zahlungen sehen
scope-orders-write = Die Schritte deiner Bestellungen gehen: sagen, dass etwas verschickt wurde oder angekommen ist, oder stornieren
scope-cart-write = Deinen Warenkorb füllen und bestellen
scope-payments-write = Bestellungen bezahlen
scope-documents-read = Deine Belege, Rechnungen und Abrechnungen sehen
scope-payouts-read = Sehen, was deine Verkäufe gebracht haben und was dir ausgezahlt wurde
wrong-network = Schreibe Adressen wie 192.0.2.7 oder Netze wie 192.0.2.0/24.
wrong-networks-many = Nenne höchstens 20 Netze.
wrong-scopes-none = Wähle mindestens eine Sache, die das Programm darf.
wrong-keys-many = Sende höchstens 20 Schlüssel auf einmal.
refused-api-keys-many = Du hast zwanzig gültige Schlüssel. Widerrufe einen, den du nicht mehr brauchst.
refused-api-key-ended = Dieser Schlüssel ist beendet. Erzeuge einen neuen.
refused-api-key-replaced = An die Stelle dieses Schlüssels ist schon ein anderer getreten.

# Was darüber gesagt wird
notice-api-key-made = API-Schlüssel erzeugt
notice-api-key-rotated = API-Schlüssel ersetzt
notice-api-key-revoked = API-Schlüssel widerrufen
notice-api-key-leaked = API-Schlüssel von anderen gefunden und beendet
notice-api-key-made-letter = für dein Konto wurde ein API-Schlüssel erzeugt. Ein Programm, das ihn hat, kann für dich handeln, soweit der Schlüssel es erlaubt.
notice-api-key-rotated-letter = ein API-Schlüssel deines Kontos wurde durch einen neuen ersetzt. Der alte endet von selbst.
notice-api-key-revoked-letter = ein API-Schlüssel deines Kontos wurde widerrufen. Programme, die ihn benutzen, werden ab jetzt abgewiesen.
mail-key-leaked-subject = Wir haben einen deiner API-Schlüssel beendet
mail-key-leaked-body = jemand hat deinen Schlüssel „{ $name }“ ({ $hint }) gefunden, wo er nicht sein sollte, und es uns gesagt. Wir haben ihn beendet, niemand kann also mehr etwas damit tun. Programme, die ihn benutzt haben, werden abgewiesen.
mail-key-leaked-next = Sieh deine Angebote und Bestellungen durch, ob du etwas nicht kennst. Erzeuge dann einen neuen Schlüssel und bewahre ihn auf, wo ihn niemand sonst lesen kann.
mail-key-leaked-button = Sieh dir deine Schlüssel an

# Was ein Programm erfährt, das einen Schlüssel zeigt
problem-api-key-never-title = Nicht mit einem API-Schlüssel
problem-api-key-never-text = Das darf kein API-Schlüssel. Melde dich an und benutze das Zugriffstoken.
problem-api-key-scope-title = Der API-Schlüssel erlaubt das nicht
problem-api-key-scope-text = Dem Schlüssel fehlt die Berechtigung, die das hier braucht. Die Antwort nennt sie. Erzeuge einen Schlüssel, der sie hat.
problem-api-key-scope-missing = Das braucht die Berechtigung { $scope }, die der Schlüssel nicht hat. Erzeuge einen Schlüssel, der sie hat.
problem-api-key-network-title = Nicht aus diesem Netz
problem-api-key-network-text = Der Besitzer dieses API-Schlüssels hat die Netze genannt, aus denen er benutzt werden darf. Dieses gehört nicht dazu.
about-api-scopes = API-Schlüssel
about-api-scopes-text = Mitglieder erzeugen Schlüssel für ihre Programme. Ein Schlüssel wird statt des Zugangstokens gesendet und kann nur, was seine Berechtigungen sagen. Hier erzeugst du einen:
limits-api-keys = API-Schlüssel eines Mitglieds
limits-api-key-days = Tage, die ein API-Schlüssel gilt
