# Gebühren und Steuern.

refused-fee-rule-over = Diese Regel ist schon beendet.
wrong-begins-in-the-past = Wähle einen Zeitpunkt, der noch kommt: Was verkauft ist, behält die Gebühren, mit denen es verkauft wurde.
refused-taxes-changed = Die Steuern dieses Kaufs haben sich geändert, seit du ihn gesehen hast. Sieh ihn dir noch einmal an und kaufe dann.
refused-taxes-unseen = Für diese Lieferung kommen Steuern dazu, oder andere, als du gesehen hast. Die Summe zeigt sie jetzt. Sieh sie dir noch einmal an und mach dann weiter.
unavailable-taxes = Die Steuern dieses Kaufs lassen sich gerade nicht berechnen. Darum wurde nichts bestellt und nichts abgebucht. Versuch es in einer Minute wieder.
wrong-postcode-for-taxes = Die Steuern für diese Adresse lassen sich nicht berechnen. Prüf die Postleitzahl und das Land noch einmal.
wrong-ends-before-it-begins = Das Ende darf nicht vor dem Anfang liegen.

## Warum das Geld einer Bestellung bleibt, wo es ist

hold-because-looked-at = Wir prüfen etwas an dieser Bestellung. Das Geld ist so lange sicher.
hold-because-chargeback = Die Bank der Käuferin oder des Käufers soll die Zahlung zurückholen. Das Geld bleibt, wo es ist, bis die Bank entschieden hat.
hold-because-not-set-up = Wer verkauft, hat uns noch nicht gesagt, wer sie oder er ist und wohin wir zahlen sollen. Das Geld ist so lange sicher.
hold-because-authority = Ein Gericht oder eine Behörde möchte, dass das Geld vorerst bleibt, wo es ist.

## Wer jemand für das Finanzamt ist

wrong-vat-id-form = Das ist keine Umsatzsteuer-Nummer. Sie beginnt mit zwei Buchstaben des Landes, zum Beispiel DE123456789.
wrong-vat-id-country = Das beginnt nicht mit einem Land, dessen Umsatzsteuer-Nummern wir kennen. Griechenland ist EL, Nordirland ist XI.
wrong-vat-id-digits = Eine Ziffer oder ein Buchstabe der Umsatzsteuer-Nummer stimmt nicht. Vergleiche sie mit deinen Unterlagen.
wrong-tin-form = Eine Steuernummer hat Ziffern, vielleicht Buchstaben, und höchstens 25 davon.
wrong-tin-us = Eine Steuernummer in den Vereinigten Staaten (SSN, ITIN oder EIN) hat neun Ziffern.
wrong-tin-or-birth = Gib deine Steuernummer an, oder wo du geboren bist.
wrong-tin-or-vat-id = Gib die Steuernummer oder die Umsatzsteuer-Nummer des Unternehmens an.
wrong-born-form = Schreibe den Tag wie in 23.4.1990 oder 1990-04-23.
wrong-born-unlikely = Das kann nicht der Tag deiner Geburt sein.
payout-hold-tax-details = Du hast so viel verkauft, dass wir es Finanzämtern melden müssen, und hast uns nicht gesagt, wer du bist. Bis dahin wird nichts ausgezahlt. Dein Geld ist sicher.

notice-tax-details-set = Steuerangaben geändert
notice-tax-details-set-letter = was Finanzämter von dir als Verkäufer erfahren, wurde geändert. Wenn du das nicht warst, setze ein neues Passwort und sieh die Angaben noch einmal an.

mail-tax-details-button = Sag uns, wer du bist
mail-tax-details-asked-subject = Wir brauchen deine Steuerangaben
mail-tax-details-asked-body =
    Hallo { $name }, du verkaufst gut. Das Gesetz verlangt, dass Marktplätze den Finanzämtern einmal im Jahr sagen, wer bei ihnen verkauft und was diese Leute verdient haben: in der Europäischen Union ab 30 Verkäufen oder mehr als 2.000 Euro im Jahr.

    Du kommst dem nahe. Bitte sag uns, wer du bist, wo du wohnst und wie deine Steuernummer lautet. Wenn du unter den Grenzen bleibst, erfährt es niemand.
