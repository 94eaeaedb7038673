//! The words of documents. Their language is their reader's choice of these, and need not be one of the pages; so they stand
//! here, whole in each language, or they do not compile.

mod ar;
mod de;
mod en;

use super::body::{Note, What};
use super::model::Kind;
use kernel::{Lang, Money};

/// A language that documents speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tongue {
    En,
    De,
    Ar,
}

impl Tongue {
    pub const ALL: [Self; 3] = [Self::En, Self::De, Self::Ar];

    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Ar => "ar",
        }
    }

    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tongue| tongue.code() == code)
    }

    /// For who reads pages in a language: the same, or English.
    pub fn of(lang: Lang) -> Self {
        Self::find(lang.code()).unwrap_or(Self::En)
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        self.words().name
    }

    /// Whether it runs from right to left.
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::Ar)
    }

    /// What a line is about, in this language.
    pub fn what(self, what: &What) -> String {
        self.words().what(what)
    }

    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::En => &en::WORDS,
            Self::De => &de::WORDS,
            Self::Ar => &ar::WORDS,
        }
    }
}

/// Everything that a document says in one language. Names in braces are filled.
pub(super) struct Words {
    pub name: &'static str,
    /// Between thousands, and before decimals.
    pub group: char,
    pub point: char,
    pub months: [&'static str; 12],
    /// `{d}`, `{m}`, `{y}`.
    pub date: &'static str,
    pub page_of: &'static str,

    pub receipt: &'static str,
    pub invoice: &'static str,
    pub commission_invoice: &'static str,
    pub credit_note: &'static str,
    pub payout_statement: &'static str,

    pub from: &'static str,
    pub to: &'static str,
    pub tax_number: &'static str,
    pub registration: &'static str,
    pub day: &'static str,
    pub order: &'static str,
    pub payout: &'static str,
    pub bank: &'static str,
    /// `{label}`, `{day}`.
    pub corrects: &'static str,
    pub paid: &'static str,
    pub sent: &'static str,

    pub what: &'static str,
    pub quantity: &'static str,
    pub each: &'static str,
    pub amount: &'static str,
    pub net: &'static str,
    /// `{rate}`, `{place}`, `{base}`.
    pub tax: &'static str,
    pub total: &'static str,
    pub credited: &'static str,

    pub shipping: &'static str,
    pub buyer_fee: &'static str,
    pub tax_line: &'static str,
    pub commission: &'static str,
    pub commission_back: &'static str,
    pub refund: &'static str,
    pub charged_back: &'static str,
    /// `{order}`, as in the next five.
    pub sale: &'static str,
    pub reserve: &'static str,
    pub won: &'static str,
    pub goodwill: &'static str,
    pub netted: &'static str,
    pub taken: &'static str,
    pub payout_back: &'static str,

    /// `{name}`.
    pub goods_by: &'static str,
    pub private_seller: &'static str,
    pub sellers_tax: &'static str,
    pub border: &'static str,
    pub reverse_charge: &'static str,
    pub outside: &'static str,
    /// `{name}`.
    pub self_billed: &'static str,
    pub machine: &'static str,
}

impl Words {
    /// An amount with the code of its currency: a sign may mean several.
    pub(super) fn money(&self, money: Money) -> String {
        format!("{}\u{a0}{}", self.number(&money.decimal()), money.currency.code())
    }

    /// Millionths as percent.
    pub(super) fn percent(&self, ppm: i32) -> String {
        let text = format!("{}.{:04}", ppm / 10_000, (ppm % 10_000).abs());
        format!("{}\u{a0}%", self.number(text.trim_end_matches('0').trim_end_matches('.')))
    }

    fn number(&self, plain: &str) -> String {
        let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let mut out = String::from(sign);
        for (n, digit) in whole.chars().enumerate() {
            if n > 0 && (whole.len() - n).is_multiple_of(3) {
                out.push(self.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.point);
            out.push_str(fraction);
        }
        out
    }

    /// A day that is written as `2026-03-01`; anything else as it is.
    pub(super) fn date(&self, day: &str) -> String {
        let parts: Vec<&str> = day.split('-').collect();
        let [year, month, date] = parts.as_slice() else { return day.to_owned() };
        let month = month.parse::<usize>().ok().and_then(|n| self.months.get(n.checked_sub(1)?));
        let Some(month) = month else { return day.to_owned() };
        let date = date.trim_start_matches('0');
        self.date.replace("{d}", date).replace("{m}", month).replace("{y}", year)
    }

    pub(super) const fn title(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Receipt => self.receipt,
            Kind::Invoice => self.invoice,
            Kind::CommissionInvoice => self.commission_invoice,
            Kind::CreditNote => self.credit_note,
            Kind::PayoutStatement => self.payout_statement,
        }
    }

