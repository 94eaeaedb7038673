//! Telling a thing from what is made for it.
//!
//! A laptop bag says "laptop" as loudly as a laptop does, in a shorter title, so plain BM25 puts
//! bags, locks and chargers before the thing itself. A document whose title holds one of the
//! words below counts as an accessory; it is ranked lower unless the query asks for one.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::words::Stems;

/// What an accessory's score is multiplied with. On judged queries over electronics 0.8 to 0.6 rank
/// alike, three points of NDCG@10 above 1.
pub const DEMOTION: f32 = 0.7;

/// Nouns that name a part of, a cover for, or a helper to another thing.
const NOUNS: &str = "accessory accessories adapter adaptor arm bag band battery belt blade bracket \
    bulb bumper cable carrier cartridge case charger clamp cleaner clip connector cord cover \
    cradle cushion dock docking drum enclosure extender feeder filament film filter foil frame \
    fuser grip handle hinge holder hook hose insert inverter kit label lead lens lid lock manual \
    mat mount mounting nozzle pad part pedal pillow plate pouch protector rack refill remote \
    replacement riser sheath shell skin sleeve spare spacer stand strap stylus tip toner tool \
    tray tripod valve wallet warranty wrap";

static STEMS: LazyLock<HashSet<String>> = LazyLock::new(|| Stems::new().all(NOUNS).into_iter().collect());

/// Whether any of the stems names an accessory.
pub fn names_accessory<'a>(stems: impl IntoIterator<Item = &'a str>) -> bool {
    stems.into_iter().any(|stem| STEMS.contains(stem))
}
