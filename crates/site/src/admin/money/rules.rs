//! The rules of fees in the order in which they are asked, where the operator is registered for taxes, rates that they
//! wrote down, and what was sold where.

use super::{exposure, fee, fee_form, registration, tax_rate};
use crate::admin::{Counts, frame};
use crate::deals::percent;
use kernel::{Money, Say};
use kit::answer::Answer;
use kit::parts::{Opt, acts, date_time, link, panel, table};
use kit::visit::SignedIn;
use market::catalog::{Category, catalog};
use market::fees::{self, Fee, FeeRule, Rule};
use market::tax::{self, Registration, rates::Row};
use maud::{Markup, html};

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let rules = fees::list(&mut reader).await?;
    let registrations = tax::registrations(&mut reader).await?;
    let rates = tax::own_rates(&mut reader).await?;
    let today = reader.now().date();
    let sold = tax::exposure::by_place(&mut reader, today).await?;
    let say = &me.say;
    let body = html! {
        (panel("fees", &say.fee_rules(), html! {
            p.hint { (say.fee_rules_text()) }
            (acts(html! { (link(fee_form::PATH, say.fee_rule_new()).icon("plus")) }))
            (fee_rules(&me, &rules))
        }))
        (panel("registrations", &say.registrations(), html! {
            p.hint { (say.registrations_text()) }
            (acts(html! { (link(registration::PATH, say.registration_new()).icon("plus")) }))
            @if !registrations.is_empty() { (registered(say, &registrations)) }
        }))
        (panel("rates", &say.tax_rates(), html! {
            p.hint { (say.tax_rates_text()) }
            (acts(html! { (link(tax_rate::PATH, say.tax_rate_new()).icon("plus")) }))
            @if !rates.is_empty() { (own_rates(say, &rates)) }
        }))
        (exposure::of_year(say, today.year(), &sold))
    };
    let heads = (say.admin_rules(), say.admin_rules_lead());
    Ok(Answer::page(frame(&me, counts, "rules", (&heads.0, &heads.1), body)))
}

/// What counts where no rule fits.
pub(super) fn settings(me: &SignedIn) -> FeeRule {
    me.app.market.house().fees
}

/// "3 % + €0.10, at least €0.50, at most €20". `one` is one unit of the currency, if there is one.
pub(super) fn fee_words(say: &Say, fee: &Fee, money: impl Fn(i64) -> String) -> String {
    let mut words = say.fee_share(percent(say, fee.bp));
    if fee.fixed != 0 {
        words = format!("{words} + {}", money(fee.fixed));
    }
    let bounds = [
        (fee.min != 0).then(|| say.fee_at_least(money(fee.min))),
        fee.cap.map(|cap| say.fee_at_most(money(cap))),
    ];
    bounds.into_iter().flatten().fold(words, |words, bound| format!("{words}, {bound}"))
}

/// Amounts of a rule in its currency; one without has none but zeros.
pub(super) fn amounts<'a>(say: &'a Say, rule: &'a Rule, me: &'a SignedIn) -> impl Fn(i64) -> String + 'a {
    let currency = rule.currency.unwrap_or(me.app.market.config.market.currency);
    move |minor| say.money(Money::new(minor, currency))
}

/// A category with everything above it, in words.
pub(super) fn category(say: &Say, id: &str) -> String {
    let path = catalog().find(id).map(Category::path).unwrap_or_default();
    let names = path.iter().filter_map(|id| catalog().find(id)).map(|it| it.name(say.lang()));
    names.collect::<Vec<_>>().join(" › ")
}

/// Every category, to choose from.
pub(super) fn categories(say: &Say) -> Vec<Opt> {
    catalog().all().map(|it| Opt::new(&it.id, category(say, &it.id))).collect()
}

