# Wörter für Werte, auf allen Seiten dieselben.
word-home = Start
word-yes = Ja
word-no = Nein
condition-new = Neu
condition-like-new = Wie neu
condition-good = Gut
condition-fair = Gebraucht
condition-for-parts = Für Bastler
condition-note-new = Nie benutzt, vielleicht noch verpackt.
condition-note-like-new = Ein-, zweimal benutzt, ohne Spuren.
condition-note-good = Benutzt und in Ordnung, mit kleinen Spuren.
condition-note-fair = Deutlich benutzt; was nicht stimmt, ist beschrieben.
condition-note-for-parts = Geht nicht, oder es fehlen Teile.
deal-cash = Gegen Geld
deal-barter = Im Tausch
deal-both = Geld oder Tausch
deal-note-cash = Es hat einen Preis und kann sofort gekauft werden.
deal-note-barter = Du nimmst andere Dinge dafür.
deal-note-both = Es hat einen Preis, und du siehst dir auch Tausche an.
delivery-ship = Per Post
delivery-meet = Persönliches Treffen
listing-state-draft = Entwurf
listing-state-live = Im Angebot
listing-state-paused = Pausiert
listing-state-sold = Verkauft
listing-state-deleted = Gelöscht
field-title = Titel
field-description = Beschreibung
field-category = Kategorie
field-condition = Zustand
field-price = Preis
field-currency = Währung
field-open-to-offers = Verhandelbar
field-deal = Was du dafür nimmst
field-wanted = Was du im Tausch nehmen würdest
field-quantity = Anzahl
field-delivery = Lieferung
field-shipping-price = Versandkosten
field-location = Ort
field-attributes = Einzelheiten
field-photo = Fotos
field-state = Stand
card-trade = Auch Tausch
card-near = unter 1 km
card-distance = { $km } km

# Startseite
home-title = Gute Dinge, zum zweiten Mal
home-description = { $name } ist ein Marktplatz, auf dem Menschen kaufen, verkaufen und tauschen. Das Geld ist sicher verwahrt, bis der Käufer hat, was versprochen war.
home-lead = Kaufe und verkaufe in der Nähe und in der Ferne. Das Geld bleibt verwahrt, bis du hast, was dir versprochen wurde.
home-categories = Kategorien
home-newest = Gerade eingetroffen
home-empty-title = Noch ist nichts im Angebot
home-empty-text = Jemand muss anfangen. Ein Angebot dauert ein paar Minuten.
home-empty-action = Das Erste verkaufen
home-how = So läuft ein Kauf
home-step-find = Finden
home-step-find-text = Suchen, filtern, vergleichen. Jeder Preis zeigt, was Schutz und Versand dazu ausmachen.
home-step-pay = Sicher bezahlen
home-step-pay-text = Deine Zahlung wird verwahrt. Der Verkäufer sieht, dass sie da ist, und verschickt das Paket.
home-step-confirm = Bestätigen
home-step-confirm-text = Zuerst siehst du es dir an. Erst dann bekommt der Verkäufer das Geld; stimmt etwas nicht, bekommst du es zurück.

# Suche
find-title-all = Alles im Angebot
find-title = „{ $text }“
find-title-in = „{ $text }“ in { $category }
find-description = { $title }: von Menschen kaufen, und das Geld bleibt verwahrt, bis du hast, was versprochen war.
find-count =
    { $n ->
        [0] Nichts gefunden
        [one] { $text } Angebot
       *[other] { $text } Angebote
    }
find-show =
    { $n ->
        [0] Ergebnisse zeigen
        [one] { $text } Angebot zeigen
       *[other] { $text } Angebote zeigen
    }
find-sort-relevance = Beste Treffer
find-sort-newest = Neueste zuerst
find-sort-price-asc = Niedrigster Preis zuerst
find-sort-price-desc = Höchster Preis zuerst
find-sort-distance = Nächste zuerst
find-categories = Kategorien
find-price = Preis ({ $currency })
find-currency = Währung
find-deal = Geld oder Tausch
find-any = Egal
find-near = In der Nähe von
find-town = Ort
find-radius = Umkreis
find-within = Bis { $km } km um { $town }
find-seller = Verkäufer: { $handle }
find-price-between = { $min } bis { $max }
find-price-from = Ab { $min }
find-price-to = Bis { $max }
find-field-min = Von
find-field-max = Bis
find-corrected = Zu „{ $typed }“ wurde nichts gefunden. Dies sind Ergebnisse zu „{ $instead }“.
find-relaxed = Kein Angebot enthält alle deine Wörter. Diese enthalten die meisten davon.
find-relaxed-some = Zuerst, was alle deine Wörter enthält, dann, was die meisten davon enthält.
find-filling = Die Liste wird gerade zusammengestellt
find-filling-text = Nach einem Update dauert das weniger als eine Minute. Lade die Seite gleich noch einmal.
find-first-page = Erste Seite
find-nothing = Nichts gefunden
find-nothing-text = Versuche es mit weniger oder anderen Wörtern, oder sieh dich in den Kategorien um.
find-nothing-filters = Zu allen deinen Filtern zusammen passt nichts. Ohne einen davon gibt es etwas:
find-without = Ohne „{ $filter }“
find-everywhere = In allen Kategorien suchen
find-see-all = Alle Angebote ansehen

