//! What became of it, in a line.

use super::Act;
use kernel::Refusal;

/// What came of it, in a line. Errors: our own fault.
pub(super) fn told(act: &Act, outcome: Result<(), Refusal>) -> Result<String, Refusal> {
    match outcome {
        Ok(()) if matches!(act, Act::Work) => Ok("work".to_owned()),
        Ok(()) => Ok(format!("ok {}", act.name())),
        Err(refusal @ Refusal::Broken(_)) => {
            Err(Refusal::broken(format!("{}: {}", act.name(), causes(&refusal))))
        }
        Err(refusal) => Ok(format!("no {}: {refusal}", act.name())),
    }
}

/// An error with everything that lies behind it.
pub fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        said = format!("{said}: {cause}");
        next = cause.source();
    }
    said
}

/// Whether it says that the database was away, and nothing else.
pub fn is_away(error: &(dyn std::error::Error + 'static)) -> bool {
    const AWAY: [&str; 8] = [
        "error communicating with database",
        "pool timed out",
        "terminating connection",
        "the database system is",
        "Connection refused",
        "No such file or directory",
        "encountered unexpected or invalid data",
        "attempted to communicate with a crashed background worker",
    ];
    let said = causes(error);
    AWAY.iter().any(|word| said.contains(word))
}
