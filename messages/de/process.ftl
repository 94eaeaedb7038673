### Der Ablauf einer Bestellung in Worten. Eine Meldung je Zustand, und je Übergang:
### was jemand tun kann, was geschehen ist, und was ohne Zutun geschieht.

## Zustände

order-state-new = Noch nicht bestellt
order-state-pending-payment = Zahlung offen
order-state-payment-processing = Zahlung wird geprüft
order-state-paid = Bezahlt, Versand steht aus
order-state-shipped = Unterwegs
order-state-delivered = Zugestellt
order-state-completed = Abgeschlossen
order-state-claim-open = Problem gemeldet
order-state-claim-review = Wird von unserem Team geprüft
order-state-refunding = Erstattung unterwegs
order-state-refund-stuck = Erstattung verzögert
order-state-refunded = Erstattet
order-state-cancelled = Storniert
order-state-payment-expired = Nicht rechtzeitig bezahlt

## Was jemand tun kann

order-do-checkout = Bestellen
order-do-abandon = Vor der Zahlung abbrechen
order-do-ship = Als versendet markieren
order-do-hand-over = Persönlich erhalten
order-do-cancel-by-buyer = Stornieren und Geld zurückerhalten
order-do-cancel-by-seller = Verkauf stornieren und erstatten
order-do-cancel-by-operator = Bestellung stornieren und erstatten
order-do-seller-marks-delivered = Als zugestellt markieren
order-do-confirm-early = Erhalten, alles in Ordnung
order-do-report-not-received = Melden, dass nichts angekommen ist
order-do-confirm = Alles in Ordnung, Geld freigeben
order-do-open-claim = Problem melden
order-do-seller-refunds = Geld erstatten
order-do-withdraw-claim = Problem gelöst, Geld freigeben
order-do-escalate = Unser Team entscheiden lassen
order-do-escalate-by-seller = Unser Team entscheiden lassen
order-do-decide-refund = Für die Kaufseite entscheiden: erstatten
order-do-decide-release = Für die Verkaufsseite entscheiden: freigeben
order-do-retry-refund = Erstattung erneut versuchen
order-do-refund-other-way = Erstattung auf anderem Weg eintragen

## Was geschehen ist

