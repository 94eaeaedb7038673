//! The SQL of cases. The case's row is locked while anything in it changes.

pub mod copy;

use super::model::{
    Case, Entry, Evidence, NewCase, NewRuling, Offer, Outcome, Proposal, Ruling, Side, Verdict,
};
use crate::photos::model::Photo;
use kernel::{CaseEntryId, CaseId, Currency, EvidenceId, MemberId, Moment, Money, OrderId, ProposalId};
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

fn unknown(word: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("unknown word of cases {word}").into())
}

struct Row {
    case_id: CaseId,
    order_id: OrderId,
    buyer_id: MemberId,
    seller_id: MemberId,
    kind: String,
    wants: String,
    wants_amount: Option<i64>,
    currency: Currency,
    opened_at: Moment,
    taken_by: Option<MemberId>,
    closed_at: Option<Moment>,
    outcome: Option<String>,
}

impl TryFrom<Row> for Case {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> Done<Self> {
        use super::model::{Kind, Wants};
        let outcome = row.outcome.as_deref().map(|it| Outcome::find(it).ok_or_else(|| unknown(it)));
        Ok(Self {
            id: row.case_id,
            order: row.order_id,
            buyer: row.buyer_id,
            seller: row.seller_id,
            kind: Kind::find(&row.kind).ok_or_else(|| unknown(&row.kind))?,
            wants: Wants::find(&row.wants).ok_or_else(|| unknown(&row.wants))?,
            wants_amount: row.wants_amount.map(|amount| Money::new(amount, row.currency)),
            currency: row.currency,
            opened_at: row.opened_at,
            taken_by: row.taken_by,
            closed_at: row.closed_at,
            outcome: outcome.transpose()?,
        })
    }
}

