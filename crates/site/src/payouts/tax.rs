//! Who a seller is for the tax office: one form, which opens with what was said before.

use super::told;
use crate::countries;
use axum::http::StatusCode;
use kernel::Say;
use kit::answer::Answer;
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Choice, Page, Tone, back, button, error_summary, form, form_acts, form_section, layout, notice, radios,
    select, text, tick,
};
use kit::policy::Audience;
use kit::route::{Route, get, post};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::tax::profile::model::{
    BusinessName, FirstName, LastName, Postcode, Region, RegisterNumber, Street, TIN_MAX, Town, Who,
};
use market::tax::profile::{self, Details, Said, Standing};
use market::tax::{SellerClass, vat_id};
use market::yearly::own;
use maud::{Markup, html};

pub(super) const PATH: &str = "/payouts/tax";

pub(super) fn routes() -> Vec<Route> {
    // What it shows is their own business, also when staff looks as them.
    vec![
        get(PATH, "payouts.tax", show).audience(Audience::Verified).step_up().private(),
        post(PATH, "payouts.set_tax", set).audience(Audience::Verified).step_up().form_on(PATH),
    ]
}

async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let member = visit.member().id;
    let mut reader = visit.read().await?;
    let standing = profile::standing(&mut reader, member).await?;
    let is_told = own::is_told(&mut reader, member).await?;
    let filled = match visit.typed_into(PATH) {
        Some(typed) => Filled::from(typed),
        None => {
            let details = profile::open(&mut reader, &visit.app.market.door.vault, member).await?;
            details.as_ref().map(said_before).map(Filled::from).unwrap_or_default()
        }
    };
    Ok(Answer::page(page(&visit, &standing, is_told, &filled)).secret())
}

async fn set(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let details = match read(&typed).read(visit.now.date()) {
        Ok(details) => details,
        Err(errors) => {
            let (mut reader, member) = (visit.read().await?, visit.member().id);
            let standing = profile::standing(&mut reader, member).await?;
            let is_told = own::is_told(&mut reader, member).await?;
            let page = page(&visit, &standing, is_told, &typed.with(errors));
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret());
        }
    };
    let (client, vault) = (visit.client(), &visit.app.market.door.vault);
    let mut tx = visit.begin().await?;
    let by = (&client, visit.app.web.base_url.as_str());
    profile::set(&mut tx, vault, visit.member().id, &details, by).await?;
    tx.commit().await?;
    Ok(Answer::to(PATH).saying(Flash::ok(visit.say.tax_saved())))
}

fn read(typed: &Typed) -> Said<'_> {
    Said {
        class: typed.get("class"),
        country: typed.get("country"),
        first: typed.get("first"),
        last: typed.get("last"),
        born: typed.get("born"),
        birth_town: typed.get("birth_town"),
        birth_country: typed.get("birth_country"),
        business_name: typed.get("business_name"),
        registration: typed.get("registration"),
        vat_id: typed.get("vat_id"),
        self_billing: typed.ticked("self_billing"),
        street: typed.get("street"),
        postcode: typed.get("postcode"),
        town: typed.get("town"),
        region: typed.get("region"),
        tin: typed.get("tin"),
    }
}

/// The fields as they were filled in before.
fn said_before(details: &Details) -> Typed {
    let at = &details.address;
    let mut typed = Typed::of([
        ("class", details.class().name()),
        ("country", details.country.country()),
        ("street", at.street.as_str()),
        ("postcode", at.postcode.as_ref().map_or("", Postcode::as_str)),
        ("town", at.town.as_str()),
        ("region", at.region.as_ref().map_or("", Region::as_str)),
        ("tin", details.tin.as_deref().unwrap_or_default()),
    ]);
    match &details.who {
        Who::Private { first, last, birth } => {
            typed.add("first", first.as_str());
            typed.add("last", last.as_str());
            typed.add("born", birth.day.to_string());
            typed.add("birth_town", birth.town.as_ref().map_or("", Town::as_str));
            typed.add("birth_country", birth.country.map(|country| country.to_string()).unwrap_or_default());
        }
        Who::Business { name, registration, vat_id, self_billing } => {
            typed.add("business_name", name.as_str());
            typed.add("registration", registration.as_ref().map_or("", RegisterNumber::as_str));
            typed.add("vat_id", vat_id.as_deref().unwrap_or_default());
            typed.add("self_billing", if *self_billing { "1" } else { "" });
        }
    }
    typed
}

