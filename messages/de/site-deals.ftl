# Warenkorb, Bezahlen, Bestellungen und die Seiten für das Team.

## Der Warenkorb

cart-title = Warenkorb
cart-summary = Übersicht
cart-empty-title = Dein Warenkorb ist leer
cart-empty-text = Leg hinein, was dir gefällt. Es wartet hier, und gekauft ist erst, was bezahlt ist.
cart-empty-action = Etwas finden
cart-added = In den Warenkorb gelegt.
cart-removed = „{ $title }“ ist nicht mehr im Warenkorb.
cart-remove = Entfernen
cart-remove-title = { $title } entfernen
cart-fewer = Eins weniger: { $title }
cart-more = Eins mehr: { $title }
cart-each = je { $price }
cart-some-away =
    { $n ->
        [one] Ein Artikel im Warenkorb ist gerade nicht zu kaufen. Er bleibt beim Bestellen im Warenkorb.
       *[other] { $n } Artikel im Warenkorb sind gerade nicht zu kaufen. Sie bleiben beim Bestellen im Warenkorb.
    }
cart-line-gone = Das wird nicht mehr angeboten.
cart-line-sold = Das ist verkauft. Entferne es oder such nach einem anderen.
cart-line-trade = Dafür wird nur noch getauscht, kein Geld genommen.
cart-line-reserved = Das wird gerade von jemandem bezahlt. Wenn nicht, ist es in höchstens einer halben Stunde wieder frei.
cart-line-fewer =
    { $n ->
        [one] Nur noch { $n } Stück ist da. Wähle weniger, um es zu kaufen.
       *[other] Nur noch { $n } Stück sind da. Wähle weniger, um sie zu kaufen.
    }
cart-line-paused = Das wird gerade nicht angeboten. Warte ab oder entferne es.
cart-nothing-there = Nichts im Warenkorb ist gerade zu kaufen. Bei jedem Artikel steht, warum.
cart-subtotal = Zwischensumme
cart-items =
    { $n ->
        [one] { $n } Artikel
       *[other] { $n } Artikel
    }
cart-postage = Versand
cart-postage-later = Im nächsten Schritt
cart-postage-meet = Persönliche Übergabe
cart-parcels =
    { $n ->
        [one] { $n } Paket
       *[other] { $n } Pakete
    }
cart-protection = Käuferschutz
cart-fee = { $percent } % und { $fixed } je Verkäufer
cart-total = Summe
cart-currencies = Diese Artikel haben verschiedene Währungen, deshalb bezahlst du jede Währung für sich.
cart-in-currency = In { $currency }
cart-checkout = Zur Kasse
cart-checkout-in = In { $currency } zur Kasse
cart-sign-in-later = Unterwegs meldest du dich an oder eröffnest ein Konto. Der Warenkorb kommt mit.
cart-protection-title = Käuferschutz.
cart-protection-text = Dein Geld wird verwahrt, bis du sagst, dass alles in Ordnung ist. Kommt nichts an oder ist es nicht wie beschrieben, bekommst du es zurück.

## Die Kasse

checkout-title = Kasse
checkout-step-cart = Warenkorb
checkout-step-delivery = Lieferung
checkout-step-payment = Zahlung
checkout-back = Zurück zum Warenkorb
checkout-how = Lieferung
checkout-where = Wohin
checkout-where-hint = Nur nötig, wenn es verschickt wird.
checkout-delivery = Wie bekommst du es?
checkout-note-ship = Jeder Verkäufer schickt ein eigenes Paket an deine Adresse.
checkout-note-meet = Ihr trefft euch, du siehst es dir an und nimmst es mit.
checkout-free = Kostenlos
checkout-total-ship = Summe mit Versand
checkout-total-meet = Summe bei Übergabe
checkout-go = Weiter zur Zahlung
checkout-then = Noch wird nichts abgebucht. Während du bezahlst, ist alles 30 Minuten für dich reserviert.
checkout-left-out = Das bleibt im Warenkorb, weil es gerade nicht zu kaufen ist:
checkout-changed = Seit du diese Seite geöffnet hast, hat sich etwas geändert: ein Preis, oder was noch da ist. Sieh noch einmal nach und mach dann weiter.
checkout-verify-title = Bestätige zuerst deine E-Mail-Adresse.
checkout-verify-text = Wir haben dir einen Link geschickt. Öffne ihn und komm dann zurück; der Warenkorb wartet.
checkout-verify-again = Link noch einmal senden
checkout-currencies-title = Was zuerst?
checkout-currencies-text = Im Warenkorb liegen Artikel in verschiedenen Währungen. Eine Zahlung hat eine Währung, also wähle, welchen Teil du zuerst kaufst. Der Rest bleibt im Warenkorb.
checkout-part-currency = { $currency }: { $sum }
checkout-ways-title = Versand oder Übergabe?
checkout-ways-text = Manches davon wird nur verschickt, anderes nur persönlich übergeben. Kauf eins nach dem anderen. Der Rest bleibt im Warenkorb.
checkout-part-ship = Was verschickt werden kann
checkout-part-meet = Was übergeben werden kann
checkout-part-go = Diese kaufen
refused-checkout-running = Diese Bestellung wird gerade aufgegeben. Sieh gleich bei deinen Bestellungen nach.

