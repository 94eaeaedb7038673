# Gebühren und Steuern.

refused-fee-rule-over = Diese Regel ist schon beendet.
wrong-begins-in-the-past = Wähle einen Zeitpunkt, der noch kommt: Was verkauft ist, behält die Gebühren, mit denen es verkauft wurde.
refused-taxes-changed = Die Steuern dieses Kaufs haben sich geändert, seit du ihn gesehen hast. Sieh ihn dir noch einmal an und kaufe dann.
wrong-ends-before-it-begins = Das Ende darf nicht vor dem Anfang liegen.

## Warum das Geld einer Bestellung bleibt, wo es ist

hold-because-looked-at = Wir prüfen etwas an dieser Bestellung. Das Geld ist so lange sicher.
hold-because-chargeback = Die Bank der Käuferin oder des Käufers soll die Zahlung zurückholen. Das Geld bleibt, wo es ist, bis die Bank entschieden hat.
hold-because-not-set-up = Wer verkauft, hat uns noch nicht gesagt, wer sie oder er ist und wohin wir zahlen sollen. Das Geld ist so lange sicher.
hold-because-authority = Ein Gericht oder eine Behörde möchte, dass das Geld vorerst bleibt, wo es ist.
