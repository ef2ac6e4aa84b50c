//! Ends a git whose remote accepts a connection and then stays silent, or never stops
//! sending: it would block every later sync. Silence ends it only if no person is there
//! to do so.

use std::io::{self, Read};
use std::process::{ChildStderr, Command, Output};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use crate::error::{Result, plain};
use crate::sync::SyncError;

use super::git::start_error;

/// Longer than any remote works without reporting progress.
pub const LONGEST_SILENCE: Duration = Duration::from_secs(600);

/// How much of the end of git's messages to keep, in bytes.
const KEPT_BYTES: usize = 64 << 10;

/// More bytes than git reports for any journal: it reports progress once a second.
const MAX_BYTES: usize = 16 << 20;

/// Runs a git that reports progress on standard error to its end.
///
/// # Errors
/// `Offline` if it was silent for `longest`; `Git` if it doesn't stop sending.
pub fn finish(command: &mut Command, longest: Option<Duration>) -> Result<Output> {
    let mut child = command.spawn().map_err(|e| start_error(&e))?;
    let stdout = child.stdout.take().map(|mut pipe| {
        thread::Builder::new().spawn(move || {
            let mut bytes = Vec::new();
            // If the pipe breaks, what was read is all there is.
            let _ = pipe.read_to_end(&mut bytes);
            bytes
        })
    });
    let no_thread = |e: io::Error| SyncError::Git { why: plain(&e) };
    let pieces = child.stderr.take().map(read_pieces).transpose().map_err(no_thread);
    let output = stdout.transpose().map_err(no_thread).and_then(|stdout| {
        let pieces = pieces?.map(|pieces| collect(&pieces, longest)).transpose()?;
        Ok((stdout, pieces.unwrap_or_default()))
    });
    let (stdout, stderr) = match output {
        Ok(output) => output,
        Err(error) => {
            // The threads end when the last process closes its pipes.
            let _ = child.kill();
            let _ = child.wait();
            return Err(error.into());
        }
    };
    let status = child.wait().map_err(|e| SyncError::Git { why: plain(&e) })?;
    let stdout = stdout.and_then(|thread| thread.join().ok()).unwrap_or_default();
    Ok(Output { status, stdout, stderr })
}

fn read_pieces(mut pipe: ChildStderr) -> io::Result<Receiver<Vec<u8>>> {
    // A bounded channel, so that git waits for us.
    let (sender, pieces) = sync_channel(4);
    thread::Builder::new().spawn(move || {
        let mut piece = [0; 4096];
        while let Ok(count @ 1..) = pipe.read(&mut piece) {
            if sender.send(piece[..count].to_vec()).is_err() {
                break;
            }
        }
    })?;
    Ok(pieces)
}

/// The last `KEPT_BYTES` bytes.
fn collect(
    pieces: &Receiver<Vec<u8>>,
    longest: Option<Duration>,
) -> std::result::Result<Vec<u8>, SyncError> {
    let mut bytes = Vec::new();
    let mut count = 0;
    loop {
        let piece = match longest {
            Some(longest) => pieces.recv_timeout(longest),
            None => pieces.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match piece {
            Ok(piece) => {
                count += piece.len();
                bytes.extend(piece);
                bytes.drain(..bytes.len().saturating_sub(KEPT_BYTES));
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(bytes),
            Err(RecvTimeoutError::Timeout) => {
                let minutes = longest.unwrap_or_default().as_secs() / 60;
                let why = format!("it didn't answer for {minutes} minutes");
                return Err(SyncError::Offline { why });
            }
        }
        if count > MAX_BYTES {
            return Err(SyncError::Git { why: "the remote doesn't stop talking".into() });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;

    fn shell(script: &str, longest: u64) -> Result<Output> {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdout(Stdio::piped()).stderr(Stdio::piped());
        finish(&mut command, Some(Duration::from_millis(longest)))
    }

    #[test]
    fn what_is_silent_is_ended_and_what_tells_its_progress_is_not() {
        let start = std::time::Instant::now();
        let error = shell("exec sleep 60", 50).unwrap_err();
        assert!(matches!(error.of(), Some(SyncError::Offline { .. })), "{error}");
        assert!(start.elapsed() < Duration::from_secs(30));
        let script = "for i in 1 2 3 4; do echo $i >&2; sleep 0.1; done; echo out; exit 3";
        let output = shell(script, 1500).unwrap();
        assert_eq!(output.status.code(), Some(3));
        assert_eq!((output.stdout, output.stderr), ("out\n".into(), "1\n2\n3\n4\n".into()));
    }

    #[test]
    fn of_much_the_end_is_kept_and_what_never_ends_is_ended() {
        let output = shell("yes remote: more | head -c 200000 >&2; echo fatal: x >&2", 60_000);
        let stderr = output.unwrap().stderr;
        assert_eq!(stderr.len(), KEPT_BYTES);
        assert!(stderr.ends_with(b"fatal: x\n"));
        let mut endless = Command::new("sh");
        endless.args(["-c", "exec yes remote: more >&2"]).stdout(Stdio::piped());
        let error = finish(endless.stderr(Stdio::piped()), None).unwrap_err();
        assert!(matches!(error.of(), Some(SyncError::Git { .. })), "{error}");
    }
}