address-name = Vor- und Nachname
address-line1 = Straße und Hausnummer
address-line2 = Wohnung, Etage, Firma
address-postcode = Postleitzahl
address-town = Ort
address-country = Land
address-country-empty = Land wählen

## Bezahlen

pay-title = Mit Karte bezahlen
pay-to-pay = Zu zahlen
pay-within = Bezahle bis
pay-after-that = Danach wird die Bestellung geschlossen und alles wieder angeboten.
pay-card-number = Kartennummer
pay-card-number-hint = Sie wird nicht gespeichert und nicht noch einmal angezeigt.
pay-card-expiry = Gültig bis
pay-card-expiry-hint = MM/JJ
pay-card-cvc = Prüfziffer
pay-card-cvc-hint = 3 oder 4 Ziffern
pay-now = { $amount } bezahlen
pay-what-for = Wofür du bezahlst
pay-cancel = Ich möchte das nicht kaufen
pay-cancel-text = Die Bestellung wird geschlossen und nichts abgebucht. Was noch da ist, kommt zurück in den Warenkorb.
pay-cancel-button = Bestellung abbrechen
pay-cancelled = Die Bestellung ist abgebrochen, es wurde nichts abgebucht. Alles ist wieder im Warenkorb.
pay-wait-title = Deine Zahlung ist unterwegs
pay-wait-text = Deine Bank braucht einen Moment. Du kannst die Seite schließen: Die Bestellung ist sicher, und wir schreiben dir.
pay-wait-over = Sieh nach, wie es steht.
pay-check-again = Noch einmal nachsehen
pay-go-on = Weiter
pay-failed-title = Die Zahlung kam nicht zustande
pay-done-title = Danke, es ist bezahlt
pay-done-text = { $amount } sind angekommen. Der Zahlungsdienst verwahrt sie, bis du hast, was du bestellt hast.
pay-done-ship = Der Verkäufer weiß Bescheid und verschickt innerhalb von fünf Tagen, sonst bekommst du dein Geld zurück. Sieh es dir nach der Ankunft an und sag, ob alles in Ordnung ist.
pay-done-meet = Der Verkäufer weiß Bescheid. Bestätige erst, wenn ihr euch getroffen habt und du es in Händen hältst. Erst dann geht das Geld an den Verkäufer.
pay-done-order = Zur Bestellung
pay-done-all = Zu deinen Bestellungen
pay-done-home = Weiter stöbern
pay-late-title = Die Zeit zum Bezahlen ist vorbei
pay-late-text = Die Bestellung wurde nicht rechtzeitig bezahlt und ist geschlossen. Du kannst noch einmal bestellen, solange alles da ist.
pay-closed-title = Diese Zahlung ist geschlossen
pay-closed-text = Die Bestellung wurde storniert, es gibt nichts zu bezahlen.
pay-nothing-charged = Es wurde nichts abgebucht.

bank-name = Testbank
bank-test = Test
bank-title = Bestätige deine Zahlung
bank-shop = Händler
bank-amount = Betrag
bank-date = Datum
bank-text = Hier würde deine Bank fragen, ob du es wirklich bist. Im Testbetrieb wählst du die Antwort.
bank-approve = Bestätigen
bank-refuse = Ablehnen

cards-title = Testkarten
cards-lead = Zahlungen sind hier simuliert: Es fließt kein Geld, und echte Karten werden nicht genommen.
cards-number = Nummer
cards-does = Was sie tut
cards-how = So geht es
cards-how-text = Leg etwas in den Warenkorb, geh zur Kasse und gib eine dieser Nummern ein. Jeder künftige Monat und jede Prüfziffer ist recht: 3 Ziffern, oder 4 bei der Nummer, die mit 3 beginnt.
cards-bank = Was simuliert wird
cards-bank-text = Der Testbetrieb verhält sich wie ein echter Zahlungsdienst: Er verwahrt das Geld, stellt die Frage der Bank, lässt sich Zeit, lehnt ab, scheitert, zahlt zurück und meldet per Webhook, was geschah.

