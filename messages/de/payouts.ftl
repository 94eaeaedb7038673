# Was zu denen unterwegs ist, die verkaufen.

payout-schedule-daily = Jeden Tag
payout-schedule-weekly = Jede Woche
payout-schedule-monthly = Jeden Monat

payout-hold-tier = Es wartet einige Tage, damit ein Problem gemeldet werden kann. Je länger du hier ohne Probleme verkaufst, desto kürzer wird das.
payout-hold-reserve = Ein kleiner Teil bleibt länger hier, falls später etwas zurückgeht.
payout-hold-won = Du hast einen Streit gewonnen; in der nächsten Runde geht es weiter.
payout-hold-goodwill = Du hast es als Ausgleich bekommen; in der nächsten Runde geht es weiter.
payout-hold-found = Es hat sich im Auszug des Anbieters gefunden und gehört dir; in der nächsten Runde geht es weiter.
payout-hold-released = Es wurde für dich freigegeben; in der nächsten Runde geht es weiter.
payout-hold-held = An dieser Bestellung wird etwas geprüft. Mehr steht auf ihrer Seite.
payout-hold-account = Es wartet auf deine Angaben: Richte deine Auszahlungen ein.
payout-hold-account-asks = Wer dich auszahlt, möchte noch etwas von dir wissen: Richte deine Auszahlungen ein.
payout-hold-suspended = Dein Konto ist gesperrt.
payout-hold-tax = Es wartet auf das, was das Finanzamt von dir wissen möchte.

payout-failure-account-closed = Das Bankkonto ist geschlossen.
payout-failure-account-frozen = Das Bankkonto ist eingefroren.
payout-failure-bank-account-restricted = Die Bank lässt solche Zahlungen auf dieses Konto nicht zu.
payout-failure-bank-ownership-changed = Deine Bank gehört jetzt zu einer anderen und hat dir eine andere Nummer gegeben.
payout-failure-could-not-process = Die Bank konnte es nicht ausführen.
payout-failure-debit-not-authorized = Die Bank erlaubt es für dieses Konto nicht.
payout-failure-declined = Die Bank hat es abgelehnt.
payout-failure-incorrect-account-holder-name = Der Name passt nicht zum Konto.
payout-failure-invalid-account-number = Ein Konto mit dieser Nummer gibt es nicht.
payout-failure-invalid-currency = Das Konto nimmt diese Währung nicht an.
payout-failure-no-account = Dieses Bankkonto gibt es nicht.
payout-failure-other = Die Bank hat es zurückgeschickt und nicht gesagt, warum.

payout-taken-refund = es geht an die kaufende Seite zurück
payout-taken-chargeback = die Bank der kaufenden Seite möchte es zurück; es bleibt hier, bis das entschieden ist

refused-settlement-step = Das geht nicht mehr: Sieh nach, wo das Geld jetzt ist.
refused-settlement-held = Etwas hält das Geld dieser Bestellung fest.
refused-payout-step = Das geht nicht mehr: Sieh nach, wie es um die Auszahlung jetzt steht.
refused-seller-waits = An dieses Mitglied kann gerade nichts ausgezahlt werden.
refused-account-cools = Das Bankkonto ist neu oder hat ein Problem; es wartet.
refused-debts-smaller = Die Schulden sind kleiner.
refused-debt-closed = Davon wird nichts mehr geschuldet.
refused-debt-coming-back = Das Geld dafür ist auf dem Rückweg. Warte das zuerst ab.
refused-payouts-bank-elsewhere = An Banken in diesem Land kann nichts geschickt werden. Gib ein anderes Bankkonto an.
refused-payouts-no-bank = Gib zuerst das Bankkonto an, auf das dein Geld gehen soll.

notice-payout-bank-changed = Anderes Bankkonto für Auszahlungen

mail-payout-button = Ansehen
mail-payout-details-subject = Geld wartet auf dich
mail-payout-details-body =
    Hallo { $name }, du hast etwas verkauft, und das Geld wartet auf die Auszahlung. Wir wissen noch nicht, wohin es soll.

    Das einzurichten dauert ein paar Minuten. Das Geld bleibt deines, egal wie lange es dauert.