# Die Seite eines Angebots
show-buy = Kaufen
show-buy-now = Jetzt kaufen
show-add-to-cart = In den Warenkorb
show-with-protection = { $amount } mit Käuferschutz
show-postage = zuzüglich { $cost } Versand
show-postage-included = Versand inbegriffen
show-postage-free = kostenlos
show-protection = Käuferschutz.
show-protection-text = Wir verwahren deine Zahlung, bis du es hast und angesehen hast. Kommt es nicht oder ist es anders als beschrieben, bekommst du dein Geld zurück.
show-open-to-offers = Verhandelbar
show-sold = Verkauft.
show-sold-text = Das hat einen neuen Besitzer gefunden. Weiter unten siehst du, was es sonst noch gibt.
show-trade-only = Nur im Tausch.
show-trade-only-text = Der Verkäufer nimmt andere Dinge dafür, kein Geld.
show-reserved = Jemand kauft es gerade.
show-reserved-text = Jedes Stück ist jemandem versprochen, der gerade bezahlt. Geschieht das nicht, ist es in einer halben Stunde wieder da.
show-not-for-sale = Zurzeit nicht zu kaufen.
show-not-for-sale-text = Sieh später noch einmal nach, oder sieh dir an, was es sonst gibt.
show-available =
    { $n ->
        [one] { $n } vorhanden
       *[other] { $n } vorhanden
    }
show-details = Alle Einzelheiten ({ $count })
show-listed = Eingestellt
show-wanted = Was der Verkäufer nehmen würde
show-similar = Ähnliches
show-preview = { $title }: Fotos, Preis und Zustand ansehen.

# Das eigene Angebot
own-tools = Dein Angebot
own-yours = Das ist dein Angebot.
own-draft = Es ist ein Entwurf, den nur du siehst.
own-live = Alle können es sehen und kaufen.
own-paused = Es ist pausiert: Nur du siehst es.
own-sold = Es ist verkauft.
own-views =
    { $n ->
        [0] Noch hat es niemand angesehen.
        [one] { $n } Person hat es angesehen.
       *[other] Es wurde { $n }-mal angesehen.
    }
own-edit = Bearbeiten
own-history = Verlauf
own-resume = Wieder zeigen
own-relist = Wieder anbieten
own-pause = Pausieren
own-mark-sold = Als verkauft markieren
own-delete = Löschen

# Die Seite eines Mitglieds
member-title = { $name }
member-description = Was { $name } anbietet, und wer dahintersteht.
member-listings = Im Angebot
member-since = Mitglied seit
member-offers = Angebote von { $name }
member-edit = Profil bearbeiten
member-nothing = Zurzeit nichts im Angebot
member-nothing-text = Sieh später wieder nach, oder sieh dir an, was andere anbieten.
member-nothing-mine = Du hast nichts im Angebot
member-nothing-mine-text = Was du verkaufst, sehen hier alle.

# Verkaufen
sell-something = Etwas verkaufen
sell-mine = Deine Angebote
sell-all = Alle
sell-tab-live = Im Angebot
sell-tab-draft = Entwürfe
sell-tab-paused = Pausiert
sell-tab-sold = Verkauft
sell-untitled = Ohne Titel
sell-views =
    { $n ->
        [0] noch nicht angesehen
        [one] einmal angesehen
       *[other] { $n }-mal angesehen
    }
