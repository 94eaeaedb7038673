//! The file that the operator names: of countries or of towns, in the MaxMind DB format, as MaxMind (GeoLite2, GeoIP2)
//! and DB-IP publish it.

use super::{AtlasError, Country, Credit, Place};
use maxminddb::{LookupResult, MaxMindDbError, Reader, WithinOptions};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Networks that are looked at when the file is opened: one of them must have a country.
const LOOKED_AT: usize = 1000;

/// How the titles of files begin whose licence asks for a line on the pages that show what is in them.
const CREDITS: [(&str, Credit); 2] = [
    ("DBIP", Credit { words: "IP Geolocation by DB-IP", url: "https://db-ip.com" }),
    ("GeoLite2", Credit { words: "GeoLite data created by MaxMind", url: "https://www.maxmind.com" }),
];

/// The file, in memory as it is on disk.
#[derive(Debug)]
pub(super) struct PlaceFile {
    path: PathBuf,
    reader: Reader<Vec<u8>>,
}

/// What is read of a network's record.
#[derive(Deserialize)]
struct Record {
    country: Option<Named>,
    city: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    iso_code: Option<String>,
    #[serde(default)]
    names: BTreeMap<String, String>,
}

impl PlaceFile {
    pub(super) fn open(path: &Path) -> Result<Self, AtlasError> {
        let fault = |why: String| AtlasError { path: path.to_owned(), why };
        let reader = Reader::open_readfile(path).map_err(|error| fault(error.to_string()))?;
        let file = Self { path: path.to_owned(), reader };
        if file.knows_countries().map_err(|error| fault(error.to_string()))? {
            Ok(file)
        } else {
            let kind = &file.reader.metadata().database_type;
            Err(fault(format!("it names no countries ({kind}); take a file of cities or of countries")))
        }
    }

    fn knows_countries(&self) -> Result<bool, MaxMindDbError> {
        let mut networks = self.reader.networks(WithinOptions::default())?.take(LOOKED_AT).flatten();
        Ok(networks.any(|network| place_in(&network).is_some()))
    }

    /// Looks at every part of it. Answers with what it calls itself.
    pub(super) fn verify(&self) -> Result<&str, AtlasError> {
        let fault = |error: MaxMindDbError| AtlasError { path: self.path.clone(), why: error.to_string() };
        self.reader.verify().map_err(fault)?;
        Ok(&self.reader.metadata().database_type)
    }

    /// What it says of an address. A part that is broken says nothing.
    pub(super) fn find(&self, address: IpAddr) -> Option<Place> {
        place_in(&self.reader.lookup(address).ok()?)
    }

    pub(super) fn credit(&self) -> Option<Credit> {
        let kind = &self.reader.metadata().database_type;
        CREDITS.into_iter().find(|(begins, _)| kind.starts_with(begins)).map(|(_, credit)| credit)
    }
}

fn place_in(found: &LookupResult<'_, Vec<u8>>) -> Option<Place> {
    let record: Record = found.decode().ok()??;
    let country = Country::read(&record.country?.iso_code?)?;
    Some(Place { country, town: record.city.map(|city| city.names).unwrap_or_default() })
}
