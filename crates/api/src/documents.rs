//! Receipts, invoices, credit notes and statements.

use crate::doc::{Entry, doc, one_of, uuid as an_id};
use crate::query::Query;
use crate::shapes::{List, MoneyOut};
use axum::http::{HeaderValue, header};
use kernel::{DocumentId, Money, Refusal};
use kit::answer::{Answer, Problem};
use kit::body::{Json, Params, PathOf};
use kit::caller::Caller;
use kit::links;
use kit::route::{Audience, Object, get};
use market::apikeys::model::Scope;
use market::documents::{self, Content, Document, Head, Issuer, Party, Tongue};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

const MEMBER: Audience = Audience::Member;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        doc("Documents", "Your documents")
            .says("Receipts for what you bought, invoices and statements for what you sold, and those that were made in your name.")
            .paged(&an_id())
            .lists::<DocumentOut>(200, "The documents, the newest first, without what they say.")
            .of(get("/api/v1/documents", "api.documents.list", list)
                .audience(MEMBER)
                .scope(Scope::DocumentsRead)
                .object(Object::Document)),
        doc("Documents", "See a document")
            .says("For its reader, for the seller in whose name it was made, and for staff. For everybody else it is a 404. What it says never changes.")
            .answers::<DocumentOut>(200, "The document.")
            .of(get("/api/v1/documents/{id}", "api.documents.show", show)
                .audience(MEMBER)
                .scope(Scope::DocumentsRead)
                .object(Object::Document)),
        doc("Documents", "The file of a document")
            .says("A PDF, for whom the document is. In its own language it is always the same bytes: `file_sha256` is their hash.")
            .query("lang", "In which language; without it the document’s own.", &one_of(&Tongue::ALL.map(Tongue::code)))
            .answers_file(200, "application/pdf", "The file, named after the document’s number.")
            .of(get("/api/v1/documents/{id}/file", "api.documents.file", file)
                .audience(MEMBER)
                .scope(Scope::DocumentsRead)
                .object(Object::Document)),
    ]
}

/// What kind of paper it is.
#[derive(ToSchema)]
#[schema(as = DocumentKind, rename_all = "snake_case")]
#[allow(dead_code, reason = "only described")]
enum KindName {
    Receipt,
    Invoice,
    CommissionInvoice,
    CreditNote,
    PayoutStatement,
}

/// A receipt, an invoice, a credit note or a statement.
#[derive(Serialize, ToSchema)]
#[schema(as = Document)]
struct DocumentOut {
    id: Uuid,
    #[schema(value_type = KindName)]
    kind: &'static str,
    /// Without gaps, for each kind, year and issuer.
    number: String,
    /// It was made in your name, for your buyer.
    in_your_name: bool,
    /// What it is about.
    order_id: Option<Uuid>,
    payout_id: Option<Uuid>,
    /// The document that a credit note takes back, all or a part of it.
    corrects_id: Option<Uuid>,
    /// Of its file: `en`, `de` or `ar`.
    language: &'static str,
    /// Of a credit note: what goes back.
    total: MoneyOut,
    /// Of the total, what is tax that the marketplace owes.
    tax: MoneyOut,
    #[serde(with = "time::serde::rfc3339")]
    issued_at: OffsetDateTime,
    /// Its page. The file is at `/documents/{id}/file`.
    page: String,
    /// SHA-256 of its file, in hexadecimal digits. Left out of lists, and until the file is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    file_sha256: Option<String>,
    /// What it says. Left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<ContentOut>,
}

/// What a document says.
#[derive(Serialize, ToSchema)]
#[schema(as = DocumentContent)]
struct ContentOut {
    /// The day it was issued, where the operator is.
    day: String,
    issuer: PartyOut,
    recipient: PartyOut,
    lines: Vec<LineOut>,
    taxes: Vec<TaxOut>,
}

/// Somebody on a document.
#[derive(Serialize, ToSchema)]
#[schema(as = DocumentParty)]
struct PartyOut {
    name: String,
    lines: Vec<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    tax_number: Option<String>,
    registration: Option<String>,
}

