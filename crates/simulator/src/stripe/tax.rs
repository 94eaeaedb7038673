//! Taxes as the provider counts them. The rates here are for trying out, not for anybody's accounts.

use super::lists;
use super::payments::currency;
use super::route::Call;
use crate::asked::Params;
use crate::books::Kept;
use crate::problem::Problem;
use crate::world::Work;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::Duration;

/// How long a calculation may be used.
const LIFETIME: Duration = Duration::days(90);

/// In hundredths of a percent, and the kind of the tax.
fn rate(country: &str) -> (i64, &'static str) {
    match country {
        "DE" => (1_900, "vat"),
        "FR" | "GB" | "AT" => (2_000, "vat"),
        "ES" | "NL" | "BE" => (2_100, "vat"),
        "IT" => (2_200, "vat"),
        "CH" => (810, "vat"),
        "US" => (800, "sales_tax"),
        "NG" => (750, "vat"),
        _ => (0, "vat"),
    }
}

/// One line of a calculation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    pub id: String,
    pub amount: i64,
    pub tax: i64,
    pub is_inclusive: bool,
    pub quantity: i64,
    pub reference: String,
    pub tax_code: String,
}

/// A calculation, or what became of one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Calculation {
    pub id: String,
    pub currency: String,
    pub country: String,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub items: Vec<Item>,
    pub created: i64,
    /// Of a transaction: by what the marketplace knows it.
    pub reference: Option<String>,
    /// Of a reversal: what it takes back.
    pub original: Option<String>,
    pub metadata: BTreeMap<String, String>,
}

impl Kept for Calculation {
    const KIND: &'static str = "tax.calculation";

    fn id(&self) -> &str {
        &self.id
    }

    fn tag(&self) -> Option<&str> {
        self.reference.as_deref()
    }
}

impl Calculation {
    fn customer(&self) -> Value {
        json!({
            "address": {
                "city": null,
                "country": self.country,
                "line1": null,
                "line2": null,
                "postal_code": self.postal_code,
                "state": self.state,
            },
            "address_source": "shipping",
            "ip_address": null,
            "tax_ids": [],
            "taxability_override": "none",
        })
    }

