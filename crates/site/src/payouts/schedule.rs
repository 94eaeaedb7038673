//! How often somebody is paid out, and from which amount on.

use super::{SCHEDULE, SET_UP};
use axum::http::StatusCode;
use kernel::{Currency, FieldErrors, Money, Wrong};
use kit::answer::Answer;
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Opt, Page, back, button, error_summary, form, form_acts, layout, money_field, select};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::payouts::{Account, accounts};
use maud::{Markup, html};
use platform::config::PayoutSchedule;

/// The most that somebody lets gather, major units.
const MOST: i64 = 100_000;

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let Some(account) = first(&me).await? else { return Ok(Answer::to(SET_UP)) };
    let typed = me.typed_into(SCHEDULE).map(Filled::from);
    let filled = typed.unwrap_or_else(|| stored(&me, &account));
    Ok(Answer::page(page(&me, &account, &filled)))
}

/// The same for every account: it is one seller.
pub(super) async fn save(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let Some(account) = first(&me).await? else { return Ok(Answer::to(SET_UP)) };
    let currency = currency(&me, &account);
    let mut errors = FieldErrors::none();
    let schedule = PayoutSchedule::find(typed.get("schedule")).ok_or(Wrong::NotAChoice);
    let schedule = errors.take("schedule", schedule);
    let least = least(&me, currency);
    let minimum = errors.take("minimum", minimum(typed.get("minimum"), least));
    let (Some(schedule), Some(minimum)) = (schedule, minimum) else {
        let page = page(&me, &account, &typed.with(errors));
        return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    let terms = me.app.market.payout_terms();
    let mut tx = me.begin().await?;
    for account in accounts::of_member(&mut tx, me.member().id).await? {
        let whose = (account.member, account.provider.as_str());
        accounts::set_schedule(&mut tx, &terms, whose, schedule, minimum.amount).await?;
    }
    tx.commit().await?;
    Ok(Answer::to(links::payouts()).saying(Flash::ok(me.say.payouts_schedule_saved())))
}

fn minimum(typed: &str, least: Money) -> Result<Money, Wrong> {
    let found = Money::parse(typed, least.currency).ok_or(Wrong::NotAnAmount)?;
    let most = Money::new(MOST.saturating_mul(least.currency.minor_per_major()), least.currency);
    match found.amount {
        amount if amount < least.amount => Err(Wrong::TooLittle { min: least }),
        amount if amount > most.amount => Err(Wrong::TooMuch { max: most }),
        _ => Ok(found),
    }
}

async fn first(me: &SignedIn) -> Result<Option<Account>, Answer> {
    Ok(accounts::of_member(&mut me.read().await?, me.member().id).await?.into_iter().next())
}

fn currency(visit: &Visit, account: &Account) -> Currency {
    let own = account.currency.as_deref().and_then(|code| code.parse().ok());
    own.unwrap_or(visit.app.market.config.market.currency)
}

/// What the settings pay out at least.
fn least(visit: &Visit, currency: Currency) -> Money {
    Money::new(visit.app.market.payout_terms().minimum, currency)
}

fn stored(visit: &Visit, account: &Account) -> Filled {
    let least = least(visit, currency(visit, account));
    let minimum = Money::new(account.minimum.max(least.amount), least.currency).decimal();
    Typed::of([("schedule", account.schedule.clone()), ("minimum", minimum)]).with(FieldErrors::none())
}

fn page(visit: &Visit, account: &Account, filled: &Filled) -> Markup {
    let say = &visit.say;
    let currency = currency(visit, account);
    let labels = [("schedule", say.payouts_schedule()), ("minimum", say.payouts_minimum())];
    let options = PayoutSchedule::ALL
        .map(|it| Opt::new(it.name(), say.by_key(&format!("payout-schedule-{}", it.name()))));
    let body = html! {
        (back(&links::payouts(), &say.payouts_title()))
        div.head { div { h1 { (say.payouts_schedule_title()) } p { (say.payouts_schedule_lead()) } } }
        (error_summary(say, &filled.errors, &labels))
        (form(visit, SCHEDULE, html! {
            (select(say, filled, "schedule", say.payouts_schedule(), options.into()).short())
            (money_field(say, filled, "minimum", say.payouts_minimum(), currency)
                .hint(say.payouts_minimum_hint(say.money(least(visit, currency)))))
            (form_acts(false, html! { (button(say.payouts_schedule_save()).primary()) }))
        }))
    };
    let page = Page::titled(say.payouts_schedule_title()).medium().noindex().at(Active::Account);
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}
