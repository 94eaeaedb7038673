# Was bei Warenkorb und Bestellungen schiefgeht.
refused-not-for-sale = Das kann man gerade nicht kaufen. Vielleicht ist es pausiert, oder es wird nur getauscht.
refused-own-listing = Das ist dein eigenes Angebot.
refused-cart-full = Ein Warenkorb fasst 50 verschiedene Dinge. Nimm etwas heraus oder geh zuerst zur Kasse.
refused-mixed-currencies = Diese Dinge haben Preise in verschiedenen Währungen. Bezahle eine Währung nach der anderen.
refused-currency-not-payable = In dieser Währung kann hier noch nichts bezahlt werden.
refused-amount-not-payable = Das Zahlungsunternehmen kann genau diesen Betrag nicht annehmen. Er ist zu klein, oder er hat einen Bruchteil, den es dort nicht gibt.
refused-order-step = Die Bestellung ist inzwischen weiter, das geht nicht mehr. Lade die Seite neu, um zu sehen, wie sie steht.
refused-amount-differs = Bezahlt wurde nicht der Betrag der Bestellung. Unser Team weiß Bescheid.
refused-refund-not-in-flight = Es ist keine Rückzahlung unterwegs.
refused-refund-not-failed = Die Rückzahlung ist nicht gescheitert und darf darum nicht noch einmal bezahlt werden.
refused-guard-unknown = Dieser Schritt lässt sich nicht prüfen. Unser Team weiß Bescheid.
wrong-country = Nimm die zwei Buchstaben des Landes, zum Beispiel FR.
wrong-item-twice = Dasselbe Angebot steht zweimal da. Nutze die Menge.
wrong-delivery-not-offered = Der Verkäufer bietet diesen Lieferweg nicht für alles an, was du gewählt hast.
refused-demo-not-empty = Die Demo ist schon da. Beginne mit einem leeren Datenverzeichnis, um sie neu anzulegen.
refused-order-held = Das Geld dieser Bestellung bleibt vorerst, wo es ist: Auf ihrer Seite steht, warum. Versuch es wieder, wenn das vorbei ist.
refused-refund-too-late = Bestellungen lassen sich 180 Tage nach der Freigabe erstatten. Diese Zeit ist vorbei.
refused-listing-above-tier = Wer das verkauft, ist neu hier und darf noch nichts so Teures verkaufen. Du hast nichts bezahlt, und wir sagen dort Bescheid. Versuch es in einigen Tagen wieder; alles andere, was du ausgesucht hast, kannst du ohne dieses kaufen.
refused-seller-month-full = Wer das verkauft, ist neu hier und hat in dreißig Tagen so viel verkauft, wie jetzt erlaubt ist. Du hast nichts bezahlt, und wir sagen dort Bescheid. Versuch es mit weniger Stück oder in einigen Tagen wieder; was andere verkaufen, kannst du ohne dieses kaufen.
refused-case-closed = Dieser Fall ist abgeschlossen.
refused-case-own = Du bist eine Seite dieses Geschäfts, darum sieht es sich jemand anderes aus dem Team an.
refused-case-other-reviewer = Du hattest mit der Entscheidung zu tun, gegen die Einspruch eingelegt wurde. Jetzt entscheidet jemand anderes.
refused-case-not-talking = Hier könnt ihr euch nicht mehr einigen: Die Bestellung ist inzwischen weiter.
refused-proposal-gone = Dieser Vorschlag ist nicht mehr offen. Lade die Seite neu, um zu sehen, was gilt.

# Was jemand verkaufen darf, der neu verkauft.
selling-limits-title = Was du vorerst verkaufen kannst
selling-limits-text = Du verkaufst hier noch nicht lange. Zum Schutz derer, die kaufen, hat das, was du verkaufen kannst, am Anfang Grenzen. Wer deshalb nicht kaufen kann, erfährt es freundlich, und du bekommst eine Mail.
selling-limits-one = Das Teuerste
selling-limits-month = In dreißig Tagen
selling-limits-left = Davon ist jetzt noch frei
selling-limits-hint = Du verkaufst hier noch nicht lange: Vorerst kannst du Dinge für höchstens { $one } verkaufen, und in diesen dreißig Tagen noch für { $left }.
selling-limits-above = Das kann vorerst niemand kaufen.
selling-limits-one-met = Du verkaufst hier noch nicht lange, darum darf ein Ding höchstens { $one } kosten.
selling-limits-month-met = Du verkaufst hier noch nicht lange, darum kannst du in dreißig Tagen für { $month } verkaufen. Davon sind noch { $left } frei.
selling-limits-more = Alles über deine Grenzen
selling-limits-end-known = Die Grenzen enden von selbst: Richte deine Auszahlungen ein und verschicke, was jemand kauft. Einen Tag, nachdem dein erster Verkauf abgeschlossen ist, sind sie weg.
selling-limits-end-quiet = Mit deinen Verkäufen gab es zuletzt Probleme. Die Grenzen enden, wenn es sechzig Tage lang keine gab.
selling-limits-end-at = Unser Team hat sie bis { $at } festgelegt. Danach zählen wieder deine Verkäufe.
mail-limit-subject = Jemand wollte „{ $title }“ kaufen und konnte nicht
mail-limit-button = Deine Grenzen ansehen
mail-limit-one-body =
    Hallo { $name }, jemand wollte „{ $title }“ von dir kaufen. Du verkaufst hier noch nicht lange, darum darf ein Ding vorerst höchstens { $limit } kosten, und wir mussten um Geduld bitten.

    { $ends }
mail-limit-month-body =
    Hallo { $name }, jemand wollte „{ $title }“ von dir kaufen. Du verkaufst hier noch nicht lange, darum kannst du vorerst in dreißig Tagen für { $limit } verkaufen. Damit wäre es mehr geworden, und wir mussten um Geduld bitten.

    Jeder Verkauf zählt dreißig Tage, danach ist wieder Platz. { $ends }
