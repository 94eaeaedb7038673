//! Who a seller is for the tax office: sealed, in the copy, and gone with its key.

use market::accounts::model::Client;
use market::tax::profile::{self, Details, Said};
use testkit::{Person, Town};
use time::macros::date;

/// What Ann says of herself.
pub(super) const ANN: Said<'_> = Said {
    class: "private",
    country: "DE",
    first: "Annabel",
    last: "Gardenia",
    born: "23.4.1990",
    birth_town: "",
    birth_country: "",
    business_name: "",
    registration: "",
    vat_id: "",
    self_billing: false,
    street: "Lindenweg 333",
    postcode: "10115",
    town: "Berlin",
    region: "",
    tin: "86095742719",
};

/// Somebody says who they are.
pub(super) async fn says(town: &Town, who: &Person, said: &Said<'_>) {
    let details = said.read(date!(2026 - 12 - 31)).unwrap();
    let mut tx = town.db.begin().await.unwrap();
    let by = (&Client::default(), "http://localhost:8080");
    profile::set(&mut tx, &town.market.door.vault, who.id, &details, by).await.unwrap();
    tx.commit().await.unwrap();
}

pub(super) async fn knows(town: &Town, who: &Person) -> Option<Details> {
    let mut reader = town.db.read().await.unwrap();
    profile::open(&mut reader, &town.market.door.vault, who.id).await.unwrap()
}

#[tokio::test]
async fn what_names_a_seller_is_kept_sealed() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    assert_eq!(knows(&town, &ann).await, None);
    says(&town, &ann, &ANN).await;
    assert_eq!(knows(&town, &ann).await, Some(ANN.read(town.now().date()).unwrap()));
    for text in ["Annabel", "Gardenia", "Lindenweg", "86095742719"] {
        for table in ["seller_profiles", "audit_log", "security_events", "jobs", "events"] {
            let query = format!("select count(*) from {table} t where position($1 in t::text) > 0");
            let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
                .bind(text)
                .fetch_one(&town.owner)
                .await
                .unwrap();
            assert_eq!(found, 0, "{text} in {table}");
        }
    }
    assert_eq!(town.subjects_to(&ann.email).await, ["Tax details changed"]);
    assert_eq!(town.count("select count(*) from audit_log where action = 'tax.profile'").await, 1);
}

#[tokio::test]
async fn what_is_sealed_does_not_open_for_somebody_else() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    says(&town, &ann, &ANN).await;
    says(&town, &ben, &ANN).await;
    let swap = "update seller_profiles p set tin_sealed = (select tin_sealed from seller_profiles o where o.member_id <> p.member_id)";
    sqlx::query(swap).execute(&town.owner).await.unwrap();
    let mut reader = town.db.read().await.unwrap();
    assert!(profile::open(&mut reader, &town.market.door.vault, ann.id).await.is_err());
}

#[tokio::test]
async fn a_business_is_known_by_its_name_and_consents_once() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let shop = Said {
        class: "business",
        business_name: "Lamps Ltd",
        vat_id: "DE 136 695 976",
        self_billing: true,
        tin: "",
        ..ANN
    };
    says(&town, &ann, &shop).await;
    let standing = profile::standing(&mut town.db.read().await.unwrap(), ann.id).await.unwrap();
    assert_eq!(standing.business_name.as_deref(), Some("Lamps Ltd"));
    assert_eq!(standing.vat_id.as_deref(), Some("DE136695976"));
    assert!(standing.self_billing && standing.is_in_eu() && standing.given_at.is_some());
    assert_eq!(
        town.count("select count(*) from seller_profiles where legal_name_sealed is not null").await,
        0
    );
    says(&town, &ann, &Said { self_billing: false, ..shop }).await;
    assert!(!profile::standing(&mut town.db.read().await.unwrap(), ann.id).await.unwrap().self_billing);
}