mail-payout-details-last-subject = Dein Geld wartet noch immer
mail-payout-details-last-body =
    Hallo { $name }, seit zwei Monaten wartet Geld aus deinen Verkäufen, weil wir nicht wissen, wohin es soll.

    Das ist unsere letzte Mail dazu. Das Geld bleibt deines; du kannst deine Auszahlungen jederzeit einrichten.
mail-payout-bank-changed-subject = Dein Geld soll auf ein anderes Bankkonto gehen
mail-payout-bank-changed-body =
    Hallo { $name }, für deine Auszahlungen wurde ein anderes Bankkonto angegeben: { $bank }.

    Damit dein Geld sicher ist, wird vor { $when } nichts ausgezahlt. Wenn du das nicht warst, ist jemand anderes in deinem Konto: Setze jetzt ein neues Passwort und schreib uns.
mail-payout-sent-subject = { $amount } sind auf dem Weg zu dir
mail-payout-sent-body =
    Hallo { $name }, wir haben { $amount } an dein Bankkonto { $bank } geschickt (Auszahlung { $number }). Banken brauchen dafür einige Tage.
mail-payout-failed-subject = Deine Auszahlung kam nicht an
mail-payout-failed-body =
    Hallo { $name }, deine Auszahlung { $number } über { $amount } kam zurück. { $why }

    Das Geld gehört dir weiterhin. Gib ein anderes Bankkonto an oder bring in Ordnung, was mit diesem nicht stimmt; dann wird es noch einmal geschickt.
mail-payout-taken-back-subject = { $amount } eines Verkaufs wurden zurückgenommen
mail-payout-taken-back-body = Hallo { $name }, wir haben { $amount } deines Verkaufs { $number } zurückgenommen: { $because }.
mail-payout-debt-subject = Du schuldest { $amount }
mail-payout-debt-body =
    Hallo { $name }, zu deinem Verkauf { $number } gab es Geld zurück, das nicht mehr bei uns war. Dafür schuldest du { $amount }.

    Du musst nichts tun: Wir behalten es vom Geld deiner nächsten Verkäufe ein.
mail-payout-debt-paid-subject = Für einen Verkauf schuldest du nichts mehr
mail-payout-debt-paid-body = Hallo { $name }, die { $amount }, die du für deinen Verkauf { $number } geschuldet hast, sind beglichen.