mail-tax-details-again-subject = Wir brauchen noch deine Steuerangaben
mail-tax-details-again-body =
    Hallo { $name }, wir haben dich nach deinen Steuerangaben gefragt und nichts von dir gehört.

    Wenn du so viel verkauft hast, dass wir es Finanzämtern melden müssen, dürfen wir dir erst wieder etwas auszahlen, wenn du uns gesagt hast, wer du bist. Es dauert ein paar Minuten.
mail-tax-payouts-stopped-subject = Deine Auszahlungen sind angehalten
mail-tax-payouts-stopped-body =
    Hallo { $name }, du hast so viel verkauft, dass wir es Finanzämtern melden müssen, und wir wissen nicht, wer du bist. Deshalb wird dir vorerst nichts ausgezahlt.

    Dein Geld ist bei uns sicher. Sobald du uns deine Steuerangaben gibst, geht es weiter.

## Die Seite dafür

tax-title = Steuerangaben
tax-hint = Was Finanzämter von dir als Verkäufer erfahren
tax-lead = Marktplätze müssen Finanzämtern einmal im Jahr sagen, wer viel verkauft und was diese Leute verdient haben. In der Europäischen Union ist das ab 30 Verkäufen oder mehr als 2.000 Euro im Jahr, in den Vereinigten Staaten ab mehr als 200 Verkäufen und mehr als 20.000 Dollar. Nur du kannst lesen, was du hier schreibst. Es verlässt uns allein in dieser Meldung; Name, Anschrift und Umsatzsteuer-Nummer eines Unternehmens stehen auch auf seinen Rechnungen.
tax-given = Du hast uns alles gesagt. Ändere es hier, wenn es sich ändert.
tax-asked = Du kommst den Grenzen nahe: Bitte fülle das jetzt aus.
tax-stopped-title = Seit { $at } wird dir nichts ausgezahlt.
tax-class = Wie verkaufst du?
tax-class-private = Als Privatperson
tax-class-private-note = Du verkaufst ab und zu, was dir gehört.
tax-class-business = Als Unternehmen
tax-class-business-note = Auch wenn du allein bist.
tax-country = Das Land, in dem du Steuern zahlst
tax-country-none = Wähle ein Land
tax-person = Wenn du als Privatperson verkaufst
tax-first = Vornamen
tax-last = Familienname
tax-born = Tag der Geburt
tax-born-hint = Zum Beispiel 23.4.1990 oder 1990-04-23.
tax-birth-town = Ort, in dem du geboren bist
tax-birth-country = Land, in dem du geboren bist
tax-birth-hint = Nur nötig, wenn du keine Steuernummer hast.
tax-business = Wenn du als Unternehmen verkaufst
tax-business-name = Name des Unternehmens
tax-registration = Nummer im Handelsregister
tax-vat-id = Umsatzsteuer-Nummer
tax-vat-id-hint = Zum Beispiel DE123456789.
tax-self-billing = Ihr dürft im Namen meines Unternehmens Rechnungen für das schreiben, was es hier verkauft. Sie weisen keine Umsatzsteuer aus: Wenn mein Unternehmen welche schuldet, schreibe ich die Rechnung mit Umsatzsteuer selbst.
tax-address = Anschrift
tax-address-hint = Wo du wohnst, oder wo das Unternehmen ist.
tax-street = Straße und Hausnummer
tax-postcode = Postleitzahl
tax-town = Ort
tax-region = Bundesstaat oder Region
tax-region-hint = Nötig in den Vereinigten Staaten: zwei Buchstaben, zum Beispiel CA.
tax-numbers = Steuernummer
tax-tin = Steuernummer
tax-tin-hint = Die Nummer, unter der das Finanzamt deines Landes dich kennt. In Deutschland: Steuer-ID, in den Vereinigten Staaten: SSN, ITIN oder EIN.
tax-save = Speichern
tax-saved = Deine Steuerangaben sind gespeichert.

