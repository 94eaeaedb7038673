//! How wide the columns of a table are.

/// What a column asks for, thousandths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Its widest cell in one line.
    pub(crate) natural: i64,
    /// Its widest word.
    pub(crate) narrowest: i64,
    /// Whether it gives and takes room before the others: words do, numbers do not.
    pub(crate) gives: bool,
}

/// How much of a table one word may take, in percent: a longer one is cut.
const WORD_MAX: i64 = 40;

/// Widths that fill `room`. When the wishes are less, the first column of words takes the rest. When they are more, columns
/// of words give what they have above their widest word, then all others; if even that is too little, all shrink alike.
pub(crate) fn widths(wishes: &[Wish], room: i64) -> Vec<i64> {
    let mut widths: Vec<i64> = wishes.iter().map(|wish| wish.natural).collect();
    let sum: i64 = widths.iter().sum();
    if sum <= room {
        let first = wishes.iter().position(|wish| wish.gives).unwrap_or(0);
        if let Some(width) = widths.get_mut(first) {
            *width += room - sum;
        }
        return widths;
    }
    let word_max = room * WORD_MAX / 100;
    for all in [false, true] {
        let excess = widths.iter().sum::<i64>() - room;
        let spare = |(wish, width): (&Wish, &i64)| {
            if all || wish.gives { (width - wish.narrowest.min(word_max)).max(0) } else { 0 }
        };
        let spares: Vec<i64> = wishes.iter().zip(&widths).map(spare).collect();
        let most: i64 = spares.iter().sum();
        if excess > 0 && most > 0 {
            let taken = excess.min(most);
            // Rounded up, which is never more than what is spare.
            let shares = spares.iter().map(|spare| (spare * taken + most - 1) / most);
            widths.iter_mut().zip(shares).for_each(|(width, share)| *width -= share);
        }
    }
    let sum: i64 = widths.iter().sum();
    if sum > room {
        widths.iter_mut().for_each(|width| *width = *width * room / sum);
    }
    widths
}