pub(super) async fn insert(tx: &mut Tx, new: &NewCase) -> Done<CaseId> {
    let (id, now): (CaseId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        "insert into cases (case_id, order_id, buyer_id, seller_id, kind, wants, wants_amount, currency, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id.0,
        new.order.0,
        new.buyer.0,
        new.seller.0,
        new.kind.name(),
        new.wants.name(),
        new.wants_amount.map(|it| it.amount),
        new.currency.code(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// The open case of an order, locked until the transaction ends.
pub(super) async fn lock_open(tx: &mut Tx, order: OrderId) -> Done<Option<Case>> {
    sqlx::query_as!(
        Row,
        r#"select case_id as "case_id: CaseId", order_id as "order_id: OrderId", buyer_id as "buyer_id: MemberId",
             seller_id as "seller_id: MemberId", kind, wants, wants_amount, currency as "currency: Currency", opened_at,
             taken_by as "taken_by: MemberId", closed_at, outcome
           from cases where order_id = $1 and closed_at is null for update"#,
        order.0
    )
    .fetch_optional(tx.conn())
    .await?
    .map(Case::try_from)
    .transpose()
}

pub(super) async fn newest(r: &mut Reader, order: OrderId) -> Done<Option<Case>> {
    sqlx::query_as!(
        Row,
        r#"select case_id as "case_id: CaseId", order_id as "order_id: OrderId", buyer_id as "buyer_id: MemberId",
             seller_id as "seller_id: MemberId", kind, wants, wants_amount, currency as "currency: Currency", opened_at,
             taken_by as "taken_by: MemberId", closed_at, outcome
           from cases where order_id = $1 order by opened_at desc, case_id desc limit 1"#,
        order.0
    )
    .fetch_optional(r.conn())
    .await?
    .map(Case::try_from)
    .transpose()
}

pub(super) async fn take(tx: &mut Tx, case: CaseId, by: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update cases set taken_by = $2, taken_at = $3 where case_id = $1", case.0, by.0, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn close(tx: &mut Tx, case: CaseId, outcome: Outcome) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update cases set closed_at = $2, outcome = $3 where case_id = $1",
        case.0,
        now,
        outcome.name()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_entry(
    tx: &mut Tx,
    case: CaseId,
    side: Side,
    by: Option<MemberId>,
    words: &str,
) -> Done<CaseEntryId> {
    let (id, now): (CaseEntryId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        "insert into case_entries (entry_id, case_id, side, by_id, words, at) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        case.0,
        side.name(),
        by.map(|by| by.0),
        words,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

pub(super) async fn entries(r: &mut Reader, case: CaseId) -> Done<Vec<Entry>> {
    let photos = sqlx::query_as!(
        Evidence,
        r#"select p.photo_id as "id: EvidenceId", p.entry_id as "entry: CaseEntryId", p.key, p.width, p.height, p.widths,
             p.colour
           from case_photos p join case_entries e using (entry_id) where e.case_id = $1 order by p.entry_id, p.position"#,
        case.0
    )
    .fetch_all(r.conn())
    .await?;
    let rows = sqlx::query!(
        r#"select entry_id as "id: CaseEntryId", side, words, at from case_entries where case_id = $1 order by entry_id"#,
        case.0
    )
    .fetch_all(r.conn())
    .await?;
    let mut found = Vec::new();
    for row in rows {
        found.push(Entry {
            id: row.id,
            side: Side::find(&row.side).ok_or_else(|| unknown(&row.side))?,
            words: row.words,
            at: row.at,
            photos: photos.iter().filter(|photo| photo.entry == row.id).cloned().collect(),
        });
    }
    Ok(found)
}

pub(super) async fn insert_photo(
    tx: &mut Tx,
    entry: CaseEntryId,
    position: i16,
    photo: &Photo,
    original: &[u8],
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into case_photos (photo_id, entry_id, position, key, width, height, widths, thumbhash, colour, original_hash,
           created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        photo.id.0,
        entry.0,
        position,
        photo.key,
        photo.width,
        photo.height,
        &photo.widths,
        photo.thumbhash,
        photo.colour,
        original,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many photos one side has shown.
pub(super) async fn count_photos(r: &mut Reader, case: CaseId, side: Side) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from case_photos join case_entries using (entry_id) where case_id = $1 and side = $2"#,
        case.0,
        side.name()
    )
    .fetch_one(r.conn())
    .await
}

/// A photo of the cases of an order.
pub(super) async fn photo(r: &mut Reader, order: OrderId, id: EvidenceId) -> Done<Option<Evidence>> {
    sqlx::query_as!(
        Evidence,
        r#"select p.photo_id as "id: EvidenceId", p.entry_id as "entry: CaseEntryId", p.key, p.width, p.height, p.widths,
             p.colour
           from case_photos p join case_entries e using (entry_id) join cases c using (case_id)
           where p.photo_id = $2 and c.order_id = $1"#,
        order.0,
        id.0
    )
    .fetch_optional(r.conn())
    .await
}

/// Photos of cases that ended before, with the folder of their pictures.
pub(super) async fn old_photos(
    r: &mut Reader,
    before: Moment,
    limit: i64,
) -> Done<Vec<(EvidenceId, String)>> {
    let rows = sqlx::query!(
        r#"select p.photo_id as "id: EvidenceId", p.key
           from case_photos p join case_entries e using (entry_id) join cases c using (case_id)
           where c.closed_at < $1 order by p.photo_id limit $2"#,
        before,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.key)).collect())
}

pub(super) async fn delete_photos(tx: &mut Tx, photos: &[EvidenceId]) -> Done<()> {
    let ids: Vec<uuid::Uuid> = photos.iter().map(|photo| photo.0).collect();
    sqlx::query!("delete from case_photos where photo_id = any($1)", &ids).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn insert_proposal(
    tx: &mut Tx,
    case: CaseId,
    side: Side,
    offer: Offer,
    refund: Option<Money>,
    ends_at: Moment,
) -> Done<ProposalId> {
    let (id, now): (ProposalId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        "insert into case_proposals (proposal_id, case_id, side, kind, refund_amount, state, made_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.0,
        case.0,
        side.name(),
        offer.name(),
        refund.map(|it| it.amount),
        super::table::OPEN,
        now,
        ends_at
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

pub(super) async fn proposals(r: &mut Reader, case: CaseId, currency: Currency) -> Done<Vec<Proposal>> {
    let rows = sqlx::query!(
        r#"select proposal_id as "id: ProposalId", side, kind, refund_amount, state, made_at, ends_at
           from case_proposals where case_id = $1 order by made_at, proposal_id"#,
        case.0
    )
    .fetch_all(r.conn())
    .await?;
    let mut found = Vec::new();
    for row in rows {
        found.push(Proposal {
            id: row.id,
            side: Side::find(&row.side).ok_or_else(|| unknown(&row.side))?,
            offer: Offer::find(&row.kind).ok_or_else(|| unknown(&row.kind))?,
            refund: row.refund_amount.map(|amount| Money::new(amount, currency)),
            state: row.state,
            made_at: row.made_at,
            ends_at: row.ends_at,
        });
    }
    Ok(found)
}

pub(super) async fn end_proposal(tx: &mut Tx, id: ProposalId, state: &str) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update case_proposals set state = $2, answered_at = $3 where proposal_id = $1",
        id.0,
        state,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_ruling(tx: &mut Tx, case: CaseId, n: i16, new: &NewRuling) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into case_rulings (case_id, n, outcome, refund_amount, reasons, by_id, seconded_by, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        case.0,
        n,
        new.verdict.name(),
        new.refund.map(|it| it.amount),
        new.reasons.as_str(),
        new.by.0,
        new.seconded_by.map(|by| by.0),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn rulings(r: &mut Reader, case: CaseId, currency: Currency) -> Done<Vec<Ruling>> {
    let rows = sqlx::query!(
        r#"select n, outcome, refund_amount, reasons, by_id as "by_id: MemberId", seconded_by as "seconded_by: MemberId", at
           from case_rulings where case_id = $1 order by n"#,
        case.0
    )
    .fetch_all(r.conn())
    .await?;
    let mut found = Vec::new();
    for row in rows {
        found.push(Ruling {
            n: row.n,
            verdict: Verdict::find(&row.outcome).ok_or_else(|| unknown(&row.outcome))?,
            refund: row.refund_amount.map(|amount| Money::new(amount, currency)),
            reasons: row.reasons,
            by: row.by_id,
            seconded_by: row.seconded_by,
            at: row.at,
        });
    }
    Ok(found)
}

pub(super) async fn blank_words(tx: &mut Tx, member: MemberId) -> Result<(), sqlx::Error> {
    sqlx::query!("update case_entries set words = '' where by_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}
