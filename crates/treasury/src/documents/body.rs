//! What a document says: without words of any language, so that it can be read in each.

use super::model::Kind;
use kernel::{Currency, Money};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// How sheets are laid out by this version. It grows when the same document would come out in other bytes; files that are
/// there are as they were.
pub const LAYOUT: u16 = 1;

/// All of it. Amounts are minor units of the currency of the content, days are written as `2026-03-01`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    pub layout: u16,
    pub kind: Kind,
    pub label: String,
    pub day: String,
    pub content: Content,
}

/// What is said beside number and date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    pub issuer: Party,
    /// Who made it in the issuer's name.
    pub made_by: Option<String>,
    pub recipient: Party,
    /// The number of the order.
    pub order: Option<String>,
    pub transfer: Option<Transfer>,
    pub corrects: Option<Corrected>,
    pub currency: Currency,
    pub lines: Vec<Line>,
    /// What of the total is tax that the marketplace owes, by place and rate.
    pub taxes: Vec<TaxSum>,
    pub total: i64,
    pub paid: Option<Paid>,
    pub notes: Vec<Note>,
}

/// Somebody on a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    pub name: String,
    /// Street and town.
    pub lines: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// For taxes.
    pub tax_number: Option<String>,
    pub registration: Option<String>,
    pub email: Option<String>,
}

/// A payout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    pub number: String,
    /// What may be shown of the bank account.
    pub bank: Option<String>,
}

/// The document that a credit note corrects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    pub label: String,
    pub day: String,
}

/// A line, with taxes that are within its amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub what: What,
    pub quantity: i64,
    /// For one piece.
    pub unit: Option<i64>,
    pub amount: i64,
}

impl Line {
    /// One of something.
    pub fn one(what: What, amount: Money) -> Self {
        Self { what, quantity: 1, unit: None, amount: amount.amount }
    }
}

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum What {
    Item {
        title: String,
    },
    Shipping,
    BuyerFee,
    /// A tax on top of the price, for this place.
    Tax {
        place: String,
    },
    Commission,
    CommissionBack,
    /// Goes back to the buyer.
    Refund,
    /// Was taken back by the buyer's bank.
    ChargedBack,
    /// Of a payout: the seller's part of an order, by its number.
    Sale {
        order: String,
    },
    /// What was kept back of it for a while.
    Reserve {
        order: String,
    },
    /// A dispute about it was won.
    Won {
        order: String,
    },
    Goodwill {
        order: String,
    },
    /// Of a payout: what of it paid what the seller owed, and what was taken back of it. Less than nothing.
    Netted {
        order: String,
    },
    Taken {
        order: String,
    },
    PayoutBack,
}

/// A tax at one rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxSum {
    pub place: String,
    /// Millionths.
    pub rate_ppm: i32,
    /// Without the tax.
    pub base: i64,
    pub amount: i64,
}

/// That the money has come, or has gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paid {
    pub day: String,
}

/// A sentence at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Note {
    /// Who sells the goods, where the marketplace writes.
    GoodsBy {
        name: String,
    },
    /// A private person sells: no tax.
    PrivateSeller,
    /// The seller owes the tax.
    SellersTax,
    /// Taxes and duties come at the border.
    Border,
    ReverseCharge,
    /// The service is not taxed where the marketplace is.
    Outside,
    SelfBilled,
}

/// Why a content is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the lines make {lines} and the total is {total}, of which {tax} is tax")]
pub struct Uneven {
    pub lines: i128,
    pub total: i64,
    pub tax: i128,
}

impl Content {
    /// Of the total, what is tax.
    pub fn tax(&self) -> Money {
        Money::new(self.taxes.iter().map(|tax| tax.amount).sum(), self.currency)
    }

    pub const fn total(&self) -> Money {
        Money::new(self.total, self.currency)
    }

    /// Whether the sums are sums: the lines make the total, which is more than nothing, and no tax is more than it.
    pub fn check(&self) -> Result<(), Uneven> {
        let lines: i128 = self.lines.iter().map(|line| i128::from(line.amount)).sum();
        let tax: i128 = self.taxes.iter().map(|tax| i128::from(tax.amount)).sum();
        let negative = self.taxes.iter().any(|tax| tax.amount < 0 || tax.base < 0);
        let total = i128::from(self.total);
        if lines == total && total > 0 && tax <= total && !negative {
            Ok(())
        } else {
            Err(Uneven { lines, total: self.total, tax })
        }
    }
}

/// JSON with its keys in order and no spaces, as RFC 8785 writes it for values like ours: texts, whole numbers, lists and
/// objects with plain keys.
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut sorted: Vec<(&String, &Value)> = fields.iter().collect();
            sorted.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (n, (name, field)) in sorted.into_iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write(field, out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

/// SHA-256 of the canonical form.
pub fn hash(value: &Value) -> [u8; 32] {
    digest(canonical(value).as_bytes())
}

/// SHA-256.
pub(super) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn content() -> Content {
        Content {
            issuer: Party::default(),
            made_by: None,
            recipient: Party { name: "محمد علي \"M\"".to_owned(), ..Party::default() },
            order: None,
            transfer: None,
            corrects: None,
            currency: Currency::EUR,
            lines: vec![
                Line {
                    what: What::Item { title: "Lamp\t1".to_owned() },
                    quantity: 2,
                    unit: Some(50),
                    amount: 100,
                },
                Line::one(What::Shipping, Money::new(19, Currency::EUR)),
            ],
            taxes: vec![TaxSum { place: "DE".to_owned(), rate_ppm: 190_000, base: 100, amount: 19 }],
            total: 119,
            paid: None,
            notes: vec![Note::GoodsBy { name: "Ann".to_owned() }, Note::PrivateSeller],
        }
    }

    #[test]
    fn the_order_of_keys_does_not_matter() {
        let one = json!({ "b": [1, { "d": null, "c": true }], "a": "x\"\u{e9}\n" });
        let other: Value =
            serde_json::from_str(r#" {"a":"x\"\u00e9\n", "b":[1,{"c":true,"d":null}]} "#).unwrap();
        assert_eq!(canonical(&one), r#"{"a":"x\"é\n","b":[1,{"c":true,"d":null}]}"#);
        assert_eq!(hash(&one), hash(&other));
        assert_ne!(hash(&one), hash(&json!({ "a": "x" })));
    }

    #[test]
    fn a_content_is_read_as_it_was_written() {
        let value = serde_json::to_value(content()).unwrap();
        assert_eq!(serde_json::from_value::<Content>(value.clone()).unwrap(), content());
        let text = canonical(&value);
        let again: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((canonical(&again), again), (text, value));
    }

    #[test]
    fn lines_that_do_not_make_the_total_are_refused() {
        let good = content();
        assert_eq!(good.check(), Ok(()));
        assert_eq!(good.tax(), Money::new(19, Currency::EUR));
        let bad = [
            Content { total: 120, ..good.clone() },
            Content { total: 0, lines: Vec::new(), taxes: Vec::new(), ..good.clone() },
            Content { taxes: vec![TaxSum { amount: 120, ..good.taxes[0].clone() }], ..good.clone() },
            Content { taxes: vec![TaxSum { base: -1, ..good.taxes[0].clone() }], ..good.clone() },
        ];
        for content in bad {
            assert!(content.check().is_err(), "{content:?}");
        }
    }
}
