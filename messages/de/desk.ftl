# Geld für das Team: was anzusehen ist, Regeln für Gebühren und Steuern, die Bücher, Sperren.

## Geld auf der ersten Seite

admin-money = Geld
admin-money-quiet = Nichts wartet auf jemanden, nichts ist zu spät, und bei den Zahlungsanbietern liegt, was geschuldet wird.
admin-order-money = Geld
admin-order-money-lead = Was das Geld dieser Bestellung hält, was anzusehen ist, und jede Buchung dazu.
admin-order-back = Zurück zur Bestellung { $number }
order-page = Seite der Bestellung öffnen

## Was anzusehen ist

admin-tickets = Anzusehen
admin-tickets-lead = Was das Programm nicht allein klären kann. Was zuerst fällig ist, steht oben.
admin-ticket-lead = Sieh es dir an und schreib auf, was daraus geworden ist.
tickets-all = Alle
tickets-mine = Meine
tickets-kinds = Arten
tickets-none = Nichts anzusehen
tickets-none-text = Was einen Menschen braucht, taucht hier von selbst auf.
tickets-open =
    { $count ->
        [one] eine Sache ist offen
       *[other] { $count } Sachen sind offen
    }
ticket-what = Was
ticket-about = Worum es geht
ticket-amount = Betrag
ticket-due = Fällig
ticket-late = zu spät
ticket-opened = Aufgetaucht
ticket-seen = Wie oft gemeldet
ticket-taken-by = Wer es ansieht
ticket-nobody = Noch niemand
ticket-take = Übernehmen
ticket-is-taken = Das ist jetzt deins.
ticket-outcome = Was daraus geworden ist
ticket-outcome-hint = 3 bis 1000 Zeichen, für das Team. Schreib keine Namen und keine Adressen.
ticket-close = Abschließen
ticket-closed = Abgeschlossen
ticket-is-closed = Das ist abgeschlossen.
ticket-detail = Einzelheiten
ticket-others = Auch offen zur selben Sache
ticket-about-nothing = Der Marktplatz
ticket-about-order = Bestellung
ticket-about-member = Mitglied
ticket-about-payment = Zahlung
ticket-about-refund = Erstattung
ticket-about-case = Fall
ticket-about-settlement = Anteil an einem Verkauf
ticket-about-debt = Schuld aus Verkäufen
ticket-about-payout = Auszahlung
ticket-about-chargeback = Rückbuchung
ticket-about-run = Vergleich mit einem Zahlungsanbieter

## Was das Geld einer Bestellung hält

holds = Sperren
holds-lead = Solange eine Sperre gilt, geht das Geld der Bestellung an niemanden. Beide Seiten lesen, dass es gehalten wird und bis wann.
odd = Dieser Handel fällt auf
odd-one-browser = Beide Seiten haben sich in den letzten 90 Tagen mit demselben Browser angemeldet.
odd-pair = Dieselben zwei haben innerhalb einer Woche { $count } Mal miteinander gehandelt.
odd-refunds = Wer hier kauft, bekam in 90 Tagen für { $count } Käufe Geld zurück, für mindestens ein Fünftel von allen.
holds-none = Nichts hält das Geld dieser Bestellung.
holds-change = Halten oder freigeben
hold-fraud = Etwas wird geprüft
hold-kyc = Wer verkauft, hat noch nicht gesagt, wer sie oder er ist
hold-legal = Ein Gericht oder eine Behörde will es
hold-chargeback = Die Bank möchte die Zahlung zurück
hold-kind = Grund der Sperre
hold-kind-hint = Von einer Prüfung lesen beide Seiten nur, dass es eine gibt.
hold-since = seit
hold-until = bis
hold-open-end = bis die Bank entschieden hat
hold-put-button = Geld halten
hold-lift-button = Freigeben: { $hold }
hold-put = Das Geld wird gehalten.
hold-lifted = Die Sperre ist aufgehoben.
refused-hold-own = Das ist ein Handel von dir selbst. Bitte jemanden aus dem Team.
refused-hold-gone = Diese Sperre ist schon aufgehoben.

## Regeln für Gebühren und Steuern

