//! A remote that takes a call and then says nothing holds git for ever, and with it
//! every later sync. Where nobody watches, git is ended then.

use std::io::Read;
use std::process::{Command, Output};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::error::{Result, plain};
use crate::sync::SyncError;

use super::git::not_started;

/// Longer than any remote thinks before it says how far it is.
pub const LONGEST_SILENCE: Duration = Duration::from_secs(600);

/// Runs a git that tells its progress on standard error.
///
/// # Errors
/// `Offline`, where it told nothing for so long.
pub fn finished_unless_silent(command: &mut Command, longest: Duration) -> Result<Output> {
    let mut child = command.spawn().map_err(|e| not_started(&e))?;
    let stdout = child.stdout.take().map(|mut pipe| {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            // What was read until it broke is all that there is.
            let _ = pipe.read_to_end(&mut bytes);
            bytes
        })
    });
    let (sender, told) = channel();
    if let Some(mut pipe) = child.stderr.take() {
        thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = pipe.read(&mut piece) {
                if sender.send(piece[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
    }
    let mut stderr = Vec::new();
    loop {
        match told.recv_timeout(longest) {
            Ok(piece) => stderr.extend(piece),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                // The threads end with what still holds its pipes.
                let _ = child.kill();
                let _ = child.wait();
                let minutes = longest.as_secs() / 60;
                let why = format!("it said nothing for {minutes} minutes");
                return Err(SyncError::Offline { why }.into());
            }
        }
    }
    let status = child.wait().map_err(|e| SyncError::Git { why: plain(&e) })?;
    let stdout = stdout.and_then(|thread| thread.join().ok()).unwrap_or_default();
    Ok(Output { status, stdout, stderr })
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;

    fn shell(script: &str, longest: u64) -> Result<Output> {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdout(Stdio::piped()).stderr(Stdio::piped());
        finished_unless_silent(&mut command, Duration::from_millis(longest))
    }

    #[test]
    fn what_is_silent_is_ended_and_what_tells_its_progress_is_not() {
        let begun = std::time::Instant::now();
        let error = shell("exec sleep 60", 50).unwrap_err();
        assert!(matches!(error.of(), Some(SyncError::Offline { .. })), "{error}");
        assert!(begun.elapsed() < Duration::from_secs(30));
        let script = "for i in 1 2 3 4; do echo $i >&2; sleep 0.1; done; echo out; exit 3";
        let output = shell(script, 1500).unwrap();
        assert_eq!(output.status.code(), Some(3));
        assert_eq!((output.stdout, output.stderr), ("out\n".into(), "1\n2\n3\n4\n".into()));
    }
}
