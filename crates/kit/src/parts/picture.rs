//! Photos: the right size for every screen, on a ground of their average colour until they are there.

use super::icon::icon_large;
use crate::links;
use kernel::Say;
use market::photos::model::{Photo, Thumb};
use maud::{Markup, html};

/// A photo to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureView {
    /// Folder of the renditions.
    pub key: String,
    /// Of the largest rendition, pixels.
    pub width: i32,
    pub height: i32,
    /// Widths there are, ascending.
    pub widths: Vec<i32>,
    /// Average colour, RRGGBB.
    pub colour: String,
    /// Empty when the words beside it say the same.
    pub alt: String,
}

impl From<&Thumb> for PictureView {
    fn from(thumb: &Thumb) -> Self {
        Self {
            key: thumb.key.clone(),
            width: thumb.width,
            height: thumb.height,
            widths: thumb.widths.clone(),
            colour: thumb.colour.clone(),
            alt: String::new(),
        }
    }
}

impl From<&Photo> for PictureView {
    fn from(photo: &Photo) -> Self {
        Self { alt: photo.alt.clone(), ..Self::from(&photo.thumb()) }
    }
}

/// How soon a picture is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Urgency {
    /// The first thing seen.
    First,
    /// In sight at once.
    Soon,
    /// When one scrolls there.
    Lazy,
}

impl PictureView {
    /// The rendition nearest to `wanted` pixels that is not smaller, else the largest.
    pub fn src(&self, wanted: i32) -> String {
        let width =
            self.widths.iter().find(|w| **w >= wanted).or(self.widths.last()).copied().unwrap_or(wanted);
        links::photo(&self.key, width.unsigned_abs(), "webp")
    }

    fn srcset(&self) -> Option<String> {
        let one = |w: &i32| format!("{} {w}w", links::photo(&self.key, w.unsigned_abs(), "webp"));
        (self.widths.len() > 1).then(|| self.widths.iter().map(one).collect::<Vec<_>>().join(", "))
    }

    fn ground(&self) -> Markup {
        let good = self.colour.len() == 6 && self.colour.bytes().all(|b| b.is_ascii_hexdigit());
        html! {
            @if good {
                svg.ground aria-hidden="true" { rect width="100%" height="100%" fill={ "#" (self.colour) } {} }
            }
        }
    }
}

/// The picture alone. `sizes` is the CSS width it takes; `wanted` the pixels for browsers that cannot choose.
pub fn picture(view: &PictureView, sizes: &str, wanted: i32, urgency: Urgency) -> Markup {
    let (loading, priority) = match urgency {
        Urgency::First => (None, Some("high")),
        Urgency::Soon => (None, None),
        Urgency::Lazy => (Some("lazy"), None),
    };
    let srcset = view.srcset();
    let sizes = srcset.as_ref().map(|_| sizes);
    html! {
        (view.ground())
        img src=(view.src(wanted)) srcset=[srcset] sizes=[sizes] width=(view.width) height=(view.height) alt=(view.alt)
            loading=[loading] fetchpriority=[priority] decoding="async";
    }
}

/// Stands for a photo: a word on one of five grounds.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// 1 to 5.
    pub tint: usize,
    pub word: String,
}

/// The place of a photo that there is none of; `over` lies on it.
pub(super) fn no_photo(stand_in: Option<&StandIn>, over: &Markup) -> Markup {
    let class = stand_in.map_or_else(String::new, |it| format!(" tint-{}", it.tint));
    html! {
        div class={ "shot none" (class) } {
            (icon_large("image"))
            @if let Some(it) = stand_in { span aria-hidden="true" { (it.word) } }
            (over)
        }
    }
}

/// All photos of a listing: a strip to slide, and thumbs to choose from.
pub fn gallery(say: &Say, title: &str, photos: &[PictureView], stand_in: Option<&StandIn>) -> Markup {
    let total = photos.len();
    let named = |n: usize, view: &PictureView| {
        let alt = if view.alt.is_empty() { say.photo_alt(n + 1, title, total) } else { view.alt.clone() };
        PictureView { alt, ..view.clone() }
    };
    let plain = |view: &PictureView| PictureView { alt: String::new(), ..view.clone() };
    let urgency = |n: usize| if n == 0 { Urgency::First } else { Urgency::Lazy };
    if photos.is_empty() {
        return no_photo(stand_in, &html! {});
    }
    html! {
        image-gallery.gallery data-of=(say.photo_of("{n}", "{total}")) {
            ul.strip role="list" tabindex="0" aria-label=(say.photo_list()) {
                @for (n, view) in photos.iter().enumerate() {
                    li id={ "photo-" (n + 1) } {
                        (picture(&named(n, view), "(width < 64rem) 100vw, 46rem", 960, urgency(n)))
                    }
                }
            }
            @if total > 1 {
                p.gallery-n aria-hidden="true" { "1 / " (total) }
                nav.thumbs aria-label=(say.photo_choose()) {
                    @for (n, view) in photos.iter().enumerate() {
                        a href={ "#photo-" (n + 1) } aria-current=[(n == 0).then_some("true")]
                            aria-label=(say.photo_number(n + 1)) { (picture(&plain(view), "5rem", 240, Urgency::Lazy)) }
                    }
                }
            }
        }
    }
}
