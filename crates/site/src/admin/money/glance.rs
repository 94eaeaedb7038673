//! Money on the first page of the administration: what needs a person now.

use super::{tickets as list, transit};
use kernel::{Money, Refusal};
use kit::parts::{Facts, State, acts, facts, link, panel, status};
use kit::policy::Permission;
use kit::visit::SignedIn;
use ledger::ages;
use market::rates;
use market::reconciliation::solvency::{self, Standing};
use market::tickets::{self, Kind};
use maud::{Markup, html};
use platform::Reader;
use time::Date;

/// What of it somebody may see.
#[derive(Debug, Default)]
pub(in crate::admin) struct Glance {
    kinds: Vec<(Kind, i64)>,
    /// Accounts on which money stands too long.
    late: usize,
    /// What is missing with providers, in each currency in which something is.
    short: Vec<Money>,
    /// The day of rates between currencies that are old, and whether newer ones are fetched.
    old_rates: Option<(Date, bool)>,
    sees_books: bool,
}

impl Glance {
    pub(in crate::admin) async fn load(reader: &mut Reader, me: &SignedIn) -> Result<Self, Refusal> {
        let mut glance = Self::default();
        if me.member().may(Permission::TicketsSee) {
            glance.kinds = tickets::counts(reader).await?;
        }
        if me.member().may(Permission::LedgerSee) {
            glance.sees_books = true;
            glance.late = ages::late(reader, me.now).await?.len();
            let old = rates::newest(reader).await?.filter(|day| rates::is_old(*day, me.now.date()));
            glance.old_rates = old.map(|day| (day, me.app.market.config.rates.enabled));
            glance.short = solvency::standing(reader).await?.iter().filter_map(Standing::missing).collect();
        }
        Ok(glance)
    }

    /// Whether nobody has to do anything about it.
    pub(in crate::admin) fn is_quiet(&self) -> bool {
        self.kinds.is_empty() && self.late == 0 && self.short.is_empty()
    }
}

/// Nothing for who may see nothing of it.
pub(in crate::admin) fn panel_of(me: &SignedIn, glance: &Glance) -> Markup {
    let say = &me.say;
    let mut told: Facts = Vec::new();
    for (kind, n) in &glance.kinds {
        let href = list::address(Some(*kind));
        told.push((say.by_key(&kind.key()), html! { a href=(href) { (say.tickets_open(*n)) } }));
    }
    if glance.late > 0 {
        let late = status(State::Bad, &say.transit_late_accounts(glance.late));
        told.push((say.transit_late(), html! { a href=(transit::path()) { (late) } }));
    }
    for short in &glance.short {
        let words = status(State::Bad, &say.cover_missing(say.money(*short)));
        told.push((say.cover_in(short.currency.code()), html! { a href=(transit::path()) { (words) } }));
    }
    if let Some((day, are_fetched)) = glance.old_rates {
        let day = say.day(day, me.now.date());
        let words = match are_fetched {
            true => status(State::Bad, &say.admin_rates_late(day)),
            false => status(State::Wait, &say.admin_rates_off(day)),
        };
        told.push((say.admin_rates(), words));
    }
    let is_seen = glance.sees_books || me.member().may(Permission::TicketsSee);
    html! {
        @if is_seen {
            (panel("money", &say.admin_money(), html! {
                @if told.is_empty() { p { (say.admin_money_quiet()) } } @else { (facts(&told)) }
                (acts(html! {
                    @if me.member().may(Permission::TicketsSee) {
                        (link(list::address(None), say.admin_tickets()))
                    }
                    @if glance.sees_books { (link(transit::path(), say.admin_transit())) }
                }))
            }))
        }
    }
}