sell-nothing = Du hast noch nichts eingestellt
sell-nothing-text = Mach ein paar Fotos, schreib ein paar Sätze, sag, was du dafür willst. Einstellen kostet nichts.
sell-nothing-here = Nichts hier
sell-nothing-here-text = Keines deiner Angebote ist in diesem Stand.
sell-verify-first = Entwürfe kannst du jetzt schon schreiben. Bestätige deine E-Mail-Adresse, bevor du den ersten veröffentlichst.
sell-title = Etwas verkaufen
sell-lead = Es wird gespeichert, während du schreibst. Niemand sieht es, bis du es veröffentlichst.
sell-edit-title = Angebot bearbeiten
sell-what = Was ist es?
sell-terms = Was willst du dafür?
sell-handing-over = Wie kommt es zum Käufer?
sell-more = Was du noch tun kannst
sell-title-hint = Wonach würde jemand suchen? Marke, Art, Größe.
sell-category-hint = Wähle die genaueste: Käufer filtern nach ihren Einzelheiten.
sell-category-none = Kategorie wählen
sell-category-general = { $name } (allgemein)
sell-category-choose = Einzelheiten dieser Kategorie zeigen
sell-attributes-hint = Danach filtern Käufer. Lass weg, was du nicht weißt.
sell-not-said = Keine Angabe
sell-description-hint = Warum verkaufst du es, wie alt ist es, was stimmt nicht damit? Ehrliche Worte verkaufen.
sell-open-to-offers = Ich sehe mir auch Gebote unter diesem Preis an
sell-wanted-hint = Nur für Tausche: Was hättest du gern dafür?
sell-ship-note = Du verschickst es innerhalb von fünf Tagen.
sell-meet-note = Ihr einigt euch auf einen Platz in deinem Ort.
sell-shipping-hint = Was der Käufer für den Versand zahlt. Leer heißt, dass er inbegriffen ist.
sell-location-hint = Nur der Ort wird gezeigt, nie eine Adresse. Beginne zu schreiben und wähle aus der Liste.
sell-photos-hint = Bis zu { $max }. Das erste sieht man in Listen.
sell-photo-add = Fotos hinzufügen
sell-photo-kinds = JPEG, PNG oder WebP, je bis 15 MB
sell-photo-upload = Hochladen
sell-photo-uploading = { $name } wird hochgeladen
sell-photo-failed = { $name } konnte nicht hochgeladen werden.
sell-photo-retry = Noch einmal
sell-photo-moved = An Platz { $n } verschoben
sell-photo-earlier = Foto { $n } nach vorn
sell-photo-later = Foto { $n } nach hinten
sell-photo-delete = Foto { $n } löschen
sell-save = Entwurf speichern
sell-save-changes = Änderungen speichern
sell-save-and-preview = Vorschau
sell-publish = Veröffentlichen
sell-save-and-resume = Speichern und wieder zeigen
sell-save-and-relist = Speichern und wieder anbieten
sell-cancel = Abbrechen
sell-saving = Wird gespeichert …
sell-saved-at = Gespeichert { $time }
sell-not-saved = Noch nicht gespeichert. Auf diesem Gerät aufgehoben.
sell-draft-restored = Von diesem Gerät wiederhergestellt.
sell-saved = Gespeichert.
sell-published = Es ist im Angebot. In wenigen Sekunden zeigt es auch die Suche.
sell-paused = Es ist pausiert. Nur du siehst es.
sell-marked-sold = Es ist als verkauft markiert.
sell-deleted = Das Angebot wurde gelöscht.
sell-restored = Das Angebot ist wieder da.
history-title = Verlauf
history-when = Wann
history-what = Was
history-before = Vorher
history-after = Nachher
history-nothing = Noch keine Änderungen
history-nothing-text = Was du nach dem Veröffentlichen änderst, steht hier.