    fn reason(&self) -> &'static str {
        if rate(&self.country).0 == 0 { "not_collecting" } else { "standard_rated" }
    }

    /// What each place takes of a line.
    fn of_line(&self, item: &Item) -> Value {
        let (rate, kind) = rate(&self.country);
        json!([{
            "amount": item.tax,
            "jurisdiction": {
                "country": self.country,
                "display_name": self.country,
                "level": "country",
                "state": null,
            },
            "sourcing": "destination",
            "tax_rate_details": {
                "display_name": if kind == "vat" { "VAT" } else { "Sales tax" },
                "percentage_decimal": percent(rate),
                "tax_type": kind,
            },
            "taxability_reason": self.reason(),
            "taxable_amount": base(item),
        }])
    }

    /// As Stripe shows it before it is used. `by_line`: with what is taken of each line, which is shown when asked for.
    fn shown(&self, by_line: bool) -> Value {
        let (rate, kind) = rate(&self.country);
        let percent = percent(rate);
        let sum = |inclusive: bool| -> i64 {
            self.items.iter().filter(|i| i.is_inclusive == inclusive).map(|i| i.tax).sum()
        };
        let breakdown = |inclusive: bool| {
            json!({
                "amount": sum(inclusive),
                "inclusive": inclusive,
                "tax_rate_details": {
                    "country": self.country,
                    "flat_amount": null,
                    "percentage_decimal": percent,
                    "rate_type": "percentage",
                    "state": self.state,
                    "tax_type": kind,
                },
                "taxability_reason": self.reason(),
                "taxable_amount": self.items.iter().filter(|i| i.is_inclusive == inclusive).map(base).sum::<i64>(),
            })
        };
        let line = |item: &Item| {
            json!({
                "id": item.id,
                "object": "tax.calculation_line_item",
                "amount": item.amount,
                "amount_tax": item.tax,
                "livemode": false,
                "metadata": {},
                "product": null,
                "quantity": item.quantity,
                "reference": item.reference,
                "tax_behavior": if item.is_inclusive { "inclusive" } else { "exclusive" },
                "tax_breakdown": if by_line { self.of_line(item) } else { Value::Null },
                "tax_code": item.tax_code,
            })
        };
        let url = format!("/v1/tax/calculations/{}/line_items", self.id);
        let breakdowns: Vec<Value> = [false, true]
            .into_iter()
            .filter(|inclusive| self.items.iter().any(|i| i.is_inclusive == *inclusive))
            .map(breakdown)
            .collect();
        json!({
            "id": self.id,
            "object": "tax.calculation",
            "amount_total": self.items.iter().map(|i| i.amount).sum::<i64>() + sum(false),
            "currency": self.currency,
            "customer": null,
            "customer_details": self.customer(),
            "expires_at": self.created + LIFETIME.whole_seconds(),
            "line_items": lists::list(&url, self.items.iter().map(line).collect(), false),
            "livemode": false,
            "ship_from_details": null,
            "shipping_cost": null,
            "tax_amount_exclusive": sum(false),
            "tax_amount_inclusive": sum(true),
            "tax_breakdown": breakdowns,
            "tax_date": self.created,
        })
    }

    /// As Stripe shows it once it counts.
    fn shown_as_transaction(&self) -> Value {
        let kind = if self.original.is_some() { "reversal" } else { "transaction" };
        let line = |item: &Item| {
            json!({
                "id": item.id,
                "object": "tax.transaction_line_item",
                "amount": item.amount,
                "amount_tax": item.tax,
                "livemode": false,
                "metadata": {},
                "product": null,
                "quantity": item.quantity,
                "reference": item.reference,
                "reversal": null,
                "tax_behavior": if item.is_inclusive { "inclusive" } else { "exclusive" },
                "tax_code": item.tax_code,
                "type": kind,
            })
        };
        let url = format!("/v1/tax/transactions/{}/line_items", self.id);
        json!({
            "id": self.id,
            "object": "tax.transaction",
            "created": self.created,
            "currency": self.currency,
            "customer": null,
            "customer_details": self.customer(),
            "line_items": lists::list(&url, self.items.iter().map(line).collect(), false),
            "livemode": false,
            "metadata": self.metadata,
            "posted_at": self.created,
            "reference": self.reference,
            "reversal": self.original.as_ref().map(|id| json!({ "original_transaction": id })),
            "ship_from_details": null,
            "shipping_cost": null,
            "tax_date": self.created,
            "type": kind,
        })
    }
}

/// Hundredths of a percent as Stripe writes them: "19.00".
fn percent(rate: i64) -> String {
    format!("{}.{:02}", rate / 100, rate % 100)
}

/// What the tax is counted on.
fn base(item: &Item) -> i64 {
    if item.is_inclusive { item.amount - item.tax } else { item.amount }
}

/// Half up, as the provider does.
fn part(amount: i64, of: i64, whole: i64) -> i64 {
    let doubled = i128::from(amount) * i128::from(of) * 2 + i128::from(whole);
    i64::try_from(doubled.div_euclid(2 * i128::from(whole))).unwrap_or(0)
}

/// `POST /v1/tax/calculations`
pub async fn calculate(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(&[
        "currency",
        "customer_details",
        "expand",
        "line_items",
        "ship_from_details",
        "shipping_cost",
        "tax_date",
    ])?;
    let address = |name: &str| p.text(&format!("customer_details[address][{name}]"));
    let country = address("country").ok_or_else(|| Problem::missing("customer_details[address][country]"))?;
    if country == "US" && !address("postal_code").is_some_and(is_american) {
        // Taxes are those of towns there.
        let message = "The customer's location isn't recognized: its postal code is missing or wrong.";
        return Err(
            Problem::wrong("customer_details[address]", message).coded("customer_tax_location_invalid")
        );
    }
    let calculation = Calculation {
        id: work.name("taxcalc"),
        currency: currency(p)?,
        country: country.to_owned(),
        state: address("state").map(str::to_owned),
        postal_code: address("postal_code").map(str::to_owned),
        items: items(work, p, country)?,
        created: work.stamp(),
        reference: None,
        original: None,
        metadata: BTreeMap::new(),
    };
    work.save(&calculation).await?;
    Ok(calculation.shown(p.list("expand").contains(&"line_items.data.tax_breakdown")))
}

