//! Payments and refunds through the sandbox, against a real PostgreSQL: every test card, every way in which news
//! may come, and calls whose answer never arrived.

mod calls;
mod inbox;
mod paying;
mod refunding;
mod unanswered;
mod webhooks;

use kernel::{Currency, MemberId, Money, OrderId, PaymentId, RefundId, ids::Id};
use market::payments::jobs as work;
use market::payments::model::{Payment, Refund};
use market::payments::{Card, Providers, rules};
use platform::Db;
use platform::jobs::{Registry, drain};
use testkit::Town;
use time::Duration;

/// A town with a buyer and a provider.
struct Shop {
    town: Town,
    buyer: MemberId,
}

type Context = (Db, Providers);

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

/// A test card with a good date and code.
fn card(number: &str) -> Card {
    Card::new(number, 12, 2060, "123")
}

impl Shop {
    async fn open() -> Self {
        Self::of(Town::new().await).await
    }

    async fn of(town: Town) -> Self {
        let buyer = member(&town, "buyer").await;
        Self { town, buyer }
    }

    fn db(&self) -> &Db {
        &self.town.db
    }

    fn providers(&self) -> &Providers {
        &self.town.market.providers
    }

    /// Opens a payment; the provider has not heard of it yet.
    async fn payment(&self, amount: Money) -> Payment {
        let mut tx = self.db().begin().await.unwrap();
        let payment = rules::open(&mut tx, self.buyer, amount, "sandbox").await.unwrap();
        tx.commit().await.unwrap();
        payment
    }

    /// Opens a payment and pays it with a card.
    async fn paid(&self, amount: Money, number: &str) -> Payment {
        let payment = self.payment(amount).await;
        rules::confirm(self.db(), self.providers(), &payment, &card(number)).await.unwrap()
    }

    async fn found(&self, id: PaymentId) -> Payment {
        rules::find(&mut self.db().read().await.unwrap(), id).await.unwrap().unwrap()
    }

    /// Does all work that is due, as a worker would.
    async fn work(&self) {
        let registry: Registry<Context> = Registry::new()
            .on(|c: Context, j: work::CreatePayment| async move { work::create_payment(&c.0, &c.1, j).await })
            .on(|c: Context, j: work::CancelPayment| async move { work::cancel_payment(&c.0, &c.1, j).await })
            .on(|c: Context, j: work::SyncPayment| async move { work::sync_payment(&c.0, &c.1, j).await })
            .on(|c: Context, j: work::SendRefund| async move { work::send_refund(&c.0, &c.1, j).await })
            .on(|c: Context, j: work::SyncRefund| async move { work::sync_refund(&c.0, &c.1, j).await })
            .on(|c: Context, j: work::HandleEvent| async move { work::handle_event(&c.0, &c.1, j).await })
            .tick("sandbox.due", |c: Context| async move { work::due(&c.1).await })
            .tick("sandbox.deliver", |c: Context| async move { work::deliver(&c.1).await });
        drain(self.db(), &registry, &(self.db().clone(), self.providers().clone())).await.unwrap();
    }

    /// The minute that slow cards take is over.
    async fn settle(&self) {
        self.town.clock.advance(Duration::minutes(1));
        work::due(self.providers()).await.unwrap();
    }

    /// Looks after open calls and refunds, as the recurring jobs do.
    async fn watch(&self) {
        work::watch(self.db(), work::Watch {}).await.unwrap();
        work::look_up(self.db(), work::LookUp {}).await.unwrap();
    }

    /// An order of the payment, as far as refunds need one: it holds no money by itself.
    async fn order(&self, payment: &Payment) -> OrderId {
        self.town.writes_orders_by_hand();
        let seller = member(&self.town, "seller").await;
        let order = OrderId::new(self.db().now(), self.db().dice());
        sqlx::query(
            "insert into orders (order_id, number, payment_id, buyer_id, seller_id, process, process_version, state,
               state_since, currency, items_amount, shipping_amount, buyer_fee_amount, commission_amount,
               total_amount, delivery_method, created_at)
             values ($1, $1::text, $2, $3, $4, 'order', 1, 'cancelled', now(), 'EUR', $5, 0, 0, 0, $5, 'meet', now())",
        )
        .bind(order.0)
        .bind(payment.id.0)
        .bind(self.buyer.0)
        .bind(seller.0)
        .bind(payment.amount.amount)
        .execute(&self.town.owner)
        .await
        .unwrap();
        order
    }

    /// Asks for a refund and sends it.
    async fn refund(&self, payment: &Payment, order: OrderId, amount: Money) -> Refund {
        let id = self.asked_refund(payment, order, amount).await;
        self.work().await;
        self.found_refund(id).await
    }

    /// Asks for a refund; the provider has not heard of it yet.
    async fn asked_refund(&self, payment: &Payment, order: OrderId, amount: Money) -> RefundId {
        let mut tx = self.db().begin().await.unwrap();
        let id = rules::ask_refund(&mut tx, order, payment.id, amount).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn found_refund(&self, id: RefundId) -> Refund {
        rules::find_refund(&mut self.db().read().await.unwrap(), id).await.unwrap().unwrap()
    }

    /// The kinds of all events about payments, oldest first. Not by way of a reader, which waits for every open
    /// transaction of the cluster, those of other tests too.
    async fn told(&self) -> Vec<String> {
        sqlx::query_scalar("select kind from events where kind like 'payments.%' order by event_id")
            .fetch_all(&self.town.owner)
            .await
            .unwrap()
    }

    async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.town.owner).await.unwrap()
    }
}

async fn member(town: &Town, name: &str) -> MemberId {
    let id = MemberId::new(town.db.now(), town.db.dice());
    sqlx::query(
        "insert into members (member_id, email, password_hash, handle, display_name, created_at)
         values ($1, $2 || $1::text || '@example.org', '', $2 || $1::text, $2, now())",
    )
    .bind(id.0)
    .bind(name)
    .execute(&town.owner)
    .await
    .unwrap();
    id
}