# Konten
account-title = Dein Konto
account-email = E-Mail-Adresse
account-password = Passwort
account-new-password = Neues Passwort
account-password-hint = Mindestens { $min } Zeichen. Ein paar Wörter merkt man sich leichter als Sonderzeichen.
account-name = Name
account-name-hint = Das sehen andere. Es muss nicht dein voller Name sein.
account-trading = Kaufen und verkaufen
account-settings = Einstellungen
account-staff = Team
account-orders = Deine Bestellungen
account-orders-hint = Was du gekauft hast, und wo es ist
account-sales-hint = Was du verkauft hast, und was zu tun ist
account-listings-hint = Entwürfe, im Angebot, pausiert, verkauft
account-devices-hint = Wo du angemeldet bist
account-unverified = Deine E-Mail-Adresse ist nicht bestätigt.
account-unverified-text = Du brauchst sie zum Veröffentlichen und zum Kaufen. Wir haben dir einen Link geschickt; er gilt 24 Stunden.
account-verify-again = Link noch einmal schicken
sign-in-title = Anmelden
sign-in-forgotten = Passwort vergessen?
sign-in-new-here = Neu hier?
sign-out-done = Du bist abgemeldet.
register-title = Konto eröffnen
register-lead = Zum Verkaufen, zum Kaufen, und um deine Bestellungen wiederzufinden. Es kostet nichts.
register-email-hint = Wir schicken dir einen Link, um sie zu bestätigen.
register-known = Schon ein Konto?
verify-title = Adresse bestätigen
verify-text = Noch ein Klick, und deine E-Mail-Adresse ist bestätigt.
verify-button = Bestätigen und anmelden
verify-look = Sieh in deine Mails
verify-look-text = Wir haben dir eine Mail mit einem Link geschickt. Öffne ihn, um deine Adresse zu bestätigen und dich anzumelden.
verify-look-hint = Nach ein, zwei Minuten nichts da? Sieh bei den unerwünschten Mails nach.
verify-mailbox = Postfach dieser Installation öffnen
verify-expired = Dieser Link geht nicht mehr
verify-expired-text = Melde dich an, dann schicken wir dir auf deiner Kontoseite einen neuen.
verify-done = Willkommen, { $name }. Deine Adresse ist bestätigt.
verify-already = Deine Adresse ist schon bestätigt.
verify-sent-to = Wir haben einen Link an { $email } geschickt.
reset-title = Neues Passwort setzen
reset-text = Gib die Adresse deines Kontos ein. Wir schicken dir einen Link, mit dem du ein neues Passwort setzt.
reset-button = Link schicken
reset-sent = Wenn es ein Konto mit dieser Adresse gibt, ist eine Mail mit einem Link unterwegs. Der Link gilt eine Stunde.
reset-new-title = Dein neues Passwort
reset-new-text = Wenn du es speicherst, bist du hier angemeldet und überall sonst abgemeldet.
reset-new-button = Speichern und anmelden
reset-done = Dein neues Passwort gilt.
devices-title = Geräte
devices-lead = Die Browser und Programme, die in deinem Konto angemeldet sind. Melde ab, was du nicht kennst, und ändere dann dein Passwort.
devices-name = { $browser } auf { $system }
devices-unknown = Unbekanntes Gerät
devices-here = Dieses Gerät
devices-seen = zuletzt gesehen
devices-close = { $device } abmelden
devices-close-all = Überall sonst abmelden
devices-programs = Damit meldest du auch Programme ab, in denen du dich mit deinem Passwort angemeldet hast. API-Schlüssel gelten weiter, bis du sie widerrufst.
devices-programs-title = Programme
devices-since = angemeldet
devices-closed = Dort abgemeldet.
profile-title = Profil
profile-lead = Das können alle sehen.
profile-picture = Bild
profile-new-picture = Neues Bild
profile-picture-hint = JPEG, PNG oder WebP, mindestens { $pixels } Pixel breit.
profile-bio = Über dich
profile-bio-hint = Ein paar Sätze: was du magst, womit du dich auskennst, wann du antwortest.
profile-town-hint = Steht in neuen Angeboten gleich da. Beginne zu schreiben und wähle aus der Liste.
profile-save = Speichern
profile-saved = Gespeichert.
wrong-picture-small = Dieses Bild ist zu klein oder zu schmal. Nimm eines, das mindestens 240 Pixel breit und höchstens doppelt so hoch wie breit ist.
language-title = Sprache und Farben
language-lead = Wie der Marktplatz aussieht und mit dir spricht.
language-hint = Auch Mails an dich sind in dieser Sprache.
theme-auto-note = Wie dein Gerät eingestellt ist

