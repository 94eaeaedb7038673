//! What the components promise: labels point at inputs, mistakes are found, nothing gets out of its quotes.

use super::*;
use crate::form::{Filled, Typed};
use kernel::{Currency, FieldErrors, Lang, Wrong};
use maud::Render;

fn say() -> Say {
    Say::new(Lang::EN)
}

fn wrong(field: &str, wrong: Wrong) -> Filled {
    Typed::of([(field, "<b>\"x\"</b>")]).with(FieldErrors::one(field, wrong))
}

#[test]
fn a_wrong_field_says_so_where_it_is() {
    let filled = wrong("title", Wrong::Required);
    let html = text(&say(), &filled, "title", "Title").hint("Short").render().into_string();
    assert!(html.contains(r#"<label for="f-title">Title</label>"#), "{html}");
    assert!(
        html.contains(r#"aria-describedby="f-title-hint f-title-err""#)
            && html.contains(r#"aria-invalid="true""#)
    );
    assert!(
        html.contains("&lt;b&gt;&quot;x&quot;&lt;/b&gt;"),
        "what was typed is kept, and harmless: {html}"
    );
    let summary = error_summary(&say(), &filled.errors, &[("title", "Title".to_owned())]).into_string();
    assert!(summary.contains(r##"<a href="#f-title">Title: "##), "{summary}");
    assert_eq!(error_summary(&say(), &FieldErrors::none(), &[]).into_string(), "");
}

#[test]
fn a_password_that_is_chosen_has_a_meter_and_one_that_is_known_has_none() {
    let filled = wrong("password", Wrong::Required);
    let chosen = new_password(&say(), &filled, "password", "Password").render().into_string();
    assert!(chosen.contains("<password-meter data-min=\"10\""), "{chosen}");
    assert!(!chosen.contains("value="), "and is never sent back: {chosen}");
    let known = password(&say(), &filled, "password", "Password").render().into_string();
    assert!(!known.contains("password-meter"), "{known}");
}

#[test]
fn a_password_is_never_sent_back() {
    let html =
        password(&say(), &wrong("password", Wrong::Required), "password", "Password").render().into_string();
    assert!(!html.contains("value=") && html.contains(r#"autocomplete="current-password""#), "{html}");
}

#[test]
fn money_shows_its_sign() {
    let field = |currency: &str| {
        let currency: Currency = currency.parse().unwrap();
        money_field(&say(), &Filled::empty(), "price", "Price", currency).render().into_string()
    };
    assert!(field("EUR").contains(r#"<span class="cur" aria-hidden="true">€</span>"#), "{}", field("EUR"));
    assert!(field("CHF").contains(">CHF<"));
}

#[test]
fn buttons() {
    assert_eq!(
        button("Save").primary().wide().render().into_string(),
        r#"<button class="btn primary wide">Save</button>"#
    );
    let remove = button("Remove").square().icon("trash").value("do", "delete").render().into_string();
    assert!(
        remove.contains(r#"aria-label="Remove""#) && remove.contains(r#"name="do" value="delete""#),
        "{remove}"
    );
    assert_eq!(
        link("/cart?a=1&b", "Cart").render().into_string(),
        r#"<a class="btn" href="/cart?a=1&amp;b">Cart</a>"#
    );
}

#[test]
fn only_the_first_of_a_group_has_the_fields_id() {
    let choices = vec![Choice::new("post", "By post").end("€4"), Choice::new("meet", "Meet")];
    let html =
        radios(&say(), &Filled::empty(), "delivery", "Delivery", choices).or("meet").render().into_string();
    assert_eq!(html.matches(r#"id="f-delivery""#).count(), 1);
    assert!(html.contains(r#"value="meet" checked"#), "{html}");
}

#[test]
fn pictures_offer_the_sizes_there_are() {
    let view = PictureView {
        key: "p/1".into(),
        width: 600,
        height: 400,
        widths: vec![240, 480, 600],
        colour: "d8e0cc".into(),
        alt: String::new(),
    };
    assert_eq!(
        (view.src(480), view.src(960)),
        ("/photos/p/1/480.webp".to_owned(), "/photos/p/1/600.webp".to_owned())
    );
    let html = picture(&view, "50vw", 480, picture::Urgency::Lazy).into_string();
    assert!(html.contains("/photos/p/1/240.webp 240w, ") && html.contains(r#"loading="lazy""#), "{html}");
    assert!(html.contains(r##"fill="#d8e0cc""##));
    let odd = PictureView { colour: "red\"".into(), ..view };
    assert!(!picture(&odd, "50vw", 480, picture::Urgency::First).into_string().contains("ground"));
}

#[test]
fn times_are_exact_for_machines() {
    let at = time::macros::datetime!(2026-11-22 20:05:09 +1);
    assert_eq!(time(at, "soon").into_string(), r#"<time datetime="2026-11-22T19:05:09Z">soon</time>"#);
}

#[test]
fn a_list_of_one_page_has_no_pager() {
    assert_eq!(pager(&say(), None, None).into_string(), "");
    assert!(!pager(&say(), None, Some("/x")).into_string().contains("prev"));
}
