//! Text that waits at standard input though nothing asked for it.

use std::io;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FileType, fstat};
use rustix::io::{ioctl_fionread, retry_on_intr};

/// How long a program before us in a pipe has to begin. Waiting for its end could take
/// for ever: under cron or ssh, a pipe may be open that nobody writes to.
const PATIENCE: Duration = Duration::from_millis(200);

/// Does a pipe or socket at standard input hold text? Nothing of it is read. A file is
/// not looked at: in `while read`, the lines still to come belong to the loop.
pub fn is_text_piped() -> bool {
    let stdin = io::stdin();
    let kind = fstat(&stdin).map(|about| FileType::from_raw_mode(about.st_mode));
    if !matches!(kind, Ok(FileType::Fifo | FileType::Socket)) {
        return false;
    }
    let patience =
        Timespec { tv_sec: PATIENCE.as_secs() as _, tv_nsec: PATIENCE.subsec_nanos() as _ };
    let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
    // A signal is no silence.
    let ready = retry_on_intr(|| poll(&mut waiting, Some(&patience)));
    let is_ready = matches!(ready, Ok(1..)) && waiting[0].revents().contains(PollFlags::IN);
    // At its end a pipe is ready too, with nothing in it.
    is_ready && matches!(ioctl_fionread(&stdin), Ok(1..))
}
