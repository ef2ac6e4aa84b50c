//! Hides this process's memory and arguments from others, and survives resource limits.

use std::io::{self, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::fs::Mode;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit, umask};
use signal_hook::consts::SIGXFSZ;

use crate::error::{Exit, Failure, Result};

/// Makes new files accessible to their owner alone, whatever the umask; disables core
/// dumps and debuggers of the same user.
pub fn harden_process() {
    umask(Mode::RWXG | Mode::RWXO);
    // If the system refuses, we're no worse off than other programs.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// The stack size to ask for, more than any command needs, and the least that suffices,
/// in bytes.
const STACK: u64 = 8 << 20;
const LEAST_STACK: u64 = 1 << 20;

/// A limit that is too low to run.
#[derive(Debug)]
#[allow(missing_docs, reason = "the sentences below say what each variant means")]
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
        Exit::CouldNot
    }
}

/// Turns limits that would kill the process into errors. Child processes get the default
/// action for the file-size signal.
///
/// # Errors
/// `SmallStack` if the limit can't be raised.
pub fn survive_limits() -> Result<()> {
    // Writing beyond the file size limit then fails with EFBIG. If the signal can't be
    // caught, it kills us like any other program.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    let stack = getrlimit(Resource::Stack);
    if stack.current.is_none_or(|bytes| bytes >= STACK) {
        return Ok(());
    }
    let current = stack.maximum.map_or(STACK, |most| most.min(STACK));
    // The stack of a running process grows up to the current limit.
    let _ = setrlimit(Resource::Stack, Rlimit { current: Some(current), ..stack });
    match getrlimit(Resource::Stack).current {
        Some(bytes) if bytes < LEAST_STACK => {
            Err(ProcessError::SmallStack { kib: bytes >> 10 }.into())
        }
        Some(_) | None => Ok(()),
    }
}

/// Removes the arguments, except the program's name, from the process list, where every
/// user of the machine could read a search. This works on Linux alone, and not everywhere
/// there.
pub fn wipe_arguments() {
    // If that fails, we're no worse off than other programs.
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

/// The start and end of the arguments in memory, from the fields 48 and 49 of
/// /proc/self/stat (`man 5 proc_pid_stat`). The second field, a name in brackets, may
/// contain spaces.
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
