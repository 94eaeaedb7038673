# Die eigenen Daten: eine Kopie, und das Konto löschen.
data-title = Deine Daten
data-hint = Eine Kopie von allem holen, das Konto löschen
data-lead = Sie gehören dir. Hol dir eine Kopie oder lass sie löschen.
copy-title = Eine Kopie von allem holen
copy-lead = Dein Profil, deine Angebote, Bestellungen, Zahlungen, Mails und Anmeldungen als Dateien, die Programme lesen können, und die Fotos, die du hochgeladen hast. Wir stellen sie zusammen und schicken dir eine Mail.
copy-button = Kopie erstellen
copy-asked = Wir stellen deine Kopie zusammen. Du bekommst eine Mail, wenn sie fertig ist.
copy-making = Deine Kopie wird erstellt
copy-until = Deine Kopie ist fertig. Sie wird gelöscht am
copy-take = Herunterladen ({ $size } MB)
refused-copy-too-soon = Du kannst eine Kopie am Tag anfordern. Versuch es morgen wieder.
copy-readme = Hallo { $name }, das ist alles, was über dich gespeichert ist. Die Dateien mit der Endung .json sind Text: Jede ist eine Liste, und Programme können sie lesen. Im Ordner pictures liegen die Fotos, die du hochgeladen hast; photos.json sagt, was zu welchem Angebot gehört. Beträge stehen in der kleinsten Einheit ihrer Währung, etwa Cent. Zeiten sind in UTC. Passwörter, Schlüssel und die Codes von Links sind nicht dabei, und nichts, was andere geschrieben haben.

leave-title = Dein Konto löschen
leave-lead = Dein Konto wird sofort verborgen und nach einer Weile gelöscht. Bis dahin kannst du es dir anders überlegen.
leave-open = Konto löschen …
leave-what = Was dann passiert
leave-what-hidden = { $days ->
    [one] Dein Profil und deine Angebote werden sofort verborgen, und du wirst überall abgemeldet. Einen Tag lang kannst du dich anmelden und es zurücknehmen.
   *[other] Dein Profil und deine Angebote werden sofort verborgen, und du wirst überall abgemeldet. { $days } Tage lang kannst du dich anmelden und es zurücknehmen.
  }
leave-what-listings = Danach werden deine Angebote und alle ihre Fotos gelöscht.
leave-what-profile = Dein Name, deine Adresse, dein Bild, dein Passwort, deine Passkeys und der Verlauf deines Kontos werden gelöscht. Niemand kann sie zurückholen, auch wir nicht.
leave-what-orders = Deine Bestellungen bleiben für die, mit denen du gehandelt hast, und weil das Gesetz es verlangt: was verkauft wurde, wann und für wie viel. Dein Name und deine Adresse werden entfernt.
leave-what-handle = Dein Kontoname wird ein Jahr lang an niemand anderen vergeben.
leave-what-copy = Möchtest du etwas behalten? Hol es dir vorher:
leave-sure = Ich verstehe, dass das später nicht rückgängig zu machen ist
leave-button = Mein Konto löschen
leave-not-yet = Noch nicht
leave-staff = Du arbeitest hier. Bitte zuerst einen Betreiber, dir deine Rollen zu nehmen.
leave-orders = Diese Geschäfte sind nicht abgeschlossen. Sie müssen zuerst zu Ende gehen:
leave-paid-now = Jemand bezahlt gerade etwas von dir. Versuche es in einer Stunde noch einmal.
leave-money = { $amount } aus deinen Verkäufen warten auf die Auszahlung an dich.
leave-money-why = Das Geld gehört dir. Würden wir dein Konto jetzt löschen, könnte niemand mehr sagen, wem es zusteht.
leave-money-from = Es stammt aus diesen Verkäufen:
leave-money-how = Unter „Auszahlungen“ siehst du, wann es ausgezahlt wird und was dafür noch fehlt. Sobald es bei deiner Bank ist, kannst du dein Konto auf dieser Seite löschen. Bis dahin kannst du:
leave-money-payouts = deine Auszahlungen ansehen
leave-owes = Du schuldest { $amount }.
leave-owes-why = Jemand hat beim Kauf Geld zurückbekommen, das dir schon ausgezahlt war. Bis das beglichen ist, bleibt dein Konto bestehen.
leave-paid-out = Geld ist auf dem Weg zu deiner Bank. Sobald es dort ist, kannst du dein Konto auf dieser Seite löschen.
leave-money-copy = eine Kopie von allem holen
leave-money-sell = deine Angebote herausnehmen
leave-money-profile = dein Profil leeren
leave-suspended = Dein Konto ist gesperrt. Wenn du es löschst, wird es sofort verborgen. Gelöscht wird es, sobald die Sperre vorbei ist, spätestens aber { $days } Tage, nachdem du darum gebeten hast.
leave-done = Dein Konto ist verborgen und wird am { $at } gelöscht. Melde dich vorher an, um es zurückzunehmen.
leave-pending-title = Dein Konto wird gelöscht
leave-pending = Es ist jetzt verborgen und wird am { $at } gelöscht. Bis dahin kannst du das zurücknehmen, und alles ist wie vorher.
leave-undo = Mein Konto behalten
leave-undone = Schön, dass du wieder da bist. Dein Konto ist wie vorher.
refused-leaving-obstacles = Etwas steht der Löschung deines Kontos im Weg. Die Seite sagt, was.
refused-leaving-late = Es ist zu spät: Dein Konto wird gerade gelöscht.
refused-account-leaving = Dieses Konto wird gelöscht. Melde dich auf der Website an, um das zurückzunehmen.
person-gone = Ehemaliges Mitglied

