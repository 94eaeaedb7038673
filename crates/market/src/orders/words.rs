//! The keys of the words for orders: one place for pages, programs and letters.

use super::model::Step;
use kernel::Say;

/// The message that says what silence will do in a state. Some timers have one name and end differently.
pub fn silence_key(state: &str, timer: &str) -> String {
    let exact = key("order-silence", &format!("{timer}_{state}"));
    if Say::knows(&exact) { exact } else { key("order-silence", timer) }
}

/// The message that says what was done.
pub fn done_key(step: &Step) -> String {
    let exact = key("order-done", &format!("{}_{}", step.transition, step.to));
    if Say::knows(&exact) { exact } else { key("order-done", &step.transition) }
}

/// `order-do` and `cancel_by_seller` give `order-do-cancel-by-seller`.
pub fn key(kind: &str, name: &str) -> String {
    format!("{kind}-{}", name.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;
    use kernel::Lang;
    use process::Transition;

    fn rows() -> impl Iterator<Item = &'static Transition> {
        (1..=table::NEWEST).flat_map(|version| table::order(version).transitions())
    }

    /// A missing message would be a fault of ours on somebody's page: every state, step and timer is looked at.
    #[test]
    fn everything_in_the_tables_has_words_in_every_language_and_nothing_else() {
        let states = (1..=table::NEWEST).flat_map(|version| table::order(version).states());
        let mut keys: Vec<String> = states.map(|state| key("order-state", &state.name)).collect();
        // No row of a table: an order goes on by a newer one.
        keys.push(key("order-done", "adopt_version"));
        for row in rows() {
            let step = Step {
                n: 1,
                transition: row.name.clone(),
                actor: row.actor.as_str().to_owned(),
                from: row.from.clone(),
                to: row.to.clone(),
                at: kernel::Moment::UNIX_EPOCH,
                data: serde_json::json!({}),
            };
            keys.push(done_key(&step));
            if row.after.is_some() {
                keys.push(silence_key(&row.from, &row.name));
            }
            if row.actor.is_person() && row.name != "checkout" {
                keys.push(key("order-do", &row.name));
                keys.push(key("order-ask", &row.name));
            }
        }
        for lang in Lang::all() {
            let say = Say::new(lang);
            for key in &keys {
                let told =
                    say.by_key_with(key, [("when", "W".into()), ("total", "T".into()), ("part", "P".into())]);
                assert!(Say::knows(key) && !told.is_empty() && told != *key, "{key}");
            }
        }
        let kinds = ["order-state-", "order-ask-", "order-do-", "order-done-", "order-silence-"];
        for text in [
            include_str!("../../../../messages/en/process.ftl"),
            include_str!("../../../../messages/de/process.ftl"),
        ] {
            for line in text.lines().filter(|line| kinds.iter().any(|kind| line.starts_with(kind))) {
                let id = line.split(' ').next().unwrap().to_owned();
                assert!(keys.contains(&id), "{id} is said of nothing");
                assert!(!id.starts_with("order-silence-") || line.contains("{ $when }"), "{line}");
            }
        }
    }

    /// Timers of one name do different things: who reads it learns what happens to the money.
    #[test]
    fn what_silence_does_is_told_apart() {
        for timer in ["ruling_final", "appeal_timeout"] {
            let mut told: Vec<String> =
                rows().filter(|row| row.name == timer).map(|row| silence_key(&row.from, &row.name)).collect();
            assert_eq!(told.len(), 3, "{timer}");
            told.dedup();
            assert_eq!(told.len(), 3, "{timer}: {told:?}");
        }
    }
}
