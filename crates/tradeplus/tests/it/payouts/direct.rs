//! A provider that pays sellers out of our own balance, to the bank account that they have named here. And one that is away.

use super::{completed, faults, sets_up, states};
use kernel::{Currency, MemberId, Moment, Money, OrderId, PaymentId};
use market::accounts::model::Client;
use market::banks::model::Details;
use market::banks::rules as banks;
use market::payments::Providers;
use market::payments::provider::{
    Answering, Caps, Evidence, LookUp, NewAccount, NewPayment, NewPayout, NewRefund, PayWay, PayoutState,
    Provider, ProviderAccount, ProviderBalance, ProviderError, ProviderEvent, ProviderPayment,
    ProviderPayout, ProviderRefund, SignatureError, Unreadable, Way,
};
use market::payments::sandbox::Sandbox;
use market::payouts::{accounts, jobs};
use platform::Db;
use platform::crypto::Key;
use std::sync::{Arc, Mutex};
use testkit::{Person, Setting, Town};
use time::Duration;

/// It takes the sandbox's place for payouts, and remembers what was asked.
#[derive(Debug, Default)]
struct Direct {
    balance: Mutex<i64>,
    recipients: Mutex<Vec<String>>,
    sent: Mutex<Vec<i64>>,
    /// Then it is one beside the sandbox, with accounts of sellers' own, and does not answer.
    is_away: bool,
}

fn no<'a, T: Send + 'a>() -> Answering<'a, T> {
    Box::pin(std::future::ready(Err(ProviderError::invalid("it only pays out"))))
}

fn said(new: &NewPayout, state: PayoutState) -> ProviderPayout {
    let fee = Some(Money::new(25, new.amount.currency));
    let reference = new.ours.to_string();
    ProviderPayout { reference, state, amount: new.amount, fee, failure: None, expected: None }
}

impl Provider for Direct {
    fn name(&self) -> &'static str {
        if self.is_away { "away" } else { "sandbox" }
    }

    fn caps(&self) -> Caps {
        Caps {
            way: if self.is_away { Way::Connected } else { Way::Direct },
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

    fn create_payment<'a>(&'a self, _: &'a str, _: &'a NewPayment) -> Answering<'a, ProviderPayment> {
        no()
    }

    fn get_payment<'a>(&'a self, _: &'a str) -> Answering<'a, ProviderPayment> {
        no()
    }

    fn find_payment<'a>(
        &'a self,
        _: PaymentId,
        _: Option<&'a str>,
    ) -> Answering<'a, LookUp<ProviderPayment>> {
        no()
    }

    fn cancel_payment<'a>(&'a self, _: &'a str, _: &'a str) -> Answering<'a, ProviderPayment> {
        no()
    }

    fn refund<'a>(&'a self, _: &'a str, _: &'a NewRefund) -> Answering<'a, ProviderRefund> {
        no()
    }

    fn get_refund<'a>(&'a self, _: &'a str) -> Answering<'a, ProviderRefund> {
        no()
    }

    fn find_refund<'a>(&'a self, _: &'a NewRefund, _: Moment) -> Answering<'a, LookUp<ProviderRefund>> {
        no()
    }

    fn open_account<'a>(&'a self, _: &'a str, new: &'a NewAccount) -> Answering<'a, ProviderAccount> {
        let bank = new.bank.as_ref().unwrap();
        let number = bank.number.reveal().to_owned();
        let mut all = self.recipients.lock().unwrap();
        all.push(number);
        let account = ProviderAccount {
            reference: format!("RCP_{}", all.len()),
            may_receive: true,
            may_pay_out: true,
            rejected: false,
            wants: Vec::new(),
            wants_until: None,
            bank_label: Some("Bank ••3000".to_owned()),
            bank_print: None,
            currency: Some(Currency::EUR),
        };
        Box::pin(std::future::ready(Ok(account)))
    }

    fn pay_out<'a>(&'a self, _: &'a str, new: &'a NewPayout) -> Answering<'a, ProviderPayout> {
        self.sent.lock().unwrap().push(new.amount.amount);
        *self.balance.lock().unwrap() -= new.amount.amount;
        Box::pin(std::future::ready(Ok(said(new, PayoutState::Paid))))
    }

    fn balance<'a>(&'a self, account: Option<&'a str>) -> Answering<'a, Vec<ProviderBalance>> {
        if self.is_away {
            return Box::pin(std::future::ready(Err(ProviderError::Retryable("it is away".to_owned()))));
        }
        assert_eq!(account, None, "there is only ours");
        let available = *self.balance.lock().unwrap();
        let line = ProviderBalance { currency: Currency::EUR, pending: 0, available, reserved: 0 };
        Box::pin(std::future::ready(Ok(vec![line])))
    }

    fn verify_webhook(&self, _: &[(String, String)], _: &[u8], _: Moment) -> Result<String, SignatureError> {
        Err(SignatureError::Wrong)
    }

    fn read_event(&self, _: &str, _: &[u8]) -> Result<ProviderEvent, Unreadable> {
        Err(Unreadable("it tells nothing".to_owned()))
    }
}

