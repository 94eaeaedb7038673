# Mitglieder, Rollen und was das Team mit Mitgliedern tut; gesperrt sein; angesehen werden.

## Was das Team darf

permission-admin-see = Den Überblick sehen
permission-orders-see = Jede Bestellung sehen
permission-orders-decide = Über Bestellungen entscheiden
permission-listings-history = Änderungen an Angeboten sehen
permission-members-see = Mitglieder finden und sehen
permission-members-suspend = Mitglieder sperren
permission-members-sign-out = Mitglieder abmelden
permission-members-look = Als Mitglied hinsehen
permission-payments-see = Zahlungsmeldungen sehen
permission-ledger-see = Das Hauptbuch sehen
permission-jobs-run = Aufgegebene Aufgaben sehen und wiederholen
permission-roles-edit = Rollen anlegen und ändern
permission-roles-grant = Rollen geben und nehmen
permission-audit-see = Das Protokoll sehen
permission-tickets-see = Sehen, was jemand ansehen muss
permission-documents-see = Belege und Rechnungen sehen
permission-payouts-manage = Auszahlungen betreuen
permission-payments-replay = Zahlungsmeldungen noch einmal lesen lassen
permission-ledger-adjust = Buchen, was kein Handel bucht
permission-reconcile-run = Das Hauptbuch mit Zahlungsanbietern abgleichen
permission-rules-edit = Regeln für Gebühren und Steuern ändern
permission-chargebacks-manage = Rückbuchungen beantworten
permission-reports-make = Meldungen an Finanzämter erstellen

role-moderator = Moderation
role-support = Kundendienst
role-finance = Finanzen
role-operator = Betrieb

## Jede Handlung

staff-reason = Warum
staff-reason-hint = 3 bis 500 Zeichen, für die anderen im Team. Es bleibt für immer im Protokoll, schreib also keine Namen und keine Adressen hinein.
refused-staff-self = Mit deinem eigenen Konto kannst du das nicht tun. Bitte jemanden aus dem Team.
refused-staff-above = Das braucht jemanden mit mehr Rechten: Hier sind Rechte im Spiel, die du nicht hast.

## Mitglieder

admin-members = Mitglieder
admin-members-lead = Finde jemanden nach Kontoname, Name oder Adresse.
admin-members-find = Kontoname, Name oder Adresse
admin-members-all = Alle
admin-members-staff = Team
admin-members-suspended = Gesperrt
admin-appeals = Antworten auf Sperren
admin-members-none = Niemand gefunden
admin-members-none-text = Hier passt niemand. Suche nach einem Teil des Kontonamens, des Namens oder der Adresse.
admin-member = Mitglied
admin-member-lead = Was über dieses Konto bekannt ist, und was du tun darfst.
admin-member-back = Zurück zu { $name }
admin-member-state = Zustand
admin-member-fine = In Ordnung
admin-member-suspended = Gesperrt
admin-member-appealed = Hat geantwortet
admin-member-handle = Kontoname
admin-member-verified = bestätigt
admin-member-unverified = nicht bestätigt
admin-member-place = Ort
admin-member-browsers = Angemeldete Browser
admin-member-second = Zweiter Schritt
admin-member-second-none = Keiner
admin-member-second-app = Authenticator-App
admin-member-second-passkey = Passkey
admin-member-audit = Was das Protokoll über dieses Mitglied sagt

## Sperren

staff-suspensions = Sperren
staff-suspension-lifted = vorbei seit
staff-appealed = Geantwortet
staff-suspend = Sperren
staff-suspend-lead = { $name } wird sofort überall abgemeldet, liest deine Worte, darf einmal antworten und kann sonst nichts tun.
staff-suspend-words = Was das Mitglied liest
staff-suspend-words-hint = Sag, was geschehen ist und was jetzt möglich ist. Es kommt auch per Mail.
staff-suspend-until = Wie lange
staff-suspend-open-end = Bis jemand die Sperre aufhebt
staff-suspend-days =
    { $days ->
        [one] { $days } Tag
       *[other] { $days } Tage
    }
