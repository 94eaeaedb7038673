//! The skeleton of every page.

use super::frame;
use crate::assets;
use crate::flash::Flash;
use crate::theme::Theme;
use crate::visit::Visit;
use maud::{DOCTYPE, Markup, html};

/// Which of the links around the page leads here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Active {
    #[default]
    None,
    Home,
    Search,
    Cart,
    Orders,
    Account,
    Sell,
    SignIn,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Width {
    #[default]
    Wide,
    Medium,
    Narrow,
}

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub struct Page {
    title: String,
    description: Option<String>,
    canonical: Option<String>,
    image: Option<String>,
    active: Active,
    width: Width,
    noindex: bool,
    has_errors: bool,
    crumbs: Option<Markup>,
    head: Option<Markup>,
}

impl Page {
    /// A page with this title; the marketplace's name is added.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// For search engines and previews.
    #[must_use]
    pub fn described(self, text: impl Into<String>) -> Self {
        Self { description: Some(text.into()), ..self }
    }

    /// The path under which the page is known best.
    #[must_use]
    pub fn canonical(self, path: impl Into<String>) -> Self {
        Self { canonical: Some(path.into()), ..self }
    }

    /// The path of a picture for previews.
    #[must_use]
    pub fn image(self, path: impl Into<String>) -> Self {
        Self { image: Some(path.into()), ..self }
    }

    #[must_use]
    pub fn at(self, active: Active) -> Self {
        Self { active, ..self }
    }

    /// For text and long forms.
    #[must_use]
    pub fn medium(self) -> Self {
        Self { width: Width::Medium, ..self }
    }

    /// For one short form.
    #[must_use]
    pub fn narrow(self) -> Self {
        Self { width: Width::Narrow, ..self }
    }

    /// Not for search engines: what is personal.
    #[must_use]
    pub fn noindex(self) -> Self {
        Self { noindex: true, ..self }
    }

    /// The form on it comes back with mistakes: the title says so first.
    #[must_use]
    pub fn with_errors(self, has_errors: bool) -> Self {
        Self { has_errors, ..self }
    }

    #[must_use]
    pub fn crumbs(self, crumbs: Markup) -> Self {
        Self { crumbs: Some(crumbs), ..self }
    }

    /// More elements for the head.
    #[must_use]
    pub fn head(self, head: Markup) -> Self {
        Self { head: Some(head), ..self }
    }
}

/// A whole page.
pub fn layout(visit: &Visit, page: Page, body: Markup) -> Markup {
    let say = &visit.say;
    let theme = match visit.theme {
        Theme::Auto => None,
        chosen => Some(chosen.name()),
    };
    let width = match page.width {
        Width::Wide => "wrap",
        Width::Medium => "wrap medium",
        Width::Narrow => "wrap narrow",
    };
    html! {
        (DOCTYPE)
        html lang=(say.lang().code()) dir=(say.lang().direction()) data-theme=[theme] {
            head { (head(visit, &page)) }
            body {
                a.skip href="#main" { (say.layout_skip()) }
                (frame::looking(visit))
                (frame::sandbox(visit))
                (frame::top(visit, page.active))
                div.flashes {
                    @if visit.kept_shown().is_some() {
                        (super::notice::flash(visit, &Flash::info(visit.say.kept_again())))
                    }
                    @if let Some(flash) = &visit.flash { (super::notice::flash(visit, flash)) }
                }
                main #main class=(width) tabindex="-1" {
                    @if let Some(crumbs) = &page.crumbs { (crumbs) }
                    (body)
                }
                (frame::foot(visit))
                (frame::tabbar(visit, page.active))
                p #live .vh role="status" {}
            }
        }
    }
}

fn head(visit: &Visit, page: &Page) -> Markup {
    let web = &visit.app.web;
    let title = if page.title.is_empty() {
        web.brand.name.clone()
    } else {
        format!("{} – {}", page.title, web.brand.name)
    };
    let full = if page.has_errors { visit.say.layout_error_title(title.as_str()) } else { title };
    html! {
        meta charset="utf-8";
        title { (full) }
        meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
        meta name="color-scheme" content="light dark";
        @if let Some(text) = &page.description {
            meta name="description" content=(text);
            meta property="og:title" content=(page.title);
            meta property="og:description" content=(text);
            meta property="og:site_name" content=(web.brand.name);
        }
        @if let Some(path) = &page.image { meta property="og:image" content=(web.absolute(path)); }
        @if let Some(path) = &page.canonical {
            link rel="canonical" href=(web.absolute(path));
            meta property="og:url" content=(web.absolute(path));
        }
        @if page.noindex { meta name="robots" content="noindex"; }
        link rel="icon" type="image/svg+xml" href=(assets::url("favicon.svg"));
        link rel="stylesheet" href=(assets::url("app.css"));
        @if web.brand.has_theme() { link rel="stylesheet" href="/theme.css"; }
        link rel="modulepreload" href=(assets::url("js/swap.js"));
        script type="module" src=(assets::url("js/app.js")) {}
        @if let Some(more) = &page.head { (more) }
    }
}
