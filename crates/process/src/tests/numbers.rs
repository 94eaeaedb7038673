//! Lengths of time in tables.

use time::Duration;

use crate::period::parse;

#[test]
fn fixed_lengths_are_read() {
    for (text, seconds) in
        [("PT30M", 1_800), ("P5D", 432_000), ("P2W", 1_209_600), ("P1DT12H", 129_600), ("PT1H1M1S", 3_661)]
    {
        assert_eq!(parse(text), Some(Duration::seconds(seconds)), "{text}");
    }
}

#[test]
fn everything_else_is_refused() {
    for text in [
        "", "P", "PT", "5D", "P5", "P0D", "PT0S", "P-5D", "P+5D", "P1M", "P1Y", "P1D1W", "PT1M1H", "P1DT",
        "P99999D", "PT5D", "P5H", "p5d", " P5D", "P5D ", "P1.5D", "P1D1D", "P٥D",
    ] {
        assert_eq!(parse(text), None, "{text:?}");
    }
}
