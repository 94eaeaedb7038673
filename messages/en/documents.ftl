# Receipts, invoices, credit notes and statements. What stands on the papers themselves is not here: they speak more languages.
document-kind-receipt = Receipt
document-kind-invoice = Invoice
document-kind-commission-invoice = Invoice for commission
document-kind-credit-note = Credit note
document-kind-payout-statement = Payout statement

mail-document-ready-subject =
    { $count ->
        [one] A document is ready for you
       *[other] { $count } documents are ready for you
    }
mail-document-ready-body =
    Hello { $name },

    { $count ->
        [one] there is a new receipt or invoice for you.
       *[other] there are { $count } new receipts and invoices for you.
    } You find all of them on one page, as PDF too. There you can also say that you want no more letters like this.
mail-document-ready-button = See my documents

documents-title = Documents
documents-hint = Receipts, invoices and statements
documents-lead = Receipts for what you bought, invoices and statements for what you sold. Each stays as it was issued.
documents-none = No documents yet
documents-none-text = When you have paid for something, its receipt comes here. When something you sold is done, so does the invoice for the commission.
documents-kind = Document
documents-number = Number
documents-date = Issued
documents-total = Amount
documents-in-your-name = Made in your name
documents-about-order = To the order
documents-letters = Letters about new documents
documents-letters-on = Once a week you get a mail if there are new documents.
documents-letters-off = You get no mail about new documents.
documents-letters-stop = No letters, please
documents-letters-begin = Write to me once a week
documents-letters-are-on = You will get a mail when there are new documents.
documents-letters-are-off = You will get no more mails about documents.
document-pdf = Save as PDF
document-corrected = To the document it corrects
document-language = Language of this document
document-language-show = Show
document-stays = A document is never changed. If something goes back, a credit note says so.
