# Was Banken im Auftrag von Käufern fragen, und was geantwortet wird.

## Warum, in den Worten der Kartennetze

chargeback-reason-general = etwas, das die Bank nicht genauer sagt
chargeback-reason-fraudulent = jemand anderes hat mit der Karte bezahlt
chargeback-reason-fraud = jemand anderes hat mit der Karte bezahlt
chargeback-reason-unrecognized = die Zahlung wird nicht wiedererkannt
chargeback-reason-product-not-received = die Ware kam nicht an
chargeback-reason-product-unacceptable = die Ware war nicht wie beschrieben
chargeback-reason-duplicate = es wurde doppelt bezahlt
chargeback-reason-credit-not-processed = eine versprochene Erstattung kam nicht
chargeback-reason-subscription-canceled = es war vorher abgesagt
chargeback-reason-customer-initiated = die Bank wurde darum gebeten
chargeback-reason-bank-cannot-process = die Bank konnte die Zahlung nicht ausführen
chargeback-reason-debit-not-authorized = das Konto wurde ohne Erlaubnis belastet
chargeback-reason-insufficient-funds = auf dem Konto war nicht genug Geld
chargeback-reason-incorrect-account-details = die Angaben zum Konto waren falsch
chargeback-reason-noncompliant = die Zahlung verstieß gegen eine Regel des Kartennetzes
chargeback-reason-chargeback = die Zahlung soll zurück

## Wo eine steht

chargeback-state-inquiry = Die Bank fragt
chargeback-state-needs-response = Wartet auf unsere Antwort
chargeback-state-sending = Wird beantwortet
chargeback-state-under-review = Die Bank entscheidet
chargeback-state-inquiry-closed = Ohne Forderung geschlossen
chargeback-state-prevented = Erledigt, bevor es begann
chargeback-state-won = Gewonnen
chargeback-state-lost = Verloren

chargeback-done-inquiry = Die Bank hat nach der Zahlung gefragt
chargeback-done-inquiry-answered = Die Bank hat unsere Antwort
chargeback-done-answer-inquiry = Das Team hat der Bank geantwortet
chargeback-done-inquiry-due = Der Bank wurde von selbst geantwortet
chargeback-done-inquiry-refused = Der Zahlungsanbieter hat die Antwort nicht angenommen
chargeback-done-inquiry-closed = Die Bank hat es ohne Forderung geschlossen
chargeback-done-refund-inquiry = Das Team hat erstattet
chargeback-done-opened = Die Bank hat das Geld genommen
chargeback-done-escalated = Aus der Frage wurde eine Forderung, und die Bank hat das Geld genommen
chargeback-done-opened-after-all = Die Bank hat das Geld doch genommen
chargeback-done-submit = Das Team hat die Belege geschickt
chargeback-done-auto-submit = Die Belege wurden von selbst geschickt
chargeback-done-accept = Das Team hat sie angenommen
chargeback-done-resend = Die Antwort wurde noch einmal geschickt
chargeback-done-refused = Der Zahlungsanbieter hat die Antwort nicht angenommen
chargeback-done-sent = Die Bank hat die Antwort
chargeback-done-review = Die Bank sieht es sich an
chargeback-done-review-late = Die Bank hat lange nicht entschieden
chargeback-done-won = Die Bank hat für die Verkaufsseite entschieden
chargeback-done-lost = Die Bank hat für die Käuferseite entschieden
chargeback-done-never-opened = Es war erledigt, bevor es begann
chargeback-done-prevented = Es ist erledigt

order-done-refund-inquiry = Die Bank der Käuferseite hat nach der Zahlung gefragt, und unser Team hat erstattet.

## Was der Bank gezeigt wird

evidence-field-product-description = Was gekauft wurde
evidence-field-customer-name = Name auf dem Paket
evidence-field-shipping-address = Wohin es ging
evidence-field-shipping-carrier = Paketdienst
evidence-field-shipping-tracking-number = Sendungsnummer
evidence-field-shipping-date = Tag des Versands
evidence-field-service-date = Tag der Übergabe
evidence-field-access-activity-log = Wann sich die Käuferseite angemeldet hat
evidence-field-refund-refusal-explanation = Warum nicht erstattet wird
evidence-field-uncategorized-text = Was geschah, und was beide Seiten sagten

evidence-side-buyer = die Käuferseite
evidence-side-seller = die Verkaufsseite
evidence-side-staff = der Marktplatz
evidence-order = Bestellung { $number }: { $items }. Summe: { $total }
evidence-history = Was mit Bestellung { $number } geschah (Zeiten in UTC):
evidence-signed-in = Anmeldungen der Käuferseite: { $days }

## Mails an Verkäufer: $name, $number, $amount, $cost, $reason