## Bestellungen

orders-title-buying = Deine Käufe
orders-title-selling = Deine Verkäufe
orders-sides = Bestellungen
orders-buying = Käufe
orders-selling = Verkäufe
orders-none-bought = Noch keine Käufe
orders-none-bought-text = Was du kaufst, steht hier, mit jedem Schritt und jeder Frist.
orders-none-bought-action = Etwas finden
orders-none-sold = Noch keine Verkäufe
orders-none-sold-text = Wenn jemand bei dir kauft, steht es hier, mit dem, was zu tun ist, und bis wann.
orders-none-sold-action = Etwas verkaufen
orders-your-turn = Du bist dran, bis { $when }
orders-deadline = Nächste Frist: { $when }

order-number = Bestellung { $number }
order-title-more =
    { $more ->
        [one] { $title } und ein weiterer Artikel
       *[other] { $title } und { $more } weitere Artikel
    }
order-pieces =
    { $n ->
        [one] { $n } Stück
       *[other] { $n } Stück
    }
order-placed = Bestellt am
order-when = { $date } ({ $span })
order-until = bis { $when }
order-timeline = Was wann geschieht
order-details = Einzelheiten
order-things = Was gekauft wurde
order-items = Artikel
order-you-pay = Du zahlst
order-you-get = Du bekommst
order-total-buyer = Zahlt die Kaufseite
order-total-seller = Bekommt die Verkaufsseite
order-commission = Provision
order-delivery = Lieferung
order-meet-text = Ihr trefft euch persönlich. Kein Bargeld: Bezahlt wird hier, und das Geld wird verwahrt, bis die Kaufseite hier sagt, dass alles in Ordnung ist.
order-carrier = Paketdienst
order-carrier-hint = Zum Beispiel DHL, La Poste oder UPS.
order-tracking = Sendungsnummer
order-problem = Was stimmt nicht?
order-problem-hint = Schreib, was du erwartet und was du bekommen hast. Der Verkäufer liest es, und unser Team, wenn ihr euch nicht einigt.
order-problem-title = Das gemeldete Problem
order-buyer = Käufer
order-seller = Verkäufer
order-pay = { $amount } bezahlen
order-moved-on = Die Bestellung ist inzwischen weiter, deshalb wurde das nicht getan. So steht es jetzt.

order-paid-meet = Bezahlt, Übergabe steht aus
order-silence-unmet = Wird der Empfang nicht bis { $when } bestätigt, wird die Bestellung storniert und der Betrag erstattet.
order-done-unmet = Die Ware wurde nicht rechtzeitig übergeben. Die Zahlung wird erstattet.

order-next = Wie es weitergeht
order-turn-pending-payment-buyer = Du bist dran: bezahlen
order-turn-paid-seller = Du bist dran: verschicken
order-turn-paid-buyer = Der Verkäufer verschickt es
order-turn-paid-staff = Der Verkäufer verschickt es
order-turn-meet = Du bist dran: treffen, ansehen, bestätigen
order-turn-meet-seller = Triff dich mit der Käuferin oder dem Käufer und übergib es
order-turn-shipped-buyer = Wenn es angekommen ist
order-turn-shipped-seller = Es ist unterwegs
order-turn-delivered-buyer = Du bist dran: Ist alles in Ordnung?
order-turn-delivered-seller = Die Kaufseite sieht es sich an
order-turn-claim-open-seller = Du bist dran: Antworte auf das Problem
order-turn-claim-open-buyer = Der Verkäufer antwortet dir
order-turn-claim-review-staff = Du bist dran: entscheiden
order-turn-claim-review-buyer = Unser Team entscheidet
order-turn-claim-review-seller = Unser Team entscheidet
order-turn-refund-stuck-staff = Du bist dran: Sorg für die Erstattung