# Über uns
about-title = Über { $name }
about-lead = Ein Marktplatz, auf dem Menschen kaufen, verkaufen und tauschen, und auf dem das Geld sicher ist, bis beide zufrieden sind.
about-safe = Wie das Geld sicher bleibt
about-safe-pay = Der Käufer bezahlt. Der Zahlungsdienst verwahrt das Geld; der Verkäufer kommt noch nicht daran.
about-safe-send = Der Verkäufer verschickt die Sache, oder beide treffen sich.
about-safe-check = Der Käufer sieht sie sich an und bestätigt oder meldet ein Problem.
about-safe-release = Bestätigt der Käufer, bekommt der Verkäufer das Geld. Gibt es ein Problem, können beide es lösen, und sonst entscheidet unser Team.
about-silence = Niemand kann den anderen durch Schweigen aufhalten: Jeder Schritt hat eine Frist, und die Seite der Bestellung sagt vorher, was nach ihr geschieht.
about-costs = Was es kostet
about-costs-listing = Etwas einzustellen kostet nichts.
about-costs-buyer = Käufer zahlen für den Käuferschutz: { $fixed } und { $percent } % des Preises. Das steht da, bevor du kaufst.
about-costs-seller = Verkäufer zahlen { $percent } % des Preises, wenn etwas verkauft ist, und sonst nichts.
about-trade = Tausche
about-trade-text = Verkäufer sagen, ob sie Dinge statt Geld nehmen und was sie gern hätten. Solche Angebote findest du mit dem Filter „Im Tausch“.
about-privacy = Was andere von dir sehen
about-privacy-text = Deinen Namen, deinen Ort und was du schreibst. Deine E-Mail-Adresse sieht niemand, und deine Postadresse nur der Verkäufer, der dir etwas schickt.
about-api-title = API
about-api-lead = Alles, was die Seiten können, für deine eigenen Programme.
about-api-base = Die Adresse beginnt mit
about-api-description = Jede Operation ist in OpenAPI beschrieben, für Menschen und für Generatoren:
about-api-sign-in = Anmelden
about-api-sign-in-text = Sende Adresse und Passwort an POST /sessions und bekomme ein Zugangs- und ein Erneuerungstoken. Sende das Zugangstoken als „Authorization: Bearer …“. Es gilt 15 Minuten; das Erneuerungstoken tauschst du bei POST /sessions/refresh gegen ein neues Paar.
about-api-rules = Regeln
about-api-money = Geld ist eine ganze Zahl kleinster Einheiten mit ihrer Währung. Zeiten sind UTC, wie RFC 3339 sie schreibt. Ids sind UUIDs.
about-api-lists = Listen kommen in Seiten. Die nächste gibt es mit dem Cursor, mit dem die vorige endete.
about-api-errors = Fehler sind Problem-Dokumente (RFC 9457), die auf jedes falsche Feld zeigen. Unbekannte Felder werden abgelehnt.
about-api-keys = Sende einen Idempotency-Key bei allem, was etwas anlegt oder Geld bewegt. Derselbe Schlüssel und Inhalt bekommen dieselbe Antwort; es noch einmal zu versuchen ist also sicher.
about-api-problems = Probleme
about-api-problems-text = Der Typ eines Problem-Dokuments führt hierher. Sein Code sagt mehr: bei einem Konflikt, was im Weg steht; die Beschreibung nennt die Codes jeder Operation.
credits-title = Danksagung
credits-lead = Wessen Arbeit in diesem Marktplatz steckt.
credits-pictures = Bilder
credits-pictures-text = Die Zeichnungen der Kategorien und der Vorführung sind Fluent Emoji von Microsoft, unter der MIT-Lizenz. Fotos gehören denen, die sie gemacht haben.
credits-towns = Orte
credits-towns-text = Namen und ungefähre Lage der Orte sind gemeinfreie Tatsachen, auf etwa einen Kilometer gerundet.
credits-places = Orte der Geräte
credits-places-text = In welchem Land eine Adresse im Netz benutzt wird, kommt von IPtoASN (iptoasn.com), dessen Daten gemeinfrei sind.
credits-fonts = Schrift der Dokumente
credits-fonts-text = Rechnungen und andere Dokumente sind in Noto Sans vom Noto-Projekt und in IBM Plex Sans Arabic von IBM gesetzt, unter der SIL Open Font License 1.1.
credits-software = Software
credits-software-text = Das Programm steht auf freier Software. Ihre größten Teile und deren Lizenzen:
limits-title = Grenzen
limits-lead = Was möglich ist und wie oft. Dieselben Zahlen, an die sich das Programm hält.
limits-rates = Wie oft
limits-rates-text = Gezählt für jede Netzadresse und für jedes Mitglied oder jeden API-Schlüssel. Einige Anfragen dürfen auf einmal kommen, danach eine Anzahl pro Minute. Wer zu oft fragt, erfährt, wie lange zu warten ist. Die API hat dieselben Klassen.
limits-what = Was
limits-at-once = Auf einmal
limits-per-minute = Pro Minute
limits-routes = Routen
limits-browse = Seiten ansehen
limits-search = Suchen
limits-write = Etwas ändern
limits-sign-in = Passwörter und Links per Mail
limits-upload = Fotos
limits-money = Bestellungen und Zahlungen
limits-plain = Bilder und Dateien
limits-sizes = Wie viel
limits-photos = Fotos eines Angebots
limits-photo-bytes = Größe eines Fotos
limits-photo-pixels = Pixel eines Fotos
limits-photo-pixels-value = { $megapixels } Millionen, { $side } je Seite
limits-title-length = Zeichen eines Titels
limits-description-length = Zeichen einer Beschreibung
limits-bio-length = Zeichen über dich
limits-password-length = Zeichen eines Passworts
limits-quantity = Stücke eines Angebots
limits-drafts = Entwürfe eines Mitglieds
limits-cart = Verschiedenes in einem Warenkorb
limits-page = Einträge einer Seite der API
