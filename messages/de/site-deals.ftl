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
checkout-tax-ship = Steuer beim Versand
checkout-tax-meet = Steuer bei Übergabe
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
address-region = Bundesstaat oder Region
address-region-hint = Nötig in den Vereinigten Staaten: zwei Buchstaben, zum Beispiel CA.
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
pay-there-title = Auf der Seite des Zahlungsunternehmens bezahlen
pay-there-text = Du verlässt diesen Marktplatz und bezahlst auf der Seite des Unternehmens, das das Geld verwahrt. Danach kommst du hierher zurück.
pay-there = Dorthin gehen und { $amount } bezahlen
pay-field-text = Was du hier eingibst, geht direkt an das Unternehmen, das das Geld verwahrt. Wir sehen deine Karte nie.
pay-field-failed = Das Feld für deine Karte konnte nicht geladen werden. Lade die Seite neu oder versuche es mit einem anderen Netz.
pay-field-busy = Einen Moment …
pay-no-script-title = Diese Seite braucht JavaScript
pay-no-script-text = Das Feld für deine Karte gehört dem Zahlungsunternehmen und funktioniert nicht ohne JavaScript. Schalte es für diese Seite ein, oder brich die Bestellung unten ab; es wurde nichts abgebucht.
pay-away-title = Gerade kann nicht bezahlt werden
pay-away-text = Das Zahlungsunternehmen antwortet nicht. Lade diese Seite in einer Minute neu; es wurde nichts abgebucht.

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
order-turn-partial-stuck-staff = Du bist dran: Sorg für die Erstattung
order-turn-return-requested-seller = Du bist dran: Die Kaufseite möchte es zurückgeben
order-turn-return-requested-buyer = Der Verkäufer antwortet dir
order-turn-return-approved-buyer = Du bist dran: Schick es zurück
order-turn-return-approved-seller = Die Kaufseite schickt es zurück
order-turn-return-shipped-seller = Wenn es zurück ist
order-turn-return-shipped-buyer = Es ist auf dem Rückweg
order-turn-return-inspection-seller = Du bist dran: Ist alles in Ordnung?
order-turn-return-inspection-buyer = Der Verkäufer sieht es sich an
order-turn-replacement-due-seller = Du bist dran: Schick Ersatz
order-turn-replacement-due-buyer = Der Verkäufer schickt Ersatz
order-turn-replacement-sent-buyer = Wenn der Ersatz angekommen ist
order-turn-replacement-sent-seller = Der Ersatz ist unterwegs
order-turn-ruled-refund-seller = Entschieden: Nimm es an oder leg Einspruch ein
order-turn-ruled-refund-buyer = Für dich entschieden
order-turn-ruled-release-buyer = Entschieden: Nimm es an oder leg Einspruch ein
order-turn-ruled-release-seller = Für dich entschieden
order-turn-ruled-partial-buyer = Entschieden: Du kannst Einspruch einlegen
order-turn-ruled-partial-seller = Entschieden: Du kannst Einspruch einlegen
order-turn-appeal-refund-staff = Einspruch: Entscheide noch einmal
order-turn-appeal-release-staff = Einspruch: Entscheide noch einmal
order-turn-appeal-partial-staff = Einspruch: Entscheide noch einmal
order-turn-completed-seller = Was du noch tun kannst
order-turn-completed-staff = Was noch möglich ist
order-turn-completed-partial-seller = Was du noch tun kannst
order-turn-completed-partial-staff = Was noch möglich ist

