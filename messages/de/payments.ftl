# Warum ein Zahlungsversuch scheiterte und was zu tun ist.
payment-failure-card-declined = Die Bank hat die Karte abgelehnt. Bitte eine andere Karte verwenden oder die Bank fragen.
payment-failure-insufficient-funds = Auf der Karte ist nicht genug Geld. Bitte eine andere Karte verwenden.
payment-failure-authentication-failed = Die Bank konnte nicht bestätigen, dass du es warst. Bitte noch einmal versuchen oder eine andere Karte verwenden.
payment-failure-processing-error = Die Zahlung kam am Ende nicht zustande. Es wurde nichts abgebucht. Bitte noch einmal versuchen oder eine andere Karte verwenden.
payment-failure-test-cards-only = Dieser Marktplatz läuft im Testbetrieb und nimmt nur Testkarten. Deine Karte wurde nicht belastet.
payment-failure-not-accepted = Der Zahlungsdienst hat die Zahlung nicht angenommen. Bitte noch einmal versuchen oder eine andere Karte verwenden.
payment-failure-unavailable = Der Zahlungsdienst antwortet gerade nicht. Bitte in ein paar Minuten noch einmal versuchen.
payment-failure-account-closed = Das Konto hinter der Karte ist geschlossen, deshalb konnte das Geld nicht dorthin zurück.
payment-failure-payment-not-paid = Die Zahlung wurde nie abgeschlossen, es gibt also nichts zu erstatten.
payment-failure-refund-too-much = Es wurde mehr zurückverlangt, als von der Zahlung übrig war.
payment-failure-other = Die Zahlung kam nicht zustande. Bitte noch einmal versuchen oder eine andere Karte verwenden.

# Was an einer eingetippten Karte falsch ist.
card-number-wrong = Das ist keine Kartennummer. Bitte die Ziffern prüfen.
card-expired = Die Karte ist abgelaufen. Bitte eine andere verwenden oder das Datum prüfen.
card-month-wrong = Einen Monat von 1 bis 12 eingeben.
card-year-wrong = Das Jahr wie auf der Karte eingeben, zum Beispiel 2030.
card-cvc-wrong = Die 3 Ziffern von der Rückseite der Karte eingeben (bei American Express die 4 Ziffern von der Vorderseite).

# Wenn der Stand einer Zahlung etwas nicht erlaubt.
refused-payment-paid = Das ist schon bezahlt.
refused-payment-processing = Die Zahlung wird noch bearbeitet. Bitte vor einem neuen Versuch abwarten.
refused-payment-cancelled = Das kann nicht mehr bezahlt werden. Bitte neu bestellen.
refused-payment-no-question = Die Bank hat zu dieser Zahlung nichts gefragt.
refused-payment-declined = Der Zahlungsdienst hat das abgelehnt.
refused-payment-not-paid = Das wurde nie bezahlt, es gibt also nichts zu erstatten.
refused-refund-too-much = Es kann nicht mehr erstattet werden, als bezahlt wurde.
refused-webhook-not-believed = Die Signatur der Meldung ist falsch oder zu alt.
refused-call-known = Jemand hat schon herausgefunden, was aus diesem Aufruf wurde. Lade die Seite neu.
refused-event-blanked = Von dieser Nachricht ist nur noch ihr Name da, sie kann nicht noch einmal gelesen werden.
wrong-reference = Das ist kein Name, den ein Zahlungsunternehmen vergibt. Verwende nur Buchstaben, Ziffern, Striche und Punkte.

# Die Stände einer Zahlung.
payment-state-created = Noch nicht bezahlt
payment-state-requires-action = Wartet auf die Rückfrage deiner Bank
payment-state-processing = In Bearbeitung
payment-state-succeeded = Bezahlt
payment-state-failed = Der letzte Versuch scheiterte
payment-state-cancelled = Abgebrochen

# Was die Testkarten tun.
sandbox-card-succeeds = Zahlt sofort.
sandbox-card-declined = Wird von der Bank abgelehnt.
sandbox-card-insufficient-funds = Wird abgelehnt: nicht genug Geld.
sandbox-card-challenge = Die Bank stellt erst eine Frage (3-D Secure); du wählst, ob sie richtig beantwortet wird.
sandbox-card-succeeds-later = Braucht eine Minute und zahlt dann.
sandbox-card-fails-later = Braucht eine Minute und scheitert dann.
sandbox-card-refund-later = Zahlt sofort; eine Erstattung braucht eine Minute.
sandbox-card-refund-fails = Zahlt sofort; eine Erstattung braucht eine Minute und scheitert dann.
sandbox-card-disputed = Zahlt sofort; nach einer Minute holt die Bank des Käufers das Geld zurück (Rückbuchung).
sandbox-card-inquiry = Zahlt sofort; nach einer Minute fragt die Bank des Käufers, wofür die Zahlung war.
sandbox-card-fraud-warning = Zahlt sofort; nach einer Minute warnt das Kartennetz vor Betrug.
