//! What tax offices are told once a year: counted from the books, made once, mended by the next.

use super::profile::{ANN, knows, says};
use kernel::{Currency, Moment, Money, OrderId, RefundId, Refusal, TaxPlace};
use ledger::flows::{self, AtProvider, Shares, Taken};
use market::tax::profile::{self, Said, kept};
use market::yearly::model::{Kind, Report, Says, Total, quarter_of, totals};
use market::yearly::{gather, jobs, making, telling};
use std::collections::BTreeMap;
use testkit::{Person, Town};
use time::Duration;
use time::macros::datetime;
use uuid::Uuid;

const FIRST: Moment = datetime!(2026-01-15 12:00 UTC);

/// A year of sales, written into the books past the rules of orders.
struct Books<'a> {
    town: &'a Town,
    /// Every order is a copy of this one.
    model: OrderId,
    number: u128,
}

impl<'a> Books<'a> {
    async fn of(town: &'a Town, ann: &Person) -> Self {
        town.spoils_the_books();
        town.writes_orders_by_hand();
        let ben = town.person("Ben").await;
        let model = ben.buys(&ann.listing("Lamp").live().await).await.order();
        Self { town, model, number: 0 }
    }

    /// A sale that was released at a moment: what its seller got, and what the marketplace took of them and of the buyer.
    async fn sells(&mut self, who: &Person, at: Moment, parts: [i64; 3], code: &str) -> OrderId {
        self.number += 1;
        let order = OrderId(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + self.number));
        let copy = "insert into orders select (jsonb_populate_record(null::orders, to_jsonb(o) || jsonb_build_object(
              'order_id', $2::uuid, 'number', $2::text, 'seller_id', $3::uuid, 'state', 'completed', 'timer_at', null,
              'timer_transition', null))).* from orders o where order_id = $1";
        let done = sqlx::query(copy).bind(self.model.0).bind(order.0).bind(who.id.0);
        done.execute(&self.town.owner).await.unwrap();
        let currency: Currency = code.parse().unwrap();
        let [seller, commission, buyer_fee] = parts.map(|amount| Money::new(amount, currency));
        let total = Money::sum(currency, [seller, commission, buyer_fee]).unwrap();
        let (zero, reference) = (Money::zero(currency), format!("pay_{}", self.number));
        let paid =
            flows::paid(order, AtProvider { provider: "sandbox", reference: &reference }, total, zero, at);
        let shares = Shares { seller, reserve: zero, commission, buyer_fee, taxes: &[] };
        let mut tx = self.town.db.begin().await.unwrap();
        ledger::post(&mut tx, &paid.unwrap()).await.unwrap();
        ledger::post(&mut tx, &flows::released(order, who.id, &shares, at).unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        order
    }

    /// A part of it goes back: of what the seller got, of which `owed` cannot be had, and of the commission.
    async fn gives_back(&self, who: &Person, order: OrderId, at: Moment, parts: [i64; 3]) {
        let [payable, owed, commission] = parts.map(|amount| Money::new(amount, Currency::EUR));
        let zero = Money::zero(Currency::EUR);
        let taken =
            Taken { payable, reserve: zero, set_aside: zero, owed, commission, buyer_fee: zero, taxes: &[] };
        let refund = RefundId(Uuid::from_u128(order.0.as_u128() ^ 1 << 100));
        let mut tx = self.town.db.begin().await.unwrap();
        let entry = flows::clawed_back(order, refund, who.id, &taken, at).unwrap();
        ledger::post(&mut tx, &entry).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// `count` sales of as much each, spread over January.
    async fn sells_many(&mut self, who: &Person, count: i64, cents: i64) {
        for n in 0..count {
            self.sells(who, FIRST + Duration::minutes(n), [cents, cents / 10, 70], "EUR").await;
        }
    }
}

/// A marketplace whose settings say who runs it, in January of the year after.
async fn market_in_2027() -> (Town, Person) {
    let town = Town::with(|config| {
        config.operator.name = "Market & Sons".to_owned();
        config.operator.address = "1 Main Street, Berlin".to_owned();
        config.tax.number = "12/345/67890".to_owned();
    })
    .await;
    let ann = town.person("Ann").await;
    (town, ann)
}