/// A line of a document, with taxes that are within its amount.
#[derive(Serialize, ToSchema)]
#[schema(as = DocumentLine)]
struct LineOut {
    /// In your language.
    text: String,
    quantity: i64,
    /// For one piece.
    unit_price: Option<MoneyOut>,
    amount: MoneyOut,
}

/// What of the total is tax, for one place and rate.
#[derive(Serialize, ToSchema)]
#[schema(as = DocumentTax)]
struct TaxOut {
    /// As `DE` or `US-CA`.
    place: String,
    /// Millionths.
    rate_ppm: i32,
    /// Without the tax.
    base: MoneyOut,
    amount: MoneyOut,
}

fn shape(head: &Head, call: &Caller) -> DocumentOut {
    DocumentOut {
        id: head.id.0,
        kind: head.kind.name(),
        number: head.label.clone(),
        in_your_name: head.issuer == Issuer::Member(call.member.id),
        order_id: head.order.map(|id| id.0),
        payout_id: head.payout.map(|id| id.0),
        corrects_id: head.corrects.map(|id| id.0),
        language: head.tongue.code(),
        total: head.total.into(),
        tax: head.tax.into(),
        issued_at: head.issued_at,
        page: links::document(head.id),
        file_sha256: None,
        content: None,
    }
}

impl From<&Party> for PartyOut {
    fn from(it: &Party) -> Self {
        Self {
            name: it.name.clone(),
            lines: it.lines.clone(),
            country: it.country.clone(),
            tax_number: it.tax_number.clone(),
            registration: it.registration.clone(),
        }
    }
}

fn content(day: &str, said: &Content, tongue: Tongue) -> ContentOut {
    let money = |amount| MoneyOut::from(Money::new(amount, said.currency));
    let lines = said.lines.iter().map(|line| LineOut {
        text: tongue.what(&line.what),
        quantity: line.quantity,
        unit_price: line.unit.map(money),
        amount: money(line.amount),
    });
    let taxes = said.taxes.iter().map(|tax| TaxOut {
        place: tax.place.clone(),
        rate_ppm: tax.rate_ppm,
        base: money(tax.base),
        amount: money(tax.amount),
    });
    ContentOut {
        day: day.to_owned(),
        issuer: (&said.issuer).into(),
        recipient: (&said.recipient).into(),
        lines: lines.collect(),
        taxes: taxes.collect(),
    }
}

fn whole(document: &Document, call: &Caller) -> DocumentOut {
    let body = &document.body;
    let hash = document.file.as_ref().map(|file| file.hash.iter().map(|b| format!("{b:02x}")).collect());
    DocumentOut {
        file_sha256: hash,
        content: Some(content(&body.day, &body.content, Tongue::of(call.say.lang()))),
        ..shape(&document.head, call)
    }
}

async fn list(
    call: Caller,
    Params(pairs): Params<Vec<(String, String)>>,
) -> Result<Json<List<DocumentOut>>, Problem> {
    let mut query = Query::of(pairs);
    let (limit, after) = (query.limit(), query.cursor());
    query.end()?;
    let page = documents::page(&mut call.read().await?, call.member.id, after.as_ref(), limit).await?;
    Ok(Json(List::of(page, |head| shape(&head, &call))))
}

async fn show(call: Caller, PathOf(id): PathOf<DocumentId>) -> Result<Json<DocumentOut>, Problem> {
    let document = documents::show(&mut call.read().await?, &call.member, id).await?;
    Ok(Json(whole(&document, &call)))
}

async fn file(
    call: Caller,
    PathOf(id): PathOf<DocumentId>,
    Params(pairs): Params<Vec<(String, String)>>,
) -> Result<Answer, Problem> {
    let mut query = Query::of(pairs);
    let asked = query.choice("lang", Tongue::find);
    query.end()?;
    let document = documents::show(&mut call.read().await?, &call.member, id).await?;
    let (market, tongue) = (&call.app.market, asked.unwrap_or(document.head.tongue));
    let bytes = documents::pdf(&market.objects, &market.press, &document, tongue).await?;
    // Labels are letters, digits and dashes.
    let name = format!("attachment; filename=\"{}.pdf\"", document.head.label);
    let name = HeaderValue::try_from(name).map_err(Refusal::broken)?;
    Ok(Answer::file("application/pdf", bytes).header(header::CONTENT_DISPOSITION, name).secret())
}
