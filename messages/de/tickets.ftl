# Was sich das Team ansehen soll.

ticket-kind-suspense = Eine Zeile im Auszug eines Zahlungsanbieters, die niemand erklärt
ticket-kind-unmatched-entry = Eine Buchung, die im Auszug des Zahlungsanbieters fehlt
ticket-kind-balance-differs = Ein Guthaben, das von dem des Zahlungsanbieters abweicht
ticket-kind-call-unknown = Niemand weiß, ob der Zahlungsanbieter getan hat, worum er gebeten wurde
ticket-kind-event-unreadable = Eine Nachricht eines Zahlungsanbieters, die sich nicht lesen lässt
ticket-kind-transit-old = Geld, das zu lange unterwegs ist
ticket-kind-escrow-old = Geld aus einem Kauf, das fast so lange gehalten wird, wie es darf
ticket-kind-refund-stuck = Eine Erstattung, die nicht weiterkommt
ticket-kind-refund-attention = Eine Erstattung, die zurückkam
ticket-kind-payout-stuck = Eine Auszahlung, die nicht weiterkommt
ticket-kind-debt-old = Jemand, der verkauft, schuldet schon lange Geld
ticket-kind-chargeback = Eine Bank möchte eine Zahlung zurück
ticket-kind-fraud-warning = Eine Warnung vor Betrug
ticket-kind-odd-deal = Ein Handel, der auffällt
ticket-kind-case = Ein Fall, der auf das Team wartet
ticket-kind-cover = Bei den Zahlungsanbietern liegt weniger, als geschuldet wird
ticket-kind-tax-place = Verkäufe nahe der Grenze, ab der an einem Ort Steuern fällig sind
ticket-kind-tax-seller = Jemand, der verkauft, hat noch nicht gesagt, was das Finanzamt wissen möchte
ticket-kind-orphan = Geld für eine Bestellung, die abgesagt wurde
ticket-kind-other = Etwas anderes

refused-ticket-closed = Das ist schon abgeschlossen.

mail-ticket-digest-subject = Es gibt etwas anzusehen
mail-ticket-digest-body =
    Hallo { $name }, { $count ->
        [one] eine Sache ist
       *[other] { $count } Sachen sind
    } dazugekommen, die sich jemand ansehen muss:

    { $list }
mail-ticket-digest-button = Ansehen
