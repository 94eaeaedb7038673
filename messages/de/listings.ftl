# Was bei einem Angebot schiefgeht.
wrong-wanted-empty = Sag, was du im Tausch nehmen würdest.
wrong-delivery-none = Wähle mindestens einen Weg: Versand oder Treffen.
wrong-location-needed = Sag, in welcher Stadt ihr euch treffen könnt.
wrong-location = Wähle einen Ort aus der Liste, zum Beispiel „Lyon, FR“.
wrong-category = Wähle eine Kategorie aus der Liste.
wrong-attribute = Diese Kategorie hat diese Angabe nicht.
picture-too-many = Ein Angebot kann 12 Fotos haben. Entferne zuerst eines.
refused-too-many-drafts = Du hast 100 Entwürfe. Veröffentliche oder lösche zuerst einige.
refused-listing-state = Das geht im jetzigen Zustand des Angebots nicht. Lade die Seite neu, um zu sehen, wie es steht.
refused-listing-reserved = Gerade bezahlt jemand dafür. Warte, bis das vorbei ist, und versuche es dann wieder.
refused-listing-incomplete = Bevor das Angebot veröffentlicht werden kann, müssen Käufer mehr wissen. Ergänze, was aufgezählt ist, und veröffentliche es dann.
refused-listing-full = Ein Angebot kann 12 Fotos haben. Entferne zuerst eines.
refused-verify-first = Bestätige zuerst deine E-Mail-Adresse. Auf deiner Kontoseite schicken wir dir den Link noch einmal.
refused-sold-out = Jemand war schneller: Es sind nicht genug Stücke übrig.
