//! The list of mistakes on top of a form, each a link to its field.

use kernel::{FieldErrors, Say};
use maud::{Markup, html};

/// Nothing when nothing is wrong. `labels` name the fields; a mistake of a field without one stands alone.
pub fn error_summary(say: &Say, errors: &FieldErrors, labels: &[(&str, String)]) -> Markup {
    let label = |field: &str| labels.iter().find(|(name, _)| *name == field).map(|(_, label)| label.as_str());
    html! {
        @if !errors.is_empty() {
            div.summary role="alert" tabindex="-1" aria-labelledby="summary-title" autofocus {
                h2 id="summary-title" { (say.form_problem()) }
                ul {
                    @for (field, wrong) in errors.iter() {
                        li {
                            @if field.is_empty() { (wrong.say(say)) } @else {
                                a href={ "#f-" (field) } {
                                    @if let Some(label) = label(field) { (label) ": " }
                                    (wrong.say(say))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
