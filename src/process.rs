//! What this process does not let others see, from its first moment.

use rustix::fs::Mode;
use rustix::process::{Resource, Rlimit, setrlimit, umask};

/// Files and folders for their owner alone, whatever the shell's umask; no
/// core dump with plain text in it; no debugger of the same user attached.
pub fn keep_to_ourselves() {
    umask(Mode::RWXG | Mode::RWXO);
    // Where the system refuses, we are no worse off than any other program.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}
