//! A provider that has nothing but a statement, which the story writes.

use kernel::{Clock, Currency, Moment, PaymentId};
use market::payments::Provider;
use market::payments::provider::{
    Answering, Caps, DisputeState, Evidence, Lines, LookUp, NewPayment, NewRefund, PayWay, ProviderBalance,
    ProviderDispute, ProviderError, ProviderEvent, ProviderLine, ProviderPayment, ProviderRefund,
    SignatureError, Unreadable, Way,
};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Mutex;
use testkit::Town;
use time::Duration;

pub const NAME: &str = "stripe";
/// Lines of a piece.
const PIECE: usize = 3;

#[derive(Debug)]
pub struct Teller {
    way: Way,
    clock: Clock,
    page: Mutex<Page>,
}

#[derive(Debug, Default)]
struct Page {
    /// Each of whose account.
    lines: Vec<(String, ProviderLine)>,
    /// What it says too much, of an account.
    lies: BTreeMap<(String, Currency), i64>,
    disputes: BTreeMap<String, Vec<String>>,
    /// Cursors that were asked for, of ours.
    asked: Vec<Option<String>>,
    /// Pieces that are still answered.
    answers: Option<usize>,
}

impl Teller {
    pub fn new(town: &Town) -> Self {
        Self::on(town, Way::Connected)
    }

    pub fn on(town: &Town, way: Way) -> Self {
        Self { way, clock: town.clock.clone(), page: Mutex::default() }
    }

    /// A line of ours in euros that can be used in two days; its name.
    pub fn line(&self, kind: &str, source: Option<&str>, amount: i64, fee: i64) -> String {
        self.line_of("", kind, source, (amount, fee, Currency::EUR))
    }

    /// A line of an account; its name.
    pub fn line_of(
        &self,
        account: &str,
        kind: &str,
        source: Option<&str>,
        (amount, fee, currency): (i64, i64, Currency),
    ) -> String {
        let mut page = self.page.lock().unwrap();
        let reference = format!("txn_{}", page.lines.len() + 1);
        let shows = self.way == Way::Connected;
        let line = ProviderLine {
            reference: reference.clone(),
            kind: kind.to_owned(),
            amount: if shows { amount } else { amount - fee },
            fee: if shows { fee } else { 0 },
            net: amount - fee,
            currency,
            source: source.map(str::to_owned),
            at: self.clock.now(),
            available_on: self.clock.now() + Duration::days(2),
            raw: json!({ "id": reference }),
        };
        page.lines.push((account.to_owned(), line));
        reference
    }

    /// It says that it holds so much more than its lines.
    pub fn lies(&self, account: &str, more: i64) {
        self.page.lock().unwrap().lies.insert((account.to_owned(), Currency::EUR), more);
    }

    /// These lines are of this dispute, whatever they say themselves.
    pub fn dispute(&self, reference: &str, lines: &[&str]) {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        self.page.lock().unwrap().disputes.insert(reference.to_owned(), lines);
    }

    /// After so many pieces more it does not answer; `None`: it does again.
    pub fn answers(&self, pieces: Option<usize>) {
        self.page.lock().unwrap().answers = pieces;
    }

    /// The cursors of ours that were asked for since the last time.
    pub fn asked(&self) -> Vec<Option<String>> {
        std::mem::take(&mut self.page.lock().unwrap().asked)
    }

    fn piece(&self, account: &str, after: Option<&str>) -> Result<Lines, ProviderError> {
        let mut page = self.page.lock().unwrap();
        if let Some(left) = &mut page.answers {
            *left = left.checked_sub(1).ok_or_else(|| ProviderError::Retryable("away".to_owned()))?;
        }
        if account.is_empty() {
            page.asked.push(after.map(str::to_owned));
        }
        let start: usize = after.map_or(0, |after| after.parse().unwrap());
        let all: Vec<_> = page.lines.iter().filter(|(whose, _)| whose == account).collect();
        let lines: Vec<_> = all.iter().skip(start).take(PIECE).map(|(_, line)| line.clone()).collect();
        let next = (!lines.is_empty()).then(|| (start + lines.len()).to_string());
        Ok(Lines { lines, next })
    }

