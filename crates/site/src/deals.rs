//! What the pages of carts, payments and orders share: who the others are, small pictures, refusals in
//! words.

use crate::members;
use kernel::{FieldErrors, MemberId, OrderId, Refusal, Say};
use kit::answer::Denied;
use kit::links;
use kit::parts::icon::icon;
use kit::parts::people::PersonView;
use market::accounts::model::Member;
use market::accounts::rules as accounts;
use maud::{Markup, html};
use platform::Reader;
use std::collections::HashMap;

/// Members by their ids.
#[derive(Debug, Default)]
pub(crate) struct People(HashMap<MemberId, Member>);

impl People {
    pub(crate) async fn find(
        reader: &mut Reader,
        ids: impl IntoIterator<Item = MemberId>,
    ) -> Result<Self, Refusal> {
        let mut ids: Vec<MemberId> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let found = accounts::find_many(reader, &ids).await?;
        Ok(Self(found.into_iter().map(|m| (m.id, m)).collect()))
    }

    /// What is shown of a member.
    pub(crate) fn view(&self, id: MemberId) -> PersonView {
        self.0.get(&id).map(members::person).unwrap_or_default()
    }
}

/// A link to a member's page by their name.
pub(crate) fn name_link(person: &PersonView) -> Markup {
    html! { a href=(links::member(&person.handle)) { bdi { (person.name) } } }
}

/// The small picture of something that is or was bought; `key` is the folder of its renditions.
pub(crate) fn thumb(key: Option<&str>) -> Markup {
    html! {
        @match key {
            Some(key) => img src=(links::photo(key, 240, "webp")) alt="" width="96" height="96" loading="lazy"
                decoding="async";,
            None => (icon("image")),
        }
    }
}

/// What stands in the way, in words that fit above a page. Errors: a refusal that is no ordinary answer.
pub(crate) fn why(say: &Say, refusal: Refusal) -> Result<String, Refusal> {
    match &refusal {
        Refusal::Fields(errors) => {
            Ok(errors.iter().map(|(_, wrong)| wrong.say(say)).next().unwrap_or_default())
        }
        Refusal::Conflict(_) => Ok(Denied::from(refusal).text(say)),
        _ => Err(refusal),
    }
}

/// Rules name fields by their place in a body ("delivery/address/town"); a form names them by their last word.
pub(crate) fn last_names(errors: &FieldErrors) -> FieldErrors {
    let mut named = FieldErrors::none();
    for (field, wrong) in errors.iter() {
        named.add(field.rsplit('/').next().unwrap_or(field), wrong.clone());
    }
    named
}

/// Basis points as people write percentages: 525 is "5.25".
pub(crate) fn percent(say: &Say, basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    say.decimal(text.trim_end_matches('0').trim_end_matches('.'))
}

/// A page for staff: "" is the overview, "jobs", "orders", "payments", "ledger".
pub(crate) fn staff_page(name: &str) -> String {
    if name.is_empty() { links::staff() } else { format!("{}/{name}", links::staff()) }
}

/// The page of the problem with an order: "" is the page, "/say", "/photos", "/propose", "/answer" what is done there.
pub(crate) fn case_page(order: OrderId, rest: &str) -> String {
    format!("{}/case{rest}", links::order(order))
}

/// The key of a message whose last part is data: "order-state" and "claim_open" give "order-state-claim-open".
pub(crate) fn key(kind: &str, name: &str) -> String {
    format!("{kind}-{}", name.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Lang, Wrong};

    #[test]
    fn percentages() {
        let (en, de) = (Say::new(Lang::EN), Say::new(Lang::find("de").unwrap()));
        assert_eq!(percent(&en, 500), "5");
        assert_eq!(percent(&en, 1050), "10.5");
        assert_eq!(percent(&de, 525), "5,25");
        assert_eq!(percent(&en, 0), "0");
    }

    #[test]
    fn fields_lose_their_path() {
        let errors = last_names(&FieldErrors::one("delivery/address/town", Wrong::Required));
        assert_eq!(errors.of("town"), Some(&Wrong::Required));
    }
}