# Die Seiten.
payouts-title = Auszahlungen
payouts-hint = Was du eingenommen hast und wann es ausgezahlt wird
payouts-lead = Hier siehst du, was deine Verkäufe gebracht haben, worauf es wartet und was dir ausgezahlt wurde.
payouts-first = Dein erstes Geld kommt { $days } Tage, nachdem bestätigt wurde, dass alles gut ist, oder { $tracked } Tage danach, wenn du das Paket mit Nummer schickst. Je mehr du ohne Probleme verkaufst, desto schneller.
payouts-none = Noch nichts verkauft
payouts-none-action = Etwas verkaufen
payouts-no-account = Wohin soll dein Geld?
payouts-no-account-text = Geld wartet auf dich. Richte jetzt deine Auszahlungen ein, damit es ausgezahlt wird, sobald seine Wartezeit vorbei ist.
payouts-unfinished = Deine Auszahlungen sind noch nicht eingerichtet
payouts-unfinished-text = Es fehlt noch etwas. Bis es da ist, wartet dein Geld; es bleibt deines.
payouts-rejected = An dich kann nicht ausgezahlt werden
payouts-rejected-text = Das Unternehmen, das auszahlt, hat abgelehnt. Schreib uns: Dein Geld bleibt deines, und wir suchen einen anderen Weg.
payouts-blocked = Deine letzte Auszahlung kam zurück
payouts-blocked-text = { $why } Gib ein anderes Bankkonto an oder bring in Ordnung, was mit diesem nicht stimmt.
payouts-cools = Ein neues Bankkonto wartet
payouts-cools-text = Damit dein Geld sicher ist, wird vor { $at } nichts auf das neue Bankkonto ausgezahlt.
payouts-asked-until = Bis { $at } wird noch etwas von dir gebraucht
payouts-asked-until-text = Wer dich auszahlt, möchte noch etwas wissen. Fehlt es dann noch, wird vielleicht nichts ausgezahlt, bis du geantwortet hast.
payouts-balance = In { $currency }
payouts-waiting = Wartet
payouts-payable = In der nächsten Auszahlung
payouts-on-their-way = Unterwegs zu dir
payouts-owed = Du schuldest
payouts-next = Die nächste Auszahlung gibt es frühestens am
payouts-waiting-table = Was wartet und warum
payouts-order = Bestellung
payouts-why = Warum es wartet
payouts-until = Bis
payouts-until-then = bis das erledigt ist
payouts-amount = Betrag
payouts-more = Und mehr. Oben ist alles mitgezählt.
payouts-debts = Was du schuldest
payouts-debts-text = Jemand hat beim Kauf Geld zurückbekommen, das dir schon ausgezahlt war. Du musst nichts tun: Es wird vom Geld deiner nächsten Verkäufe einbehalten.
payouts-debt-since = Seit { $date }
payouts-list = Deine Auszahlungen
payouts-number = Auszahlung
payouts-date = Vom
payouts-state = Stand
payouts-one = Auszahlung { $number }
payouts-bank = An
payouts-expected = Erwartet am
payouts-paid-at = Ausgezahlt am
payouts-failed = Sie kam zurück
payouts-items = Woraus sie besteht
payouts-kind = Was
payouts-released = Freigegeben am
payouts-currency = Währung
payouts-brought = Brachte dir
payouts-netted = Für Schulden einbehalten
payouts-taken = Zurückgenommen
payouts-paid-of-it = Ausgezahlt
payouts-csv = Abrechnung als Tabelle (CSV)
payout-kind-sale = Verkauf
payout-kind-reserve = Was zurückbehalten war
payout-kind-won = Ein gewonnener Streit
payout-kind-goodwill = Als Ausgleich
payout-kind-found = Gefunden, gehört dir
payout-state-gathered = wird zusammengestellt
payout-state-sending = wird gesendet
payout-state-unknown = wird gesucht
payout-state-in-transit = unterwegs
payout-state-failed = kam zurück
payout-state-paid = ausgezahlt
payout-state-returned = kam später zurück
payout-state-dissolved = aufgelöst
payouts-set-up-open = Auszahlungen einrichten
payouts-set-up-title = Wohin dein Geld geht
payouts-set-up-lead = Wir zahlen nicht selbst aus: Das tut ein Unternehmen für uns, das es darf. Nach dem Gesetz muss es wissen, wer du bist.
payouts-test-provider = Testbank
payouts-begin-text = { $provider } zahlt dich aus. Die Fragen dazu beantwortest du auf den Seiten dort; wir sehen weder deine Papiere noch deine Kontonummer.
payouts-business-first = Wenn du als Unternehmen verkaufst, sag es zuerst: Dann sind es andere Fragen.
payouts-begin = Anfangen
payouts-begun = { $provider } weiß jetzt von dir. Weiter geht es mit den Fragen dort.
payouts-country = Land
payouts-country-hint = Wo du wohnst oder wo deine Firma ist. Das lässt sich später nicht ändern.
payouts-country-empty = Wähle ein Land
payouts-go-text = { $provider } möchte noch etwas von dir wissen. Auf den Seiten dort wirst du danach gefragt.
payouts-go = Dort weitermachen
payouts-ready = Dein Geld geht auf dein Bankkonto.
payouts-active = An dich kann ausgezahlt werden.
payouts-change = Ändern, wohin es geht
payouts-goes-to = Dein Geld geht an { $bank }.
payouts-bank-first = Gib zuerst ein Bankkonto an. Dorthin geht dann dein Geld.
payouts-bank-elsewhere = Auf das Bankkonto { $bank }, das du angegeben hast, kann nichts geschickt werden.
payouts-banks-in = { $provider } zahlt an Banken in diesen Ländern: { $countries }.
payouts-use-bank = Du hast das Bankkonto { $bank } angegeben. Soll dein Geld dorthin gehen?
payouts-use = Ja, dorthin auszahlen
payouts-schedule-open = Wie oft
payouts-schedule-title = Wie oft du ausgezahlt wirst
payouts-schedule-lead = Alles, was dir zusteht, wird gesammelt und auf einmal geschickt.
payouts-schedule = Wie oft
payouts-minimum = Ab welchem Betrag
payouts-minimum-hint = Mindestens { $least }. Was weniger ist, wartet auf mehr, höchstens 90 Tage.
payouts-schedule-save = Speichern
payouts-schedule-saved = Gespeichert. Es gilt ab der nächsten Auszahlung.

