//! Making the demo marketplace.

use super::deals;
use super::script::{self, ListingRow, MemberRow};
use crate::accounts::model::{Bio, DisplayName, Member, Registration, Role};
use crate::accounts::rules as accounts;
use crate::catalog::catalog;
use crate::listings::edit::{Edit, Raw};
use crate::listings::rules as listings;
use crate::photos::rules as photos;
use crate::work::Market;
use bytes::Bytes;
use futures_util::future::try_join_all;
use images::scene;
use kernel::ids::Id;
use kernel::{Clock, Currency, Lang, ListingId, PhotoId, Refusal};
use platform::Db;
use std::collections::HashMap;
use time::Duration;

/// The password of every member of the demo. It is published, so the demo is for the sandbox only.
pub const PASSWORD: &str = "lamps-and-chairs";
/// Listings that are made side by side: their pictures wait for the processor and for the disk in turn.
const AT_ONCE: usize = 4;
/// How far back the demo's history goes.
const PAST: Duration = Duration::days(60);

/// What the demo is made with.
pub struct Demo<'a> {
    pub market: &'a Market,
    /// Opens a drawing by the code points of its emoji ("1f6b2").
    pub drawing: &'a (dyn Fn(&str) -> std::io::Result<Vec<u8>> + Sync),
    /// Called with what was done out of how much.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// What was made.
#[derive(Debug, Default)]
pub struct Made {
    pub members: usize,
    pub listings: usize,
    pub orders: usize,
    /// The address of the member that the demo's orders are about.
    pub sign_in_as: String,
}

/// Makes members, listings and orders. Errors: `Conflict("demo-not-empty")` when somebody is there already, so
/// that nobody mixes it with real people; a drawing that is missing.
pub async fn make(demo: &Demo<'_>) -> Result<Made, Refusal> {
    if accounts::find_by_email(&mut demo.market.db.read().await?, &address("operator")).await?.is_some() {
        return Err(Refusal::Conflict("demo-not-empty"));
    }
    let rows = script::members().map_err(Refusal::broken)?;
    let things = script::listings().map_err(Refusal::broken)?;
    let total = (rows.len() + things.len()) as u64;
    let hash = demo.market.door.hasher.hash(PASSWORD.to_owned()).await.map_err(accounts::busy)?;
    let past = Clock::stopped_at(demo.market.db.now() - PAST);
    let db = demo.market.db.with_clock(past.clone());
    let mut members = HashMap::new();
    for (done, row) in rows.iter().enumerate() {
        members.insert(row.handle.clone(), member(demo, &db, row, &hash).await?);
        (demo.progress)(done as u64, total);
    }
    category_pictures(demo).await?;
    let step = PAST / i32::try_from(things.len() + 1).unwrap_or(i32::MAX);
    for (done, chunk) in things.chunks(AT_ONCE).enumerate() {
        past.advance(step * i32::try_from(chunk.len()).unwrap_or(1));
        try_join_all(chunk.iter().map(|row| listing(demo, &db, row, &members))).await?;
        (demo.progress)((rows.len() + done * AT_ONCE) as u64, total);
    }
    let began = demo.market.db.with_clock(Clock::stopped_at(demo.market.db.now() - PAST));
    let operator = staff(&began, &hash).await?;
    let orders = deals::make(demo, &members, &operator).await?;
    (demo.progress)(total, total);
    let mut handles: Vec<&String> = members.keys().collect();
    handles.sort();
    let sign_in_as = handles.first().map(|h| address(h)).unwrap_or_default();
    Ok(Made { members: rows.len() + 1, listings: things.len(), orders, sign_in_as })
}

fn address(handle: &str) -> String {
    format!("{handle}@demo.example")
}

async fn staff(db: &Db, hash: &str) -> Result<Member, Refusal> {
    let who = Registration::read(&address("operator"), PASSWORD, "Olga, who runs this place", Lang::EN)?;
    let mut tx = db.begin().await?;
    let roles = [Role::Operator, Role::Support];
    let made = accounts::create_verified(&mut tx, &who, hash, Some("operator"), &roles).await?;
    let member = accounts::find(&mut tx, made.id).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    Ok(member)
}