async fn names_bank(town: &Town, who: &Person) {
    let details = Details::read("Ann Garden", super::GOOD).unwrap();
    let mut tx = town.db.begin().await.unwrap();
    let (terms, member) = (town.market.bank_terms(), who.member().await);
    banks::set(&mut tx, &terms, &member, &Client::default(), &details).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn direct_payouts_go_from_our_balance_to_the_bank_that_was_named_here() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    completed(&town, &ann, &ben, 10_000).await;
    let (provider, terms) = (Direct::default(), town.market.payout_terms());
    let member = ann.member().await;
    let refused = accounts::begin(&town.db, &provider, &terms, &member, "").await;
    assert!(matches!(refused, Err(kernel::Refusal::Conflict("payouts-no-bank"))), "{refused:?}");
    names_bank(&town, &ann).await;
    for _ in 0..2 {
        accounts::begin(&town.db, &provider, &terms, &member, "").await.unwrap();
    }
    assert_eq!(*provider.recipients.lock().unwrap(), [super::GOOD], "named once, and no second form");

    town.clock.advance(Duration::days(7));
    jobs::clear(&town.db, jobs::Clear {}).await.unwrap();
    assert_eq!(states(&town, &ann, "sale").await, ["payable"]);
    jobs::gather(&town.db, &provider, &terms).await.unwrap();
    assert_eq!(town.count("select count(*) from payouts").await, 0, "there is nothing to pay it from");
    assert_eq!(
        town.count("select count(*) from tickets where kind = 'cover' and key like 'cover:sandbox%'").await,
        1
    );

    *provider.balance.lock().unwrap() = 1_000_000;
    jobs::gather(&town.db, &provider, &terms).await.unwrap();
    let open = "select count(*) from tickets where key like 'cover:sandbox:%' and closed_at is null";
    assert_eq!(town.count(open).await, 0, "there is enough again");
    let (id, amount): (uuid::Uuid, i64) =
        sqlx::query_as("select payout_id, amount from payouts").fetch_one(&town.owner).await.unwrap();
    let job = jobs::MovePayout { payout: kernel::PayoutId(id), provider: "sandbox".to_owned() };
    jobs::move_payout(&town.db, &provider, job).await.unwrap();
    assert_eq!(*provider.sent.lock().unwrap(), [amount]);
    assert_eq!(states(&town, &ann, "sale").await, ["paid_out"]);
    assert_eq!(town.count("select fee from payouts").await, 25);
    assert_eq!(town.balance(&ledger::Account::SellerPayable(ann.id)).await, 0);
    assert_eq!(town.balance(&ledger::Account::PayoutFees).await, 25);
    assert_eq!(faults(&town).await, [""; 0]);
}

/// A town that is paid through the sandbox, and has another provider before it that is away.
async fn beside_one_that_is_away() -> Town {
    let providers = |db: &Db| {
        let base = "http://localhost:8080";
        let sandbox = Sandbox::remembering(db, &Key::from_bytes([7; 32]), base);
        let away = Direct { is_away: true, ..Direct::default() };
        Providers::of_sandbox(sandbox, base).behind(Arc::new(away), vec!["GEL".parse().unwrap()])
    };
    Town::set(Setting { providers: Some(Box::new(providers)), ..Setting::default() }).await
}

/// Something that a seller has on an account of theirs at the provider that is away, and that is due.
async fn waits_there(town: &Town, order: OrderId, seller: MemberId) {
    sqlx::query(
        "with a as (
           insert into seller_accounts (member_id, provider, account_ref, state, payouts_on, created_at, updated_at)
           values ($3, 'away', 'acct_away', 'active', true, $4, $4)),
         s as (
           insert into settlements (settlement_id, order_id, seller_id, kind, provider, currency, amount, state, state_since,
             hold_until, hold_because, transfer_ref, created_at)
           values ($1, $2, $3, 'goodwill', 'away', 'EUR', 5000, 'transferred', $4, $4, 'goodwill', 'tr_away', $4))
         insert into settlement_events (settlement_id, n, transition, actor, from_state, to_state, at)
         values ($1, 1, 'transferred', 'psp', 'transferring', 'transferred', $4)",
    )
    .bind(uuid::Uuid::from_u128(84))
    .bind(order.0)
    .bind(seller.0)
    .bind(town.now())
    .execute(&town.owner)
    .await
    .unwrap();
}

#[tokio::test]
async fn a_provider_that_is_away_keeps_no_other_back() {
    let town = beside_one_that_is_away().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let order = completed(&town, &ann, &ben, 10_000).await;
    sets_up(&town, &ann, super::GOOD).await;
    town.later(Duration::days(7)).await;
    jobs::clear(&town.db, jobs::Clear {}).await.unwrap();
    jobs::move_on(&town.db, town.market.providers.named("sandbox").unwrap()).await.unwrap();
    town.run_jobs().await;
    assert_eq!(states(&town, &ann, "sale").await, ["transferred"]);

    waits_there(&town, order, ann.id).await;
    let mut tx = town.db.begin().await.unwrap();
    platform::jobs::enqueue(&mut tx, &jobs::Gather {}).await.unwrap();
    tx.commit().await.unwrap();
    assert!(town.try_jobs().await.is_err(), "what did not go well is told");
    assert_eq!(town.count("select count(*) from payouts where provider = 'away'").await, 0);
    assert_eq!(town.count("select count(*) from payouts where provider = 'sandbox'").await, 1);
}
