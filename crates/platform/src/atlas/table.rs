//! The list of countries that the program carries. `bin/make-atlas` makes its files; the source is named there, the form
//! in `bin/atlas.mjs`.
//!
//! Packed it has some 400 KB. It is unpacked when it is asked for the first time, each kind of address for itself, and
//! takes 1.5 MB (IPv4) and 1.1 MB (IPv6) from then on.

use super::Country;
use std::net::IpAddr;
use std::sync::LazyLock;

pub(super) const V4_FILE: &[u8] = include_bytes!("../../data/countries-v4.br");
pub(super) const V6_FILE: &[u8] = include_bytes!("../../data/countries-v6.br");
const MAGIC: &[u8; 8] = b"tpatlas1";

static V4: LazyLock<Table<u32>> = LazyLock::new(|| Table::unpack(V4_FILE));
static V6: LazyLock<Table<u64>> = LazyLock::new(|| Table::unpack(V6_FILE));

/// The country that a public address was announced for when the list was made.
pub(super) fn country_of(address: IpAddr) -> Option<Country> {
    match address {
        IpAddr::V4(v4) => V4.find(v4.to_bits()),
        // No network is smaller than /64: the rest of the address says nothing.
        IpAddr::V6(v6) => V6.find(u64::try_from(v6.to_bits() >> 64).ok()?),
    }
}

/// Where the country changes, in order: each start, and whose all is from there to the next.
#[derive(Default)]
pub(super) struct Table<T> {
    starts: Vec<T>,
    /// 0 for nobody, else the place in `codes`, from 1.
    owners: Vec<u8>,
    codes: Vec<Country>,
}

impl<T: Copy + Ord + Default + TryFrom<u64>> Table<T> {
    /// Of a file; empty if it is broken, which a test would tell.
    pub(super) fn unpack(mut packed: &[u8]) -> Self {
        let mut bytes = Vec::new();
        let done = brotli::BrotliDecompress(&mut packed, &mut bytes);
        done.ok().and_then(|()| Self::read(&bytes)).unwrap_or_default()
    }

    /// Of what the file holds. Nothing if it is broken.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (count, rest) = bytes.strip_prefix(MAGIC)?.split_first()?;
        let (names, mut rest) = rest.split_at_checked(usize::from(*count) * 2)?;
        let codes: Option<Vec<Country>> =
            names.chunks(2).map(|two| Country::read(std::str::from_utf8(two).ok()?)).collect();
        let steps = usize::try_from(varint(&mut rest)?).ok()?;
        // Each takes two bytes or more: a broken number asks for no memory.
        if steps > rest.len() / 2 {
            return None;
        }
        let (mut starts, mut at) = (Vec::with_capacity(steps), 0_u64);
        for _ in 0..steps {
            at = at.checked_add(varint(&mut rest)?)?;
            starts.push(T::try_from(at).ok()?);
        }
        (rest.len() == steps).then_some(Self { starts, owners: rest.to_vec(), codes: codes? })
    }

    /// Whose `at` is.
    pub(super) fn find(&self, at: T) -> Option<Country> {
        let after = self.starts.partition_point(|start| *start <= at);
        let owner = *self.owners.get(after.checked_sub(1)?)?;
        self.codes.get(usize::from(owner).checked_sub(1)?).copied()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }
}

/// Takes a number from the front (LEB128).
fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64_u32).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
