//! Making a rule of fees, with a look at what it takes of a price before it counts.

use super::fee_typed::{self, POSITIONS, TIERS, Wanted};
use super::rules;
use crate::acting;
use crate::admin::{Counts, acts, frame_of};
use crate::deals::staff_page;
use kernel::{Currency, FieldErrors, Money, Refusal, Say};
use kit::Typed;
use kit::answer::Answer;
use kit::form::Filled;
use kit::parts::{
    Facts, Field, Opt, back, button, error_summary, facts, form, form_acts, form_section, number, panel,
    select, text,
};
use kit::visit::SignedIn;
use market::fees::{self, Sale};
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/rules/fees/new";

/// What a rule takes of a price, and what counts now for the same sale.
struct Tried {
    price: Money,
    commission: Money,
    buyer: Money,
    commission_now: Money,
    buyer_now: Money,
}

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    Ok(Answer::page(page(&me, counts, &me.filled(PATH), None)))
}

/// Makes it, or only tries it out: the button says which.
pub(super) async fn make(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    let refuse =
        |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, counts, filled, None)));
    let wanted = match fee_typed::read(&typed, me.app.market.config.market.currency) {
        Ok(wanted) => wanted,
        Err(errors) => return refuse(typed, errors),
    };
    if typed.get("do") == "try" {
        let tried = try_out(&me, &typed, &wanted).await?;
        return Ok(Answer::page(page(&me, counts, &Filled::from(typed), Some(&tried))));
    }
    let why = match Reason::read(typed.get("reason")) {
        Ok(why) => why,
        Err(wrong) => return refuse(typed, FieldErrors::one("reason", wrong)),
    };
    let became = match acting::carry_out(&me, &wanted.act, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    Ok(acting::answer(&me, became, &staff_page("rules"), me.say.fee_rule_made()))
}

async fn try_out(me: &SignedIn, typed: &Typed, wanted: &Wanted) -> Result<Tried, Refusal> {
    let sale = Sale {
        category: Some(typed.get("category")).filter(|it| !it.is_empty()),
        tier: typed.get("tier").parse().unwrap_or_default(),
        business: typed.get("business") == "business",
        currency: wanted.sample.currency,
    };
    let settings = rules::settings(me);
    let mut reader = me.app.market.db.read().await?;
    let now = fees::rules_of(&mut reader, &[sale], &settings).await?;
    let now = now.first().unwrap_or(&settings);
    let price = wanted.sample;
    Ok(Tried {
        price,
        commission: wanted.commission.of(price)?,
        buyer: wanted.buyer.of(price)?,
        commission_now: now.commission.of(price)?,
        buyer_now: now.buyer.of(price)?,
    })
}