admin-rules = Gebühren und Steuern
admin-rules-lead = Was der Marktplatz von einem Verkauf nimmt, und wo er für Steuern angemeldet ist. Was verkauft ist, behält die Regeln, mit denen es verkauft wurde.
fee-rules = Regeln für Gebühren
fee-rules-text = Die erste Regel, die zu einem Verkauf passt, gilt. Eine Regel wird nie geändert: Beende sie und mach eine neue.
fee-rule-new = Neue Regel
fee-rule-new-lead = Probier sie an einem Preis aus, bevor du sie anlegst.
fee-rule-lead = Eine Regel lässt sich nicht ändern. Du kannst sie beenden; dann gilt die nächste, die passt.
fee-rule-title = Name
fee-rule-position = Platz in der Reihe
fee-rule-position-hint = Von den Regeln, die passen, gilt die mit der kleinsten Zahl.
fee-rule-for = Für
fee-rule-category = Kategorie
fee-rule-tier = Wie viel Vertrauen es schon gibt
fee-rule-tier-n = Stufe { $n }
fee-rule-class = Wer verkauft
fee-rule-any = Alle
fee-rule-currency-hint = Feste Beträge brauchen eine Währung. Eine Regel für alle Währungen hat nur Prozente.
fee-rule-settings = Einstellungen
fee-rule-rest = Alles, wozu keine Regel passt
fee-rule-make = Regel anlegen
fee-rule-made = Die Regel ist angelegt.
fee-rule-end = Regel beenden
fee-rule-ended = Die Regel ist beendet.
seller-private = Privatleute
seller-business = Unternehmen
fee-commission = Vom Verkauf
fee-commission-hint = Wird vom Preis der Sachen abgezogen.
fee-buyer = Vom Kauf
fee-buyer-hint = Kommt auf den Preis der Sachen dazu.
fee-percent = Prozent
fee-share = { $percent } %
fee-fixed = Dazu ein fester Betrag
fee-min = Mindestens
fee-cap = Höchstens
fee-at-least = mindestens { $money }
fee-at-most = höchstens { $money }
fee-sample = Preis zum Ausprobieren
fee-sample-hint = Beim Ausprobieren wird nichts gespeichert.
fee-try = Ausprobieren
fee-tried = Was sie nehmen würde
fee-now = (jetzt { $money })
fee-seller-gets = Wer verkauft, bekommt
fee-buyer-pays = Wer kauft, zahlt
rule-begins = Ab
rule-begins-hint = Ein Tag wie 2026-04-01, ab seinem ersten Augenblick (UTC). Leer: sofort.
rule-day-hint = Ein Tag wie 2026-04-01
rule-ends = Bis
rule-ends-hint = Der letzte Tag, an dem es gilt. Leer: ohne Ende.
rule-at-once = Sofort
rule-save = Speichern
wrong-day = Schreib den Tag als 2026-04-01.
wrong-tax-place = Schreib ein Land mit zwei Buchstaben wie DE, oder einen Teil davon wie US-CA.
wrong-amount-without-currency = Ein fester Betrag braucht eine Währung. Wähle eine.
registrations = Anmeldungen
registrations-text = Steuern werden nur dort eingezogen, wo der Marktplatz angemeldet ist.
registration-new = Ort anmelden
registration-lead = Eine Anmeldung mit demselben Ort, derselben Art und demselben ersten Tag wird damit berichtigt.
registration-scheme = Art
registration-number = Nummer
registration-number-hint = So, wie das Finanzamt sie geschrieben hat
registration-saved = Die Anmeldung ist gespeichert.
tax-scheme-local = Beim Finanzamt dort
tax-scheme-oss = One-Stop-Shop der Europäischen Union
tax-scheme-ioss = One-Stop-Shop für Einfuhren
tax-scheme-facilitator = Als Marktplatz, der für die Verkaufenden einzieht
tax-place = Ort
tax-place-hint = DE, oder ein Teil eines Landes wie US-CA
tax-rates = Eigene Sätze
tax-rates-text = Sätze, die vor denen gelten, die das Programm mitbringt.
tax-rate = Satz
tax-rate-percent = Satz in Prozent
tax-rate-new = Neuer Satz
tax-rate-lead = Ein Satz für denselben Ort und dieselbe Kategorie mit demselben ersten Tag wird damit ersetzt.
tax-rate-source = Quelle
tax-rate-source-hint = Das Gesetz, oder die Seite des Finanzamts
tax-rate-saved = Der Satz ist gespeichert.
tax-standard = Normaler Satz
exposure = Verkäufe nach Ort
exposure-text = Was { $year } verkauft wurde, ab welcher Summe ein Ort eine Anmeldung verlangt, und wie viel davon erreicht ist. Andere Währungen sind mit den Kursen von heute umgerechnet. Was zurückging, ist nicht abgezogen.
exposure-none = { $year } wurde noch nichts verkauft.
exposure-sold = Verkauft
exposure-orders = Bestellungen
exposure-limit = Grenze im Jahr
exposure-reached = Erreicht
exposure-no-limit = keine bekannt
exposure-so-far = { $percent } %, { $sum }
exposure-left-out = ohne { $sums }: kein Kurs bekannt