order-ask-abandon = Die Bestellung wird geschlossen und nichts abgebucht. Alle Bestellungen derselben Zahlung werden mit geschlossen.
order-ask-ship = Sag das erst, wenn das Paket abgegeben ist. Mit der Sendungsnummer lässt sich sein Weg verfolgen.
order-ask-hand-over = Sag das erst, wenn du es in Händen hältst und alles in Ordnung ist. Der Verkäufer bekommt dann { $part }, und das lässt sich nicht zurücknehmen.
order-ask-cancel-by-buyer = Der Verkäufer erfährt davon, und { $total } gehen an dich zurück. Das lässt sich nicht zurücknehmen.
order-ask-cancel-by-seller = { $total } gehen an die Kaufseite zurück, und du bekommst für diese Bestellung nichts. Das Angebot bleibt aus dem Verkauf, bis du es wieder einstellst. Das lässt sich nicht zurücknehmen.
order-ask-cancel-by-operator = { $total } gehen an die Kaufseite zurück, und alles wird wieder angeboten. Beide Seiten erfahren davon. Das lässt sich nicht zurücknehmen.
order-ask-seller-marks-delivered = Die Kaufseite erfährt davon und hat dann 14 Tage, es sich anzusehen.
order-ask-confirm-early = Sieh es dir zuerst an. Der Verkäufer bekommt dann { $part }, und das lässt sich nicht zurücknehmen.
order-ask-confirm = Der Verkäufer bekommt dann { $part }, und das lässt sich nicht zurücknehmen.
order-ask-report-not-received = Das Geld bleibt verwahrt, während ihr herausfindet, wo es ist.
order-ask-open-claim = Das Geld bleibt verwahrt, und der Verkäufer erfährt davon.
order-ask-seller-refunds = { $total } gehen an die Kaufseite zurück, und die Bestellung endet. Das lässt sich nicht zurücknehmen.
order-ask-withdraw-claim = Das Problem ist erledigt, und der Verkäufer bekommt { $part }. Das lässt sich nicht zurücknehmen.
order-ask-escalate = Unser Team liest, was ihr beide geschrieben habt, und entscheidet innerhalb von 30 Tagen. Das Geld bleibt verwahrt.
order-ask-escalate-by-seller = Unser Team liest, was ihr beide geschrieben habt, und entscheidet innerhalb von 30 Tagen. Das Geld bleibt verwahrt.
order-ask-decide-refund = { $total } gehen an die Kaufseite zurück. Beide Seiten erfahren davon. Das lässt sich nicht zurücknehmen.
order-ask-decide-release = Die Verkaufsseite bekommt { $part }. Beide Seiten erfahren davon. Das lässt sich nicht zurücknehmen.
order-ask-retry-refund = Der Zahlungsdienst wird noch einmal gebeten, { $total } zurückzuzahlen.
order-ask-refund-other-way = Nur wenn { $total } wirklich auf anderem Weg angekommen sind. Es wird als ausgezahlt gebucht.

# Wo das Geld ist. $side ist, wer liest: buyer, seller oder staff.
order-money-none =
    { $side ->
        [buyer] Es wurde noch nichts abgebucht.
       *[staff] Die Kaufseite hat noch nicht bezahlt.
    }
order-money-checking =
    { $side ->
        [buyer] Deine Zahlung von { $total } wird geprüft.
       *[staff] Die Zahlung von { $total } wird geprüft.
    }
order-money-held =
    { $side ->
        [buyer] { $total } werden beim Zahlungsdienst verwahrt, bis du sagst, dass alles in Ordnung ist.
        [seller] Das Geld wird beim Zahlungsdienst verwahrt. Du bekommst { $part }, sobald die Kaufseite sagt, dass alles in Ordnung ist.
       *[staff] { $total } werden beim Zahlungsdienst verwahrt; { $part } davon sind für die Verkaufsseite.
    }
order-money-released =
    { $side ->
        [buyer] Deine { $total } sind freigegeben: Der Verkäufer hat seinen Teil bekommen.
        [seller] { $part } sind für dich freigegeben.
       *[staff] { $total } sind freigegeben: { $part } davon für die Verkaufsseite.
    }
order-money-returning =
    { $side ->
        [buyer] { $total } sind auf dem Weg zurück zu dir.
       *[staff] { $total } sind auf dem Weg zurück zur Kaufseite.
    }
order-money-returned =
    { $side ->
        [buyer] { $total } wurden dir erstattet.
       *[staff] { $total } wurden der Kaufseite erstattet.
    }
order-money-nothing =
    { $side ->
        [buyer] Dir wurde nichts abgebucht.
       *[staff] Der Kaufseite wurde nichts abgebucht.
    }

## Das Postfach für die Entwicklung

mailbox-title = Postfach
mailbox-text = Mails, die dieser Rechner verschickt hätte. Keine verlässt ihn.
mailbox-list = Mails
mailbox-to = An
mailbox-at = Geschrieben
mailbox-filter = Anzeigen
mailbox-none = Keine Mails
mailbox-none-text = Sobald etwas zu verschicken ist, steht es hier.
mailbox-none-to = An diese Adresse wurde nichts geschrieben. Leere das Feld, um alle zu sehen.