order-done-checkout = Die Bestellung wurde aufgegeben.
order-done-payment-succeeded = Die Zahlung ist eingegangen. Der Zahlungsdienst hält sie zurück.
order-done-payment-processing = Die Zahlung wurde begonnen und wird geprüft.
order-done-payment-failed = Die Zahlung wurde abgelehnt. Bis zum Ablauf der Frist kann anders bezahlt werden.
order-done-abandon = Die Kaufseite hat vor der Zahlung abgebrochen.
order-done-expire-payment = Die Bestellung wurde nicht rechtzeitig bezahlt und geschlossen.
order-done-payment-succeeded-late = Die Zahlung wurde bestätigt. Der Zahlungsdienst hält sie zurück.
order-done-payment-failed-async = Die Zahlung ist fehlgeschlagen, die Bestellung wurde storniert.
order-done-expire-processing = Die Zahlung wurde nicht rechtzeitig bestätigt, die Bestellung wurde geschlossen.
order-done-orphan-payment = Nach dem Schließen der Bestellung ging eine Zahlung ein. Sie wird erstattet.
order-done-orphan-payment-cancelled = Nach der Stornierung ging eine Zahlung ein. Sie wird erstattet.
order-done-ship = Die Ware wurde versendet.
order-done-hand-over = Die Ware wurde persönlich übergeben. Die Verkaufsseite erhält das Geld.
order-done-cancel-by-buyer = Die Kaufseite hat storniert. Die Zahlung wird erstattet.
order-done-cancel-by-seller = Die Verkaufsseite hat storniert. Die Zahlung wird erstattet.
order-done-cancel-by-operator = Unser Team hat die Bestellung storniert. Die Zahlung wird erstattet.
order-done-auto-cancel-unshipped = Die Ware wurde nicht rechtzeitig versendet. Die Zahlung wird erstattet.
order-done-carrier-delivered = Der Paketdienst hat die Ware zugestellt.
order-done-seller-marks-delivered = Die Verkaufsseite hat die Ware als zugestellt markiert.
order-done-confirm-early = Die Ware ist angekommen. Die Verkaufsseite erhält das Geld.
order-done-report-not-received = Die Kaufseite hat gemeldet, dass die Ware nicht angekommen ist.
order-done-lost-in-transit = Die Ware war zu lange unterwegs. Ein Problem wurde eröffnet.
order-done-confirm = Die Kaufseite hat bestätigt, dass alles in Ordnung ist. Die Verkaufsseite erhält das Geld.
order-done-open-claim = Die Kaufseite hat ein Problem gemeldet. Das Geld bleibt zurückgehalten.
order-done-auto-complete = Es wurde rechtzeitig kein Problem gemeldet. Die Verkaufsseite erhält das Geld.
order-done-seller-refunds = Die Verkaufsseite hat der Erstattung zugestimmt.
order-done-withdraw-claim = Das Problem ist gelöst. Die Verkaufsseite erhält das Geld.
order-done-escalate = Die Kaufseite hat unser Team um eine Entscheidung gebeten.
order-done-escalate-by-seller = Die Verkaufsseite hat unser Team um eine Entscheidung gebeten.
order-done-escalate-timeout = Das Problem wurde nicht rechtzeitig gelöst und liegt nun bei unserem Team.
order-done-decide-refund = Unser Team hat für eine Erstattung entschieden.
order-done-decide-release = Unser Team hat entschieden, dass die Verkaufsseite das Geld erhält.
order-done-review-timeout = Unser Team hat nicht rechtzeitig entschieden. Die Zahlung wird erstattet.
order-done-refund-settled = Die Erstattung wurde ausgezahlt.
order-done-refund-failed = Der Zahlungsdienst konnte die Erstattung nicht auszahlen. Unser Team wurde benachrichtigt.
order-done-refund-timeout = Die Erstattung dauerte zu lange. Unser Team wurde benachrichtigt.
order-done-refund-settled-late = Die verzögerte Erstattung wurde ausgezahlt.
order-done-retry-refund = Unser Team hat die Erstattung erneut angestoßen.
order-done-refund-other-way = Unser Team hat auf anderem Weg erstattet.
order-done-refund-stuck-page = Unser Team wurde an die verzögerte Erstattung erinnert.

## Was ohne Zutun geschieht. $when ist Tag und Uhrzeit, schon in Worten.

order-silence-expire-payment = Wird nicht bis { $when } bezahlt, wird die Bestellung geschlossen und die Ware wieder angeboten.
order-silence-expire-processing = Wird die Zahlung nicht bis { $when } bestätigt, wird die Bestellung geschlossen und die Ware wieder angeboten.
order-silence-auto-cancel-unshipped = Wird die Ware nicht bis { $when } versendet, wird die Bestellung storniert und der Betrag erstattet.
order-silence-lost-in-transit = Meldet bis { $when } niemand die Ankunft der Ware, wird ein Problem eröffnet und das Geld bleibt zurückgehalten.
order-silence-auto-complete = Wird bis { $when } kein Problem gemeldet, wird die Bestellung abgeschlossen und die Verkaufsseite erhält das Geld.
order-silence-escalate-timeout = Ist das Problem bis { $when } nicht gelöst, geht es an unser Team.
order-silence-review-timeout = Hat unser Team bis { $when } nicht entschieden, wird der Betrag erstattet.
order-silence-refund-timeout = Ist die Erstattung bis { $when } nicht ausgezahlt, kümmert sich unser Team darum.
order-silence-refund-stuck-page = Ist die Erstattung bis { $when } nicht ausgezahlt, wird unser Team erneut erinnert.