mail-chargeback-asked-subject = Bestellung { $number }: die Bank der Käuferseite fragt nach
mail-chargeback-asked-body =
    Hallo { $name }, die Bank der Käuferseite fragt uns nach der Zahlung von { $amount } für Bestellung { $number }: { $reason }.

    Es ist kein Geld bewegt worden, und wir antworten für dich. Bis die Bank zufrieden ist, bleibt das Geld dieser Bestellung, wo es ist. Wenn du etwas hast, das hilft, etwa einen Einlieferungsbeleg, schreib uns.
mail-chargeback-opened-subject = Bestellung { $number }: die Bank der Käuferseite will die Zahlung zurück
mail-chargeback-opened-body =
    Hallo { $name }, die Bank der Käuferseite hat { $amount } für Bestellung { $number } zurückgenommen: { $reason }.

    Wir widersprechen mit dem, was wir über die Bestellung wissen. Bis die Bank entschieden hat, was zwei oder drei Monate dauern kann, liegt dein Teil davon beiseite: { $cost }. Wenn du etwas hast, das hilft, etwa einen Einlieferungsbeleg, schreib uns bald.
mail-chargeback-answered-subject = Bestellung { $number }: wir haben der Bank geantwortet
mail-chargeback-answered-body =
    Hallo { $name }, wir haben der Bank gezeigt, was wir über Bestellung { $number } wissen: was verkauft wurde, wann und wie es verschickt wurde, wann es ankam und was beide Seiten gesagt haben.

    Jetzt entscheidet die Bank. Wir sagen dir Bescheid, wenn sie es getan hat.
mail-chargeback-won-subject = Bestellung { $number }: die Bank hat für dich entschieden
mail-chargeback-won-body =
    Hallo { $name }, eine gute Nachricht: Die Bank lässt die Zahlung für Bestellung { $number }, wie sie ist. Was dafür beiseite lag, gehört wieder dir und kommt mit deiner nächsten Auszahlung.
mail-chargeback-closed-subject = Bestellung { $number }: die Bank fragt nicht mehr
mail-chargeback-closed-body =
    Hallo { $name }, die Bank hat keine Fragen mehr zu Bestellung { $number }. Alles geht weiter wie sonst.
mail-chargeback-refunded-subject = Bestellung { $number }: das Geld geht zurück
mail-chargeback-refunded-body =
    Hallo { $name }, die Bank der Käuferseite hat nach Bestellung { $number } gefragt, und unser Team hat entschieden, das Geld zurückzugeben, bevor die Bank es nimmt. Das hätte mehr gekostet.
mail-chargeback-called-off-subject = Bestellung { $number }: bitte nicht abschicken
mail-chargeback-called-off-body =
    Hallo { $name }, wir haben Bestellung { $number } storniert und das Geld zurückgegeben, weil mit der Zahlung etwas nicht stimmte. Du hast nichts falsch gemacht, und es kostet dich nichts.

    Bitte schick nichts ab: Es steht wieder zum Verkauf. Ist es schon unterwegs, schreib uns sofort.
mail-chargeback-lost-subject = Bestellung { $number }: die Bank hat für die Käuferseite entschieden
mail-chargeback-lost-body =
    Hallo { $name }, die Bank hat bei Bestellung { $number } für die Käuferseite entschieden und ihr { $amount } zurückgegeben. Wir haben ihr alles gezeigt, was wir wissen; ihre Entscheidung ist endgültig.

    Davon sind { $cost } dein Teil. Was schon an dich ausgezahlt war, wird von deinen nächsten Verkäufen einbehalten. Die Gebühr der Bank tragen wir.

## Mails an das Team: $name, $amount, $when

mail-chargeback-button = Rückbuchung öffnen
mail-chargeback-due-subject = Eine Bank wartet auf Antwort
mail-chargeback-due-body = Hallo { $name }, eine Bank will { $amount } zurück oder fragt danach. Ihre Frist: { $when }. Die Belege sind entworfen; sieh sie dir an und schick sie ab. Einen Tag vor der Frist gehen sie hinaus, wie sie sind.
mail-chargeback-auto-subject = Einer Bank wurde von selbst geantwortet
mail-chargeback-auto-body = Hallo { $name }, niemand hat der Bank zu { $amount } geantwortet, deshalb ist der Entwurf hinausgegangen. Ihre Frist: { $when }.
chargeback-no-deadline = keine genannt

## Der Schreibtisch