/// The same, with so many sales of Ann's for so much.
pub(super) async fn market_of_ann(count: i64, cents: i64) -> (Town, Person) {
    let (town, ann) = market_in_2027().await;
    Books::of(&town, &ann).await.sells_many(&ann, count, cents).await;
    year_ends(&town);
    (town, ann)
}

fn year_ends(town: &Town) {
    let now = town.now();
    town.clock.advance(datetime!(2027-01-10 09:30 UTC) - now);
}

async fn makes(town: &Town, kind: Kind) -> Result<Vec<Report>, Refusal> {
    making::make(&town.market.office(), kind, 2026, None).await
}

async fn text_of(town: &Town, report: &Report) -> String {
    let mut reader = town.db.read().await.unwrap();
    let file = telling::open(&mut reader, &town.market.office(), report).await.unwrap();
    String::from_utf8(file).unwrap()
}

/// The file of a report that was made, the newest first.
pub(super) async fn opens(town: &Town, n: usize) -> String {
    let reports = making::list(&mut town.db.read().await.unwrap()).await.unwrap();
    text_of(town, &reports[n]).await
}

async fn counted(town: &Town) -> Vec<Total> {
    let home = TaxPlace::DE;
    let all = gather(&mut town.db.read().await.unwrap(), home, 2026).await.unwrap();
    totals(all.values()).unwrap()
}

/// Of each quarter and currency: what stands in the books on the accounts of sellers, and of the commission.
async fn booked(town: &Town) -> BTreeMap<(usize, String), (i64, i64)> {
    let lines: Vec<(i32, String, String, i64)> = sqlx::query_as(
        "select extract(month from e.occurred_at at time zone 'Europe/Berlin')::int, l.currency, a.name, (-sum(l.amount))::bigint
         from ledger.entries e join ledger.lines l using (entry_id) join ledger.accounts a using (account_id)
         where a.name ~ 'seller|commission' and extract(year from e.occurred_at at time zone 'Europe/Berlin') = 2026
         group by 1, 2, 3",
    )
    .fetch_all(&town.owner)
    .await
    .unwrap();
    let mut sums: BTreeMap<(usize, String), (i64, i64)> = BTreeMap::new();
    for (month, currency, name, amount) in lines {
        let quarter = quarter_of(u8::try_from(month).unwrap()) + 1;
        let sum = sums.entry((quarter, currency)).or_default();
        match name.as_str() {
            "R:commission" => sum.1 += amount,
            _ => sum.0 += amount,
        }
    }
    sums
}

/// A year of deals by chance, the same each time: sales in two currencies, and parts of some that go back later.
#[tokio::test]
async fn the_totals_are_the_ledgers() {
    let (town, ann) = market_in_2027().await;
    let eve = town.person("Eve").await;
    let mut books = Books::of(&town, &ann).await;
    let mut chance = 20_260_301_u64;
    let mut next = move |below: u64| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((chance >> 33) % below).unwrap()
    };
    for _ in 0..120 {
        let who = if next(2) == 0 { &ann } else { &eve };
        let at = datetime!(2025-12-31 22:30 UTC) + Duration::minutes(next(366 * 24 * 60));
        let (seller, commission) = (1 + next(50_000), 1 + next(4_000));
        let code = if next(4) == 0 { "SEK" } else { "EUR" };
        let order = books.sells(who, at, [seller, commission, 70], code).await;
        if code == "EUR" && next(3) == 0 {
            let owed = next(u64::try_from(seller).unwrap());
            let later = at + Duration::days(next(60));
            books.gives_back(who, order, later, [seller - owed, owed, next(2) * commission]).await;
        }
    }
    let told: BTreeMap<(usize, String), (i64, i64)> = counted(&town)
        .await
        .into_iter()
        .map(|it| ((it.quarter, it.currency.to_string()), (it.consideration, it.fees)))
        .collect();
    assert!(told.len() == 8, "{told:?}");
    assert_eq!(told, booked(&town).await);
}

