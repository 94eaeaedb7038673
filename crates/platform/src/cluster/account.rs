//! The operating system's user that PostgreSQL runs as. PostgreSQL refuses root, so as root every
//! child runs as a user without rights; as an ordinary user it runs as that user.

use std::collections::BTreeSet;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::ClusterError;

/// Who stands in for root, the most fitting first.
const STAND_INS: [&str; 3] = ["tradeplus", "postgres", "nobody"];

/// The user of the server.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
    /// The user of our own process.
    our_name: String,
    /// We are root and become this user before a program starts.
    pub switch: bool,
}

impl Account {
    /// `owner`: the user id that owns an existing cluster. As root we serve it as that user; as an
    /// ordinary user it has to be our own.
    ///
    /// # Errors
    /// [`ClusterError::NoPasswdEntry`], [`ClusterError::NoAccount`].
    pub(super) fn choose(owner: Option<u32>) -> Result<Account, ClusterError> {
        let uid = our_uid();
        let our_name = user_name(uid).ok_or(ClusterError::NoPasswdEntry { uid })?;
        if uid != 0 {
            let gid = rustix::process::getegid().as_raw();
            return Ok(Account { name: our_name.clone(), uid, gid, our_name, switch: false });
        }
        let name = match owner.filter(|uid| *uid != 0) {
            Some(uid) => Some(user_name(uid).ok_or(ClusterError::NoPasswdEntry { uid })?),
            None => STAND_INS.into_iter().find(|n| user_id(n).is_some()).map(str::to_owned),
        };
        let name = name.ok_or(ClusterError::NoAccount)?;
        let uid = user_id(&name).ok_or(ClusterError::NoAccount)?;
        let gid = id(&["-g", &name]).and_then(|t| t.parse().ok()).ok_or(ClusterError::NoAccount)?;
        Ok(Account { name, uid, gid, our_name, switch: true })
    }

    /// Names that may connect to the server: root, who may enter every folder and become anybody;
    /// the user of our process; the user of the server.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        BTreeSet::from(["root", &self.our_name, &self.name])
    }

    /// A program of PostgreSQL, run as this user in `dir`. It gets an empty environment: our own
    /// holds secrets, and variables like `PGDATA` would mislead it. It gets its own process group,
    /// so that Ctrl-C in a terminal reaches us alone and we stop the server when we have drained.
    /// It is told to stop when the thread that spawned it ends.
    pub(super) fn command(&self, program: &Path, dir: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LC_ALL", "C");
        command.env("TZ", "UTC").current_dir(dir).stdin(Stdio::null()).process_group(0);
        if self.switch {
            command.uid(self.uid).gid(self.gid);
        }
        stop_with_us(&mut command);
        command
    }

    /// Whether this user can walk to `dir` and start `program` there. Asking the kernel in the
    /// user's place is the only answer that knows groups, access lists and mount options.
    ///
    /// # Errors
    /// [`ClusterError::CannotSwitch`] when root may not become this user.
    pub(super) fn can_run_in(&self, program: &Path, dir: &Path) -> Result<bool, ClusterError> {
        let mut command = self.command(program, dir);
        match command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status() {
            Ok(_) => Ok(true),
            Err(source) => self.refused(source).map_or(Ok(false), Err),
        }
    }

    /// Tells a missing right to switch users from a missing right to a file.
    pub(super) fn refused(&self, source: io::Error) -> Option<ClusterError> {
        let raw = source.raw_os_error();
        let cannot_switch = self.switch && (raw == Some(libc::EPERM) || raw == Some(libc::EINVAL));
        cannot_switch.then(|| ClusterError::CannotSwitch { name: self.name.clone(), source })
    }
}

/// The effective user id of our process.
pub(super) fn our_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// On Linux: the kernel sends SIGINT (fast shutdown) to the program when the thread that spawned
/// it ends, so not even SIGKILL on us leaves a server behind. std changes the user before this
/// runs; a change after it would clear the signal.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn stop_with_us(command: &mut Command) {
    let parent = rustix::process::getpid();
    let arrange = move || {
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::INT))?;
        // We may have died between fork and the line above: then nobody would send the signal.
        if rustix::process::getppid() == Some(parent) {
            Ok(())
        } else {
            Err(io::Error::from_raw_os_error(libc::ESRCH))
        }
    };
    // SAFETY: between fork and exec only async-signal-safe work is allowed. The closure makes two
    // system calls, allocates nothing and takes no lock.
    unsafe {
        command.pre_exec(arrange);
    }
}

#[cfg(not(target_os = "linux"))]
fn stop_with_us(_command: &mut Command) {}

fn user_name(uid: u32) -> Option<String> {
    if uid == our_uid() { id(&["-un"]) } else { id(&["-un", &uid.to_string()]) }
}

fn user_id(name: &str) -> Option<u32> {
    id(&["-u", name])?.parse().ok()
}

/// Asks `id`, because it knows every source of users (files, LDAP, systemd) without unsafe calls
/// of our own. None when there is no such user.
fn id(arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("id");
    let output = command.args(arguments).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}