order-case-kind = Was stimmt nicht?
order-case-wants = Was wünschst du dir?
order-part-back = Was an die Kaufseite zurückgeht
order-part-back-hint = Höchstens { $most }: was die Ware und ihr Versand kosten.
order-reasons = Warum, für beide Seiten
order-reasons-hint = Beide Seiten lesen es mit der Entscheidung. Wovon du ausgegangen bist, und warum. Der Anfang steht auch im Protokoll.
order-paid-from = Von Hand gezahlt über
order-paid-from-none = Nicht von Hand gezahlt
order-paid-from-hint = Nur, wenn du einträgst, was du auf anderem Weg gezahlt hast. Was über die Seiten des Anbieters ging, zeigt sein Auszug; was die Bank des Unternehmens gezahlt hat, zeigt er nicht.
order-reference = Name dieser Zahlung
order-reference-hint = Beim Anbieter ihr Name dort (re_…, TRF_…); von der Bank das, was auf der Überweisung steht. Buchstaben, Ziffern, Striche und Punkte.
paid-from-provider = Die Seiten des Anbieters
paid-from-bank = Die Bank des Unternehmens
reference-failed = Das ist die Erstattung, die fehlgeschlagen ist. Nenne die Zahlung, die angekommen ist.
order-tax = Steuer
order-tax-included = Steuer im Preis
order-back-to-you = Zurück an dich
order-back-to-buyer = Zurück an die Kaufseite
order-taken-by-bank = Von der Bank der Kaufseite zurückgeholt
order-released-to-you = Für dich freigegeben
order-released-to-seller = Für die Verkaufsseite freigegeben
order-held-title = Das Geld bleibt vorerst, wo es ist
order-held-until = Spätestens bis { $when }.

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
order-ask-escalate = Unser Team liest, was ihr beide geschrieben habt, und entscheidet. Das Geld bleibt verwahrt.
order-ask-escalate-by-seller = Unser Team liest, was ihr beide geschrieben habt, und entscheidet. Das Geld bleibt verwahrt.
order-ask-decide-refund = { $total } gehen an die Kaufseite zurück. Beide Seiten erfahren davon. Das lässt sich nicht zurücknehmen.
order-ask-decide-release = Die Verkaufsseite bekommt { $part }. Beide Seiten erfahren davon. Das lässt sich nicht zurücknehmen.
order-ask-retry-refund = Der Zahlungsdienst wird noch einmal gebeten, { $total } zurückzuzahlen.
order-ask-refund-other-way = Nur wenn { $total } wirklich auf anderem Weg angekommen sind. Es wird als ausgezahlt gebucht.
order-ask-request-return = Der Verkäufer wird gebeten, es gegen Erstattung zurückzunehmen. Das Geld bleibt verwahrt, bis ihr beide damit fertig seid.
order-ask-accept-return = Die Kaufseite schickt es auf eigene Kosten zurück, wenn ihr nichts anderes vereinbart, und bekommt { $total }, sobald du es zurück hast.
order-ask-refuse-return = Ihr sprecht darüber, und unser Team entscheidet, wenn ihr euch nicht einigt. Das Geld bleibt verwahrt.
order-ask-return-ship = Sag das erst, wenn das Paket abgegeben ist. Mit der Sendungsnummer lässt sich sein Weg verfolgen.
order-ask-withdraw-return = Du behältst es, und der Verkäufer bekommt { $part }. Das lässt sich nicht zurücknehmen.
order-ask-return-received = Du hast dann 3 Tage, es dir anzusehen.
order-ask-accept-returned = { $total } gehen an die Kaufseite zurück, und alles wird wieder angeboten. Das lässt sich nicht zurücknehmen.
order-ask-contest-returned = Schreib in den Fall, was nicht stimmt, am besten mit Fotos. Unser Team sieht es sich an und entscheidet. Das Geld bleibt verwahrt.
order-ask-agree-partial = { $back } gehen an dich zurück, und der Verkäufer bekommt { $rest }. Du behältst die Ware. Das lässt sich nicht zurücknehmen.
order-ask-agree-partial-by-seller = { $back } gehen an die Kaufseite zurück, und du bekommst { $rest }. Die Kaufseite behält die Ware. Das lässt sich nicht zurücknehmen.
order-ask-agree-return = Du schickst es zurück und bekommst { $total }, sobald der Verkäufer es hat.
order-ask-agree-return-by-seller = Die Kaufseite schickt es zurück und bekommt { $total }, sobald du es hast.
order-ask-agree-replacement = Der Verkäufer schickt innerhalb von 5 Tagen Ersatz. Das Geld bleibt verwahrt.
order-ask-agree-replacement-by-seller = Du schickst innerhalb von 5 Tagen Ersatz. Das Geld bleibt verwahrt, bis er angekommen ist.
order-ask-send-replacement = Sag das erst, wenn das Paket abgegeben ist. Mit der Sendungsnummer lässt sich sein Weg verfolgen.
order-ask-confirm-replacement = Der Verkäufer bekommt dann { $part }, und das lässt sich nicht zurücknehmen.
order-ask-contest-replacement = Schreib in den Fall, was nicht stimmt, am besten mit Fotos. Unser Team sieht es sich an und entscheidet. Das Geld bleibt verwahrt.
order-ask-rule-refund = { $total } gehen an die Kaufseite zurück, wenn die Verkaufsseite nicht innerhalb von 3 Tagen Einspruch einlegt.
order-ask-rule-release = Die Verkaufsseite bekommt { $part }, wenn die Kaufseite nicht innerhalb von 3 Tagen Einspruch einlegt.
order-ask-rule-partial = Der Teil, den du nennst, geht an die Kaufseite zurück, und die Verkaufsseite bekommt den Rest, wenn niemand innerhalb von 3 Tagen Einspruch einlegt.
order-ask-appeal-by-buyer = Jemand aus unserem Team, der damit nichts zu tun hatte, entscheidet noch einmal. Das gilt dann endgültig.
order-ask-appeal-by-seller = Jemand aus unserem Team, der damit nichts zu tun hatte, entscheidet noch einmal. Das gilt dann endgültig.
order-ask-accept-ruling = { $total } gehen sofort an die Kaufseite zurück. Das lässt sich nicht zurücknehmen.
order-ask-accept-ruling-by-buyer = Der Verkäufer bekommt sofort { $part }. Das lässt sich nicht zurücknehmen.
order-ask-finally-refund = { $total } gehen an die Kaufseite zurück. Dagegen ist kein Einspruch möglich.
order-ask-finally-release = Die Verkaufsseite bekommt { $part }. Dagegen ist kein Einspruch möglich.
order-ask-finally-partial = Der Teil, den du nennst, geht an die Kaufseite zurück, und die Verkaufsseite bekommt den Rest. Dagegen ist kein Einspruch möglich.
order-ask-retry-partial = Der Zahlungsdienst wird noch einmal gebeten, { $back } zurückzuzahlen.
order-ask-partial-other-way = Nur wenn { $back } wirklich auf anderem Weg angekommen sind. Es wird als ausgezahlt gebucht.
order-ask-refund-after-release = { $left } gehen an die Kaufseite zurück. Sie werden der Verkaufsseite genommen, und was sie nicht mehr hat, schuldet sie. Das lässt sich nicht zurücknehmen.
order-ask-refund-part-after-release = Der Teil geht an die Kaufseite zurück und wird der Verkaufsseite genommen; was sie nicht mehr hat, schuldet sie. Das lässt sich nicht zurücknehmen.
order-ask-goodwill-refund = { $left } gehen an die Kaufseite zurück, und du gibst zurück, was du bekommen hast. Das lässt sich nicht zurücknehmen.
order-ask-goodwill-part = Der Teil geht an die Kaufseite zurück, und du gibst deinen Anteil daran zurück. Das lässt sich nicht zurücknehmen.

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
order-money-parting =
    { $side ->
        [buyer] { $back } sind auf dem Weg zurück zu dir; der Verkäufer hat den Rest bekommen.
        [seller] { $back } sind auf dem Weg zurück zur Kaufseite; { $rest } sind für dich freigegeben.
       *[staff] { $back } sind auf dem Weg zurück zur Kaufseite; { $rest } sind für die Verkaufsseite freigegeben.
    }