fn page(visit: &Visit, standing: &Standing, is_told: bool, filled: &Filled) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::account(), &say.account_title()))
        div.head { div { h1 { (say.tax_title()) } p { (say.tax_lead()) } } }
        (how_it_stands(say, standing))
        @if is_told { p { a href=(told::PATH) { (say.told_title()) } } }
        (error_summary(say, &filled.errors, &labels(say)))
        (form(visit, PATH, html! {
            (radios(say, filled, "class", say.tax_class(), classes(say)))
            (select(say, filled, "country", say.tax_country(), countries::options(say))
                .with_empty(say.tax_country_none()).autocomplete("country"))
            (form_section("s-person", &say.tax_person(), None, person(say, filled)))
            (form_section("s-business", &say.tax_business(), None, business(say, filled)))
            (form_section("s-address", &say.tax_address(), Some(&say.tax_address_hint()), address(say, filled)))
            (form_section("s-numbers", &say.tax_numbers(), None, html! {
                (text(say, filled, "tin", say.tax_tin()).hint(say.tax_tin_hint()).autocomplete("off").max(TIN_MAX * 2))
            }))
            (form_acts(false, html! { (button(say.tax_save()).primary()) }))
        }))
    };
    let page = Page::titled(say.tax_title()).medium().noindex().at(Active::Account);
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}

/// Whether they have said it, are asked for it, or wait for their money because of it.
fn how_it_stands(say: &Say, standing: &Standing) -> Markup {
    html! {
        @match (standing.stopped_at, standing.given_at, standing.asked_at) {
            (Some(since), ..) => {
                (notice(Tone::Danger, &say.tax_stopped_title(say.date(since)), html! { (say.payout_hold_tax_details()) }))
            }
            (None, Some(_), _) => (notice(Tone::Brand, "", html! { (say.tax_given()) })),
            (None, None, Some(_)) => (notice(Tone::Accent, "", html! { (say.tax_asked()) })),
            (None, None, None) => {}
        }
    }
}

fn classes(say: &Say) -> Vec<Choice> {
    vec![
        Choice::new(SellerClass::Private.name(), say.tax_class_private()).note(say.tax_class_private_note()),
        Choice::new(SellerClass::Business.name(), say.tax_class_business())
            .note(say.tax_class_business_note()),
    ]
}

fn person(say: &Say, filled: &Filled) -> Markup {
    html! {
        (text(say, filled, "first", say.tax_first()).autocomplete("given-name").max(FirstName::MAX))
        (text(say, filled, "last", say.tax_last()).autocomplete("family-name").max(LastName::MAX))
        (text(say, filled, "born", say.tax_born()).hint(say.tax_born_hint()).autocomplete("bday").short())
        (text(say, filled, "birth_town", say.tax_birth_town()).hint(say.tax_birth_hint()).optional().max(Town::MAX))
        (select(say, filled, "birth_country", say.tax_birth_country(), countries::options(say))
            .with_empty(say.tax_country_none()).hint(say.tax_birth_hint()).optional())
    }
}

fn business(say: &Say, filled: &Filled) -> Markup {
    html! {
        (text(say, filled, "business_name", say.tax_business_name()).autocomplete("organization").max(BusinessName::MAX))
        (text(say, filled, "registration", say.tax_registration()).optional().max(RegisterNumber::MAX))
        (text(say, filled, "vat_id", say.tax_vat_id()).hint(say.tax_vat_id_hint()).optional().max(vat_id::TYPED_MAX))
        (tick(filled, "self_billing", &say.tax_self_billing()))
    }
}

fn address(say: &Say, filled: &Filled) -> Markup {
    html! {
        (text(say, filled, "street", say.tax_street()).autocomplete("street-address").max(Street::MAX))
        (text(say, filled, "postcode", say.tax_postcode()).autocomplete("postal-code").short().max(Postcode::MAX))
        (text(say, filled, "town", say.tax_town()).autocomplete("address-level2").max(Town::MAX))
        (text(say, filled, "region", say.tax_region()).hint(say.tax_region_hint()).optional()
            .autocomplete("address-level1").max(Region::MAX))
    }
}

fn labels(say: &Say) -> [(&'static str, String); 15] {
    [
        ("class", say.tax_class()),
        ("country", say.tax_country()),
        ("first", say.tax_first()),
        ("last", say.tax_last()),
        ("born", say.tax_born()),
        ("birth_town", say.tax_birth_town()),
        ("birth_country", say.tax_birth_country()),
        ("business_name", say.tax_business_name()),
        ("registration", say.tax_registration()),
        ("vat_id", say.tax_vat_id()),
        ("street", say.tax_street()),
        ("postcode", say.tax_postcode()),
        ("town", say.tax_town()),
        ("region", say.tax_region()),
        ("tin", say.tax_tin()),
    ]
}
