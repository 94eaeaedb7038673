### Fälle: Probleme mit Bestellungen, über die beide Seiten reden.

case-kind-not-received = Es ist nicht angekommen
case-kind-not-as-described = Es ist nicht wie beschrieben
case-kind-damaged = Es ist beschädigt angekommen
case-kind-counterfeit = Es ist eine Fälschung
case-kind-return = Die Kaufseite möchte es zurückgeben
case-kind-other = Etwas anderes

case-wants-refund = Das ganze Geld zurück
case-wants-partial = Einen Teil des Geldes zurück und die Ware behalten
case-wants-return = Zurückschicken und Geld zurück
case-wants-replacement = Ersatz

case-outcome-refunded = Beendet: Die Kaufseite bekommt das Geld zurück.
case-outcome-partly-refunded = Beendet: Ein Teil des Geldes geht zurück, die Verkaufsseite bekommt den Rest.
case-outcome-released = Beendet: Die Verkaufsseite bekommt das Geld.
case-outcome-returned = Beendet: Es wurde zurückgeschickt, und die Kaufseite bekommt das Geld zurück.
case-outcome-replaced = Beendet: Der Ersatz ist angekommen.
case-outcome-withdrawn = Beendet: Die Kaufseite hat es zurückgenommen.
case-outcome-charged-back = Beendet: Die Bank der Kaufseite hat die Zahlung zurückgeholt.

case-side-buyer = Kaufseite
case-side-seller = Verkaufsseite
case-side-staff = Unser Team

case-offer-partial = Ein Teil des Geldes zurück
case-offer-return = Zurückschicken und Geld zurück
case-offer-replacement = Ersatz

case-verdict-refund = Die Kaufseite bekommt das Geld zurück.
case-verdict-release = Die Verkaufsseite bekommt das Geld.
case-verdict-partial = Ein Teil des Geldes geht an die Kaufseite zurück, die Verkaufsseite bekommt den Rest.

case-proposal-open = Offen
case-proposal-accepted = Angenommen
case-proposal-refused = Abgelehnt
case-proposal-withdrawn = Zurückgenommen
case-proposal-replaced = Durch einen neuen ersetzt
case-proposal-lapsed = Niemand hat rechtzeitig geantwortet

## Die Seite eines Falls

case-title = Das Problem mit Bestellung { $number }
case-about = Worum es geht
case-standing = Wie es steht
case-to-order = Alles zur Bestellung, und was du tun kannst
case-wanted = Die Kaufseite wünscht sich
case-opened = Gemeldet
case-taken = Wer es sich ansieht
case-taken-text = Jemand aus unserem Team
case-statements = Was gesagt und gezeigt wurde
case-nothing-said = Noch hat niemand etwas gesagt.
case-you = Du
case-photo-alt = Foto { $n }, gezeigt von: { $who }
case-say = Etwas sagen
case-say-label = Was die andere Seite und unser Team wissen sollten
case-say-hint = Beide Seiten und unser Team lesen es. Was gesagt ist, bleibt stehen.
case-say-go = Sagen
case-said = Gesagt.
case-show = Fotos zeigen
case-photos-label = Fotos
case-photos-hint = Bis zu { $most } auf einmal, insgesamt noch { $left }. Sie bleiben zwei Jahre nach dem Fall. Wo ein Foto aufgenommen wurde, wird daraus entfernt.
case-caption-label = Was darauf zu sehen ist
case-show-go = Zeigen
case-shown = Die Fotos sind da.
case-offers = Was vorgeschlagen wurde
case-offer-yours = Dein Vorschlag
case-offer-of = Vorschlag von: { $by }
case-offer-until = Er wartet bis { $when } auf eine Antwort.
case-offer-make = Einen Vorschlag machen
case-offer-label = Was du vorschlägst
case-offer-means-partial = Die Kaufseite behält die Ware. Der Fall ist beendet.
case-offer-means-return = Die Kaufseite schickt es zurück und bekommt das Geld, wenn es da ist.
case-offer-means-replacement = Die Verkaufsseite schickt Ersatz. Das Geld bleibt verwahrt, bis er angekommen ist.
case-offer-binds = Nimmt die andere Seite ihn an, gilt er: Dann lässt er sich nicht zurücknehmen. Ein neuer Vorschlag von dir ersetzt ihn.
case-offer-go = Vorschlagen
case-proposed = Die andere Seite weiß von deinem Vorschlag.
case-withdraw = Zurücknehmen
case-withdrawn = Dein Vorschlag ist zurückgenommen.
case-refuse = Ablehnen
case-refused = Die andere Seite weiß, dass du abgelehnt hast.
case-buyer-gets = Die Kaufseite bekommt zurück
case-seller-gets = Die Verkaufsseite bekommt
case-decision = Was unser Team entschieden hat
case-decided-first = Entscheidung
case-decided-finally = Entscheidung nach dem Einspruch, endgültig
case-split = { $back } gehen an die Kaufseite zurück, die Verkaufsseite bekommt { $rest }.
order-to-case = { $count ->
    [0] Darüber reden, Fotos zeigen, einen Vorschlag machen
   *[other] Lesen, was gesagt wurde ({ $count }), Fotos zeigen, einen Vorschlag machen
  }
