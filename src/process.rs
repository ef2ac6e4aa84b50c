//! What this process does not let others see, and which limits it survives, from its
//! first moment.

use std::io::{self, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::fs::Mode;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit, umask};
use signal_hook::consts::SIGXFSZ;

use crate::error::{Exit, Failure, Result};

/// Files and folders for their owner alone, whatever the shell's umask; no
/// core dump with plain text in it; no debugger of the same user attached.
pub fn harden_process() {
    umask(Mode::RWXG | Mode::RWXO);
    // Where the system refuses, we are no worse off than any other program.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// More than any command needs, in bytes; and what they all do with.
const STACK: u64 = 8 << 20;
const LEAST_STACK: u64 = 1 << 20;

/// A limit under which nothing is begun.
#[derive(Debug)]
#[allow(missing_docs, reason = "each variant is told in its sentence below")]
pub enum ProcessError {
    SmallStack { kib: u64 },
}

impl Failure for ProcessError {
    fn fact(&self) -> String {
        match self {
            ProcessError::SmallStack { kib } => {
                format!("The stack is limited to {kib} KiB, which is too little to run safely.")
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            ProcessError::SmallStack { .. } => {
                format!("Raise the limit with `ulimit -s {}`, and try again.", STACK >> 10)
            }
        }
    }

    fn exit(&self) -> Exit {
        match self {
            ProcessError::SmallStack { .. } => Exit::CouldNot,
        }
    }
}

/// Makes limits errors that can be told, where they would end the process. Programs
/// that it starts have the file-size signal as they know it.
///
/// # Errors
/// `SmallStack`, where no more is allowed.
pub fn survive_limits() -> Result<()> {
    // Writing beyond the limit then fails with EFBIG. Where the signal cannot be
    // caught, it ends us as it ends any other program.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    let stack = getrlimit(Resource::Stack);
    if stack.current.is_none_or(|bytes| bytes >= STACK) {
        return Ok(());
    }
    let current = stack.maximum.map_or(STACK, |most| most.min(STACK));
    // It grows as far as the limit of the moment says.
    let _ = setrlimit(Resource::Stack, Rlimit { current: Some(current), ..stack });
    match getrlimit(Resource::Stack).current {
        Some(bytes) if bytes < LEAST_STACK => {
            Err(ProcessError::SmallStack { kib: bytes >> 10 }.into())
        }
        Some(_) | None => Ok(()),
    }
}

/// Takes the arguments, but for the program's own name, out of the process list,
/// where every user of the machine can read what is searched for. Linux alone has a
/// way to do it; elsewhere, and where that is closed, they stay.
pub fn wipe_arguments() {
    // Then we are no worse off than any other program.
    let _ = try_wipe();
}

fn try_wipe() -> io::Result<()> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let Some((start, end)) = arguments_at(&stat) else { return Ok(()) };
    let mut memory = std::fs::OpenOptions::new().read(true).write(true).open("/proc/self/mem")?;
    memory.seek(SeekFrom::Start(start))?;
    let mut arguments = vec![0; usize::try_from(end - start).unwrap_or(0)];
    io::Read::read_exact(&mut memory, &mut arguments)?;
    let name = arguments.iter().position(|byte| *byte == 0).unwrap_or(arguments.len());
    arguments[name..].fill(0);
    memory.seek(SeekFrom::Start(start))?;
    memory.write_all(&arguments)
}

/// Where the arguments begin and end in memory, from the fields 48 and 49 of
/// /proc/self/stat (`man 5 proc_pid_stat`). The second field, a name in brackets,
/// may hold blanks.
fn arguments_at(stat: &str) -> Option<(u64, u64)> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(45).map(str::parse);
    let (start, end) = (fields.next()?.ok()?, fields.next()?.ok()?);
    (0 < start && start < end).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_says_that_nobody_else_may_look() {
        harden_process();
        let core = rustix::process::getrlimit(Resource::Core);
        assert_eq!((core.current, core.maximum), (Some(0), Some(0)));
        // Setting it is the only way to ask.
        assert_eq!(umask(Mode::RWXG | Mode::RWXO), Mode::RWXG | Mode::RWXO);
        #[cfg(target_os = "linux")]
        assert_eq!(
            rustix::process::dumpable_behavior().unwrap(),
            rustix::process::DumpableBehavior::NotDumpable
        );
    }
}
