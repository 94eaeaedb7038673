# Mails über ein Konto, und was beim Anmelden schiefgeht.
mail-verify-subject = Bestätige deine E-Mail-Adresse
mail-verify-body = Hallo { $name }, willkommen. Bitte bestätige, dass diese Adresse dir gehört. Der Link gilt 24 Stunden. Wenn du kein Konto eröffnet hast, ignoriere diese Mail.
mail-verify-button = Adresse bestätigen
mail-known-subject = Du hast schon ein Konto
mail-known-body = Hallo { $name }, jemand, vielleicht du, wollte mit dieser Adresse ein Konto eröffnen. Du hast schon eines: Melde dich einfach an. Wenn du das Passwort vergessen hast, kannst du dort ein neues setzen.
mail-known-button = Anmelden
mail-reset-subject = Neues Passwort setzen
mail-reset-body = Hallo { $name }, mit diesem Link setzt du ein neues Passwort. Er gilt einmal und eine Stunde lang. Wenn du ihn nicht angefordert hast, ignoriere diese Mail: Nichts hat sich geändert.
mail-reset-button = Neues Passwort setzen
mail-footer = Du bekommst diese Mail wegen deines Kontos bei uns.

wrong-sign-in = Die Adresse oder das Passwort stimmt nicht. Prüfe beides oder setze ein neues Passwort.
refused-account-suspended = Dieses Konto ist gesperrt. Melde dich auf der Website an, um zu lesen, warum, oder schreib dem Betreiber, wenn das ein Irrtum ist.
refused-link-expired = Dieser Link wurde schon benutzt oder ist zu alt. Fordere einen neuen an.
