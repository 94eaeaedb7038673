# Wörter, die Werte überall brauchen.
language-name = Deutsch

month-1 = Jan.
month-2 = Feb.
month-3 = März
month-4 = Apr.
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = Aug.
month-9 = Sept.
month-10 = Okt.
month-11 = Nov.
month-12 = Dez.
date-form = { $day }. { $month } { $year }
day-form = { $day }. { $month }
date-time-form = { $date }, { $time } Uhr UTC

ago-now = gerade eben
ago-minutes =
    { $n ->
        [one] vor { $n } Minute
       *[other] vor { $n } Minuten
    }
ago-hours =
    { $n ->
        [one] vor { $n } Stunde
       *[other] vor { $n } Stunden
    }
ago-days =
    { $n ->
        [one] gestern
       *[other] vor { $n } Tagen
    }
in-now = jeden Moment
in-minutes =
    { $n ->
        [one] in { $n } Minute
       *[other] in { $n } Minuten
    }
in-hours =
    { $n ->
        [one] in { $n } Stunde
       *[other] in { $n } Stunden
    }
in-days =
    { $n ->
        [one] in { $n } Tag
       *[other] in { $n } Tagen
    }

# Was an einem Feld falsch ist und wie man es behebt.
wrong-required = Bitte ausfüllen.
wrong-too-short =
    { $min ->
        [one] Mindestens { $min } Zeichen eingeben.
       *[other] Mindestens { $min } Zeichen eingeben.
    }
wrong-too-long = Höchstens { $max } Zeichen verwenden.
wrong-too-small = { $min } oder mehr eingeben.
wrong-too-big = { $max } oder weniger eingeben.
wrong-too-many = Höchstens { $max } senden.
wrong-too-much = { $max } oder weniger eingeben.
wrong-too-little = { $min } oder mehr eingeben.
wrong-not-a-number = Eine ganze Zahl eingeben, zum Beispiel 3.
wrong-not-an-amount = Einen Betrag eingeben, zum Beispiel 12,50.
wrong-not-an-email = Eine E-Mail-Adresse eingeben, zum Beispiel anna@example.org.
wrong-not-a-choice = Eine der Möglichkeiten auswählen.
wrong-bad-characters = Nur Buchstaben, Ziffern, Punkte, Binde- und Unterstriche verwenden.
wrong-taken = Schon vergeben. Bitte etwas anderes wählen.
wrong-unknown = Dieses Feld gibt es nicht. Bitte entfernen.
wrong-bad-shape = Nicht vom erwarteten Typ.
wrong-us-state = In den Vereinigten Staaten braucht eine Adresse ihren Bundesstaat: zwei Buchstaben, zum Beispiel CA.
