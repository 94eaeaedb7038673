# Words that values use everywhere.
language-name = English

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
date-form = { $day } { $month } { $year }
day-form = { $day } { $month }
date-time-form = { $date }, { $time } UTC

ago-now = just now
ago-minutes =
    { $n ->
        [one] { $n } minute ago
       *[other] { $n } minutes ago
    }
ago-hours =
    { $n ->
        [one] { $n } hour ago
       *[other] { $n } hours ago
    }
ago-days =
    { $n ->
        [one] yesterday
       *[other] { $n } days ago
    }
in-now = any moment now
in-minutes =
    { $n ->
        [one] in { $n } minute
       *[other] in { $n } minutes
    }
in-hours =
    { $n ->
        [one] in { $n } hour
       *[other] in { $n } hours
    }
in-days =
    { $n ->
        [one] in { $n } day
       *[other] in { $n } days
    }

# What is wrong with a field, and how to mend it.
wrong-required = Fill this in.
wrong-too-short =
    { $min ->
        [one] Write at least { $min } character.
       *[other] Write at least { $min } characters.
    }
wrong-too-long = Use { $max } characters or fewer.
wrong-too-small = Enter { $min } or more.
wrong-too-big = Enter { $max } or less.
wrong-too-many = Send { $max } or fewer.
wrong-too-much = Enter { $max } or less.
wrong-too-little = Enter { $min } or more.
wrong-not-a-number = Enter a whole number, such as 3.
wrong-not-an-amount = Enter an amount, such as 12.50.
wrong-not-an-email = Enter an e-mail address, such as ann@example.org.
wrong-not-a-choice = Choose one of the options.
wrong-bad-characters = Use letters, digits, dots, dashes and underscores only.
wrong-taken = This is taken. Choose another.
wrong-unknown = There is no such field. Remove it.
wrong-bad-shape = This is not of the expected type.
wrong-us-state = In the United States an address needs its state: two letters, such as CA.
