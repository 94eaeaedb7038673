//! What processes cost, as Linux counts it in `/proc` (proc(5)).

use anyhow::Context;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The processor time that a process has used itself, and that of its children which have ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ticks {
    own: u64,
    ended_children: u64,
    parent: u32,
}

/// Ticks of a second in `/proc`: 100 wherever Linux runs today, but only `getconf` knows.
fn ticks_per_second() -> u64 {
    let asked = std::process::Command::new("getconf").arg("CLK_TCK").output().ok();
    let answered = asked.and_then(|o| String::from_utf8(o.stdout).ok()?.trim().parse().ok());
    answered.filter(|ticks| *ticks > 0).unwrap_or(100)
}

/// Reads a line of `/proc/PID/stat`. The second field is a name in brackets, which may hold anything.
fn parse(stat: &str) -> Option<Ticks> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    // Counted from the third field of the whole line: state, ppid, …, utime (14th), stime, cutime, cstime.
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Ticks {
        own: number(11)? + number(12)?,
        ended_children: number(13)? + number(14)?,
        parent: u32::try_from(number(1)?).ok()?,
    })
}

fn ticks(pid: u32) -> Option<Ticks> {
    parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

fn children(parent: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|e| e.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| ticks(*pid).is_some_and(|t| t.parent == parent)).collect()
}

/// Reads processor time.
#[derive(Clone, Copy, Debug)]
pub struct Processor {
    ticks_per_second: u64,
}

impl Processor {
    pub fn new() -> Self {
        Self { ticks_per_second: ticks_per_second() }
    }

    /// What one process has used since it began, without its children. Zero when it is gone.
    pub fn of(&self, pid: u32) -> Duration {
        self.time(ticks(pid).unwrap_or_default().own)
    }

    /// What a process and its children have used, also those that have ended: PostgreSQL, from its first process.
    pub fn of_family(&self, pid: u32) -> Duration {
        let first = ticks(pid).unwrap_or_default();
        let others: u64 = children(pid).into_iter().filter_map(ticks).map(|t| t.own).sum();
        self.time(first.own + first.ended_children + others)
    }

    const fn time(&self, ticks: u64) -> Duration {
        Duration::from_micros(ticks * 1_000_000 / self.ticks_per_second)
    }
}

/// A line "Name:   123 kB" of a file in `/proc`, in bytes.
fn line(text: &str, name: &str) -> Option<u64> {
    let rest = text.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(':'))?;
    rest.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}

/// The memory of a process, bytes.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Memory {
    /// In memory now (`VmRSS`).
    pub resident: u64,
    /// Of that, what belongs to no file (`RssAnon`): the rest, as the mapped search index, the system may drop.
    pub anonymous: u64,
    /// The most there was (`VmHWM`).
    pub peak: u64,
}

/// The memory of one process. Errors: it is gone.
pub fn memory(pid: u32) -> anyhow::Result<Memory> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).context("the process is gone")?;
    let of = |name| line(&status, name).with_context(|| format!("{name} is missing in /proc/{pid}/status"));
    Ok(Memory { resident: of("VmRSS")?, anonymous: of("RssAnon")?, peak: of("VmHWM")? })
}

/// The memory of a process and its children, bytes, with what they share counted once (`Pss`).
pub fn family_memory(pid: u32) -> u64 {
    let own = |pid: u32| line(&fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?, "Pss");
    children(pid).into_iter().chain([pid]).filter_map(own).sum()
}

/// The folder of the program that a process runs. Errors: it is gone or not ours.
pub fn program_dir(pid: u32) -> anyhow::Result<std::path::PathBuf> {
    let program =
        fs::read_link(format!("/proc/{pid}/exe")).context("the program of a process cannot be seen")?;
    program.parent().map(Path::to_owned).context("a program without a folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_line_whatever_the_name_is() {
        let stat = "41 (a) b) S 7 41 41 0 -1 4194304 100 200 0 0 11 22 33 44 20 0 1 0 5 6 7";
        assert_eq!(parse(stat), Some(Ticks { own: 33, ended_children: 77, parent: 7 }));
    }

    #[test]
    fn our_own_process_is_there() {
        assert!(memory(std::process::id()).unwrap().resident > 0);
        assert_eq!(line("VmRSS:\t  12 kB\n", "VmRSS"), Some(12 * 1024));
    }
}
