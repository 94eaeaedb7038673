//! Books in memory: for tests and for the simulator that runs alone. One page at a time; a page that is dropped is
//! undone.

use super::{Beyond, Booked, Books, Delivery, Due, Object, Page, Sum, UsedKey};
use kernel::Moment;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;

type Pair = (String, String);

/// The books.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<State>>);

impl Memory {
    pub fn new() -> Self {
        Self::default()
    }
}

#[derive(Default)]
struct State {
    last: i64,
    objects: BTreeMap<Pair, Object>,
    keys: BTreeMap<Pair, UsedKey>,
    due: BTreeMap<i64, Due>,
    deliveries: BTreeMap<Pair, Sent>,
}

#[derive(Clone)]
struct Sent {
    delivery: Delivery,
    /// In the order of telling.
    n: i64,
    is_done: bool,
}

/// What stood there before.
enum Undo {
    Object(Pair, Option<Object>),
    Key(Pair, Option<UsedKey>),
    Due(i64, Option<Due>),
    Delivery(Pair, Option<Sent>),
}

struct MemoryPage {
    state: OwnedMutexGuard<State>,
    undo: Vec<Undo>,
    is_committed: bool,
}

impl Books for Memory {
    fn open(&self) -> Booked<'_, Box<dyn Page>> {
        Box::pin(async move {
            let state = Arc::clone(&self.0).lock_owned().await;
            let page: Box<dyn Page> = Box::new(MemoryPage { state, undo: Vec::new(), is_committed: false });
            Ok(page)
        })
    }
}

impl Drop for MemoryPage {
    fn drop(&mut self) {
        if self.is_committed {
            return;
        }
        let state = &mut *self.state;
        for undo in self.undo.drain(..).rev() {
            match undo {
                Undo::Object(key, before) => put_back(&mut state.objects, key, before),
                Undo::Key(key, before) => put_back(&mut state.keys, key, before),
                Undo::Due(key, before) => put_back(&mut state.due, key, before),
                Undo::Delivery(key, before) => put_back(&mut state.deliveries, key, before),
            }
        }
    }
}

fn put_back<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, before: Option<V>) {
    match before {
        Some(value) => {
            map.insert(key, value);
        }
        None => {
            map.remove(&key);
        }
    }
}

fn pair(a: &str, b: &str) -> Pair {
    (a.to_owned(), b.to_owned())
}

impl MemoryPage {
    fn next(&mut self) -> i64 {
        self.state.last += 1;
        self.state.last
    }

    /// Those of a kind that fit, newest first.
    fn those(&self, kind: &str, fits: impl Fn(&Object) -> bool) -> Vec<Object> {
        let of_kind = self.state.objects.range(pair(kind, "")..).take_while(|((k, _), _)| k == kind);
        let mut found: Vec<Object> = of_kind.map(|(_, o)| o).filter(|o| fits(o)).cloned().collect();
        found.sort_by_key(|o| std::cmp::Reverse(o.seq));
        found
    }

    fn write_object(&mut self, object: &Object) {
        let key = pair(&object.kind, &object.id);
        let known = self.state.objects.get(&key).cloned();
        let (seq, created_at) = match &known {
            Some(known) => (known.seq, known.created_at),
            None => (self.next(), object.created_at),
        };
        self.state.objects.insert(key.clone(), Object { seq, created_at, ..object.clone() });
        self.undo.push(Undo::Object(key, known));
    }

    fn write_delivery(&mut self, key: Pair, sent: Sent) {
        let before = self.state.deliveries.insert(key.clone(), sent);
        self.undo.push(Undo::Delivery(key, before));
    }

    fn change_delivery(&mut self, event: &str, endpoint: &str, change: impl Fn(&mut Sent)) {
        let key = pair(event, endpoint);
        if let Some(mut sent) = self.state.deliveries.get(&key).cloned() {
            change(&mut sent);
            self.write_delivery(key, sent);
        }
    }

    fn claim(&mut self, now: Moment, until: Moment, limit: i64) -> Vec<Delivery> {
        let waits = |s: &&Sent| !s.is_done && s.delivery.at <= now;
        let mut waiting: Vec<Sent> = self.state.deliveries.values().filter(waits).cloned().collect();
        waiting.sort_by_key(|s| (s.delivery.at, s.n));
        waiting.truncate(usize::try_from(limit).unwrap_or(0));
        let mut claimed = Vec::new();
        for mut sent in waiting {
            sent.delivery.tries += 1;
            claimed.push(sent.delivery.clone());
            sent.delivery.at = until;
            let key = pair(&sent.delivery.event, &sent.delivery.endpoint);
            self.write_delivery(key, sent);
        }
        claimed
    }
}