profile-handle = Kontoname
profile-handle-new = Wie deine Seite heißt
profile-handle-hint = 2 bis 30 Kleinbuchstaben, Ziffern und Unterstriche. Du kannst ihn alle 30 Tage ändern. Der alte führt ein Jahr lang zu deiner Seite und wird an niemand anderen vergeben.
profile-handle-save = Kontonamen ändern
wrong-handle = Nimm Kleinbuchstaben von a bis z, Ziffern und Unterstriche, und beginne mit einem Buchstaben oder einer Ziffer.
wrong-handle-soon = Du hast deinen Kontonamen vor weniger als 30 Tagen geändert. Versuch es später wieder.

notice-handle-changed = Kontoname geändert
notice-copy-asked = Kopie von allem angefordert
notice-copy-taken = Kopie von allem heruntergeladen
notice-leaving-asked = Löschung des Kontos angefordert
notice-leaving-taken-back = Löschung zurückgenommen
notice-copy-asked-letter = jemand, sehr wahrscheinlich du, hat eine Kopie von allem in deinem Konto angefordert. Nur wer in deinem Konto angemeldet ist, kann sie herunterladen.
notice-leaving-taken-back-letter = dein Konto wird nicht gelöscht. Alles ist wie vorher.

mail-copy-subject = Deine Kopie ist fertig
mail-copy-body = Hallo { $name }, die Kopie von allem in deinem Konto ist fertig. Du kannst sie bis { $until } herunterladen; dann löschen wir sie.
mail-copy-button = Herunterladen
mail-leaving-subject = Dein Konto wird gelöscht
mail-leaving-body = Hallo { $name }, dein Konto ist jetzt verborgen und wird am { $at } gelöscht, wie du es wolltest. Bis dahin kannst du dich anmelden und es behalten. Wenn du das nicht warst, melde dich an, behalte es und setze ein neues Passwort.
mail-leaving-button = Mein Konto behalten
mail-leaving-soon-subject = Noch ein Tag, bis dein Konto gelöscht wird
mail-leaving-soon-body = Hallo { $name }, dein Konto wird am { $at } gelöscht. Das ist die letzte Gelegenheit, dich anzumelden und es zu behalten.
mail-left-subject = Dein Konto ist gelöscht
mail-left-body = Hallo { $name }, dein Konto ist gelöscht. Das ist unsere letzte Mail an dich; morgen vergessen wir auch diese Adresse. Danke, dass du hier warst.
