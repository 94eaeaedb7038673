# Was um jede Seite herum steht.
layout-skip = Zum Inhalt springen
layout-error-title = Fehler: { $title }
sandbox-label = Testbetrieb
sandbox-title = Testbetrieb.
sandbox-text = Zahlungen sind simuliert, es fließt kein Geld.
sandbox-cards = Testkarten

nav-main = Hauptmenü
nav-quick = Schnellzugriff
nav-home = Start
nav-orders = Bestellungen
nav-sales = Deine Verkäufe
nav-sell = Verkaufen
nav-account = Konto
nav-settings = Einstellungen
nav-your-page = Deine Seite
nav-sign-in = Anmelden
nav-sign-out = Abmelden
nav-signed-in-as = Angemeldet als
nav-cart-empty = Warenkorb, leer
nav-cart-items =
    { $n ->
        [one] Warenkorb, { $n } Artikel
       *[other] Warenkorb, { $n } Artikel
    }
nav-breadcrumb = Brotkrumen
nav-pages = Seiten
nav-previous = Zurück
nav-next = Weiter

search-label = Suchen
search-placeholder = Wonach suchst du?
search-suggestions = { $n } Vorschläge

foot-about = Über uns
foot-limits = Grenzen
foot-api = API
foot-credits = Danksagung
foot-mailbox = Postfach
foot-language = Sprache
foot-change = Ändern
foot-colours = Farben
foot-operated = Betrieben von { $name }
theme-auto = Automatisch
theme-light = Hell
theme-dark = Dunkel

# Teile von Seiten.
form-optional = (freiwillig)
form-error-label = Fehler:
form-problem = Da stimmt etwas nicht
form-undo = Rückgängig
kept-safe = Was du eingegeben hast, ist eine Stunde lang aufgehoben: Du findest es wieder, sobald du gezeigt hast, wer du bist.
kept-again = Du warst abgemeldet oder musstest noch einmal zeigen, wer du bist. Hier ist, was du eingegeben hattest: Sieh es durch und schicke es noch einmal ab. Passwörter, Codes und Dateien werden nicht aufgehoben.
form-busy = Einen Moment…
filters-title = Filter
filters-close = Schließen
filters-clear = Alle entfernen
filters-active = Aktive Filter
filters-remove = Filter entfernen:
filters-sort = Sortieren nach
filters-from = Von
filters-to = Bis
price-was = vorher
price-trade-only = Nur Tausch
price-beside = ≈ { $money } (Kurs vom { $day })
shelf-all = Alle ansehen
photo-list = Fotos
photo-choose = Foto auswählen
photo-number = Foto { $n }
photo-of = Foto { $n } von { $total }
photo-alt = Foto { $n } von { $total }: { $title }
seller-sales =
    { $n ->
        [one] { $n } Verkauf
       *[other] { $n } Verkäufe
    }
seller-since = seit { $year }
timeline-done = Erledigt:
deadline-left = ({ $span }).

# Wenn es keine gewöhnliche Antwort gibt. Jede Art hat einen Titel und einen Text, der sagt, was zu tun ist.
oops-home = Zur Startseite
oops-search = Im Marktplatz suchen
oops-reference = Kennung:

problem-not-found-title = Nicht gefunden
problem-not-found-text = Hier ist nichts, oder du darfst es nicht sehen. Prüfe die Adresse oder suche, was du brauchst.
problem-sign-in-title = Bitte zuerst anmelden
problem-sign-in-text = Das geht nur angemeldet. Melde dich an oder schicke ein gültiges Zugriffstoken.
problem-forbidden-title = Nicht erlaubt
problem-forbidden-text = Dein Konto darf das nicht. Wenn es das sollte, frage den Betreiber.
problem-fields-title = Einiges davon ist falsch
problem-fields-text = Berichtige, was aufgezählt ist, und schicke es noch einmal.
problem-conflict-title = Das geht gerade nicht
problem-conflict-text = Inzwischen hat sich etwas geändert. Lade die Seite neu und versuche es noch einmal.
problem-too-many-title = Zu viele Anfragen
problem-too-many-text = Das war zu oft. Warte ein wenig und versuche es noch einmal.
problem-too-many-wait =
    { $n ->
        [one] Das war zu oft. Versuche es in { $n } Sekunde wieder.
       *[other] Das war zu oft. Versuche es in { $n } Sekunden wieder.
    }
