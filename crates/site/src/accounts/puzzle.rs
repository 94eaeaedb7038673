//! The puzzle that the forms of strangers carry while very many sign in wrongly, open accounts or ask for links.

use kernel::{FieldErrors, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::visit::Visit;
use market::pressure::model::{Form, Puzzle, Shown};
use market::pressure::rules::{self as pressure, Passage};
use maud::{Markup, html};

const TOKEN: &str = "puzzle";
const ANSWER: &str = "puzzle_answer";

/// Why a form does not go on, and what it shows then.
pub(super) struct Stopped {
    pub errors: FieldErrors,
    pub puzzle: Option<Puzzle>,
}

/// What a form shows now: nothing while there is no pressure, or nobody can tell.
pub(super) async fn of(visit: &Visit, form: Form) -> Option<Puzzle> {
    let on = match visit.read().await {
        Ok(mut reader) => pressure::is_on(&mut reader).await.unwrap_or(false),
        Err(_) => false,
    };
    on.then(|| visit.app.market.door.gate.puzzle(form, visit.now, visit.app.market.db.dice()))
}

/// Whether a form may go on. `email`: whose account it is about, if it is about one.
pub(super) async fn stops(
    visit: &Visit,
    form: Form,
    typed: &Typed,
    email: Option<&str>,
) -> Result<Option<Stopped>, Answer> {
    if !pressure::is_on(&mut visit.read().await?).await? {
        return Ok(None);
    }
    let gate = &visit.app.market.door.gate;
    let shown = Shown { token: typed.get(TOKEN), answer: typed.get(ANSWER) };
    let mut tx = visit.begin().await?;
    let passage = pressure::admit(&mut tx, gate, form, shown, email, &visit.client()).await?;
    tx.commit().await?;
    let (wrong, kept) = match passage {
        Passage::Free => return Ok(None),
        // Who waits goes on waiting with the same puzzle.
        Passage::Wait(_) => ("wrong-puzzle-wait", gate.again(form, shown.token, visit.now)),
        Passage::Again => ("wrong-puzzle-again", None),
    };
    let fresh = || gate.puzzle(form, visit.now, visit.app.market.db.dice());
    let puzzle = Some(kept.unwrap_or_else(fresh));
    Ok(Some(Stopped { errors: FieldErrors::one("", Wrong::Because(wrong)), puzzle }))
}

/// The fields of it. A script solves the puzzle; without one a person is told to wait.
pub(super) fn fields(visit: &Visit, puzzle: Option<&Puzzle>) -> Markup {
    let say = &visit.say;
    html! {
        @if let Some(puzzle) = puzzle {
            proof-of-work data-seed=(puzzle.seed()) data-bits=(puzzle.bits) data-busy=(say.puzzle_busy())
                data-done=(say.puzzle_done()) {
                input type="hidden" name=(TOKEN) value=(puzzle.token);
                input type="hidden" name=(ANSWER) value="";
                p.hint role="status" { (say.puzzle_wait()) }
            }
        }
    }
}