    pub(super) fn what(&self, what: &What) -> String {
        match what {
            What::Item { title } => title.clone(),
            What::Shipping => self.shipping.to_owned(),
            What::BuyerFee => self.buyer_fee.to_owned(),
            What::Tax { place } => self.tax_line.replace("{place}", place),
            What::Commission => self.commission.to_owned(),
            What::CommissionBack => self.commission_back.to_owned(),
            What::Refund => self.refund.to_owned(),
            What::ChargedBack => self.charged_back.to_owned(),
            What::Sale { order } => self.sale.replace("{order}", order),
            What::Reserve { order } => self.reserve.replace("{order}", order),
            What::Won { order } => self.won.replace("{order}", order),
            What::Goodwill { order } => self.goodwill.replace("{order}", order),
            What::Netted { order } => self.netted.replace("{order}", order),
            What::Taken { order } => self.taken.replace("{order}", order),
            What::PayoutBack => self.payout_back.to_owned(),
        }
    }

    /// `maker` is who makes a document in another's name.
    pub(super) fn note(&self, note: &Note, maker: &str) -> String {
        match note {
            Note::GoodsBy { name } => self.goods_by.replace("{name}", name),
            Note::PrivateSeller => self.private_seller.to_owned(),
            Note::SellersTax => self.sellers_tax.to_owned(),
            Note::Border => self.border.to_owned(),
            Note::ReverseCharge => self.reverse_charge.to_owned(),
            Note::Outside => self.outside.to_owned(),
            Note::SelfBilled => self.self_billed.replace("{name}", maker),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_days_and_rates_are_written_as_people_write_them() {
        let told = |tongue: Tongue, amount, code: &str| {
            tongue.words().money(Money::new(amount, code.parse().unwrap())).replace('\u{a0}', " ")
        };
        assert_eq!(told(Tongue::En, 123_450, "EUR"), "1,234.50 EUR");
        assert_eq!(told(Tongue::De, -123_450, "EUR"), "-1.234,50 EUR");
        assert_eq!(told(Tongue::Ar, 1_234_567, "KWD"), "1,234.567 KWD");
        assert_eq!(told(Tongue::En, 1_000_000, "JPY"), "1,000,000 JPY");
        let percent = |tongue: Tongue, ppm| tongue.words().percent(ppm).replace('\u{a0}', " ");
        assert_eq!(percent(Tongue::En, 190_000), "19 %");
        assert_eq!(percent(Tongue::De, 81_000), "8,1 %");
        assert_eq!(percent(Tongue::En, 88_750), "8.875 %");
        assert_eq!(percent(Tongue::En, 0), "0 %");
        assert_eq!(Tongue::En.words().date("2026-03-01"), "1 March 2026");
        assert_eq!(Tongue::De.words().date("2026-12-24"), "24. Dezember 2026");
        assert_eq!(Tongue::En.words().date("2026-13-01"), "2026-13-01");
    }

    #[test]
    fn every_name_in_braces_is_filled() {
        let order = || "ABC".to_owned();
        for tongue in Tongue::ALL {
            let words = tongue.words();
            let whats = [
                What::Tax { place: "DE".to_owned() },
                What::Sale { order: order() },
                What::Reserve { order: order() },
                What::Won { order: order() },
                What::Goodwill { order: order() },
                What::Netted { order: order() },
                What::Taken { order: order() },
            ];
            let notes = [Note::GoodsBy { name: "Ann".to_owned() }, Note::SelfBilled];
            let all = whats.iter().map(|what| words.what(what));
            for text in all.chain(notes.iter().map(|note| words.note(note, "Market"))) {
                assert!(!text.contains(['{', '}']), "{}: {text}", tongue.code());
            }
            for place in ["{rate}", "{place}", "{base}"] {
                assert!(words.tax.contains(place), "{}", tongue.code());
            }
            assert!(words.corrects.contains("{label}") && words.corrects.contains("{day}"));
            assert!(words.page_of.contains("{page}") && words.page_of.contains("{pages}"));
            assert_eq!(Tongue::find(tongue.code()), Some(tongue));
        }
    }
}