    fn holds(&self, account: &str) -> Vec<ProviderBalance> {
        let (page, now) = (self.page.lock().unwrap(), self.clock.now());
        let mut all: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
        for (_, line) in page.lines.iter().filter(|(whose, _)| whose == account) {
            let sum = all.entry(line.currency).or_default();
            let part = if line.available_on <= now { &mut sum.1 } else { &mut sum.0 };
            *part += line.net;
        }
        for ((_, currency), more) in page.lies.iter().filter(|((whose, _), _)| whose == account) {
            all.entry(*currency).or_default().0 += more;
        }
        let said =
            |(currency, (pending, available))| ProviderBalance { currency, pending, available, reserved: 0 };
        all.into_iter().map(said).collect()
    }

    fn dispute_of(&self, reference: &str) -> Result<ProviderDispute, ProviderError> {
        let page = self.page.lock().unwrap();
        let lines = page.disputes.get(reference).ok_or_else(|| ProviderError::invalid("no such dispute"))?;
        Ok(ProviderDispute {
            reference: reference.to_owned(),
            payment: "pi_1".to_owned(),
            charge: None,
            state: DisputeState::NeedsResponse,
            amount: super::eur(1),
            fee: super::eur(0),
            reason: "fraudulent".to_owned(),
            due_by: None,
            lines: lines.clone(),
        })
    }
}

fn ready<'a, T: Send + 'a>(answer: Result<T, ProviderError>) -> Answering<'a, T> {
    Box::pin(std::future::ready(answer))
}

fn cannot<'a, T: Send + 'a>() -> Answering<'a, T> {
    ready(Err(ProviderError::invalid("a teller has a statement and nothing else")))
}

impl Provider for Teller {
    fn name(&self) -> &'static str {
        NAME
    }

    fn caps(&self) -> Caps {
        Caps {
            way: self.way,
            key_lifetime: None,
            refund_keys: false,
            reversals: false,
            disputes: Evidence::None,
            tax: false,
            smallest: |_| 1,
            step: |_| 1,
            pay: PayWay::TheirPage,
        }
    }

    fn balance<'a>(&'a self, account: Option<&'a str>) -> Answering<'a, Vec<ProviderBalance>> {
        ready(Ok(self.holds(account.unwrap_or_default())))
    }

    fn lines<'a>(&'a self, account: Option<&'a str>, after: Option<&'a str>) -> Answering<'a, Lines> {
        ready(self.piece(account.unwrap_or_default(), after))
    }

    fn get_dispute<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderDispute> {
        ready(self.dispute_of(reference))
    }

    fn create_payment<'a>(&'a self, _: &'a str, _: &'a NewPayment) -> Answering<'a, ProviderPayment> {
        cannot()
    }

    fn get_payment<'a>(&'a self, _: &'a str) -> Answering<'a, ProviderPayment> {
        cannot()
    }

    fn find_payment<'a>(
        &'a self,
        _: PaymentId,
        _: Option<&'a str>,
    ) -> Answering<'a, LookUp<ProviderPayment>> {
        cannot()
    }

    fn cancel_payment<'a>(&'a self, _: &'a str, _: &'a str) -> Answering<'a, ProviderPayment> {
        cannot()
    }

    fn refund<'a>(&'a self, _: &'a str, _: &'a NewRefund) -> Answering<'a, ProviderRefund> {
        cannot()
    }

    fn get_refund<'a>(&'a self, _: &'a str) -> Answering<'a, ProviderRefund> {
        cannot()
    }

    fn find_refund<'a>(&'a self, _: &'a NewRefund, _: Moment) -> Answering<'a, LookUp<ProviderRefund>> {
        cannot()
    }

    fn verify_webhook(&self, _: &[(String, String)], _: &[u8], _: Moment) -> Result<String, SignatureError> {
        Err(SignatureError::Wrong)
    }

    fn read_event(&self, _: &str, _: &[u8]) -> Result<ProviderEvent, Unreadable> {
        Err(Unreadable("a teller tells nothing".to_owned()))
    }
}