/// For whom a rule counts, in words.
pub(super) fn for_whom(say: &Say, rule: &Rule) -> String {
    let class = rule.business.map(|it| if it { say.seller_business() } else { say.seller_private() });
    let all = [
        rule.category.as_deref().map(|id| category(say, id)),
        rule.tier.map(|n| say.fee_rule_tier_n(i64::from(n))),
        class,
        rule.currency.map(|it| it.code().to_owned()),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    if all.is_empty() { say.fee_rule_any() } else { all.join(", ") }
}

fn fee_rules(me: &SignedIn, rules: &[Rule]) -> Markup {
    let say = &me.say;
    let heads = [
        (say.fee_rule_title(), false),
        (say.fee_rule_for(), false),
        (say.fee_commission(), false),
        (say.fee_buyer(), false),
        (say.rule_begins(), false),
    ];
    let last = settings(me);
    let home = me.app.market.config.market.currency;
    let at_home = |minor| say.money(Money::new(minor, home));
    table(
        "fees-table",
        &say.fee_rules(),
        &heads,
        html! {
            @for rule in rules {
                @let money = amounts(say, rule, me);
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        (rule.position) ". "
                        @match rule.fees.rule {
                            Some(id) => a href=(fee::path(id)) { (rule.title) },
                            None => (rule.title),
                        }
                    }
                    td data-label=(heads[1].0) { (for_whom(say, rule)) }
                    td data-label=(heads[2].0) { (fee_words(say, &rule.fees.commission, &money)) }
                    td data-label=(heads[3].0) { (fee_words(say, &rule.fees.buyer, &money)) }
                    td data-label=(heads[4].0) { (date_time(say, rule.begins_at)) }
                }
            }
            tr {
                th scope="row" data-label=(heads[0].0) { (say.fee_rule_settings()) }
                td data-label=(heads[1].0) { (say.fee_rule_rest()) }
                td data-label=(heads[2].0) { (fee_words(say, &last.commission, at_home)) }
                td data-label=(heads[3].0) { (fee_words(say, &last.buyer, at_home)) }
                td data-label=(heads[4].0) { "–" }
            }
        },
    )
}

fn registered(say: &Say, all: &[Registration]) -> Markup {
    let heads = [
        (say.tax_place(), false),
        (say.registration_scheme(), false),
        (say.registration_number(), false),
        (say.rule_begins(), false),
        (say.rule_ends(), false),
    ];
    table(
        "registrations-table",
        &say.registrations(),
        &heads,
        html! {
            @for it in all {
                tr {
                    th scope="row" data-label=(heads[0].0) { (it.place) }
                    td data-label=(heads[1].0) { (registration::scheme(say, it.scheme.name())) }
                    td data-label=(heads[2].0) { code { (it.number) } }
                    td data-label=(heads[3].0) { (it.begins) }
                    td data-label=(heads[4].0) { (ends(it.ends)) }
                }
            }
        },
    )
}

fn own_rates(say: &Say, all: &[Row]) -> Markup {
    let heads = [
        (say.tax_place(), false),
        (say.fee_rule_category(), false),
        (say.tax_rate(), true),
        (say.rule_begins(), false),
        (say.rule_ends(), false),
        (say.tax_rate_source(), false),
    ];
    let what = |id: &str| if id.is_empty() { say.tax_standard() } else { category(say, id) };
    table(
        "rates-table",
        &say.tax_rates(),
        &heads,
        html! {
            @for it in all {
                tr {
                    th scope="row" data-label=(heads[0].0) { (it.place) }
                    td data-label=(heads[1].0) { (what(&it.category)) }
                    td.num data-label=(heads[2].0) { (tax_rate::words(say, it.ppm)) }
                    td data-label=(heads[3].0) { (it.begins) }
                    td data-label=(heads[4].0) { (ends(it.ends)) }
                    td data-label=(heads[5].0) { (it.source) }
                }
            }
        },
    )
}

fn ends(day: Option<time::Date>) -> String {
    day.map_or_else(|| "–".to_owned(), |day| day.to_string())
}