## Jährliche Meldungen

admin-reports = Jährliche Meldungen
admin-reports-lead = Was Finanzämter einmal im Jahr darüber erfahren, wer hier verkauft.
reports-none = Es wurde noch nichts gemeldet
reports-none-text = Wenn ein Jahr vorbei ist, mach hier seine Meldungen. DAC7 ist am 31. Januar fällig.
reports-make = Eine Meldung machen
reports-make-hint = Sie wird aus den Büchern gezählt. Was schon gemeldet ist, wird nie geändert: Wenn jetzt etwas anders ist, entsteht eine Berichtigung. Wer uns nicht gesagt hat, wer er oder sie ist, kann nicht darin stehen; dafür gibt es je ein Ticket.
reports-make-button = Machen
reports-made =
    { $count ->
        [0] Es wurde nichts gemacht.
        [one] Die Meldung ist gemacht.
       *[other] { $count } Meldungen sind gemacht: über neue Verkäufer und über das, was jetzt anders ist.
    } { $missing ->
        [0] Niemand fehlt.
        [one] Ein Verkäufer fehlt darin.
       *[other] { $missing } Verkäufer fehlen darin.
    }
reports-kind = Meldung
reports-year = Jahr
reports-says = Worüber
reports-sellers = Verkäufer
reports-missing = Fehlen
reports-made-at = Gemacht
reports-file = Datei
reports-take = Datei nehmen
reports-take-heard = Datei von { $name } nehmen
reports-hash = SHA-256 der Datei
report-kind-dac7 = DAC7 (Europäische Union)
report-kind-form-1099k = Formular 1099-K (Vereinigte Staaten)
report-says-new = Neue Verkäufer
report-says-corrections = Berichtigungen
report-says-nothing = Niemand
refused-report-year = Nur Jahre, die vorbei sind, können gemeldet werden, ab 2023.
refused-report-operator = Die Einstellungen sagen nicht, wer den Marktplatz betreibt: operator.name, operator.address und tax.number.
refused-report-unchanged = Es gibt nichts zu melden, was nicht schon gemeldet ist.
refused-report-missing = Von denen, die gemeldet werden müssen, hat uns noch niemand gesagt, wer er oder sie ist. Zu allen, deren Auszahlungen angehalten sind, gibt es ein Ticket; frag sie zuerst.
refused-report-meanwhile = Jemand anders hat gleichzeitig eine Meldung gemacht. Sieh sie dir zuerst an.
refused-report-no-rate = Etwas wurde in einer Währung verkauft, deren Kurs für dieses Jahr nicht bekannt ist. Importiere die Kurse mit: tradeplus rates import

# Was über jemanden gemeldet wurde, wie es diese Person liest.
told-title = Was Finanzämter über dich erfahren haben
told-lead = Marktplätze müssen Finanzämtern melden, wer verkauft, und denen, die verkaufen, was gemeldet wurde. In Meldungen der Europäischen Union sind Beträge auf ganze Einheiten gerundet. In der Tabelle zum Aufheben steht jedes Feld so wie in der Meldung.
told-none = Über dich wurde noch keinem Finanzamt etwas gemeldet.
told-made-at = Gemeldet am
told-says = Wozu
told-says-new = Zum ersten Mal gemeldet
told-says-corrected = Neu gemeldet, weil etwas anders war als vorher gemeldet
told-says-deleted = Zurückgenommen: Was vorher gemeldet wurde, gilt nicht mehr
told-gone = Die Datei dieser Meldung gibt es nicht mehr.
told-quarters = Nach Quartalen
told-quarter = Quartal
told-consideration = Was du bekommen hast
told-sales = Verkäufe
told-fees = Unsere Provision
told-taxes = Steuern, die wir einbehalten haben
told-gross = Was einging, bevor etwas abgezogen wurde
told-csv = Alles als Tabelle (CSV)