fn page(me: &SignedIn, counts: Counts, filled: &Filled, tried: Option<&Tried>) -> Markup {
    let say = &me.say;
    let body = html! {
        (back(&staff_page("rules"), &say.admin_rules()))
        (error_summary(say, &filled.errors, &labels(say)))
        @if let Some(tried) = tried { (preview(say, tried)) }
        (form(me, PATH, fields(say, filled)))
    };
    let heads = (say.fee_rule_new(), say.fee_rule_new_lead());
    frame_of(me, counts, "rules", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

fn labels(say: &Say) -> Vec<(&'static str, String)> {
    vec![
        ("title", say.fee_rule_title()),
        ("position", say.fee_rule_position()),
        ("category", say.fee_rule_category()),
        ("tier", say.fee_rule_tier()),
        ("business", say.fee_rule_class()),
        ("currency", say.ledger_currency()),
        ("commission_bp", say.fee_commission()),
        ("commission_fixed", say.fee_fixed()),
        ("commission_min", say.fee_min()),
        ("commission_cap", say.fee_cap()),
        ("buyer_bp", say.fee_buyer()),
        ("buyer_fixed", say.fee_fixed()),
        ("buyer_cap", say.fee_cap()),
        ("begins_at", say.rule_begins()),
        ("sample", say.fee_sample()),
        ("reason", say.staff_reason()),
    ]
}

fn preview(say: &Say, tried: &Tried) -> Markup {
    let less = |from: Money, part: Money| Money::new(from.amount.saturating_sub(part.amount), from.currency);
    let more = |to: Money, part: Money| Money::new(to.amount.saturating_add(part.amount), to.currency);
    let against =
        |then: Money, now: Money| html! { (say.money(then)) " " span.hint { (say.fee_now(say.money(now))) } };
    let told: Facts = vec![
        (say.fee_sample(), html! { (say.money(tried.price)) }),
        (say.fee_commission(), against(tried.commission, tried.commission_now)),
        (
            say.fee_seller_gets(),
            against(less(tried.price, tried.commission), less(tried.price, tried.commission_now)),
        ),
        (say.fee_buyer(), against(tried.buyer, tried.buyer_now)),
        (say.fee_buyer_pays(), against(more(tried.price, tried.buyer), more(tried.price, tried.buyer_now))),
    ];
    panel("tried", &say.fee_tried(), html! { (facts(&told)) })
}

fn fields(say: &Say, filled: &Filled) -> Markup {
    let ((min, max), hints) = (POSITIONS, (say.fee_commission_hint(), say.fee_buyer_hint()));
    let tiers = TIERS.into_iter().map(|n| Opt::new(n, say.fee_rule_tier_n(i64::from(n)))).collect();
    let classes =
        vec![Opt::new("private", say.seller_private()), Opt::new("business", say.seller_business())];
    let currencies = Currency::all().into_iter().map(|it| Opt::new(it, it.code())).collect();
    html! {
        (text(say, filled, "title", say.fee_rule_title()).max(80))
        (number(say, filled, "position", say.fee_rule_position(), min, max).hint(say.fee_rule_position_hint()))
        (form_section("for-whom", &say.fee_rule_for(), None, html! {
            (select(say, filled, "category", say.fee_rule_category(), rules::categories(say)).with_empty(say.fee_rule_any()))
            div.pair {
                (select(say, filled, "tier", say.fee_rule_tier(), tiers).with_empty(say.fee_rule_any()))
                (select(say, filled, "business", say.fee_rule_class(), classes).with_empty(say.fee_rule_any()))
            }
            (select(say, filled, "currency", say.ledger_currency(), currencies)
                .with_empty(say.fee_rule_any()).short().hint(say.fee_rule_currency_hint()))
        }))
        (form_section("commission", &say.fee_commission(), Some(hints.0.as_str()), html! {
            div.pair {
                (percent(say, filled, "commission_bp"))
                (text(say, filled, "commission_fixed", say.fee_fixed()).short().optional())
            }
            div.pair {
                (text(say, filled, "commission_min", say.fee_min()).short().optional())
                (text(say, filled, "commission_cap", say.fee_cap()).short().optional())
            }
        }))
        (form_section("buyer", &say.fee_buyer(), Some(hints.1.as_str()), html! {
            div.pair {
                (percent(say, filled, "buyer_bp"))
                (text(say, filled, "buyer_fixed", say.fee_fixed()).short().optional())
            }
            (text(say, filled, "buyer_cap", say.fee_cap()).short().optional())
        }))
        (text(say, filled, "begins_at", say.rule_begins()).short().hint(say.rule_begins_hint()).optional())
        (text(say, filled, "sample", say.fee_sample()).short().hint(say.fee_sample_hint()).optional())
        (acts::reason(say, filled))
        (form_acts(false, html! {
            (button(say.fee_try()).value("do", "try"))
            (button(say.fee_rule_make()).value("do", "make").primary())
        }))
    }
}

fn percent(say: &Say, filled: &Filled, name: &str) -> Field {
    text(say, filled, name, say.fee_percent()).short().or("0")
}