#[tokio::test]
async fn a_refund_of_january_takes_off_the_quarter_it_happened_in() {
    let (town, ann) = market_in_2027().await;
    let mut books = Books::of(&town, &ann).await;
    // The last minute of the year in Berlin, and the first one.
    books.sells(&ann, datetime!(2025-12-31 22:59 UTC), [9_900, 0, 70], "EUR").await;
    let order = books.sells(&ann, datetime!(2025-12-31 23:00 UTC), [10_000, 800, 70], "EUR").await;
    books.gives_back(&ann, order, datetime!(2026-04-02 12:00 UTC), [3_000, 1_000, 300]).await;
    let told: Vec<_> = counted(&town)
        .await
        .into_iter()
        .map(|it| (it.quarter, it.sales, it.consideration, it.fees))
        .collect();
    assert_eq!(told, [(1, 1, 10_000, 800), (2, 0, -4_000, -300)]);
}

#[tokio::test]
async fn what_is_asked_of_a_seller_and_when() {
    let (town, ann) = market_in_2027().await;
    let mut books = Books::of(&town, &ann).await;
    let asks = async || jobs::ask(&town.db, &town.market.config, jobs::Ask {}).await.unwrap();
    let reminds = async || {
        let (config, vault) = (&town.market.config, &town.market.door.vault);
        jobs::remind(&town.db, config, vault, jobs::Remind {}).await.unwrap();
    };
    let overdue = async || profile::overdue(&mut town.db.read().await.unwrap(), ann.id).await.unwrap();
    books.sells_many(&ann, 19, 1_000).await;
    asks().await;
    assert_eq!(town.subjects_to(&ann.email).await, [""; 0]);
    books.sells(&ann, FIRST, [1_000, 80, 70], "EUR").await;
    asks().await;
    asks().await;
    assert_eq!(town.subjects_to(&ann.email).await, ["We need your tax details"], "once");
    reminds().await;
    assert_eq!(town.subjects_to(&ann.email).await.len(), 1, "not yet");
    for _ in 0..4 {
        town.clock.advance(Duration::days(14));
        reminds().await;
    }
    let twice =
        ["We need your tax details", "We still need your tax details", "We still need your tax details"];
    assert_eq!(town.subjects_to(&ann.email).await, twice);
    assert_eq!(overdue().await, None, "below the limit");
    books.sells(&ann, FIRST, [180_001, 80, 70], "EUR").await;
    asks().await;
    assert_eq!(overdue().await.unwrap().since, town.now());
    assert_eq!(town.subjects_to(&ann.email).await.pop().unwrap(), "Your payouts have stopped");
    asks().await;
    assert_eq!(town.subjects_to(&ann.email).await.len(), 4, "told once");
    assert_eq!(
        town.count("select count(*) from tickets where kind = 'tax_seller' and closed_at is null").await,
        1
    );
    says(&town, &ann, &ANN).await;
    assert_eq!(overdue().await, None, "payouts go on");
    assert_eq!(town.count("select count(*) from tickets where closed_at is null").await, 0);
    asks().await;
    assert_eq!(overdue().await, None);
}

#[tokio::test]
async fn nobody_is_asked_where_the_operator_says_so() {
    let town = Town::with(|config| config.tax.ask_sellers = false).await;
    let ann = town.person("Ann").await;
    Books::of(&town, &ann).await.sells_many(&ann, 30, 10_000).await;
    jobs::ask(&town.db, &town.market.config, jobs::Ask {}).await.unwrap();
    assert_eq!(town.subjects_to(&ann.email).await, [""; 0]);
}

