# Was bei Warenkorb und Bestellungen schiefgeht.
refused-not-for-sale = Das kann man gerade nicht kaufen. Vielleicht ist es pausiert, oder es wird nur getauscht.
refused-own-listing = Das ist dein eigenes Angebot.
refused-cart-full = Ein Warenkorb fasst 50 verschiedene Dinge. Nimm etwas heraus oder geh zuerst zur Kasse.
refused-mixed-currencies = Diese Dinge haben Preise in verschiedenen Währungen. Bezahle eine Währung nach der anderen.
refused-order-step = Die Bestellung ist inzwischen weiter, das geht nicht mehr. Lade die Seite neu, um zu sehen, wie sie steht.
refused-amount-differs = Bezahlt wurde nicht der Betrag der Bestellung. Unser Team weiß Bescheid.
refused-refund-not-in-flight = Es ist keine Rückzahlung unterwegs.
refused-refund-not-failed = Die Rückzahlung ist nicht gescheitert und darf darum nicht noch einmal bezahlt werden.
refused-guard-unknown = Dieser Schritt lässt sich nicht prüfen. Unser Team weiß Bescheid.
wrong-country = Nimm die zwei Buchstaben des Landes, zum Beispiel FR.
wrong-item-twice = Dasselbe Angebot steht zweimal da. Nutze die Menge.
wrong-delivery-not-offered = Der Verkäufer bietet diesen Lieferweg nicht für alles an, was du gewählt hast.
refused-demo-not-empty = Die Demo ist schon da. Beginne mit einem leeren Datenverzeichnis, um sie neu anzulegen.