problem-unavailable-title = Im Moment nicht verfügbar
problem-unavailable-text = Etwas, das wir brauchen, ist nicht da. Nichts ging verloren. Versuche es in ein paar Sekunden wieder.
problem-broken-title = Bei uns ist etwas schiefgegangen
problem-broken-text = Wir haben es vermerkt. Versuche es noch einmal; passiert es wieder, nenne dem Betreiber die Kennung.
problem-unreadable-title = Das ließ sich nicht lesen
problem-unreadable-text = Was ankam, ist unvollständig oder nicht in der erwarteten Form. Gehe zurück und schicke es noch einmal.
problem-unreadable-at = Das ist kein gültiges JSON: siehe Zeile { $line }, Spalte { $column }.
problem-too-large-title = Zu groß
problem-too-large-text = Was ankam, ist größer als hier erlaubt. Verkleinere es und schicke es noch einmal.
problem-too-large-max = Hier sind höchstens { $max } kB erlaubt. Verkleinere es und schicke es noch einmal.
problem-wrong-type-title = Falsche Art von Inhalt
problem-wrong-type-text = Diese Art von Inhalt wird hier nicht gelesen. Die API liest application/json.
problem-method-title = Mit dieser Methode nicht möglich
problem-method-text = Die Adresse gibt es, aber nicht für diese Methode. Die Kopfzeile Allow nennt die möglichen.
problem-origin-title = Bitte schicke das Formular noch einmal
problem-origin-text = Wir konnten nicht sicher sein, dass das von unserer eigenen Seite kam. Gehe zurück, lade die Seite neu und schicke das Formular noch einmal.
problem-step-up-title = Bitte zeig noch einmal, wer du bist
problem-step-up-text = Das ist heikel: im Browser wirst du noch einmal nach Passwort oder Code gefragt; ein Programm meldet sich noch einmal an.
problem-enrol-title = Ein zweiter Schritt ist nötig
problem-enrol-text = Das Team braucht einen zweiten Schritt zur Anmeldung: einen Passkey oder einen Code einer Authenticator-App.
problem-key-missing-title = Idempotency-Key fehlt
problem-key-missing-text = Schicke eine Kopfzeile Idempotency-Key mit einem neuen zufälligen Wert, etwa einer UUID, für alles, was einmal geschehen soll.
problem-key-malformed-title = Idempotency-Key ist fehlerhaft
problem-key-malformed-text = Verwende 1 bis 255 sichtbare ASCII-Zeichen.
problem-key-mismatch-title = Idempotency-Key wurde schon verwendet
problem-key-mismatch-text = Derselbe Schlüssel kam mit einer anderen Anfrage. Verwende für eine neue Anfrage einen neuen Schlüssel.
problem-key-running-title = Wird noch bearbeitet
problem-key-running-text = Die erste Anfrage mit diesem Schlüssel ist noch nicht beantwortet. Frage in einer Sekunde noch einmal.
problem-busy-title = Sehr viel los
problem-busy-text = Es sind mehr Leute hier, als wir auf einmal bedienen können. Versuche es in einer Sekunde wieder.
problem-late-title = Das hat zu lange gedauert
problem-late-text = Wir haben aufgehört zu warten. Sieh nach, ob es geschehen ist, bevor du es noch einmal versuchst.

# Beim Wählen eines Passworts
password-show = Zeigen, was ich tippe
password-hide = Verbergen, was ich tippe
password-short = Weiter: mindestens { $min } Zeichen.
password-yours = Leicht zu erraten: Das ist fast nur dein Name oder deine Adresse.
password-weak = Leicht zu erraten: Es wiederholt sich oder zählt hoch.
password-fair = Das reicht. Länger ist stärker.
password-good = Gut. Das errät so bald niemand.
password-strong = Stark.
