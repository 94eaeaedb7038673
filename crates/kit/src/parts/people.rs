//! Members as others see them.

use super::icon::icon_of;
use crate::links;
use kernel::Say;
use maud::{Markup, html};

/// What is shown of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonView {
    pub handle: String,
    pub name: String,
    /// Folder of the picture's renditions.
    pub avatar: Option<String>,
    pub sales: Option<i64>,
    /// The year they joined.
    pub since: Option<i32>,
}

/// The picture, or the initials.
pub fn avatar(person: &PersonView, large: bool) -> Markup {
    let (class, size) = if large { ("avatar large", 96) } else { ("avatar", 48) };
    html! {
        @match &person.avatar {
            Some(key) => img class=(class) alt="" width=(size) height=(size) src=(links::avatar(key, 240)) loading="lazy";,
            None => span class=(class) aria-hidden="true" { (initials(&person.name)) },
        }
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// A link to a member's page with what speaks for them; of who has left, that they have.
pub fn seller_card(say: &Say, person: &PersonView) -> Markup {
    if person.handle.is_empty() {
        return html! { div.seller { (avatar(person, false)) span { b { (say.person_gone()) } } } };
    }
    html! {
        a.seller href=(links::member(&person.handle)) {
            (avatar(person, false))
            span {
                b { bdi { (person.name) } }
                span.meta {
                    @if let Some(sales) = person.sales { span { (say.seller_sales(sales)) } }
                    @if let Some(year) = person.since { span { (say.seller_since(year.to_string())) } }
                }
            }
            (icon_of("chevron-end", "icon flip"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_all_kinds_of_names() {
        assert_eq!(initials("Ada Maria Lovelace"), "AL");
        assert_eq!(initials("ada"), "A");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("山田 太郎"), "山太");
    }
}
