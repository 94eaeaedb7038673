//! The files of documents: made later, the same each time, and looked at.

use super::{all, completes, issues, slip, sold};
use market::documents::jobs::{self, Render, Tell};
use market::documents::{
    self, Body, Content, Corrected, Kind, Line, Note, Paid, Party, TaxSum, Tongue, What,
};
use market::documents::{check, wishes};
use testkit::Town;

async fn renders(town: &Town) {
    let market = &town.market;
    jobs::render(&town.db, &market.objects, &market.press, Render {}).await.unwrap();
}

async fn checked(town: &Town) -> check::Report {
    check::check(&town.db, &town.market.objects, &town.market.press).await.unwrap()
}

#[tokio::test]
async fn rendered_again_it_is_the_same_bytes() {
    let town = Town::new().await;
    let (ann, ben, deal) = sold(&town).await;
    completes(&ann, &ben, &deal).await;
    town.run_jobs().await;
    assert_eq!(checked(&town).await.without_file, 2);
    renders(&town).await;
    for document in all(&town).await {
        let kept = town.market.objects.get(&document.file.as_ref().unwrap().key).await.unwrap().unwrap();
        assert!(kept.starts_with(b"%PDF-"));
        let again = town.market.press.print(&document.body, document.head.tongue).await.unwrap();
        assert!(again.bytes == kept && again.sha256[..] == document.file.unwrap().hash[..]);
    }
    let report = checked(&town).await;
    assert_eq!((report.documents, report.compared, report.without_file), (2, 2, 0));
    assert!(report.ok(), "{report}");
    // Once made, a file is not made again.
    let before = town.count("select count(*) from documents where rendered_at = issued_at").await;
    town.clock.advance(time::Duration::days(1));
    renders(&town).await;
    assert_eq!(town.count("select count(*) from documents where rendered_at = issued_at").await, before);
}

#[tokio::test]
async fn what_was_changed_behind_the_programs_back_is_found() {
    let town = Town::new().await;
    let ben = town.person("Ben").await;
    let ids = [issues(&town, &slip(&ben, "a")).await, issues(&town, &slip(&ben, "b")).await];
    issues(&town, &slip(&ben, "c")).await;
    renders(&town).await;
    assert!(checked(&town).await.ok());
    let objects = &town.market.objects;
    objects.put(&format!("documents/{}.pdf", ids[0]), "%PDF-no".into(), "application/pdf").await.unwrap();
    for change in [
        "alter table documents disable trigger user",
        "alter table document_counters disable trigger user",
        "update documents set body = jsonb_set(body, '{content,recipient,name}', '\"Eve\"') where cause = 'b'",
        "delete from documents where cause = 'c'",
    ] {
        sqlx::raw_sql(change).execute(&town.owner).await.unwrap();
    }
    let faults = checked(&town).await.faults;
    let told = faults.join("\n");
    assert!(told.contains("3 numbers were taken, and there are 2 documents"), "{told}");
    assert!(told.contains("R-2026-000001: its file") && told.contains("was changed"), "{told}");
    assert!(told.contains("R-2026-000002: what it says is not what was kept"), "{told}");
    assert!(told.contains("R-2026-000002: made again, its file is another one"), "{told}");
    // Who asks for the file gets the one that belongs to the document.
    let document = documents::find(&mut town.db.read().await.unwrap(), ids[0]).await.unwrap();
    let bytes = documents::pdf(objects, &town.market.press, &document, Tongue::En).await.unwrap();
    assert!(bytes.len() > 1_000);
}

#[tokio::test]
async fn readers_are_told_once_a_week_unless_they_do_not_want_to() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    for (who, cause) in [(&ann, "a"), (&ben, "b"), (&ben, "c")] {
        issues(&town, &slip(who, cause)).await;
    }
    let mut tx = town.db.begin().await.unwrap();
    wishes::set_letters(&mut tx, ann.id, false).await.unwrap();
    tx.commit().await.unwrap();
    let tells = async || {
        // Events are read once no older transaction of any test is open.
        for _ in 0..5_000 {
            jobs::tell(&town.db, "http://localhost:8080", Tell {}).await.unwrap();
            let behind = "select count(*) from events e join event_readers r on r.name = 'documents'
                where (e.xid, e.event_id) > (r.xid, r.event_id)";
            if town.count(behind).await == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        panic!("the events do not come to an end");
    };
    tells().await;
    tells().await;
    assert_eq!(town.subjects_to(&ann.email).await, Vec::<String>::new());
    let subjects = town.subjects_to(&ben.email).await;
    assert!(!subjects.is_empty() && subjects.len() <= 2, "{subjects:?}");
    assert!(subjects.iter().all(|subject| subject.contains("ready for you")), "{subjects:?}");
}

/// For looking at: `target/documents/{en,de,ar}.pdf`.
#[tokio::test]
async fn an_invoice_in_three_languages_has_every_letter() {
    let town = Town::new().await;
    let party = |name: &str, lines: &[&str], country: &str| Party {
        name: name.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        country: Some(country.to_owned()),
        tax_number: Some("DE123456789".to_owned()),
        registration: Some("Amtsgericht Berlin, HRB 12345".to_owned()),
        email: None,
    };
    let item = |title: &str, quantity: i64, unit: i64| Line {
        what: What::Item { title: title.to_owned() },
        quantity,
        unit: Some(unit),
        amount: quantity * unit,
    };
    let lines = vec![
        item("Ein Fahrrad, so gut wie neu", 1, 125_000),
        item("دراجة هوائية بحالة ممتازة", 2, 99_900),
        item("क्षत्रिय दीपक", 1, 4_500),
        Line::one(What::Shipping, super::eur(690)),
    ];
    let total: i64 = lines.iter().map(|line| line.amount).sum();
    let body = Body {
        layout: documents::body::LAYOUT,
        kind: Kind::Invoice,
        label: "S-7K3M9QX2ABCD-2026-000123".to_owned(),
        day: "2026-11-23".to_owned(),
        content: Content {
            issuer: party("Ọládélé Adéyẹmí & محمد علي GmbH", &["Am Markt 1", "10115 Berlin"], "DE"),
            made_by: Some("Village Market GmbH".to_owned()),
            recipient: party("שלום כהן", &["ул. Ленина 5", "София"], "BG"),
            order: Some("7F3A22KQ9".to_owned()),
            transfer: None,
            corrects: Some(Corrected { label: "S-1".to_owned(), day: "2026-11-01".to_owned() }),
            currency: kernel::Currency::EUR,
            lines,
            taxes: vec![TaxSum { place: "DE".to_owned(), rate_ppm: 190_000, base: 277_303, amount: 52_687 }],
            total,
            paid: Some(Paid { day: "2026-11-23".to_owned() }),
            notes: vec![Note::SelfBilled, Note::SellersTax],
        },
    };
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/documents"));
    std::fs::create_dir_all(folder).unwrap();
    let mut hashes = std::collections::BTreeSet::new();
    for tongue in Tongue::ALL {
        let pdf = town.market.press.print(&body, tongue).await.unwrap();
        assert_eq!(pdf.missing, Vec::<char>::new(), "{}", tongue.code());
        std::fs::write(folder.join(format!("{}.pdf", tongue.code())), &pdf.bytes).unwrap();
        hashes.insert(pdf.sha256);
        let paper = documents::lay_out(&body, tongue);
        assert_eq!((paper.rtl, paper.lang.as_str()), (tongue == Tongue::Ar, tongue.code()));
    }
    assert_eq!(hashes.len(), 3);
}
