//! Rules of fees: they begin, count, and end.

use kernel::{Currency, FeeRuleId, Refusal};
use market::fees::{self, Fee, FeeRule, NewRule, Sale};
use testkit::Town;
use time::Duration;

fn settings() -> FeeRule {
    FeeRule {
        rule: None,
        commission: Fee { bp: 800, ..Fee::default() },
        buyer: Fee { bp: 500, fixed: 70, ..Fee::default() },
    }
}

fn rule(town: &Town, category: &str) -> NewRule {
    NewRule {
        position: 1,
        title: "Less for furniture".to_owned(),
        category: Some(category.to_owned()),
        tier: None,
        business: None,
        currency: Some(Currency::EUR),
        commission: Fee { bp: 300, fixed: 10, min: 50, cap: Some(2_000) },
        buyer: Fee { bp: 200, fixed: 30, min: 0, cap: Some(900) },
        begins_at: town.now(),
    }
}

async fn makes(town: &Town, new: &NewRule) -> Result<FeeRuleId, Refusal> {
    let mut tx = town.db.begin().await.unwrap();
    let made = fees::make_rule(&mut tx, None, new).await?;
    tx.commit().await.unwrap();
    Ok(made)
}

async fn ends(town: &Town, id: FeeRuleId) -> Result<(), Refusal> {
    let mut tx = town.db.begin().await.unwrap();
    fees::end_rule(&mut tx, None, id).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn counts(town: &Town, category: &str) -> FeeRule {
    let sale = Sale { category: Some(category), tier: 0, business: false, currency: Currency::EUR };
    let mut reader = town.db.read().await.unwrap();
    fees::rules_of(&mut reader, &[sale], &settings()).await.unwrap().remove(0)
}

#[tokio::test]
async fn a_rule_counts_from_its_beginning_to_its_end() {
    let town = Town::new().await;
    let soon = NewRule { begins_at: town.now() + Duration::days(1), ..rule(&town, "furniture") };
    let id = makes(&town, &soon).await.unwrap();
    assert_eq!(counts(&town, "furniture.sofas").await, settings(), "it has not begun");
    town.later(Duration::days(1)).await;
    let counted = FeeRule { rule: Some(id), commission: soon.commission, buyer: soon.buyer };
    assert_eq!(counts(&town, "furniture.sofas").await, counted);
    assert_eq!(counts(&town, "books").await, settings());
    ends(&town, id).await.unwrap();
    assert_eq!(counts(&town, "furniture.sofas").await, settings(), "it is over");
    assert!(matches!(ends(&town, id).await, Err(Refusal::Conflict("fee-rule-over"))));
    assert_eq!(
        town.count("select count(*) from audit_log where action in ('fees.make', 'fees.end')").await,
        2
    );
}

#[tokio::test]
async fn a_rule_that_never_began_never_counts() {
    let town = Town::new().await;
    let soon = NewRule { begins_at: town.now() + Duration::days(1), ..rule(&town, "furniture") };
    let id = makes(&town, &soon).await.unwrap();
    ends(&town, id).await.unwrap();
    assert!(fees::list(&mut town.db.read().await.unwrap()).await.unwrap().is_empty());
    town.later(Duration::days(1)).await;
    assert_eq!(counts(&town, "furniture.sofas").await, settings());
}

#[tokio::test]
async fn a_rule_that_cannot_be_is_refused_by_field() {
    let town = Town::new().await;
    let good = rule(&town, "furniture");
    let cases = [
        ("title", NewRule { title: " x ".to_owned(), ..good.clone() }),
        ("currency", NewRule { currency: None, ..good.clone() }),
        ("commission_bp", NewRule { commission: Fee { bp: 5_001, ..good.commission }, ..good.clone() }),
        ("commission_cap", NewRule { commission: Fee { cap: Some(49), ..good.commission }, ..good.clone() }),
        ("buyer_fixed", NewRule { buyer: Fee { fixed: -1, ..good.buyer }, ..good.clone() }),
        ("begins_at", NewRule { begins_at: town.now() - Duration::seconds(1), ..good.clone() }),
    ];
    for (field, new) in cases {
        match makes(&town, &new).await {
            Err(Refusal::Fields(errors)) => assert!(errors.of(field).is_some(), "{field}: {errors:?}"),
            other => panic!("{field}: {other:?}"),
        }
    }
    assert!(matches!(ends(&town, FeeRuleId(uuid::Uuid::nil())).await, Err(Refusal::NotFound)));
}
