# Belege, Rechnungen, Korrekturen und Abrechnungen. Was auf den Papieren selbst steht, ist nicht hier: sie sprechen mehr Sprachen.
document-kind-receipt = Zahlungsbeleg
document-kind-invoice = Rechnung
document-kind-commission-invoice = Rechnung über die Provision
document-kind-credit-note = Rechnungskorrektur
document-kind-payout-statement = Abrechnung der Auszahlung

mail-document-ready-subject =
    { $count ->
        [one] Ein Dokument liegt für dich bereit
       *[other] { $count } Dokumente liegen für dich bereit
    }
mail-document-ready-body =
    Hallo { $name },

    { $count ->
        [one] es gibt einen neuen Beleg oder eine neue Rechnung für dich.
       *[other] es gibt { $count } neue Belege und Rechnungen für dich.
    } Du findest alle auf einer Seite, auch als PDF. Dort kannst du auch sagen, dass du solche Briefe nicht mehr willst.
mail-document-ready-button = Meine Dokumente ansehen

documents-title = Dokumente
documents-hint = Belege, Rechnungen und Abrechnungen
documents-lead = Belege für das, was du gekauft hast, Rechnungen und Abrechnungen für das, was du verkauft hast. Jedes bleibt, wie es ausgestellt wurde.
documents-none = Noch keine Dokumente
documents-none-text = Wenn du etwas bezahlt hast, kommt der Beleg hierher. Ist ein Verkauf von dir abgeschlossen, auch die Rechnung über die Provision.
documents-kind = Dokument
documents-number = Nummer
documents-date = Ausgestellt
documents-total = Betrag
documents-in-your-name = In deinem Namen ausgestellt
documents-about-order = Zur Bestellung
documents-letters = Post über neue Dokumente
documents-letters-on = Einmal in der Woche bekommst du eine Mail, wenn es neue Dokumente gibt.
documents-letters-off = Du bekommst keine Mails über neue Dokumente.
documents-letters-stop = Bitte keine Mails
documents-letters-begin = Schreibt mir einmal in der Woche
documents-letters-are-on = Du bekommst eine Mail, wenn es neue Dokumente gibt.
documents-letters-are-off = Du bekommst keine Mails über Dokumente mehr.
document-pdf = Als PDF speichern
document-corrected = Zum Dokument, das es korrigiert
document-language = Sprache dieses Dokuments
document-language-show = Anzeigen
document-stays = Ein Dokument wird nie geändert. Geht etwas zurück, sagt das eine Rechnungskorrektur.