impl Page for MemoryPage {
    fn get<'a>(&'a mut self, kind: &'a str, id: &'a str) -> Booked<'a, Option<Object>> {
        Box::pin(async move { Ok(self.state.objects.get(&pair(kind, id)).cloned()) })
    }

    fn put<'a>(&'a mut self, object: &'a Object) -> Booked<'a, ()> {
        Box::pin(async move {
            self.write_object(object);
            Ok(())
        })
    }

    fn newest<'a>(
        &'a mut self,
        kind: &'a str,
        account: &'a str,
        beyond: Beyond,
        limit: i64,
    ) -> Booked<'a, Vec<Object>> {
        Box::pin(async move {
            let limit = usize::try_from(limit).unwrap_or(0);
            let mut found = self.those(kind, |o| {
                o.account == account
                    && match beyond {
                        Beyond::Newest => true,
                        Beyond::Older(seq) => o.seq < seq,
                        Beyond::Newer(seq) => o.seq > seq,
                    }
            });
            if matches!(beyond, Beyond::Newer(_)) {
                found.drain(..found.len().saturating_sub(limit));
            } else {
                found.truncate(limit);
            }
            Ok(found)
        })
    }

    fn with_parent<'a>(&'a mut self, kind: &'a str, parent: &'a str) -> Booked<'a, Vec<Object>> {
        Box::pin(async move { Ok(self.those(kind, |o| o.parent.as_deref() == Some(parent))) })
    }

    fn with_tag<'a>(&'a mut self, kind: &'a str, tag: &'a str) -> Booked<'a, Vec<Object>> {
        Box::pin(async move { Ok(self.those(kind, |o| o.tag.as_deref() == Some(tag))) })
    }

    fn with_ours<'a>(&'a mut self, kind: &'a str, ours: Uuid) -> Booked<'a, Vec<Object>> {
        Box::pin(async move { Ok(self.those(kind, |o| o.ours == Some(ours))) })
    }

    fn sums<'a>(&'a mut self, account: &'a str, at: i64) -> Booked<'a, Vec<Sum>> {
        Box::pin(async move {
            let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
            for line in self.those("balance_transaction", |o| o.account == account) {
                let currency = line.body["currency"].as_str().unwrap_or_default().to_owned();
                let net = line.body["net"].as_i64().unwrap_or(0);
                let sum = sums.entry(currency.clone()).or_insert(Sum { currency, pending: 0, available: 0 });
                if line.body["available_on"].as_i64().unwrap_or(0) > at {
                    sum.pending += net;
                } else {
                    sum.available += net;
                }
            }
            Ok(sums.into_values().collect())
        })
    }

    fn lock<'a>(&'a mut self, _name: &'a str) -> Booked<'a, ()> {
        // There is one page at a time.
        Box::pin(async { Ok(()) })
    }

    fn hold<'a>(&'a mut self, _name: &'a str) -> Booked<'a, bool> {
        Box::pin(async { Ok(true) })
    }

    fn key<'a>(&'a mut self, account: &'a str, key: &'a str) -> Booked<'a, Option<UsedKey>> {
        Box::pin(async move { Ok(self.state.keys.get(&pair(account, key)).cloned()) })
    }

    fn keep_key<'a>(&'a mut self, used: &'a UsedKey) -> Booked<'a, ()> {
        Box::pin(async move {
            let key = pair(&used.account, &used.key);
            let before = self.state.keys.insert(key.clone(), used.clone());
            self.undo.push(Undo::Key(key, before));
            Ok(())
        })
    }

    fn add_due<'a>(&'a mut self, due: &'a Due) -> Booked<'a, ()> {
        Box::pin(async move {
            let n = self.next();
            self.state.due.insert(n, due.clone());
            self.undo.push(Undo::Due(n, None));
            Ok(())
        })
    }

    fn take_due(&mut self, now: Moment) -> Booked<'_, Option<Due>> {
        Box::pin(async move {
            let ready = self.state.due.iter().filter(|(_, d)| d.at <= now);
            let Some(n) = ready.min_by_key(|(n, d)| (d.at, **n)).map(|(n, _)| *n) else { return Ok(None) };
            let due = self.state.due.remove(&n);
            self.undo.push(Undo::Due(n, due.clone()));
            Ok(due)
        })
    }

    fn add_delivery<'a>(&'a mut self, event: &'a str, endpoint: &'a str, at: Moment) -> Booked<'a, ()> {
        Box::pin(async move {
            let delivery = Delivery { event: event.to_owned(), endpoint: endpoint.to_owned(), at, tries: 0 };
            let n = self.next();
            self.write_delivery(pair(event, endpoint), Sent { delivery, n, is_done: false });
            Ok(())
        })
    }

    fn claim_deliveries(&mut self, now: Moment, until: Moment, limit: i64) -> Booked<'_, Vec<Delivery>> {
        Box::pin(async move { Ok(self.claim(now, until, limit)) })
    }

    fn end_delivery<'a>(&'a mut self, event: &'a str, endpoint: &'a str, _at: Moment) -> Booked<'a, ()> {
        Box::pin(async move {
            self.change_delivery(event, endpoint, |sent| sent.is_done = true);
            Ok(())
        })
    }

    fn put_off_delivery<'a>(&'a mut self, event: &'a str, endpoint: &'a str, at: Moment) -> Booked<'a, ()> {
        Box::pin(async move {
            self.change_delivery(event, endpoint, |sent| sent.delivery.at = at);
            Ok(())
        })
    }

    fn commit(mut self: Box<Self>) -> Booked<'static, ()> {
        Box::pin(async move {
            self.is_committed = true;
            Ok(())
        })
    }

    fn leave(self: Box<Self>) -> Booked<'static, ()> {
        Box::pin(async move {
            drop(self);
            Ok(())
        })
    }
}
