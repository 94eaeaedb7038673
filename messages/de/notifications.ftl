# Mails über Bestellungen. Jede darf $name, $number, $what, $amount und $when nennen.
letter-order-button = Bestellung öffnen

letter-paid-buyer-subject = Bestellung { $number }: Zahlung eingegangen
letter-paid-buyer-body = Hallo { $name }, deine Zahlung von { $amount } für { $what } ist da. Sie wird verwahrt, bis du hast, was du bestellt hast. Tut sich bis { $when } nichts, bekommst du sie zurück.
letter-paid-seller-subject = Du hast { $what } verkauft
letter-paid-seller-body = Hallo { $name }, { $what } ist verkauft, und das Geld wird verwahrt. Übergib oder verschicke es bis { $when }, sonst wird die Bestellung storniert und zurückgezahlt. Du bekommst { $amount }, sobald der Empfang bestätigt ist.
letter-shipped-subject = Bestellung { $number } ist unterwegs
letter-shipped-body = Hallo { $name }, { $what } ist unterwegs. Sieh es dir nach der Ankunft bitte an und bestätige. Erst dann geht das Geld an den Verkäufer.
letter-delivered-subject = Bestellung { $number } ist angekommen
letter-delivered-body = Hallo { $name }, { $what } wurde zugestellt. Bitte sieh es dir an und bestätige, oder melde ein Problem bis { $when }. Wenn du bis dahin nichts tust, geht das Geld an den Verkäufer.
letter-completed-buyer-subject = Bestellung { $number } ist abgeschlossen
letter-completed-buyer-body = Hallo { $name }, deine Bestellung über { $what } ist abgeschlossen. Viel Freude damit.
letter-completed-seller-subject = { $amount } sind für dich freigegeben
letter-completed-seller-body = Hallo { $name }, die Bestellung { $number } über { $what } ist abgeschlossen, und { $amount } wurden deinem Guthaben gutgeschrieben.
letter-claim-seller-subject = Ein Problem mit Bestellung { $number }
letter-claim-seller-body = Hallo { $name }, zu { $what } wurde ein Problem gemeldet. Das Geld bleibt verwahrt. Bitte antworte bis { $when }; danach entscheidet unser Team.
letter-review-subject = Bestellung { $number } wird geprüft
letter-review-body = Hallo { $name }, unser Team sieht sich die Bestellung über { $what } an und entscheidet spätestens bis { $when }.
letter-refunding-buyer-subject = Deine Rückzahlung für Bestellung { $number }
letter-refunding-buyer-body = Hallo { $name }, { $amount } für { $what } sind auf dem Weg zurück zu dir. Bis deine Bank es zeigt, kann es einige Tage dauern.
letter-refunding-seller-subject = Bestellung { $number } wird zurückgezahlt
letter-refunding-seller-body = Hallo { $name }, die Bestellung über { $what } wurde storniert oder zugunsten der Käuferseite entschieden, und das Geld geht zurück.
letter-refunded-subject = Bestellung { $number }: Rückzahlung erfolgt
letter-refunded-body = Hallo { $name }, die Rückzahlung von { $amount } für { $what } ist erfolgt.
letter-expired-subject = Bestellung { $number } wurde nicht rechtzeitig bezahlt
letter-expired-body = Hallo { $name }, für { $what } ist keine Zahlung eingegangen. Die Bestellung ist geschlossen, und nichts wurde abgebucht. Solange es noch da ist, kannst du es wieder bestellen.

letter-operator-subject = Bestellung { $number } braucht dich
letter-operator-body = Die Bestellung { $number } ist im Zustand „{ $state }“ und wartet auf eine Entscheidung unseres Teams.
