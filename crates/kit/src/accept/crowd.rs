//! Who is connected: caps of all and per address, and the room of those who have not said anything yet.

use super::Limits;
use crate::client::network_of;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// All connections of a listener.
#[derive(Clone)]
pub(super) struct Crowd(Arc<Inner>);

struct Inner {
    connections: usize,
    per_address: usize,
    waiting: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: u64,
    talking: usize,
    by_address: HashMap<String, usize>,
    /// Oldest first.
    waiting: VecDeque<(u64, oneshot::Sender<()>)>,
}

impl Crowd {
    pub(super) fn new(limits: &Limits) -> Self {
        Self(Arc::new(Inner {
            connections: limits.connections.max(1),
            per_address: limits.per_address.max(1),
            waiting: limits.waiting.max(1),
            state: Mutex::default(),
        }))
    }

    /// Lets a connection wait for its first words. `None` when its address has too many already.
    pub(super) fn admit(&self, address: IpAddr) -> Option<Ticket> {
        let address = network_of(address);
        let mut state = self.state();
        let of_address = state.by_address.entry(address.clone()).or_default();
        if *of_address >= self.0.per_address {
            return None;
        }
        *of_address += 1;
        if state.waiting.len() >= self.0.waiting {
            // Dropping its end tells the oldest to go.
            state.waiting.pop_front();
        }
        let (keep, leave) = oneshot::channel();
        let id = state.next;
        state.next += 1;
        state.waiting.push_back((id, keep));
        Some(Ticket { crowd: self.clone(), address, id, leave, talking: false })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place. Dropping it gives the place back.
pub(super) struct Ticket {
    crowd: Crowd,
    address: String,
    id: u64,
    leave: oneshot::Receiver<()>,
    talking: bool,
}

impl Ticket {
    /// Ends when the place is needed for others.
    pub(super) async fn sent_away(&mut self) {
        let _ = (&mut self.leave).await;
    }

    /// The connection has spoken. Answers whether there is room for it.
    pub(super) fn enter(&mut self) -> bool {
        let mut state = self.crowd.state();
        state.waiting.retain(|(id, _)| *id != self.id);
        if state.talking >= self.crowd.0.connections {
            return false;
        }
        state.talking += 1;
        self.talking = true;
        true
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = self.crowd.state();
        state.waiting.retain(|(id, _)| *id != self.id);
        state.talking -= usize::from(self.talking);
        if let Some(count) = state.by_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                state.by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd() -> Crowd {
        Crowd::new(&Limits { connections: 1, per_address: 3, waiting: 2, ..Limits::default() })
    }

    #[tokio::test]
    async fn the_oldest_silent_one_makes_room() {
        let crowd = crowd();
        let mut first = crowd.admit("192.0.2.1".parse().unwrap()).unwrap();
        let _second = crowd.admit("192.0.2.2".parse().unwrap()).unwrap();
        let mut third = crowd.admit("192.0.2.3".parse().unwrap()).unwrap();
        first.sent_away().await;
        assert!(third.enter());
        drop(third);
        assert_eq!(crowd.state().talking, 0);
    }

    #[test]
    fn an_address_has_its_share() {
        let crowd = crowd();
        let address: IpAddr = "2001:db8::1".parse().unwrap();
        let tickets: Vec<_> = (0..3).map(|_| crowd.admit(address).unwrap()).collect();
        assert!(crowd.admit("2001:db8::ffff".parse().unwrap()).is_none(), "the same /64");
        assert!(crowd.admit("2001:db8:1::1".parse().unwrap()).is_some());
        drop(tickets);
        assert!(crowd.state().by_address.is_empty());
    }

    #[test]
    fn all_together_have_a_cap() {
        let crowd = crowd();
        let mut tickets: Vec<_> =
            (1..3).map(|n| crowd.admit(IpAddr::from([192, 0, 2, n])).unwrap()).collect();
        assert!(tickets[0].enter());
        assert!(!tickets[1].enter());
    }
}
