//! What tax offices were told of one seller, read out of the files that were made for them (Directive 2011/16/EU, annex V,
//! section IV B: sellers get it too).

use super::dac7;
use super::form_1099k::harmless;
use super::model::{Kind, Report, SaysOf};
use super::store;
use super::telling::{self, Office};
use kernel::{MemberId, Refusal};
use platform::Reader;

/// A field of what was told: its way in the file, what stands there, and the currency of an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub currency: Option<String>,
}

/// What one report says of a seller.
#[derive(Clone, Debug)]
pub struct Own {
    pub report: Report,
    pub says: SaysOf,
    pub fields: Vec<Field>,
}

impl Own {
    /// What a field says, by the end of its way, with its currency.
    pub fn field(&self, end: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.rsplit('/').next() == Some(end))
    }
}

/// Whether any tax office was told of somebody.
pub async fn is_told(reader: &mut Reader, seller: MemberId) -> Result<bool, Refusal> {
    Ok(!store::of_seller(reader, seller).await?.is_empty())
}

/// Everything that was told of a seller, the newest first. Of a file that is gone it only says that it was made.
pub async fn of(reader: &mut Reader, office: &Office<'_>, seller: MemberId) -> Result<Vec<Own>, Refusal> {
    let mut all = Vec::new();
    for said in store::of_seller(reader, seller).await? {
        let Some(report) = store::find(reader, said.report).await? else { continue };
        let fields = match telling::open(reader, office, &report).await {
            Ok(file) => fields_of(&report, &file, seller, &said.doc_ref)?,
            Err(Refusal::NotFound) => Vec::new(),
            Err(refusal) => return Err(refusal),
        };
        all.push(Own { report, says: said.says, fields });
    }
    Ok(all)
}

fn fields_of(report: &Report, file: &[u8], seller: MemberId, doc_ref: &str) -> Result<Vec<Field>, Refusal> {
    match report.kind {
        Kind::Dac7 => {
            let message = std::str::from_utf8(file).map_err(Refusal::broken)?;
            Ok(dac7::body_of(message, doc_ref).map(leaves).unwrap_or_default())
        }
        Kind::Form1099k => line_of(file, &seller.to_string()),
    }
}

/// The elements that hold text, of what we have written ourselves: no element holds text and others.
fn leaves(xml: &str) -> Vec<Field> {
    let (mut way, mut open, mut found) = (Vec::new(), None, Vec::new());
    for piece in xml.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        if tag.starts_with('/') {
            if let Some((currency, value)) = open.take() {
                found.push(Field { name: way.join("/"), value: plain(value), currency });
            }
            way.pop();
            continue;
        }
        let (name, marks) = tag.split_once(' ').unwrap_or((tag, ""));
        way.push(name.trim_start_matches("dpi:"));
        let currency = marks.split("currCode=\"").nth(1).and_then(|rest| rest.split('"').next());
        open = Some((currency.map(str::to_owned), text));
    }
    found
}

/// A text as it was before it was written into XML.
fn plain(text: &str) -> String {
    let names = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    names.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

/// The line of a seller in a table, under its heads.
fn line_of(file: &[u8], seller: &str) -> Result<Vec<Field>, Refusal> {
    let mut table = csv::Reader::from_reader(file);
    let heads = table.headers().map_err(Refusal::broken)?.clone();
    for line in table.records() {
        let line = line.map_err(Refusal::broken)?;
        if line.get(1) == Some(seller) {
            let field = |(name, value): (&str, &str)| Field {
                name: name.to_owned(),
                value: value.to_owned(),
                currency: None,
            };
            return Ok(heads.iter().zip(line.iter()).skip(2).map(field).collect());
        }
    }
    Ok(Vec::new())
}

/// All of it as a table that other programs read (RFC 4180), a line for each field.
pub fn csv(all: &[Own]) -> Result<String, Refusal> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["year", "report", "made_at", "says", "field", "value", "currency"])
        .map_err(Refusal::broken)?;
    for own in all {
        let it = &own.report;
        let (year, day) = (it.year.to_string(), it.made_at.date().to_string());
        for field in &own.fields {
            let (value, currency) = (harmless(&field.value), field.currency.as_deref().unwrap_or_default());
            let (kind, says, name) = (it.kind.name(), own.says.name(), field.name.as_str());
            let record = [year.as_str(), kind, day.as_str(), says, name, value.as_str(), currency];
            writer.write_record(record).map_err(Refusal::broken)?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| Refusal::broken(error.to_string()))?;
    String::from_utf8(bytes).map_err(Refusal::broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_read_by_their_way() {
        let xml = "<dpi:A><dpi:TIN issuedBy=\"DE\">1 &amp;lt; 2</dpi:TIN><dpi:B><dpi:ConsQ1 currCode=\"EUR\">300</dpi:ConsQ1>\
                   </dpi:B></dpi:A><dpi:C></dpi:C>";
        let told: Vec<(String, String, Option<String>)> =
            leaves(xml).into_iter().map(|it| (it.name, it.value, it.currency)).collect();
        let one = |name: &str, value: &str, currency: Option<&str>| {
            (name.to_owned(), value.to_owned(), currency.map(str::to_owned))
        };
        let all = [one("A/TIN", "1 &lt; 2", None), one("A/B/ConsQ1", "300", Some("EUR")), one("C", "", None)];
        assert_eq!(told, all);
    }

    #[test]
    fn only_ones_own_line_is_read() {
        let file = b"corrected,account,tin,gross\nno,a,1,2.00\nno,b,\"3, 4\",5.00\n";
        let told = line_of(file, "b").unwrap();
        let told: Vec<(&str, &str)> = told.iter().map(|it| (it.name.as_str(), it.value.as_str())).collect();
        assert_eq!(told, [("tin", "3, 4"), ("gross", "5.00")]);
        assert!(line_of(file, "c").unwrap().is_empty());
    }
}