async fn member(demo: &Demo<'_>, db: &Db, row: &MemberRow, hash: &str) -> Result<Member, Refusal> {
    let who = Registration::read(&address(&row.handle), PASSWORD, &row.display_name, Lang::EN)?;
    let drawing = (demo.drawing)(&row.avatar.emoji).map_err(Refusal::broken)?;
    let picture = scene::compose_avatar(&drawing, &row.avatar.ground).map_err(Refusal::broken)?;
    let id = PhotoId::new(db.now(), db.dice());
    let kept =
        photos::keep(&demo.market.studio, &demo.market.objects, "avatars", id, Bytes::from(picture)).await?;
    let mut tx = db.begin().await?;
    let member = accounts::create_verified(&mut tx, &who, hash, Some(&row.handle), &[]).await?;
    let name = DisplayName::read(&row.display_name).map_err(|w| Refusal::field("display_name", w))?;
    let bio = Bio::read(&row.bio).map_err(|w| Refusal::field("bio", w))?;
    accounts::edit_profile(&mut tx, member.id, &name, &bio, Some((&row.town, &row.country))).await?;
    accounts::set_avatar(&mut tx, member.id, &kept.key).await?;
    let member = accounts::find(&mut tx, member.id).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    Ok(member)
}

async fn listing(
    demo: &Demo<'_>,
    db: &Db,
    row: &ListingRow,
    members: &HashMap<String, Member>,
) -> Result<ListingId, Refusal> {
    let seller = members.get(&row.seller).ok_or(Refusal::NotFound)?;
    let currency: Currency = row.currency.parse().map_err(Refusal::broken)?;
    let edit = Edit::read(raw(row), catalog(), currency, None)?;
    let mut tx = db.begin().await?;
    let draft = listings::open(&mut tx, seller, edit, currency).await?;
    tx.commit().await?;
    let mut shown: HashMap<&str, usize> = HashMap::new();
    for emoji in &row.emoji {
        // The same thing again is another view of it.
        let view = shown.entry(emoji).and_modify(|n| *n += 1).or_insert(0);
        let drawing = (demo.drawing)(emoji).map_err(Refusal::broken)?;
        let (ground, view) = (row.ground.clone(), *view);
        let compose = move || scene::compose(&drawing, &ground, view);
        let picture =
            tokio::task::spawn_blocking(compose).await.map_err(Refusal::broken)?.map_err(Refusal::broken)?;
        let machines = (&demo.market.studio, &demo.market.objects);
        crate::listings::photos::add(db, machines, seller, draft.id, Bytes::from(picture)).await?;
    }
    let mut tx = db.begin().await?;
    listings::publish(&mut tx, seller, draft.id).await?;
    tx.commit().await?;
    Ok(draft.id)
}

fn raw(row: &ListingRow) -> Raw {
    Raw {
        title: Some(row.title.clone()),
        description: Some(row.description.trim().to_owned()),
        category: Some(row.category.clone()),
        condition: Some(row.condition.clone()),
        price_minor: row.price,
        open_to_offers: Some(row.offers),
        deal: row.deal.clone(),
        wanted: row.wanted.clone(),
        quantity: row.quantity.map(|q| q.to_string()),
        delivery: Some(row.delivery.clone()),
        shipping_minor: row.shipping,
        attributes: Some(row.attributes.iter().map(|(id, v)| (id.clone(), script::plain(v))).collect()),
        ..Raw::default()
    }
}

/// The pictures of the categories on the home page.
async fn category_pictures(demo: &Demo<'_>) -> Result<(), Refusal> {
    for category in catalog().all() {
        let Some(icon) = &category.icon else { continue };
        let picture = (demo.drawing)(icon).map_err(Refusal::broken)?;
        let key = format!("categories/{icon}.webp");
        demo.market.objects.put(&key, Bytes::from(picture), "image/webp").await.map_err(Refusal::broken)?;
    }
    Ok(())
}