staff-suspended = Das Mitglied ist gesperrt und weiß es.
staff-lift = Sperre aufheben
staff-lift-lead = { $name } kann sofort wieder alles tun und erfährt es.
staff-lifted = Die Sperre ist aufgehoben, und das Mitglied weiß es.
refused-suspended-already = Dieses Mitglied ist schon gesperrt.
refused-not-suspended = Dieses Mitglied ist nicht mehr gesperrt.
staff-uphold = Sperre beibehalten
staff-uphold-hint = Nur wenn die Sperre bleibt: Sag, warum. Es kommt auch per Mail.
staff-upheld = Die Sperre bleibt, und das Mitglied weiß, warum.
staff-upheld-at = Sie bleibt, sagte das Team
refused-appeal-none = Es wartet keine Antwort: Jemand hat schon entschieden, oder die Sperre ist vorbei.
mail-appealed-subject = Ein gesperrtes Mitglied hat geantwortet
mail-appealed-body = Hallo { $name }, ein gesperrtes Mitglied hat geantwortet. Lies die Antwort und hebe die Sperre auf oder sag, warum sie bleibt.
mail-appealed-button = Antwort lesen

## Abmelden

staff-sign-out = Überall abmelden
staff-sign-out-lead = { $name } wird in allen Browsern und Programmen abgemeldet und erfährt es. Tu das, wenn jemand anderes im Konto sein könnte.
staff-signed-out = Das Mitglied wurde überall abgemeldet und weiß es.

## Rollen

staff-role = Rolle
staff-roles = Rollen
staff-roles-lead = Was { $name } im Team darf. Eine Änderung meldet überall ab, und das Mitglied erfährt es.
staff-role-grant = Geben: { $role }
staff-role-take = Nehmen: { $role }
staff-roles-button = Rollen ändern
staff-roles-changed = Die Rollen sind geändert, und das Mitglied weiß es.
admin-roles = Rollen
admin-roles-lead = Eine Rolle ist ein Name für einige Rechte. Mitglieder bekommen Rollen auf ihrer Seite.
role-new = Neue Rolle
role-new-lead = Du kannst nur hineinlegen, was du selbst darfst.
role-lead =
    { $holders ->
        [0] Niemand hat diese Rolle.
        [one] Ein Mitglied hat diese Rolle. Eine Änderung wirkt sofort.
       *[other] { $holders } Mitglieder haben diese Rolle. Eine Änderung wirkt sofort.
    }
role-title = Name
role-title-hint = Zum Beispiel „Nachtschicht“
role-permissions = Darf
role-holders = Mitglieder
role-built-in = eingebaut
role-everything = Alles, auch was spätere Versionen bringen
role-save = Speichern
role-delete = Rolle löschen
role-made = Die Rolle ist angelegt.
role-saved = Die Rolle ist gespeichert.
role-deleted = Die Rolle ist gelöscht.
wrong-role-title = Nimm einen Namen aus mindestens zwei einfachen Buchstaben, der mit einem Buchstaben beginnt.
wrong-role-above = Darin sind Rechte, die du selbst nicht hast.
wrong-role-held = Das Mitglied hat diese Rolle schon.
wrong-role-not-held = Das Mitglied hat diese Rolle nicht mehr.
refused-role-changed = Jemand hat diese Rolle inzwischen geändert. Sieh sie dir noch einmal an.
refused-role-fixed = Diese Rolle gehört zum Programm und lässt sich so nicht ändern.
refused-role-in-use = Jemand hat diese Rolle. Nimm sie erst weg.
refused-role-last-operator = Das ist das letzte Mitglied mit der Rolle Betrieb. Gib sie erst jemand anderem.

## Als Mitglied hinsehen

staff-look = Als dieses Mitglied hinsehen
staff-look-lead = Du siehst den Marktplatz so, wie { $name } ihn sieht, höchstens { $minutes } Minuten lang. Nichts lässt sich ändern, der Schutz des Kontos wird nicht gezeigt, und das Mitglied erfährt es.
refused-look-staff = Als jemand aus dem Team kann niemand hinsehen.
refused-look-suspended = Ein gesperrtes Mitglied sieht nichts, was sich ansehen ließe.
looking-label = Du siehst als Mitglied hin
looking-title = Du siehst als { $name } hin.
looking-text = Nichts lässt sich ändern. Es endet { $span }.
looking-end = Nicht mehr hinsehen
looking-ended = Du bist wieder du selbst.
problem-looking-title = Du siehst nur hin
problem-looking-text = Solange du als Mitglied hinsiehst, lässt sich nichts ändern, und die Seiten über die Sicherheit des Kontos bleiben zu. Hör erst auf hinzusehen.

## Was zwei braucht

second-roles = Rollen
second-suspensions = Sperren
second-looking = Als Mitglied hinsehen
second-orders = Entscheidungen über Bestellungen
second-jobs = Aufgaben verwerfen

act-grant-role = Eine Rolle geben
act-take-role = Eine Rolle nehmen
act-make-role = Eine Rolle anlegen
act-edit-role = Eine Rolle ändern
act-delete-role = Eine Rolle löschen
act-suspend = Ein Mitglied sperren
act-lift-suspension = Eine Sperre aufheben
act-look-as = Als Mitglied hinsehen
act-decide-order = Über eine Bestellung entscheiden
act-discard-job = Eine Aufgabe verwerfen

