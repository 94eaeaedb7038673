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

## Rückgaben, Ersatz, Entscheidungen. Neben den obigen dürfen sie $back nennen, was zurückging, und $rest, was die Verkaufsseite bekam.

letter-return-asked-subject = { $what } soll zurückgegeben werden
letter-return-asked-body = Hallo { $name }, die Kaufseite möchte { $what } gegen Erstattung zurückschicken. Das Geld bleibt verwahrt. Bitte antworte bis { $when }; sonst ist die Rückgabe vereinbart.
letter-return-refused-subject = Die Rückgabe von { $what } wurde abgelehnt
letter-return-refused-body = Hallo { $name }, der Verkäufer hat die Rückgabe von { $what } abgelehnt. Das Geld bleibt verwahrt. Redet bis { $when } auf der Seite der Bestellung darüber; danach entscheidet unser Team.
letter-return-approved-subject = Du kannst { $what } zurückschicken
letter-return-approved-body = Hallo { $name }, die Rückgabe von { $what } ist vereinbart. Bitte schick es bis { $when } ab und sag es auf der Seite der Bestellung. Sonst bekommt der Verkäufer das Geld.
letter-return-sent-subject = { $what } ist auf dem Weg zurück zu dir
letter-return-sent-body = Hallo { $name }, { $what } wurde zurückgeschickt. Bitte sag auf der Seite der Bestellung, wenn du es hast.
letter-return-back-subject = { $what } ist zurück: Bitte sieh es dir an
letter-return-back-body = Hallo { $name }, { $what } ist wieder bei dir. Wenn damit etwas nicht stimmt, sag es bis { $when }; danach bekommt die Kaufseite das Geld zurück.
letter-replacement-due-subject = Bitte schick Ersatz für { $what }
letter-replacement-due-body = Hallo { $name }, ihr habt Ersatz für { $what } vereinbart. Bitte schick ihn bis { $when } und sag es auf der Seite der Bestellung. Sonst kümmert sich unser Team darum.
letter-ruled-refund-subject = Entschieden über Bestellung { $number }: Erstattung
letter-ruled-refund-body = Hallo { $name }, unser Team hat entschieden, dass das Geld für { $what } zurückgeht. Warum, steht auf der Seite der Bestellung. Die Verkaufsseite kann dort bis { $when } Einspruch einlegen.
letter-ruled-release-subject = Entschieden über Bestellung { $number }: Das Geld geht an die Verkaufsseite
letter-ruled-release-body = Hallo { $name }, unser Team hat entschieden, dass die Verkaufsseite das Geld für { $what } bekommt. Warum, steht auf der Seite der Bestellung. Die Kaufseite kann dort bis { $when } Einspruch einlegen.
letter-ruled-partial-subject = Entschieden über Bestellung { $number }: ein Teil des Geldes zurück
letter-ruled-partial-body = Hallo { $name }, unser Team hat entschieden, dass ein Teil des Geldes für { $what } zurückgeht. Wie viel und warum, steht auf der Seite der Bestellung. Beide Seiten können dort bis { $when } Einspruch einlegen.
letter-appeal-subject = Jemand anderes sieht sich Bestellung { $number } an
letter-appeal-body = Hallo { $name }, jemand aus unserem Team, der damit nichts zu tun hatte, entscheidet noch einmal über { $what }, spätestens bis { $when }. Das gilt dann endgültig.
letter-final-release-subject = Bestellung { $number }: Das Geld geht an die Verkaufsseite
letter-final-release-body = Hallo { $name }, die Entscheidung über { $what } wird ausgeführt: Die Verkaufsseite bekommt das Geld. Warum, steht auf der Seite der Bestellung.
letter-partial-buyer-subject = Ein Teil deines Geldes für Bestellung { $number } geht zurück
letter-partial-buyer-body = Hallo { $name }, von deiner Zahlung für { $what } gehen insgesamt { $back } an dich zurück. Bis deine Bank es zeigt, kann es einige Tage dauern.
letter-partial-seller-subject = Bestellung { $number }: Ein Teil geht zurück
letter-partial-seller-body = Hallo { $name }, vom Geld für { $what } gehen insgesamt { $back } zurück, und { $rest } gehören dir.
letter-clawback-seller-subject = Geld für Bestellung { $number } geht zurück
letter-clawback-seller-body = Hallo { $name }, vom Geld für { $what } gehen insgesamt { $back } an die Kaufseite zurück. Dein Anteil wird von dem genommen, was dir noch zusteht; was nicht mehr da ist, schuldest du uns. Alle Beträge stehen auf der Seite der Bestellung.
letter-refunded-part-subject = Bestellung { $number }: Der Teil ist erstattet
letter-refunded-part-body = Hallo { $name }, { $back } für { $what } wurden dir erstattet.

letter-case-said-subject = Jemand hat zu Bestellung { $number } geschrieben
letter-case-said-body = Hallo { $name }, zum Problem mit { $what } gibt es etwas Neues. Lies es und antworte dort, wenn du magst.
letter-case-proposed-subject = Ein Vorschlag zu Bestellung { $number }
letter-case-proposed-body = Hallo { $name }, die andere Seite macht einen Vorschlag zu { $what }. Sieh dir an, was er euch beide kostet, und nimm ihn an oder lehn ihn ab.
letter-case-refused-subject = Dein Vorschlag zu Bestellung { $number } wurde abgelehnt
letter-case-refused-body = Hallo { $name }, die andere Seite hat deinen Vorschlag zu { $what } abgelehnt. Du kannst einen neuen machen.
letter-case-lapsed-subject = Niemand hat auf deinen Vorschlag zu Bestellung { $number } geantwortet
letter-case-lapsed-body = Hallo { $name }, die andere Seite hat auf deinen Vorschlag zu { $what } nicht rechtzeitig geantwortet. Solange ihr miteinander redet, kannst du einen neuen machen.
letter-case-taken-subject = Jemand sieht sich Bestellung { $number } an
letter-case-taken-body = Hallo { $name }, jemand aus unserem Team sieht sich jetzt das Problem mit { $what } an. Was wir wissen sollten, schreib bitte auf die Seite des Falls.

letter-held-subject = Das Geld von Bestellung { $number } bleibt vorerst, wo es ist
letter-held-body = Hallo { $name }, zu { $what }: { $because } Das endet spätestens { $when }.
letter-held-open-body = Hallo { $name }, zu { $what }: { $because }
letter-free-subject = Bestellung { $number } geht weiter
letter-free-body = Hallo { $name }, was das Geld für { $what } zurückhielt, ist vorbei. Die Bestellung geht weiter wie zuvor.
letter-deadline-subject = Noch ein Tag: Bestellung { $number }
letter-deadline-body = Hallo { $name }, zu { $what }: { $silence }

letter-operator-subject = Bestellung { $number } braucht dich
letter-operator-body = Die Bestellung { $number } ist im Zustand „{ $state }“ und wartet auf eine Entscheidung unseres Teams.