# Für das Team.
second-money = Geld von Verkäufen
act-release-settlement = Wartezeit eines Verkaufserlöses beenden
act-write-off-debt = Auf Schulden aus einem Verkauf verzichten
act-give-up-payout = Gescheiterte Auszahlung aufgeben
act-fix-tier = Vertrauen in ein verkaufendes Mitglied festlegen
approvals-above = Auch was mehr als { $limit } betrifft, wartet auf eine zweite Person.
admin-payouts = Auszahlungen
admin-payouts-lead = Was hinausgeht, was nicht weiterkommt und wer etwas schuldet.
payouts-find = Verkäufer oder Auszahlung
payouts-find-hint = Der Name mit @, die Nummer einer Bestellung oder die Nummer einer Auszahlung.
payouts-unknown = Dazu gibt es niemanden, keine Bestellung und keine Auszahlung.
admin-payout-lead = Aus welchen Verkäufen sie ist und wie es um sie steht.
admin-seller-open = Was dieser Person zusteht
admin-payouts-none = Nichts zu tun
admin-payouts-none-text = Es gibt noch keine Auszahlungen und keine Schulden.
admin-payouts-stuck = Auszahlungen, die nicht weiterkommen
admin-payouts-newest = Die neuesten Auszahlungen
admin-payouts-since = Seit
admin-debts = Was geschuldet wird
admin-debt-because = Weil
payout-debt-refund = Geld ging an die kaufende Seite zurück
payout-debt-chargeback = Ein Streit ging verloren
payout-debt-payout-returned = Eine Auszahlung kam zurück
admin-seller = Das Geld von { $name }
admin-seller-lead = Konten, Vertrauen, was wartet und was sich tun lässt.
admin-account = Bei { $provider }
payout-account-started = begonnen
payout-account-pending = Fragen sind offen
payout-account-active = darf Geld bekommen
payout-account-restricted = darf vorerst nichts bekommen
payout-account-rejected = abgelehnt
admin-tier = Vertrauen, 0 bis 3
admin-tier-because = Weil
admin-tier-fixed = Vom Team festgelegt bis
payout-tier-new = neu hier
payout-tier-counted = gezählt nach Verkäufen und Streitfällen
payout-tier-disputes = zuletzt zu viele Streitfälle
payout-tier-staff = vom Team festgelegt
payout-tier-vouched = von anderswo bekannt
admin-money-act = Etwas tun
admin-money-what = Was zu tun ist
admin-money-choose = Wähle
admin-money-do = Tun
admin-money-done = Erledigt.
admin-release = Wartezeit von { $amount } der Bestellung { $number } beenden
admin-write-off = Auf die Schulden von { $amount } verzichten: unser Verlust
admin-give-up = Auszahlung { $number } über { $amount } aufgeben und dieselbe Bank noch einmal versuchen
admin-fix-tier = Vertrauen auf { $tier } festlegen
admin-tier-days = Für wie viele Tage
admin-tier-days-hint = Zählt nur, wenn Vertrauen festgelegt wird.
