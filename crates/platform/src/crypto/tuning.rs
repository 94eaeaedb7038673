//! What a password's hash should cost on this machine.
//!
//! As dear as a member who signs in does not mind, in memory rather than in time, because memory is what makes
//! guessing with graphics cards dear (RFC 9106, 4). Never below 19 MiB and two passes (OWASP Password Storage Cheat
//! Sheet). One lane always: a second one would need a second core for the same person, and those are for others.

use super::hasher::{HashError, hash_with};
use argon2::{Algorithm, Argon2, Params, Version};
use std::fs;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

/// What a hash should take.
pub const TARGET: Duration = Duration::from_millis(150);
/// What it may take.
const LONGEST: Duration = Duration::from_millis(250);
const LEAST_KIB: u32 = 19 * 1024;
const LEAST_PASSES: u32 = 2;
const PASSES_MAX: u32 = 10;
/// What memory is looked at, mebibytes, most first.
const RUNGS_MIB: [u32; 8] = [256, 192, 128, 96, 64, 46, 32, 19];
/// All hashes at once may take one part in so many of the machine's memory.
const SHARE: u64 = 8;

/// What a machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    pub cores: usize,
    /// Kibibytes that this program may use; `None`: nobody says.
    pub memory_kib: Option<u64>,
}

/// What to put into the settings, section `passwords`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    pub memory_kib: u32,
    pub passes: u32,
    pub at_once: usize,
    /// What a hash of this cost takes here.
    pub takes: Duration,
}

/// The machine that this runs on, and what the control group of the process leaves of it.
pub fn machine() -> Machine {
    let total = fs::read_to_string("/proc/meminfo").ok().and_then(|text| total_of(&text));
    let group = fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    let group = group.and_then(|text| text.trim().parse::<u64>().ok()).map(|bytes| bytes / 1024);
    Machine {
        cores: available_parallelism().map_or(1, usize::from),
        memory_kib: [total, group].into_iter().flatten().min(),
    }
}

/// `MemTotal: 16303428 kB`
fn total_of(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// The best for a machine. `takes` measures a hash of this memory (kibibytes) and so many passes; what it answers
/// grows with both. It is asked two or three times.
///
/// # Errors
/// Those of `takes`.
pub fn advise<E>(
    machine: Machine,
    mut takes: impl FnMut(u32, u32) -> Result<Duration, E>,
) -> Result<Advice, E> {
    // Half of the cores: pages are made while passwords are hashed.
    let at_once = (machine.cores / 2).max(1);
    let budget = machine.memory_kib.map(|kib| kib / SHARE / at_once as u64);
    let pass = takes(LEAST_KIB, 1)?.max(Duration::from_micros(1));
    let passes_of = |kib: u32| {
        let one = pass.as_secs_f64() * f64::from(kib) / f64::from(LEAST_KIB);
        // The target in passes is a small number; a machine so fast that it is not gets the most.
        (1..=PASSES_MAX).rev().find(|n| one * f64::from(*n) <= TARGET.as_secs_f64()).unwrap_or(0)
    };
    let fits = |kib: &u32| budget.is_none_or(|budget| u64::from(*kib) <= budget);
    let best =
        RUNGS_MIB.map(|mib| mib * 1024).into_iter().filter(fits).find(|kib| passes_of(*kib) >= LEAST_PASSES);
    let memory_kib = best.unwrap_or(LEAST_KIB);
    let mut passes = passes_of(memory_kib).max(LEAST_PASSES);
    let mut time = takes(memory_kib, passes)?;
    if time > LONGEST && passes > LEAST_PASSES {
        // Much memory takes more than its part of the time, where caches are small.
        let one = time / passes;
        passes = (LEAST_PASSES..passes).rev().find(|n| one * *n <= TARGET).unwrap_or(LEAST_PASSES);
        time = takes(memory_kib, passes)?;
    }
    Ok(Advice { memory_kib, passes, at_once, takes: time })
}

/// How long a hash takes here: the shorter of two, because the other was disturbed. Blocking.
///
/// # Errors
/// [`HashError::Settings`] when argon2 cannot work with the cost.
pub fn measure(memory_kib: u32, passes: u32) -> Result<Duration, HashError> {
    let params = Params::new(memory_kib, passes, 1, None).map_err(HashError::Settings)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let once = || {
        let started = Instant::now();
        hash_with(&argon, b"a password to measure with", &[7; 16]).map(|_| started.elapsed())
    };
    Ok(once()?.min(once()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine whose pass over a mebibyte takes so many microseconds.
    fn advice(cores: usize, memory_mib: u64, micros: u64) -> Advice {
        let takes = |kib: u32, passes: u32| {
            Ok::<_, HashError>(Duration::from_micros(micros * u64::from(kib / 1024) * u64::from(passes)))
        };
        advise(Machine { cores, memory_kib: Some(memory_mib * 1024) }, takes).unwrap()
    }

    #[test]
    fn memory_comes_first_then_time() {
        let usual = advice(2, 8 * 1024, 800);
        assert_eq!((usual.memory_kib, usual.passes, usual.at_once), (64 * 1024, 2, 1));
        assert_eq!(usual.takes, Duration::from_micros(102_400));
        let large = advice(16, 64 * 1024, 300);
        assert_eq!((large.memory_kib, large.passes, large.at_once), (192 * 1024, 2, 8));
    }

    #[test]
    fn little_memory_is_used_more_often() {
        let small = advice(1, 512, 500);
        assert_eq!((small.memory_kib, small.passes, small.at_once), (64 * 1024, 4, 1));
        let smaller = advice(4, 512, 500);
        assert_eq!((smaller.memory_kib, smaller.passes, smaller.at_once), (32 * 1024, 9, 2));
    }

    #[test]
    fn nothing_is_advised_below_the_least() {
        for slow in [advice(1, 64, 10_000), advice(64, 256, 900)] {
            assert!(slow.memory_kib >= LEAST_KIB && slow.passes >= LEAST_PASSES, "{slow:?}");
        }
    }

    #[test]
    fn what_turns_out_too_dear_is_made_cheaper() {
        // Twice as dear as it seemed at first.
        let takes = |kib: u32, passes: u32| {
            let factor = if kib > LEAST_KIB || passes > 1 { 2 } else { 1 };
            Ok::<_, HashError>(Duration::from_micros(
                factor * 500 * u64::from(kib / 1024) * u64::from(passes),
            ))
        };
        let machine = Machine { cores: 1, memory_kib: Some(512 * 1024) };
        let advice = advise(machine, takes).unwrap();
        assert_eq!((advice.memory_kib, advice.passes), (64 * 1024, 2));
    }

    #[test]
    fn this_machine_can_be_asked() {
        assert!(machine().cores >= 1);
        assert_eq!(total_of("MemFree: 1 kB\nMemTotal:   16303428 kB\n"), Some(16_303_428));
        assert!(measure(64, 1).unwrap() > Duration::ZERO);
    }
}
