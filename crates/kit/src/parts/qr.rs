//! A QR code (ISO/IEC 18004), for what a phone's camera should read.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Modules of white around the code, without which cameras do not find it.
const QUIET: usize = 4;

/// The code of a text, black on white in every theme, because cameras want it so. Nothing for a text of more than
/// some two thousand bytes, which no code holds.
pub fn qr(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return html! {} };
    let (width, side) = (code.width(), code.width() + 2 * QUIET);
    let mut path = String::new();
    for (n, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", n % width + QUIET, n / width + QUIET);
        }
    }
    html! {
        svg.qr role="img" aria-label=(label) viewBox={ "0 0 " (side) " " (side) } shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_within_its_frame() {
        let drawn = qr("otpauth://totp/x", "Code").into_string();
        // Version 2 has 25 modules; the finder pattern begins after the quiet zone.
        assert!(drawn.contains("viewBox=\"0 0 33 33\"") && drawn.contains("M4 4h1v1h-1z"), "{drawn}");
        assert!(qr(&"x".repeat(4_000), "Code").into_string().is_empty());
    }
}