order-money-parted =
    { $side ->
        [buyer] { $back } wurden dir erstattet; der Verkäufer hat den Rest bekommen.
        [seller] { $back } wurden der Kaufseite erstattet; { $rest } gehören dir.
       *[staff] { $back } wurden der Kaufseite erstattet; { $rest } gehören der Verkaufsseite.
    }
order-money-taken =
    { $side ->
        [buyer] Deine Bank hat die Zahlung zurückgeholt.
       *[staff] Die Bank der Kaufseite hat die Zahlung zurückgeholt.
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
admin-order-number-hint = Von einer Bestellung; oder die Nummer eines Dokuments, zum Beispiel C-2026-000017.
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
admin-calls = Aufrufe
admin-calls-lead = Worum wir Zahlungsanbieter gebeten haben, das Neueste zuerst, und was daraus wurde.
admin-calls-any = Jeder Zustand
admin-calls-none = Keine Aufrufe
admin-calls-none-text = Hier gibt es nichts zu zeigen. Aufrufe entstehen, wenn etwas bezahlt, erstattet oder ausgezahlt wird.
admin-call-operation = Aufruf
admin-call-about = Nummer dessen, worum es geht
admin-call-first = Zuerst gemacht
admin-call-lead = Worum gebeten wurde, jedes Mal, wenn es gesendet wurde, und was geantwortet wurde. Geheimes wird nicht gezeigt.
admin-call-key = Schlüssel
admin-call-request = Letzte Anfrage
admin-call-request-id = Ihre Nummer beim Anbieter
admin-call-unknown-since = Unbekannt seit
admin-call-answered = Beantwortet
admin-call-refused = Abgelehnt
admin-call-not-done = Noch nicht geschehen
admin-call-sending = Wird gesendet
admin-call-unknown = Niemand weiß es
admin-call-unknown-text = Es wurde gesendet, und es kam keine Antwort. Das Programm fragt von selbst nach. Wenn das nicht hilft, sieh auf den Seiten des Anbieters nach und sag hier, was du gefunden hast.
admin-call-tries = Versuche
admin-call-no-tries = Bisher ist noch kein Versuch zu Ende gegangen.
admin-call-sent = Gesendet
admin-call-outcome = Ausgang
admin-call-status = Status
admin-call-asked = Worum gebeten wurde
admin-call-answer = Was geantwortet wurde
admin-call-say = Sagen, was daraus wurde
admin-call-say-lead = Sieh zuerst auf den Seiten des Anbieters nach. Wer sagt, dass es nicht geschehen ist, lässt es noch einmal senden: Geld könnte zweimal fließen.
admin-call-reference = Name beim Anbieter
admin-call-reference-hint = Nur wenn es geschehen ist: wie der Anbieter die Erstattung, die Überweisung oder die Auszahlung nennt.
admin-call-was-done = Es ist geschehen
admin-call-was-not-done = Es ist nicht geschehen, noch einmal senden
admin-call-said = Notiert. Das Programm macht damit weiter.
admin-event-lead = Was ankam, ohne Geheimes und ohne das, was etwas über Menschen sagt.
admin-event-happened = Geschehen
admin-event-account = Konto beim Anbieter
admin-event-body = Was gesagt wurde
admin-event-blank = Es ist älter als 400 Tage, deshalb ist nur noch sein Name da.
admin-event-headers = Was mit ihm kam
admin-event-replay = Noch einmal lesen
admin-event-replay-lead = Das Programm liest das Ereignis noch einmal, als wäre es gerade gekommen, und fragt den Anbieter, was stimmt. Es schadet nicht, das zweimal zu tun.
admin-event-replayed = Noch einmal gelesen
admin-event-replayed-now = Es wird jetzt noch einmal gelesen.

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