/// Whether a postcode begins with five digits.
fn is_american(postcode: &str) -> bool {
    postcode.get(..5).is_some_and(|five| five.bytes().all(|b| b.is_ascii_digit()))
}

fn items(work: &Work, p: &Params, country: &str) -> Result<Vec<Item>, Problem> {
    let (rate, _) = rate(country);
    let mut items = Vec::new();
    for n in 0.. {
        let name = |field: &str| format!("line_items[{n}][{field}]");
        let Some(amount) = p.whole(&name("amount"))? else { break };
        let is_inclusive = p.text(&name("tax_behavior")) == Some("inclusive");
        let whole = if is_inclusive { 10_000 + rate } else { 10_000 };
        items.push(Item {
            id: work.name("tax_li"),
            amount,
            tax: part(amount, rate, whole),
            is_inclusive,
            quantity: p.whole(&name("quantity"))?.unwrap_or(1),
            reference: p.text(&name("reference")).map_or_else(|| format!("L{}", n + 1), str::to_owned),
            tax_code: p.text(&name("tax_code")).unwrap_or("txcd_99999999").to_owned(),
        });
    }
    if items.is_empty() { Err(Problem::missing("line_items")) } else { Ok(items) }
}

/// `POST /v1/tax/transactions/create_from_calculation`
pub async fn transact(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(&["calculation", "expand", "metadata", "posted_at", "reference"])?;
    let seen = found(work, p.needed("calculation")?, "calculation").await?;
    let reference = unused(work, p.needed("reference")?).await?;
    let id = work.name("tax");
    let made = Calculation { id, reference: Some(reference), metadata: p.under("metadata"), ..seen };
    work.save(&made).await?;
    Ok(made.shown_as_transaction())
}

/// `POST /v1/tax/transactions/create_reversal`: of all of it, or of a part that is given with its tax.
pub async fn reverse(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    let known =
        ["expand", "flat_amount", "line_items", "metadata", "mode", "original_transaction", "reference"];
    p.only(&known)?;
    let original = found(work, p.needed("original_transaction")?, "original_transaction").await?;
    let reference = unused(work, p.needed("reference")?).await?;
    let negative = |item: &Item| Item { amount: -item.amount, tax: -item.tax, ..item.clone() };
    let items = match (p.needed("mode")?, p.whole("flat_amount")?) {
        ("full", _) => original.items.iter().map(negative).collect(),
        (_, Some(amount)) => flat(&original.items, amount),
        _ => return Err(Problem::wrong("mode", "The simulator reverses all of it, or a flat_amount.")),
    };
    let made = Calculation {
        id: work.name("tax"),
        reference: Some(reference),
        original: Some(original.id.clone()),
        items,
        created: work.stamp(),
        metadata: p.under("metadata"),
        ..original
    };
    work.save(&made).await?;
    Ok(made.shown_as_transaction())
}

/// A negative amount, tax included, spread over the items.
fn flat(items: &[Item], amount: i64) -> Vec<Item> {
    let gross = |item: &Item| if item.is_inclusive { item.amount } else { item.amount + item.tax };
    let whole = items.iter().map(gross).sum::<i64>().max(1);
    let of = |item: &Item| Item {
        amount: part(item.amount, amount, whole),
        tax: part(item.tax, amount, whole),
        ..item.clone()
    };
    items.iter().map(of).collect()
}

async fn found(work: &mut Work, id: &str, param: &str) -> Result<Calculation, Problem> {
    let known: Option<Calculation> = work.load(id).await?;
    known.ok_or_else(|| Problem::none("tax calculation", id, param))
}

async fn unused(work: &mut Work, reference: &str) -> Result<String, Problem> {
    if work.tagged::<Calculation>(reference).await?.is_empty() {
        return Ok(reference.to_owned());
    }
    let message = format!("The reference '{reference}' is used by another transaction.");
    Err(Problem::refused("reference_already_used", message))
}
