//! What stands behind an error of ours: its causes, and whether the database is to blame.

/// What an error says, and every cause behind it that says something else.
pub(super) fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut out = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if !out.ends_with(&text) {
            out.push_str(": ");
            out.push_str(&text);
        }
        next = cause.source();
    }
    out
}

/// Text that PostgreSQL cannot hold was sent to us: U+0000 (SQLSTATE 22021; documentation, appendix A).
pub(super) fn is_unstorable(error: &(dyn std::error::Error + 'static)) -> bool {
    code_of(error).is_some_and(|code| code == "22021")
}

/// The database is away or full rather than at odds with us: worth trying again soon.
/// The codes are PostgreSQL's classes 08 and 57P, 53300 and 57014 (documentation, appendix A).
pub(super) fn is_away(error: &(dyn std::error::Error + 'static)) -> bool {
    let unreachable = matches!(
        database_error(error),
        Some(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_))
    );
    unreachable
        || code_of(error).is_some_and(|code| {
            code.starts_with("08") || code.starts_with("57P") || code == "53300" || code == "57014"
        })
}

/// What PostgreSQL calls the error (SQLSTATE).
fn code_of(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    match database_error(error)? {
        sqlx::Error::Database(error) => error.code().map(Into::into),
        _ => None,
    }
}

/// The error of the database behind others.
fn database_error<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a sqlx::Error> {
    std::iter::successors(Some(error), |e| e.source()).find_map(|e| e.downcast_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_causes_once() {
        #[derive(Debug, thiserror::Error)]
        #[error("outer")]
        struct Outer(#[source] std::io::Error);
        assert_eq!(causes(&Outer(std::io::Error::other("inner"))), "outer: inner");
    }
}