## Für das Team

admin-nav = Verwaltung
admin-overview = Überblick
admin-overview-lead = Was einen Menschen braucht.
admin-all-well = Alles in Ordnung.
admin-all-well-text = Nichts wartet auf dich.
admin-queue = Arbeit im Hintergrund
admin-queue-oldest = Die älteste fällige Aufgabe wartet seit:
admin-queue-next = Nichts ist verspätet. Die nächste Aufgabe ist { $span } fällig.
admin-queue-empty = Keine Aufgabe wartet.

admin-orders = Bestellungen
admin-orders-lead = Finde eine Bestellung nach Nummer oder Kennung, und sieh, wo entschieden werden muss.
admin-orders-waiting = Bestellungen, die einen Menschen brauchen
admin-orders-none = Gerade braucht keine Bestellung einen Menschen.
admin-orders-table = Diese Bestellungen, die am längsten warten zuerst
admin-orders-states = Bestellungen nach Zustand
admin-order = Bestellung
admin-order-number = Nummer oder Kennung
admin-order-find = Öffnen
admin-order-unknown = Es gibt keine Bestellung mit dieser Nummer oder Kennung. Prüfe sie; eine Nummer hat neun Buchstaben und Ziffern.
admin-order-state = Zustand
admin-order-since = Seit
admin-order-due = Frist

admin-jobs = Aufgegebene Aufgaben
admin-jobs-lead = Was oft versucht und dann aufgegeben wurde. Behebe die Ursache und versuch es dann noch einmal.
admin-jobs-dead = Aufgegebene Aufgaben
admin-jobs-none = Keine aufgegebenen Aufgaben
admin-jobs-none-text = Alles, was zu tun war, wurde getan.
admin-job-kind = Aufgabe
admin-job-dead-at = Aufgegeben
admin-job-tries = Versuche
admin-job-error = Fehler
admin-job-why = Warum
admin-job-payload = Woran sie arbeiten sollte:
admin-job-retry = Noch einmal
admin-job-discard = Verwerfen
admin-job-lead = Lies, was schiefging. Behebe die Ursache und versuche es noch einmal, oder verwirf die Aufgabe.
admin-job-discard-text = Was verworfen ist, wird nie getan. Was daran hängt, bleibt, wie es ist.
admin-job-revived = Die Aufgabe wird noch einmal versucht.
admin-job-discarded = Die Aufgabe wurde verworfen.

admin-payments = Zahlungsmeldungen
admin-payments-lead = Was Zahlungsdienste gemeldet haben, das Neueste zuerst, und was daraus wurde.
admin-events = Meldungen
admin-events-all = Alle
admin-events-waiting = Noch nicht bearbeitet
admin-events-count = Zahlungsmeldungen, noch nicht bearbeitet
admin-events-none = Keine Meldungen
admin-events-none-text = Hier ist nichts zu sehen. Meldungen kommen, wenn Zahlungen und Erstattungen sich bewegen.
admin-event-kind = Meldung
admin-event-provider = Dienst
admin-event-id = Kennung
admin-event-received = Eingegangen
admin-event-state = Zustand
admin-event-waits = Wartet
admin-event-handled = Bearbeitet
admin-event-passed-over = Übergangen

admin-ledger = Hauptbuch
admin-ledger-lead = Jede Regel der Bücher, aus ihren Zeilen nachgezählt.
admin-ledger-check = Bücher jetzt prüfen
ledger-ok = Die Bücher stimmen.
ledger-ok-text = Jede Regel ist eingehalten.
ledger-broken = Die Bücher stimmen nicht.
ledger-broken-text = Mindestens eine Regel ist verletzt. Halte Auszahlungen an, sichere den Stand und sieh unten, was ihr widerspricht.
ledger-entries = Buchungen
ledger-at = Geprüft
ledger-checks = Regeln
ledger-holds = Eingehalten
ledger-fails = Verletzt
ledger-sums = Summen
ledger-sums-table = Summen nach Währung
ledger-currency = Währung
ledger-assets = Bei Diensten
ledger-liabilities = Verwahrt oder geschuldet
ledger-revenue = Erlöse
ledger-expenses = Aufwand
ledger-moving = Unterwegs
ledger-moving-table = Geld unterwegs, nach Konto
ledger-account = Konto
ledger-since = Seit
ledger-amount = Betrag