#[tokio::test]
async fn a_report_is_made_once_and_lies_sealed() {
    let (town, ann) = market_of_ann(30, 1_000).await;
    says(&town, &ann, &Said { last: "Garden & Sons", ..ANN }).await;
    let made = makes(&town, Kind::Dac7).await.unwrap();
    let [report] = made.as_slice() else { panic!("{made:?}") };
    assert_eq!((report.says, report.sellers, report.missing), (Says::New, 1, 0));
    let text = text_of(&town, report).await;
    for part in [
        "<dpi:LastName>Garden &amp; Sons</dpi:LastName>",
        "<dpi:ConsQ1 currCode=\"EUR\">300</dpi:ConsQ1>",
        "<dpi:NumbQ1>30</dpi:NumbQ1>",
        "<dpi:FeesQ1 currCode=\"EUR\">30</dpi:FeesQ1>",
        "<dpi:AddressFree>1 Main Street, Berlin</dpi:AddressFree>",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert_eq!(report.total[0].consideration, 30_000);
    let sealed = town.market.objects.get(&report.object_key).await.unwrap().unwrap();
    assert!(!sealed.windows(6).any(|bytes| bytes == b"Garden"), "readable in the store");
    assert!(matches!(makes(&town, Kind::Dac7).await, Err(Refusal::Conflict("report-unchanged"))));
    assert_eq!(town.count("select count(*) from audit_log where action = 'reports.make'").await, 1);
    for change in ["update yearly_reports set sellers = 2", "delete from yearly_report_sellers"] {
        assert!(sqlx::query(change).execute(&town.owner).await.is_err(), "{change}");
    }
}

#[tokio::test]
async fn what_is_other_than_was_said_is_mended_by_its_name() {
    let (town, ann) = market_in_2027().await;
    let (eve, zoe) = (town.person("Eve").await, town.person("Zoe").await);
    let mut books = Books::of(&town, &ann).await;
    books.sells_many(&ann, 30, 1_000).await;
    let order = books.sells(&eve, FIRST, [210_000, 0, 70], "EUR").await;
    books.sells_many(&zoe, 30, 1_000).await;
    year_ends(&town);
    says(&town, &ann, &ANN).await;
    says(&town, &eve, &Said { first: "Eve", ..ANN }).await;
    let first = makes(&town, Kind::Dac7).await.unwrap().remove(0);
    assert_eq!((first.sellers, first.missing), (2, 1), "Zoe has said nothing");
    town.clock.advance(Duration::hours(1));
    // Ann has moved, half of Eve's sale went back in December, and Zoe has answered.
    says(&town, &ann, &Said { street: "Lindenweg 4", ..ANN }).await;
    books.gives_back(&eve, order, datetime!(2026-12-20 12:00 UTC), [105_000, 0, 0]).await;
    says(&town, &zoe, &Said { first: "Zoe", ..ANN }).await;
    let more = makes(&town, Kind::Dac7).await.unwrap();
    let [new, mended] = more.as_slice() else { panic!("{more:?}") };
    assert_eq!((new.says, new.sellers, new.follows), (Says::New, 1, Some(first.id)));
    assert_eq!((mended.says, mended.sellers, mended.follows), (Says::Corrections, 2, Some(new.id)));
    let (was, text) = (text_of(&town, &first).await, text_of(&town, mended).await);
    let names: Vec<&str> =
        was.split("<stf:DocRefId>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    let mends: Vec<&str> =
        text.split("<stf:CorrDocRefId>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(mends.len(), 2);
    assert!(mends.iter().all(|name| names[1..].contains(name)), "{mends:?} {names:?}");
    assert!(
        text.contains("OECD2") && text.contains("OECD3"),
        "Ann is corrected, and Eve is below the limits now"
    );
    assert!(text.contains("Lindenweg 4") && text.contains("<dpi:ConsQ1 currCode=\"EUR\">2100</dpi:ConsQ1>"));
    assert!(
        text_of(&town, new).await.contains("<stf:DocTypeIndic>OECD0</stf:DocTypeIndic>"),
        "the operator is as it was"
    );
    assert!(matches!(makes(&town, Kind::Dac7).await, Err(Refusal::Conflict("report-unchanged"))));
}

#[tokio::test]
async fn of_two_who_make_a_report_at_once_one_is_refused() {
    let (town, ann) = market_of_ann(30, 1_000).await;
    says(&town, &ann, &ANN).await;
    let (one, other) = tokio::join!(makes(&town, Kind::Dac7), makes(&town, Kind::Dac7));
    let refused = [one, other].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(
        matches!(refused.as_slice(), [Refusal::Conflict("report-meanwhile" | "report-unchanged")]),
        "{refused:?}"
    );
    assert_eq!(town.count("select count(*) from yearly_reports").await, 1);
    assert_eq!(town.market.objects.list("reports").await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_says_nothing_is_missing_and_a_year_of_nobody_is_told_of() {
    let (town, ann) = market_of_ann(30, 1_000).await;
    assert!(matches!(makes(&town, Kind::Dac7).await, Err(Refusal::Conflict("report-missing"))));
    let early = making::make(&town.market.office(), Kind::Dac7, 2027, None).await;
    assert!(matches!(early, Err(Refusal::Conflict("report-year"))));
    // Who is taxed elsewhere is told of elsewhere.
    says(&town, &ann, &Said { country: "NG", ..ANN }).await;
    let nobody = makes(&town, Kind::Dac7).await.unwrap().remove(0);
    assert_eq!((nobody.says, nobody.sellers), (Says::Nothing, 0));
    assert!(text_of(&town, &nobody).await.contains("DPI403"));
    // Euros have no rate into dollars here.
    let none = makes(&town, Kind::Form1099k).await;
    assert!(matches!(none, Err(Refusal::Conflict("report-no-rate"))), "{none:?}");
}

#[tokio::test]
async fn an_operator_without_a_name_reports_nothing() {
    let town = Town::new().await;
    town.clock.advance(Duration::days(365));
    assert!(matches!(makes(&town, Kind::Dac7).await, Err(Refusal::Conflict("report-operator"))));
}

#[tokio::test]
async fn form_1099k_counts_what_came_in_before_anything_was_taken_off() {
    let (town, ann) = market_in_2027().await;
    let mut books = Books::of(&town, &ann).await;
    let mut last = None;
    for n in 0..201 {
        let at = datetime!(2026-11-02 12:00 UTC) + Duration::minutes(n);
        last = Some(books.sells(&ann, at, [9_500, 500, 70], "EUR").await);
    }
    books.gives_back(&ann, last.unwrap(), datetime!(2026-11-20 12:00 UTC), [9_500, 0, 500]).await;
    year_ends(&town);
    says(&town, &ann, &Said { country: "US", region: "CA", tin: "123-45-6789", ..ANN }).await;
    let report = makes(&town, Kind::Form1099k).await.unwrap().remove(0);
    let text = text_of(&town, &report).await;
    // 201 × 100.00 EUR at 1.1172.
    assert!(text.contains(&format!("no,{},SSN,123456789,Annabel,Gardenia,", ann.id)), "{text}");
    assert!(text.contains(",US,201,22455.72,") && text.trim_end().ends_with(",22455.72,0.00"), "{text}");
    assert!(matches!(makes(&town, Kind::Dac7).await.unwrap()[0].says, Says::Nothing));
}

#[tokio::test]
async fn a_currency_without_a_rate_stops_the_report_with_words() {
    let (town, ann) = market_in_2027().await;
    let mut books = Books::of(&town, &ann).await;
    books.sells(&ann, FIRST, [9_500, 500, 70], "SEK").await;
    year_ends(&town);
    assert!(matches!(makes(&town, Kind::Dac7).await, Err(Refusal::Conflict("report-no-rate"))));
    jobs::ask(&town.db, &town.market.config, jobs::Ask {}).await.unwrap();
}

#[tokio::test]
async fn who_has_left_stays_in_the_report_of_the_year_in_which_they_sold() {
    let (town, ann) = market_of_ann(30, 1_000).await;
    says(&town, &ann, &ANN).await;
    let vault = &town.market.door.vault;
    let mut tx = town.db.begin().await.unwrap();
    market::yearly::leaving::keep(&mut tx, vault, ann.id).await.unwrap();
    market::tax::forget(&mut tx, ann.id).await.unwrap();
    vault.forget(&mut tx, ann.id.0).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(knows(&town, &ann).await, None);
    let report = makes(&town, Kind::Dac7).await.unwrap().remove(0);
    assert!(text_of(&town, &report).await.contains("<dpi:LastName>Gardenia</dpi:LastName>"));
    town.clock.advance(Duration::days(731));
    let remind = jobs::remind(&town.db, &town.market.config, vault, jobs::Remind {}).await;
    remind.unwrap();
    let found = kept::find(&mut town.db.read().await.unwrap(), vault, ann.id).await.unwrap();
    assert_eq!(found, None, "for two years");
}
