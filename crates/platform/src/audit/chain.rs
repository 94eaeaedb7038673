//! The chain, without a database: what a line is to the hash, and how one follows another.

use kernel::{Moment, moment};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A link: SHA-256.
pub(super) type Hash = [u8; 32];

/// What the first line follows.
pub(super) const START: Hash = [0; 32];

/// A line of the log.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub audit_id: i64,
    pub at: Moment,
    pub actor_id: Option<Uuid>,
    pub action: String,
    pub object_kind: String,
    pub object_id: Option<Uuid>,
    pub detail: serde_json::Value,
}

/// Every field with its length in front, so that none can run into the next.
fn canonical(line: &Line) -> Vec<u8> {
    let id = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
    let fields = [
        line.audit_id.to_be_bytes().to_vec(),
        moment::to_micros(line.at).to_be_bytes().to_vec(),
        id(line.actor_id),
        line.action.clone().into_bytes(),
        line.object_kind.clone().into_bytes(),
        id(line.object_id),
        // Keys in order: a map of ours is sorted.
        line.detail.to_string().into_bytes(),
    ];
    let mut out = Vec::new();
    for field in fields {
        out.extend((field.len() as u64).to_be_bytes());
        out.extend(field);
    }
    out
}

/// The link of a line that follows `prev`.
pub(super) fn link(prev: &Hash, line: &Line) -> Hash {
    Sha256::new().chain_update(prev).chain_update(canonical(line)).finalize().into()
}

/// A seal, and the line it is of if that is still there.
#[derive(Debug)]
pub(super) struct Seal {
    pub n: i64,
    pub prev: Hash,
    pub hash: Hash,
    pub line: Option<Line>,
}

impl Seal {
    /// What is wrong with it as the `n`th, after `head`.
    pub(super) fn fault(&self, n: i64, head: &Hash) -> Option<String> {
        if self.n != n {
            return Some(format!("seal {n} is gone"));
        }
        let Some(line) = &self.line else { return Some(format!("the line of seal {n} is gone")) };
        if self.prev != *head || self.hash != link(head, line) {
            return Some(format!("line {n} is not what was sealed: {} at {}", line.action, line.at));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        Line {
            audit_id: 7,
            at: moment::from_micros(1_800_000_000_000_000),
            actor_id: Some(Uuid::from_u128(1)),
            action: "accounts.verify".to_owned(),
            object_kind: "member".to_owned(),
            object_id: Some(Uuid::from_u128(2)),
            detail: serde_json::json!({ "b": 1, "a": [true, null, "x"] }),
        }
    }

    #[test]
    fn every_field_counts() {
        let (plain, prev) = (line(), START);
        let hash = link(&prev, &plain);
        assert_eq!(link(&prev, &line()), hash, "the same line is the same link");
        let changes: [fn(&mut Line); 8] = [
            |l| l.audit_id = 8,
            |l| l.at += time::Duration::microseconds(1),
            |l| l.actor_id = None,
            |l| l.action.push('x'),
            |l| l.object_kind.push('x'),
            |l| l.object_id = None,
            |l| l.detail["b"] = 2.into(),
            |l| (l.action, l.object_kind) = ("accounts.verifym".to_owned(), "ember".to_owned()),
        ];
        for (n, change) in changes.iter().enumerate() {
            let mut other = line();
            change(&mut other);
            assert_ne!(link(&prev, &other), hash, "change {n}");
        }
        assert_ne!(link(&[1; 32], &plain), hash, "and what it follows");
    }
}
