//! Where receipts and invoices are.

use kernel::DocumentId;

/// One's receipts and invoices.
pub fn documents() -> String {
    "/documents".to_owned()
}

/// Whether they are told of by mail.
pub fn documents_letters() -> String {
    "/documents/letters".to_owned()
}

/// A receipt or an invoice.
pub fn document(id: DocumentId) -> String {
    format!("/documents/{id}")
}

/// Its file, in its own language or in another.
pub fn document_pdf(id: DocumentId, lang: Option<&str>) -> String {
    match lang {
        Some(lang) => format!("/documents/{id}/pdf?lang={lang}"),
        None => format!("/documents/{id}/pdf"),
    }
}
