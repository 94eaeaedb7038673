//! What is asked for: addresses of every kind of page, drawn from the catalogue. Each kind has many addresses, so
//! that nothing is measured that one remembered answer could give.

use crate::catalogue::categories;
use crate::random::Random;
use crate::store::Known;
use crate::words::{MAKERS, QUALITIES, THINGS};

/// Addresses of each kind.
const MANY: usize = 2000;

/// Pages of listings.
pub fn listing_pages(known: &[Known]) -> Vec<String> {
    draw(1, known).map(|it| format!("/listings/{}-{}", it.slug, it.id)).collect()
}

/// Listings as JSON.
pub fn listing_json(known: &[Known]) -> Vec<String> {
    draw(2, known).map(|it| format!("/api/v1/listings/{}", it.id)).collect()
}

/// One row by its id, of the bare handler.
pub fn bare(known: &[Known]) -> Vec<String> {
    draw(3, known).map(|it| format!("/{}", it.id)).collect()
}

fn draw(seed: u64, known: &[Known]) -> impl Iterator<Item = &Known> {
    let mut random = Random::seeded(seed);
    (0..MANY).filter_map(move |_| known.get(random.below(known.len())))
}

/// Categories without words, in any order one may choose.
pub fn browsing() -> anyhow::Result<Vec<String>> {
    let (categories, mut random) = (categories()?, Random::seeded(4));
    let page = |id: &String, random: &mut Random| match random.below(4) {
        0 => format!("/search?category={id}&sort=newest"),
        1 => format!("/search?category={id}&sort=price_asc"),
        _ => format!("/search?category={id}"),
    };
    Ok((0..MANY)
        .filter_map(|_| Some(page(categories.get(random.below(categories.len()))?, &mut random)))
        .collect())
}

/// Searches: one word or two, some with filters, some misspelt.
pub fn searches() -> Vec<String> {
    let mut random = Random::seeded(5);
    (0..MANY).map(|_| search(&mut random)).collect()
}

fn search(random: &mut Random) -> String {
    let thing = random.word(THINGS).to_owned();
    let words = match random.below(10) {
        0..2 => thing,
        2..5 => format!("{}+{thing}", random.word(MAKERS)),
        5..8 => format!("{}+{thing}", random.word(QUALITIES)),
        8 => format!("{}+{}+{thing}", random.word(QUALITIES), random.word(MAKERS)),
        _ => misspelt(&thing),
    };
    match random.below(10) {
        0 => format!("/search?q={words}&condition=good"),
        1 => format!("/search?q={words}&min=50&max=900"),
        2 => format!("/search?q={words}&sort=price_asc"),
        _ => format!("/search?q={words}"),
    }
}

/// A word with a letter left out in the middle.
fn misspelt(word: &str) -> String {
    let middle = word.len() / 2;
    word.char_indices().filter(|(at, _)| *at != middle).map(|(_, c)| c).collect()
}

/// What is typed so far: the beginning of a word, or a word and the beginning of the next.
pub fn suggestions() -> Vec<String> {
    let mut random = Random::seeded(6);
    let all = [THINGS, MAKERS, QUALITIES];
    let typed = |random: &mut Random| {
        let word = random.pick(&all).map(|words| random.word(words)).unwrap_or_default().to_lowercase();
        let start: String = word.chars().take(1 + random.below(5)).collect();
        if random.chance(25) { format!("{}+{start}", random.word(MAKERS)) } else { start }
    };
    (0..MANY).map(|_| format!("/api/v1/suggestions?q={}", typed(&mut random))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_can_be_sent() {
        for path in searches().into_iter().chain(suggestions()).chain(browsing().unwrap()) {
            assert!(path.parse::<http::Uri>().is_ok(), "{path}");
        }
    }

    #[test]
    fn a_letter_is_missing() {
        assert_eq!(misspelt("lamp"), "lap");
    }
}
