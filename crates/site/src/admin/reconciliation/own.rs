//! The company's own money: what somebody says that was taken, put in, and paid to a tax office.

use super::super::{Counts, acts, frame_of};
use crate::acting;
use crate::deals::staff_page;
use kernel::ids::Id;
use kernel::{Currency, FieldErrors, Money, Refusal, RunId, Say, TaxPlace, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::form::Filled;
use kit::parts::choice::{Choice, radios};
use kit::parts::{Opt, button, error_summary, form, form_acts, select, text};
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::reconciliation::own;
use market::staff::model::Reason;
use maud::{Markup, html};
use uuid::Uuid;

/// What can have happened: as it is sent, in the order in which it is offered.
const WHAT: [&str; 3] = ["earnings", "top-up", "tax"];

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    Ok(Answer::page(page(&me, counts, &me.filled(super::OWN))).secret())
}

pub(super) async fn book(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    let refuse = |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, counts, filled)));
    let mut errors = FieldErrors::none();
    let reason = errors.take("reason", Reason::read(typed.get("reason")));
    let act = read(&me, &typed, &mut errors);
    let (Some(reason), Some(act)) = (reason, act) else { return refuse(typed, errors) };
    let became = match acting::carry_out(&me, &act, &reason).await {
        Ok(became) => became,
        Err(Refusal::Conflict("earnings-too-much")) => {
            return refuse(typed, too_much("refused-earnings-too-much"));
        }
        Err(Refusal::Conflict("tax-too-much")) => return refuse(typed, too_much("refused-tax-too-much")),
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(acting::answer(&me, became, &staff_page("own-money"), me.say.own_money_booked()))
}

fn too_much(key: &'static str) -> FieldErrors {
    FieldErrors::one("amount", Wrong::Because(key))
}

/// The act that somebody typed, if nothing of it is wrong.
fn read(me: &SignedIn, typed: &Typed, errors: &mut FieldErrors) -> Option<Act> {
    let what = WHAT.into_iter().find(|what| *what == typed.get("what"));
    let what = errors.take("what", what.ok_or(Wrong::NotAChoice));
    let currency: Option<Currency> =
        errors.take("currency", typed.get("currency").parse().map_err(|_| Wrong::NotAChoice));
    let money = currency.and_then(|currency| errors.take("amount", amount(typed.get("amount"), currency)));
    if what? == "tax" {
        let place = TaxPlace::parse(typed.get("place").trim()).map(|place| place.to_string());
        let place = errors.take("place", place.ok_or(Wrong::NotAChoice));
        let number = typed.get("number").parse::<Uuid>().unwrap_or_else(|_| number(me));
        return Some(Act::PayTax { number, place: place?, money: money? });
    }
    let provider = names(me).into_iter().find(|name| *name == typed.get("provider"));
    let provider = errors.take("provider", provider.ok_or(Wrong::NotAChoice));
    let reference = errors.take("reference", own::reference(typed.get("reference")));
    let (provider, reference, money) = (provider?.to_owned(), reference?, money?);
    Some(match what? {
        "earnings" => Act::TakeEarnings { provider, reference, money },
        _ => Act::TopUp { provider, reference, money },
    })
}

fn amount(typed: &str, currency: Currency) -> Result<Money, Wrong> {
    Money::parse(typed, currency).filter(|money| money.amount > 0).ok_or(Wrong::NotAnAmount)
}

/// Makes one payment of a form, however often it is sent.
fn number(me: &SignedIn) -> Uuid {
    RunId::new(me.now, me.app.market.db.dice()).0
}

fn names(me: &SignedIn) -> Vec<&'static str> {
    me.app.market.providers.all().map(|provider| provider.name()).collect()
}

fn page(me: &SignedIn, counts: Counts, filled: &Filled) -> Markup {
    let say = &me.say;
    let labels = [
        ("what", say.own_money_what()),
        ("provider", say.own_money_provider()),
        ("reference", say.own_money_reference()),
        ("place", say.own_money_place()),
        ("amount", say.own_money_amount()),
        ("currency", say.own_money_currency()),
        ("reason", say.staff_reason()),
    ];
    let body = html! {
        (error_summary(say, &filled.errors, &labels))
        (form(me, &staff_page("own-money"), fields(me, filled)))
    };
    let heads = (say.own_money(), say.own_money_lead());
    frame_of(me, counts, "own-money", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

fn fields(me: &SignedIn, filled: &Filled) -> Markup {
    let say = &me.say;
    let kept = filled.get("number");
    let number = if kept.is_empty() { number(me).to_string() } else { kept.to_owned() };
    let providers: Vec<Opt> = names(me).into_iter().map(|name| Opt::new(name, name)).collect();
    let currencies: Vec<Opt> = Currency::all().into_iter().map(|c| Opt::new(c, c.code())).collect();
    html! {
        input type="hidden" name="number" value=(number);
        (radios(say, filled, "what", say.own_money_what(), WHAT.map(|what| choice(say, what)).to_vec()))
        (select(say, filled, "provider", say.own_money_provider(), providers).short())
        (text(say, filled, "reference", say.own_money_reference()).hint(say.own_money_reference_hint()).max(80))
        (text(say, filled, "place", say.own_money_place()).hint(say.own_money_place_hint()).optional().short())
        (text(say, filled, "amount", say.own_money_amount()).short())
        (select(say, filled, "currency", say.own_money_currency(), currencies)
            .or(me.app.market.config.market.currency.code()).short())
        (acts::reason(say, filled))
        (form_acts(false, html! { (button(say.own_money_book()).primary()) }))
    }
}

fn choice(say: &Say, what: &str) -> Choice {
    let key = format!("own-money-{what}");
    Choice::new(what, say.by_key(&key)).note(say.by_key(&format!("{key}-note")))
}