second-rules = Regeln für Gebühren und Steuern
act-put-hold = Das Geld einer Bestellung halten
act-lift-hold = Das Geld einer Bestellung freigeben
act-make-fee-rule = Eine Regel für Gebühren anlegen
act-end-fee-rule = Eine Regel für Gebühren beenden
act-set-registration = Einen Ort für Steuern anmelden
act-set-tax-rate = Einen Steuersatz festlegen

## Die Bücher, Konto für Konto

admin-accounts = Konten
admin-accounts-lead = Was in den Büchern steht, Art für Art.
accounts-find = Konto, Bestellung oder Mitglied
accounts-find-hint = Der Code eines Kontos, die Nummer einer Bestellung, oder @ und der Name eines Mitglieds
accounts-unknown = Dazu gibt es nichts.
accounts-what = Was dort steht
accounts-holding = Mit Inhalt
accounts-of = { $holding } von { $accounts }
accounts-none = Es wurde noch nichts gebucht.
accounts-empty = Auf keinem Konto dieser Art steht etwas.
accounts-opened = Eröffnet
accounts-balance = Stand
accounts-whose = Wessen
entries = Buchungen
entries-none = Hier wurde nichts gebucht.
entry = Buchung
entry-at = Wann
entry-debit = Soll
entry-credit = Haben

account-a-provider-pending = Was ein Zahlungsanbieter hält und noch verfügbar macht
account-a-provider-available = Was ein Zahlungsanbieter hält, jetzt verfügbar
account-a-connected = Guthaben aus Verkäufen bei einem Zahlungsanbieter
account-a-payout-in-transit = Von dort unterwegs zu einer Bank
account-a-dispute-held = Vom Kartennetz genommen, solange es entscheidet
account-a-seller-receivable = Was jemand dem Marktplatz aus Verkäufen schuldet
account-a-bank = Das eigene Konto der Firma
account-l-escrow = Geld aus einem Kauf, gehalten für eine Bestellung
account-l-seller-payable = Für einen Verkauf freigegeben, noch nicht ausgezahlt
account-l-seller-reserve = Freigegeben und eine Weile zurückbehalten
account-l-seller-at-provider = Die andere Seite dessen, was Verkaufende bei einem Anbieter haben
account-l-payout-in-transit = Vom Zahlungsanbieter an eine Bank geschickt
account-l-dispute-reserve = Zurückgenommen, bis eine Rückbuchung entschieden ist
account-l-deposit = Die Sicherheit einer Seite eines Tauschs
account-l-refund-in-transit = Eine Erstattung, die unterwegs ist
account-l-buyer-due = Auf anderem Weg aus einem Kauf geschuldet
account-l-tax = Für ein Finanzamt eingezogen
account-l-suspense = Zeilen eines Auszugs, die noch niemand erklärt hat
account-r-commission = Was Verkaufen kostet
account-r-buyer-fee = Was der Schutz beim Kaufen kostet
account-r-barter-fee = Was ein Tausch kostet
account-r-fx-gain = Durch Kurse gewonnen
account-x-provider-fees = Was Zahlungsanbieter behalten
account-x-dispute-fees = Was Anbieter für eine Rückbuchung nehmen
account-x-chargeback-losses = Rückbuchungen, die verloren gingen
account-x-payout-fees = Was Anbieter für eine Auszahlung nehmen
account-x-bad-debt = Schulden, die aufgegeben wurden
account-x-goodwill = Zur Wiedergutmachung gegeben
account-x-fx-loss = Durch Kurse verloren
account-e-fx-position = Offen zwischen zwei Währungen

## Geld unterwegs, Deckung, Siegel

admin-transit = Unterwegs
admin-transit-lead = Geld, das weitergehen soll, ob bei den Zahlungsanbietern liegt, was geschuldet wird, und ob jemand die Bücher angefasst hat.
transit-age = Seit
transit-days =
    { $days ->
        [one] { $days } Tag
       *[other] { $days } Tagen
    }
transit-days-late =
    { $age }, zu spät nach { $days ->
        [one] { $days } Tag
       *[other] { $days } Tagen
    }
transit-late = Zu spät
transit-after =
    { $days ->
        [one] nach { $days } Tag
       *[other] nach { $days } Tagen
    }
transit-late-accounts =
    { $count ->
        [one] ein Konto
       *[other] { $count } Konten
    }