approval-waiting = Wartet auf eine zweite Person
approval-agreed = Zugestimmt, aber noch nicht getan
approval-done = Getan
approval-declined = Abgelehnt
approval-withdrawn = Zurückgenommen
approval-expired = Niemand kam rechtzeitig

admin-approvals = Wartet auf eine zweite Person
admin-approvals-lead = Was jemand aus dem Team tun will und jemand anderes gutheißen muss.
admin-approval-lead = Es geschieht erst, wenn eine zweite Person zustimmt.
approvals-none = Nichts wartet
approvals-none-text = Niemand wartet auf dich, und nichts von dir wartet auf andere.
approvals-for = Eine zweite Person braucht es für: { $kinds }
approvals-for-nothing = Die Einstellungen verlangen gerade für nichts eine zweite Person.
approval-what = Was
approval-asked-by = Gewünscht von
approval-asked-at = Gewünscht
approval-until = Gilt bis
approval-state = Stand
approval-decided-by = Entschieden von
approval-role-before = Darf vorher
approval-role-after = Darf danach
approval-step = Entscheidung
approval-agree = Zustimmen
approval-decline = Ablehnen
approval-withdraw = Zurücknehmen
approval-waits-for-others = Jemand anderes muss zustimmen, du selbst kannst das nicht. Du kannst es zurücknehmen.
approval-is-yours = Jemand hat zugestimmt. Tu es jetzt, auf demselben Weg, auf dem du darum gebeten hast.
approval-asked = Das braucht eine zweite Person. Wir haben die anderen im Team gefragt; es geschieht, sobald jemand zustimmt.
approval-is-done = Du hast zugestimmt, und es ist getan.
approval-is-agreed = Du hast zugestimmt. Wer darum gebeten hat, kann es jetzt tun und weiß es.
approval-is-declined = Du hast abgelehnt. Wer darum gebeten hat, weiß es.
approval-is-withdrawn = Du hast es zurückgenommen.
refused-approval-needed = Das braucht eine zweite Person. Bitte darum auf der Website, auf der Seite der Bestellung.
refused-approval-nobody = Das braucht eine zweite Person, und niemand sonst darf zustimmen. Sprich mit jemandem, der Rollen vergibt.
refused-approval-asked-already = Darum, oder um etwas, das nicht dazu passt, hat schon jemand gebeten; es wartet auf eine zweite Person.
refused-approval-own = Darum hast du selbst gebeten. Jemand anderes muss zustimmen.
refused-approval-over = Das wartet nicht mehr: Jemand hat entschieden, oder die Zeit ist um.
refused-approval-asker = Wer darum gebeten hat, darf es nicht mehr tun. Lehne es ab.
refused-approval-stale = Seit der Bitte hat sich etwas geändert, und es lässt sich nicht mehr tun. Lehne es ab.
refused-job-gone = Diese Aufgabe ist schon weg, oder eine andere mit demselben Zweck wartet an ihrer Stelle.

mail-approval-button = Ansehen
mail-approval-asked-subject = Eine zweite Person wird gebraucht
mail-approval-asked-body = Hallo { $name }, { $who } hat um etwas gebeten, das zwei braucht: { $what }. Sieh es dir bis { $until } an und stimme zu oder lehne ab.
mail-approval-agreed-subject = Du kannst es jetzt tun
mail-approval-agreed-body = Hallo { $name }, eine zweite Person hat dem zugestimmt, worum du gebeten hast: { $what }. Du kannst es jetzt tun, 24 Stunden lang, auf demselben Weg, auf dem du darum gebeten hast.
mail-approval-done-subject = Es ist getan
mail-approval-done-body = Hallo { $name }, eine zweite Person hat dem zugestimmt, worum du gebeten hast, und es ist getan: { $what }.
mail-approval-declined-subject = Es wurde abgelehnt
mail-approval-declined-body = Hallo { $name }, eine zweite Person hat abgelehnt, worum du gebeten hast: { $what }. Auf der Seite steht, warum.
mail-approval-expired-subject = Niemand hat rechtzeitig zugestimmt
mail-approval-expired-body = Hallo { $name }, worum du eine zweite Person gebeten hast, geschah nicht rechtzeitig und ist hinfällig. Du kannst noch einmal darum bitten.

## Das Protokoll

