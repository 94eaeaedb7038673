use super::*;
use crate::fees::Fee;
use crate::orders::by_hand::PaidFrom;
use crate::orders::goodwill::To;
use crate::payments::calls::BecameOf;
use crate::reconciliation::Was;
use crate::staff::model::{RoleTitle, Words};
use kernel::{
    BankAccountId, ChargebackId, Currency, DebtId, FeeRuleId, JobId, Lang, OrderId, PayoutId, RefundId, Say,
    SettlementId, SuspenseId, TaxPlace,
};
use serde_json::Value;
use uuid::Uuid;

fn all() -> Vec<Act> {
    let (member, role) = (MemberId(Uuid::nil()), "support".to_owned());
    let names = vec!["admin.see".to_owned()];
    let money = Money::new(500, kernel::Currency::EUR);
    vec![
        Act::GrantRole { member, role: role.clone() },
        Act::TakeRole { member, role: role.clone() },
        Act::MakeRole { title: RoleTitle::read("Desk").unwrap(), permissions: names.clone() },
        Act::EditRole { role: role.clone(), before: Vec::new(), after: names },
        Act::DeleteRole { role },
        Act::Suspend { member, words: Words::read("You are out.").unwrap(), days: Some(7) },
        Act::LiftSuspension { member, suspension: None },
        Act::LookAs { member },
        Act::DecideOrder {
            order: OrderId(Uuid::nil()),
            step: "rule_partial".to_owned(),
            version: 3,
            amount: Some(400),
            reasons: Some("The photos show the crack.".to_owned()),
            paid_from: Some("bank".to_owned()),
            reference: Some("TP-4711".to_owned()),
        },
        Act::DiscardJob { job: JobId(Uuid::nil()) },
        Act::Goodwill { number: Uuid::nil(), order: OrderId(Uuid::nil()), to: To::Seller, money },
        Act::Goodwill {
            number: Uuid::nil(),
            order: OrderId(Uuid::nil()),
            to: To::Buyer { reference: "TP-1".to_owned() },
            money,
        },
        Act::SayOfCall { key: "refund:1".to_owned(), became: BecameOf::NotDone },
        Act::SayOfCall {
            key: "refund:1".to_owned(),
            became: BecameOf::Done { reference: "re_1".to_owned() },
        },
        Act::AcceptChargeback { chargeback: ChargebackId(Uuid::nil()) },
        Act::RefundInquiry { chargeback: ChargebackId(Uuid::nil()) },
        Act::PayRefundByHand {
            refund: RefundId(Uuid::nil()),
            paid_from: PaidFrom::Provider,
            reference: "trf_1".to_owned(),
        },
        Act::SendRefundToBank { refund: RefundId(Uuid::nil()), bank: BankAccountId(Uuid::nil()) },
        Act::ReleaseSettlement { settlement: SettlementId(Uuid::nil()) },
        Act::WriteOffDebt { debt: DebtId(Uuid::nil()) },
        Act::GiveUpPayout { payout: PayoutId(Uuid::nil()) },
        Act::FixTier { member, tier: 2, days: 30 },
        Act::ClearSuspense { suspense: SuspenseId(Uuid::nil()), was: Was::Bank },
        Act::ClearSuspense {
            suspense: SuspenseId(Uuid::nil()),
            was: Was::Buyer { order: OrderId(Uuid::nil()), reference: "TP-1".to_owned() },
        },
        Act::ClearSuspense {
            suspense: SuspenseId(Uuid::nil()),
            was: Was::Seller { order: OrderId(Uuid::nil()), seller: member },
        },
        Act::TakeEarnings { provider: "stripe".to_owned(), reference: "po_1".to_owned(), money },
        Act::TopUp { provider: "stripe".to_owned(), reference: "tu_1".to_owned(), money },
        Act::PayTax { number: Uuid::nil(), place: "DE".to_owned(), money },
        Act::PutHold { order: OrderId(Uuid::nil()), kind: "fraud".to_owned(), days: 7 },
        Act::LiftHold { order: OrderId(Uuid::nil()), kind: "fraud".to_owned() },
        Act::MakeFeeRule {
            position: 1,
            title: "Less for books".to_owned(),
            category: Some("books".to_owned()),
            tier: None,
            business: Some(true),
            currency: Some(Currency::EUR),
            commission: Fee { bp: 300, fixed: 10, min: 50, cap: Some(2_000) },
            buyer: Fee::default(),
            begins: Some("2026-04-01".parse().unwrap()),
        },
        Act::EndFeeRule { rule: FeeRuleId(Uuid::nil()) },
        Act::SetRegistration {
            place: TaxPlace::parse("DE").unwrap(),
            scheme: "local".to_owned(),
            number: "DE123456789".to_owned(),
            begins: "2026-01-01".parse().unwrap(),
            ends: None,
        },
        Act::SetTaxRate {
            place: TaxPlace::parse("DE").unwrap(),
            category: String::new(),
            ppm: 190_000,
            begins: "2026-01-01".parse().unwrap(),
            ends: Some("2026-12-31".parse().unwrap()),
            source: "The law".to_owned(),
        },
    ]
}

#[test]
fn what_is_kept_is_read_as_it_was() {
    for act in all() {
        let kept = serde_json::to_value(&act).unwrap();
        assert_eq!(kept["act"], act.name());
        assert_eq!(serde_json::from_value::<Act>(kept.clone()).unwrap(), act);
        let Value::Object(mut more) = kept else { panic!("{act:?}") };
        more.insert("more".to_owned(), true.into());
        assert!(serde_json::from_value::<Act>(more.into()).is_err(), "{act:?} with more than it takes");
        assert!(!act.told().contains_key("words") && !act.told().contains_key("reasons"));
    }
    let before =
        serde_json::json!({ "act": "decide_order", "order": Uuid::nil(), "step": "x", "version": 1 });
    assert!(serde_json::from_value::<Act>(before).is_ok(), "what waits from before is read as before");
    let unknown = serde_json::json!({ "act": "pay_out", "amount": 5 });
    assert!(serde_json::from_value::<Act>(unknown).is_err(), "an act of a later version");
}

#[test]
fn everything_has_words_and_somebody_who_decides() {
    for lang in Lang::all() {
        let say = Say::new(lang);
        let kinds = SecondPerson::ALL.map(|kind| format!("second-{}", kind.name()));
        let states = State::ALL.map(|state| format!("approval-{}", state.name()));
        for key in all().iter().map(Act::key).chain(kinds).chain(states) {
            assert!(Say::knows(&key) && !say.by_key(&key).is_empty(), "{key}");
        }
    }
    for act in all() {
        assert!(DECIDERS.contains(&act.permission()), "{act:?}");
    }
    for kind in SecondPerson::ALL {
        assert!(all().iter().any(|act| act.kind() == kind), "{kind:?} is in the settings for nothing");
    }
    assert!(State::ALL.iter().all(|s| State::find(s.name()) == Some(*s)));
}