transit-none = Es ist kein Geld unterwegs.
admin-rates = Kurse zwischen Währungen
admin-rates-off = vom { $day }; neuere werden nicht geholt (rates.enabled)
admin-rates-late = vom { $day }; neuere kommen nicht an
cover = Deckung
cover-text = Was Zahlungsanbieter und Kartennetze halten, abzüglich dessen, was Käufen, Verkäufen und Finanzämtern geschuldet wird. So viel, wie die Gebühren des Anbieters für Bestellungen ausmachen, die noch nicht fertig sind, darf solange fehlen: Es ist verdient, wenn sie fertig sind. Fehlt mehr, gibt es ein Ticket.
cover-table = Deckung in jeder Währung
cover-in = Deckung in { $currency }
cover-missing = { $money } fehlen
cover-held = Gehalten
cover-owed = Geschuldet
cover-margin = Übrig
cover-ahead = Darf solange fehlen
cover-takeable = Entnehmbar
seal = Siegel
seal-text = Jede Minute werden die fertigen Buchungen versiegelt, und jede Stunde wird das neueste Siegel außerhalb der Datenbank aufbewahrt.
seal-head = Neuestes Siegel
seal-waiting = Buchungen, die auf ihr Siegel warten
seal-anchor = Außerhalb aufbewahrt
seal-none = Noch keins
seal-verdict = Verglichen
seal-holds = Die Kette ist die, die aufbewahrt wurde
seal-fails = Die Kette ist nicht die, die aufbewahrt wurde

## Was aus Verkäufen geschuldet wird

statement-of = Abrechnung von { $name }
statement-lead = Was der Marktplatz diesem Mitglied in einem Monat schuldete: Auszahlbares und Zurückbehaltenes, abzüglich dessen, was es schuldet.
statement-month = Monat
statement-month-hint = Zum Beispiel 2026-03
statement-opening = Vor dem Monat
statement-closing = Nach dem Monat
statement-lines = Änderungen
statement-none = In diesem Monat hat sich nichts geändert.
statement-csv = Als Tabelle holen (CSV)
wrong-month = Schreib den Monat als 2026-03.

goodwill = Wiedergutmachen
goodwill-lead = Gib etwas aus dem eigenen Geld des Unternehmens, neben dem, was die Bestellung gibt. Der anderen Seite nimmt es nichts.
goodwill-to = Wer es bekommt
goodwill-to-buyer = Die Käuferseite
goodwill-to-buyer-note = Du zahlst es von Hand von der Bank des Unternehmens: Es wird jetzt als gezahlt gebucht, und von hier wird nichts gesendet.
goodwill-to-seller = Die Verkaufsseite
goodwill-to-seller-note = Es geht mit der nächsten Auszahlung mit. Einmal für jede Bestellung.
goodwill-money = Betrag
goodwill-money-hint = Höchstens { $most } für eine Bestellung, alles zusammen: was sie gekostet hat.
goodwill-reference-hint = Für die Käuferseite: was auf der Überweisung steht. Buchstaben, Ziffern, Striche und Punkte.
goodwill-give = Geben
goodwill-given = Es ist gegeben und gebucht.
act-goodwill = Mit dem Geld des Unternehmens wiedergutmachen
refused-goodwill-unpaid = Diese Bestellung hat niemand bezahlt: Es gibt nichts wiedergutzumachen.
refused-goodwill-given = Die Verkaufsseite hat für diese Bestellung schon so etwas bekommen.

# Erstattungen, die nicht angekommen sind.
refunds-title = Erstattungen, die jemanden brauchen
refunds-lead = Wer gekauft hat, hat dieses Geld noch nicht. Schicke es auf ein Bankkonto dieser Person, oder zahle es selbst und schreibe auf, wie.
refunds-none = Keine Erstattung dieser Bestellung braucht dich.
refund-which = Erstattung
refund-option = { $amount }, { $state }
refund-state-needs-attention = die Karte oder das Konto, womit gezahlt wurde, nimmt nichts zurück
refund-state-failed = gescheitert
refund-state-bounced = von der Bank zurückgeschickt
refund-bank-missing = Wer gekauft hat, hat kein Bankkonto angegeben, auf das der Zahlungsanbieter Erstattungen schickt. Bitte darum, eines unter „Wohin dein Geld geht“ anzugeben.
refund-bank-button = Auf das Bankkonto schicken
refund-bank-done = Sie wird auf das Bankkonto geschickt.
refund-hand-button = Ich habe von Hand gezahlt
refund-hand-done = Die Erstattung ist als von Hand gezahlt beendet.
act-pay-refund-by-hand = Eine Erstattung als von Hand gezahlt beenden
act-send-refund-to-bank = Eine Erstattung auf ein Bankkonto schicken
refused-refund-own = Das ist deine eigene Bestellung. Bitte jemand anderen aus dem Team darum.
refused-refund-no-bank = Dieses Bankkonto gibt es nicht mehr, oder es wird inzwischen ein anderes benutzt. Sieh noch einmal nach.
refused-refund-goes-on = Der Zahlungsanbieter macht mit dieser Erstattung von selbst weiter. Sieh später noch einmal nach.
refused-refund-not-owed = Wer gekauft hat, hat dieses Geld schon.