admin-audit = Protokoll
admin-audit-lead = Wer was wann und warum getan hat. Nichts darin lässt sich ändern.
admin-audit-action = Handlung
admin-audit-who = Von wem
admin-audit-object = Gegenstand
admin-audit-at = Wann
admin-audit-detail = Einzelheiten
admin-audit-program = Das Programm
admin-audit-all = Alles
admin-audit-none = Nichts gefunden
admin-audit-none-text = Keine Zeile passt. Handlungen werden nach ihrem Anfang gesucht, zum Beispiel „staff.“ oder „roles.grant“.
admin-audit-nobody = Niemand hat diesen Kontonamen.
admin-audit-no-id = Das ist keine Kennung. Kopiere eine aus der Liste.

## Gesperrt sein

suspension-title = Dein Konto ist gesperrt
suspension-lead = Du kannst lesen, warum, und antworten, eine Kopie deiner Daten holen oder dein Konto löschen. Alles andere ist zu, bis die Sperre vorbei ist.
suspension-why = Warum:
suspension-ends = Sie endet am
suspension-until = Sie endet am { $at }.
suspension-open-end = Sie dauert, bis jemand sie aufhebt.
suspension-appeal-label = Deine Antwort
suspension-appeal-hint = Sag, was wir wissen sollten. Du kannst einmal antworten, nimm dir also Zeit.
suspension-appeal-button = Senden
suspension-appeal-sent = Deine Antwort ist angekommen. Jemand wird sie lesen.
suspension-appealed = Deine Antwort:
suspension-upheld = Wir haben sie gelesen, und die Sperre bleibt:
refused-appealed-already = Du hast schon geantwortet, oder die Sperre ist vorbei.

## Was Mitglieder erfahren

activity-by-staff = Durch das Team
notice-role-granted = Du bekommst eine Rolle
notice-role-taken = Dir wird eine Rolle genommen
notice-signed-out-by-staff = Vom Team abgemeldet
notice-looked-at = Das Team hat als du hingesehen
notice-suspended = Dein Konto ist gesperrt
notice-suspension-lifted = Deine Sperre ist vorbei
notice-suspension-upheld = Deine Sperre bleibt
notice-role-granted-letter = du hast eine neue Rolle im Team. Wir haben dich überall abgemeldet; melde dich neu an, um sie zu nutzen.
notice-role-taken-letter = dir wurde eine Rolle im Team genommen. Wir haben dich überall abgemeldet.
notice-signed-out-by-staff-letter = unser Team hat dich in allen Browsern und Programmen abgemeldet, weil jemand anderes in deinem Konto gewesen sein könnte. Wenn du nicht darum gebeten hast, setze ein neues Passwort.
notice-looked-at-letter = jemand aus unserem Team hat den Marktplatz so angesehen, wie du ihn siehst, um zu helfen. Ändern lässt sich dabei nichts, und der Schutz deines Kontos wird nicht gezeigt. Wenn du nicht um Hilfe gebeten hast, schreib uns.
notice-suspended-letter = dein Konto ist gesperrt. Melde dich an, um das noch einmal zu lesen und zu antworten.
notice-suspension-upheld-letter = wir haben deine Antwort gelesen. Deine Sperre bleibt, und zwar deshalb:
notice-suspension-lifted-letter = deine Sperre ist vorbei. Du kannst dein Konto wieder wie vorher nutzen.

## Fälle, und das Geld einer Bestellung

admin-cases = Fälle
admin-cases-lead = Probleme mit Bestellungen, über die beide Seiten reden. Was auf eine Entscheidung von uns wartet, steht oben.
admin-cases-none = Kein Fall ist offen.
admin-cases-table = Offene Fälle
admin-case-own = Dein eigener: nicht für dich
admin-case-take = Übernehmen
admin-case-take-number = Den Fall zu Bestellung { $number } übernehmen
admin-case-taken = Du siehst dir diesen Fall jetzt an. Beide Seiten wissen Bescheid.
admin-case-gone = Dieser Fall ist abgeschlossen.
order-way = Alles, was mit dem Geld geschah
order-way-sums = Summen
order-way-what = Was geschah
order-way-when = Wann
order-way-kind = Was
order-way-step = Schritt
order-way-entry = Buchung
order-way-call = Anfrage
order-way-refund = Erstattung
order-way-settlement = An die Verkaufsseite
order-way-hold = Zurückgehalten
order-way-event = Vom Anbieter gemeldet
order-way-document = Dokument
order-way-payout = Auszahlung
order-way-chargeback = Rückbuchung
order-way-tries = { $tries }-mal versucht
order-way-taken = { $amount } davon zurückgenommen
order-way-lifted = aufgehoben { $when }
