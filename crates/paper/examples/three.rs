//! Writes an invoice in English, German and Arabic, to be looked at:
//! `cargo run -p paper --example three`, then `pdftoppm -r 110 -png target/paper/ar.pdf target/paper/ar`.
#![allow(clippy::print_stdout, reason = "it says where the files are")]

use paper::{Block, Cell, Fonts, Sheet, Size, render};
use std::error::Error;
use std::fs;
use std::path::Path;

/// What differs between the three.
struct Words {
    lang: &'static str,
    page_of: &'static str,
    title: &'static str,
    seller: [&'static str; 3],
    buyer: [&'static str; 3],
    heads: [&'static str; 4],
    row: [&'static str; 4],
    feet: [[&'static str; 2]; 3],
    paid: [&'static str; 2],
    note: &'static str,
}

static THREE: [Words; 3] = [
    Words {
        lang: "en",
        page_of: "Page {page} of {pages}",
        title: "Invoice 2026-000123",
        seller: ["Seller", "Ọládélé Adéyẹmí & محمد علي Ltd", "12 Marina Road, Lagos"],
        buyer: ["Buyer", "Anna Müller", "क्षत्रिय हिन्दी, नई दिल्ली"],
        heads: ["What", "Number", "Each", "Amount"],
        row: ["A bicycle as good as new, with lights and a bell", "1", "₦125,000.00", "₦125,000.00"],
        feet: [["Net", "₦1,000,000.00"], ["VAT 7.5 %", "₦75,000.00"], ["Total", "₦1,075,000.00"]],
        paid: ["How it was paid", "By card •••• 4242 on 23 November 2026, order 7f3a-22."],
        note: "Made by a machine, and valid without a signature.",
    },
    Words {
        lang: "de",
        page_of: "Seite {page} von {pages}",
        title: "Rechnung 2026-000123",
        seller: ["Verkäuferin", "Anna Müller", "Am Markt 1, 10115 Berlin"],
        buyer: ["Käufer", "Ελένη Παπαδοπούλου", "ул. Ленина 5, София"],
        heads: ["Was", "Anzahl", "Preis", "Betrag"],
        row: ["Ein Fahrrad, so gut wie neu, mit Licht und Klingel", "1", "1.250,00 €", "1.250,00 €"],
        feet: [["Netto", "10.000,00 €"], ["USt. 19 %", "1.900,00 €"], ["Summe", "11.900,00 €"]],
        paid: ["Bezahlung", "Mit Karte •••• 4242 am 23. November 2026, Bestellung 7f3a-22."],
        note: "Von einer Maschine geschrieben und ohne Unterschrift gültig.",
    },
    Words {
        lang: "ar",
        page_of: "صفحة {page} من {pages}",
        title: "فاتورة 2026-000123",
        seller: ["البائع", "Anna Müller & محمد علي GmbH", "هاتف +49-30-123456"],
        buyer: ["المشتري", "شركة (النور) للتجارة", "שלום בע״מ"],
        heads: ["الوصف", "العدد", "السعر", "المبلغ"],
        row: ["دراجة هوائية بحالة ممتازة مع مصابيح وجرس", "1", "1,250.00 €", "1,250.00 €"],
        feet: [["الصافي", "10,000.00 €"], ["الضريبة 19 %", "1,900.00 €"], ["المجموع", "11,900.00 €"]],
        paid: ["الدفع", "بالبطاقة •••• 4242 في 23 نوفمبر 2026، الطلب 7f3a-22."],
        note: "صدرت إلكترونيًا وصالحة بدون توقيع.",
    },
];

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The first at the start of its column, the others at the end.
fn cells(texts: &[&str]) -> Vec<Cell> {
    let cell = |(n, text): (usize, &&str)| if n == 0 { Cell::new(*text) } else { Cell::end(*text) };
    texts.iter().enumerate().map(cell).collect()
}

fn sheet(words: &Words) -> Sheet {
    let foot =
        |foot: &[&str; 2]| -> Vec<Cell> { foot.iter().map(|text| Cell::end(*text).strong()).collect() };
    let blocks = vec![
        Block::Heading(words.title.to_owned()),
        Block::Pair(owned(&words.seller), owned(&words.buyer)),
        Block::Table {
            heads: cells(&words.heads),
            rows: (0..40).map(|_| cells(&words.row)).collect(),
            feet: words.feet.iter().map(foot).collect(),
        },
        Block::Heading(words.paid[0].to_owned()),
        Block::Lines(owned(&words.paid[1..])),
        Block::Gap,
        Block::Note(words.note.to_owned()),
    ];
    Sheet {
        title: words.title.to_owned(),
        lang: words.lang.to_owned(),
        rtl: words.lang == "ar",
        size: Size::A4,
        page_of: words.page_of.to_owned(),
        blocks,
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("target/paper");
    fs::create_dir_all(folder)?;
    for words in &THREE {
        let pdf = render(&sheet(words), &Fonts::built_in())?;
        let path = folder.join(format!("{}.pdf", words.lang));
        fs::write(&path, &pdf.bytes)?;
        println!("{}: {} bytes", path.display(), pdf.bytes.len());
    }
    Ok(())
}