admin-chargebacks = Rückbuchungen
admin-chargebacks-lead = Was Banken fragen und zurückwollen. Einen Tag vor der Frist gehen die Belege von selbst hinaus.
admin-chargebacks-open = Offen
admin-chargebacks-over = Vorbei
admin-chargebacks-none = Hier ist nichts
admin-chargebacks-none-text = Keine Bank will etwas.
admin-chargebacks-table = Rückbuchungen
admin-chargeback = Rückbuchung
admin-chargeback-lead = Was die Bank sagt, was ihr gezeigt wird, und was daraus wurde.
admin-chargeback-reason = Grund
admin-chargeback-amount = Betrag
admin-chargeback-fee = Gebühr der Bank
admin-chargeback-state = Stand
admin-chargeback-due = Antwort bis
admin-chargeback-opened = Seit
admin-chargeback-orders = Bestellungen
admin-chargeback-share = Anteil
admin-chargeback-aside = Vom Verkaufserlös beiseitegelegt
admin-chargeback-provider = Beim Zahlungsanbieter
admin-chargeback-history = Was geschah
admin-chargeback-evidence = Was der Bank gezeigt wird
admin-chargeback-evidence-hint = Auf Englisch, in ganzen Sätzen, und nur, was die Bank braucht. Es wird einmal geschickt: danach lässt sich nichts hinzufügen.
admin-chargeback-evidence-sent = Das wurde geschickt.
admin-chargeback-save = Entwurf speichern
admin-chargeback-saved = Der Entwurf ist gespeichert.
admin-chargeback-send = An die Bank schicken
admin-chargeback-sent = Es ist auf dem Weg zur Bank.
admin-chargeback-by-itself = Wenn niemand etwas tut, geht es am { $when } hinaus, wie es ist.
admin-chargeback-give-in = Andere Wege
admin-chargeback-accept = Annehmen: die Käuferseite hat recht
admin-chargeback-accept-text = Das Geld ist verloren, und die Verkaufsseite trägt ihren Teil. Das lässt sich nicht zurücknehmen.
admin-chargeback-accepted = Der Zahlungsanbieter erfährt, dass wir annehmen.
admin-chargeback-refund = Erstatten
admin-chargeback-refund-text = Alles aus dieser Zahlung geht zurück, bevor die Bank es nimmt. Das spart die Gebühr der Bank.
admin-chargeback-refunded = Alles geht zurück.
admin-chargeback-own = Du bist eine Seite dieses Geschäfts: Das ist nichts für dich.

act-accept-chargeback = Eine Rückbuchung annehmen
act-refund-inquiry = Erstatten, wonach eine Bank fragt

refused-chargeback-own = Du hast gekauft oder verkauft, worum es geht. Überlass das jemand anderem.
refused-chargeback-step = Inzwischen ist es weitergegangen. Sieh es dir noch einmal an.
refused-chargeback-answered = Es ist schon beantwortet; daran lässt sich nichts mehr ändern.
refused-chargeback-no-evidence = Schreib zuerst wenigstens einen Beleg.
refused-chargeback-part = Die Bank fragt nur nach einem Teil der Zahlung. Erstatte stattdessen die Bestellung selbst.
refused-chargeback-order-elsewhere = Eine Bestellung dieser Zahlung lässt sich von dort, wo sie gerade ist, nicht erstatten. Entscheide zuerst über sie.

## Auf der Seite einer Bestellung: $amount

order-bank-asks-buyer = Deine Bank hat uns nach dieser Zahlung gefragt. Bis sie zufrieden ist, bleibt das Geld, wo es ist.
order-bank-asks-seller = Die Bank der Käuferseite hat uns nach dieser Zahlung gefragt. Wir antworten ihr; bis dahin bleibt das Geld, wo es ist.
order-bank-asks-staff = Die Bank der Käuferseite fragt nach { $amount } dieser Zahlung.
order-bank-took-buyer = Du hast deine Bank um { $amount } dieser Zahlung gebeten. Sie entscheidet, was Monate dauern kann; bis dahin zahlen wir selbst nichts zurück.
order-bank-took-seller = Die Bank der Käuferseite hat { $amount } dieser Zahlung zurückgenommen. Wir widersprechen; bis sie entschieden hat, bleibt das Geld, wo es ist.
order-bank-took-staff = Die Bank der Käuferseite hat { $amount } dieser Zahlung zurückgenommen und noch nicht entschieden.
order-bank-left-buyer = Deine Bank hat die Zahlung gelassen, wie sie war.
order-bank-left-seller = Die Bank der Käuferseite hat nach dieser Zahlung gefragt und sie gelassen, wie sie war.
order-bank-left-staff = Die Bank der Käuferseite hat die Zahlung gelassen, wie sie war.
order-bank-gave-buyer = Deine Bank hat dir { $amount } zurückgegeben.
order-bank-gave-seller = Die Bank der Käuferseite hat ihr { $amount } zurückgegeben. Die Entscheidung ist endgültig.
order-bank-gave-staff = Die Bank der Käuferseite hat ihr { $amount } zurückgegeben.

leave-disputed = Eine Bank entscheidet noch über etwas, das du gekauft oder verkauft hast. Danach kannst du gehen.
