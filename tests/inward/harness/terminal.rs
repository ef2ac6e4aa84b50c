//! A person at a terminal: keys go in, and a screen of a given size shows what
//! a person would see.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rexpect::process::{PtyProcess, Signal, WaitStatus};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{LocalModes, OptionalActions, Winsize};

use super::{BINARY, Home, PATIENCE};

mod keys;

pub use keys::Key;

/// What came out of the program, as a terminal shows it and as it came.
struct Seen {
    screen: vt100::Parser,
    raw: Vec<u8>,
    ended: bool,
    /// When a key went in, or something came out.
    last_sign: Instant,
    /// Who slept when the last key went in.
    at_key: Option<Sleeper>,
    /// How many lines were above the screen then.
    above_at_key: usize,
}

/// A process, and how often it has gone to sleep.
#[derive(PartialEq)]
struct Sleeper {
    pid: i32,
    times: u64,
}

/// No program that is still drawing is silent for so long.
const QUIET: Duration = Duration::from_millis(25);

/// Nor is a key on its way for so long, however much the machine has to do. A shell that
/// waits for its program doesn't wake for it.
const ON_ITS_WAY: Duration = Duration::from_secs(1);

pub struct Terminal {
    process: PtyProcess,
    wire: File,
    seen: Arc<Mutex<Seen>>,
}

impl Home {
    /// `inward` on a terminal of the usual size.
    #[track_caller]
    pub fn terminal(&self, arguments: &str) -> Terminal {
        self.terminal_of(24, 80, arguments, &[])
    }

    #[track_caller]
    pub fn terminal_of(
        &self,
        rows: u16,
        columns: u16,
        arguments: &str,
        env: &[(&str, &Path)],
    ) -> Terminal {
        let mut command = Command::new(BINARY);
        command.args(shell_words::split(arguments).unwrap());
        command.env_clear().envs(self.env()).envs(env.iter().copied()).current_dir(self.path());
        Terminal::start(command, rows, columns)
    }
}

impl Terminal {
    pub fn start(mut command: Command, rows: u16, columns: u16) -> Terminal {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let prepare = move || {
            let tty = rustix::stdio::stdin();
            rustix::termios::tcsetwinsize(tty, size)?;
            // rexpect turns the echo off; a person's terminal has it on.
            let mut modes = rustix::termios::tcgetattr(tty)?;
            modes.local_modes |= LocalModes::ECHO | LocalModes::ICANON;
            rustix::termios::tcsetattr(tty, OptionalActions::Now, &modes)?;
            Ok(())
        };
        // SAFETY: between fork and exec only async-signal-safe calls are
        // allowed; these are three system calls, and none allocates.
        unsafe { command.pre_exec(prepare) };
        let mut process = PtyProcess::new(command).unwrap();
        process.set_kill_timeout(Some(1000));
        let wire = process.get_file_handle().unwrap();
        let [rows, columns] = [rows, columns].map(|n| NonZeroU16::new(n).unwrap());
        let screen = vt100::Parser::new(rows, columns, 10_000);
        let seen = Arc::new(Mutex::new(Seen {
            screen,
            raw: Vec::new(),
            ended: false,
            last_sign: Instant::now(),
            at_key: None,
            above_at_key: 0,
        }));
        watch(wire.try_clone().unwrap(), Arc::clone(&seen));
        Terminal { process, wire, seen }
    }

    /// Waits until the screen shows this, or has shown it since the last key, however its
    /// lines are broken: what is said before a long list has soon gone past.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> &Terminal {
        let words = one_line(text);
        self.wait_until(&format!("“{text}”"), |screen| {
            let above = self.seen.lock().unwrap().above_at_key;
            below(above, screen.clone()).contains(&words)
        })
    }

    /// Waits until the screen shows this and the program waits for a key: keys that come
    /// before would be read as the terminal's own line.
    #[track_caller]
    pub fn asked(&self, question: &str) -> &Terminal {
        let words = one_line(question);
        self.wait_until(&format!("the question “{question}”"), |screen| {
            one_line(&screen.contents()).contains(&words) && self.waits_for_a_key()
        })
    }

    /// Nothing has been drawn since the last key, the program sleeps, and the terminal is
    /// raw: it can only be waiting for the next key, whatever its words are.
    pub fn waits_for_a_key(&self) -> bool {
        self.has_been_quiet(QUIET)
    }

    /// The same, for at least so long: a slow disk can make a program sleep, too.
    pub fn has_been_quiet(&self, quiet: Duration) -> bool {
        let seen = self.seen.lock().unwrap();
        let has_come = seen.at_key.is_none() || seen.at_key != self.sleeper();
        let quiet = if has_come { quiet } else { quiet.max(ON_ITS_WAY) };
        let modes = rustix::termios::tcgetattr(&self.wire).unwrap().local_modes;
        let is_raw = !modes.contains(LocalModes::ICANON);
        // In this order: what it drew before it slept is on the wire by then, or seen.
        let is_asleep = seen.last_sign.elapsed() >= quiet && is_raw && self.sleeps();
        is_asleep && !is_readable(&self.wire, Some(&Timespec::default()))
    }

    /// Did the program end?
    pub fn has_ended(&self) -> bool {
        self.seen.lock().unwrap().ended
    }

    /// What the program has taken of the processor.
    pub fn processor_time(&self) -> Duration {
        let group = rustix::termios::tcgetpgrp(&self.wire).unwrap();
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", group.as_raw_nonzero()));
        let stat = stat.unwrap();
        // In hundredths of a second: the 14th and 15th field, of which two stand before.
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
        let ticks = |at: usize| fields[at].parse::<u64>().unwrap();
        Duration::from_millis(10 * (ticks(11) + ticks(12)))
    }

    /// Makes the window so large.
    pub fn resize(&self, rows: u16, columns: u16) {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let mut seen = self.seen.lock().unwrap();
        let [height, width] = [rows, columns].map(|n| NonZeroU16::new(n).unwrap());
        seen.screen.set_size(height, width);
        seen.last_sign = Instant::now();
        rustix::termios::tcsetwinsize(&self.wire, size).unwrap();
    }

    /// Do all its threads wait for something, as the system tells it? While some read
    /// entries, the main one sleeps.
    fn sleeps(&self) -> bool {
        let Ok(group) = rustix::termios::tcgetpgrp(&self.wire) else { return false };
        let threads = std::fs::read_dir(format!("/proc/{}/task", group.as_raw_nonzero()));
        threads
            .is_ok_and(|threads| threads.flatten().all(|thread| state(&thread.path()) == Some('S')))
    }

    /// Its main thread reads the keys.
    fn sleeper(&self) -> Option<Sleeper> {
        let pid = rustix::termios::tcgetpgrp(&self.wire).ok()?.as_raw_nonzero().get();
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let times = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        Some(Sleeper { pid, times: times?.trim().parse().ok()? })
    }

    /// Sends what someone types.
    fn send(&self, bytes: &[u8]) {
        let mut seen = self.seen.lock().unwrap();
        (seen.at_key, seen.last_sign) = (self.sleeper(), Instant::now());
        seen.above_at_key = seen.screen.screen().scrollback_len();
        drop(seen);
        (&self.wire).write_all(bytes).unwrap();
    }

    fn is_in_state(&self, wanted: char) -> bool {
        let Ok(group) = rustix::termios::tcgetpgrp(&self.wire) else { return false };
        let process = format!("/proc/{}", group.as_raw_nonzero());
        state(Path::new(&process)) == Some(wanted)
    }

    #[track_caller]
    pub fn wait_until(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) -> &Terminal {
        let until = Instant::now() + PATIENCE;
        loop {
            let ended = self.seen.lock().unwrap().ended;
            if holds(&self.screen()) {
                return self;
            }
            if ended || Instant::now() > until {
                let end = if ended { "the program ended" } else { "time was up" };
                panic!("waited for {what}, and {end}. The screen:\n{}", self.dump());
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What the system calls the program.
    pub fn pid(&self) -> i32 {
        rustix::termios::tcgetpgrp(&self.wire).unwrap().as_raw_nonzero().get()
    }

    pub fn signal(&mut self, signal: Signal) {
        self.process.signal(signal).unwrap();
    }

    /// Once it is stopped, its keys are as a shell wants them.
    pub fn leave_to_a_shell(&self) {
        let until = Instant::now() + PATIENCE;
        while !self.is_in_state('T') && Instant::now() < until {
            thread::sleep(Duration::from_millis(2));
        }
        let mut modes = rustix::termios::tcgetattr(&self.wire).unwrap();
        modes.local_modes |= LocalModes::ECHO | LocalModes::ICANON;
        rustix::termios::tcsetattr(&self.wire, OptionalActions::Now, &modes).unwrap();
    }

    /// The exit code, or a signal as a negative number.
    #[track_caller]
    pub fn end(&self) -> i32 {
        let until = Instant::now() + PATIENCE;
        let code = loop {
            match self.process.status() {
                Some(WaitStatus::Exited(_, code)) => break code,
                // As a shell tells it: Ctrl-C between two prompts is a signal.
                Some(WaitStatus::Signaled(_, Signal::SIGINT, _)) => break 130,
                Some(WaitStatus::Signaled(_, signal, _)) => break -(signal as i32),
                _ if Instant::now() > until => panic!("no end. The screen:\n{}", self.dump()),
                _ => thread::sleep(Duration::from_millis(5)),
            }
        };
        while !self.seen.lock().unwrap().ended && Instant::now() < until {
            thread::sleep(Duration::from_millis(2));
        }
        code
    }

    #[track_caller]
    pub fn ends(&self, code: i32) -> &Terminal {
        let got = self.end();
        assert_eq!(got, code, "the exit code. The screen:\n{}", self.dump());
        self
    }

    pub fn screen(&self) -> vt100::Screen {
        self.seen.lock().unwrap().screen.screen().clone()
    }

    /// What the screen shows, in one line.
    pub fn shown(&self) -> String {
        one_line(&self.screen().contents())
    }

    /// Everything that came out, shown or not.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap().raw).into_owned()
    }

    /// All that scrolling back would show, with the screen itself.
    pub fn scrolled_back(&self) -> String {
        below(0, self.screen())
    }

    /// The terminal is as it was found: keys echo, lines are edited, the
    /// cursor shows, and the other screen is left.
    #[track_caller]
    pub fn is_sane(&self) -> &Terminal {
        let modes = rustix::termios::tcgetattr(&self.wire).unwrap().local_modes;
        assert!(modes.contains(LocalModes::ECHO), "echo is off");
        assert!(modes.contains(LocalModes::ICANON), "the terminal is raw");
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the other screen is still open");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is still on");
        self
    }

    fn dump(&self) -> String {
        self.screen().contents()
    }
}

/// What a process or thread is doing, by its folder below `/proc`.
fn state(of: &Path) -> Option<char> {
    let stat = std::fs::read_to_string(of.join("stat")).ok()?;
    // The state follows the name, which may hold brackets of its own.
    stat.rsplit(") ").next()?.chars().next()
}

fn watch(mut wire: File, seen: Arc<Mutex<Seen>>) {
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        loop {
            if !is_readable(&wire, None) {
                continue;
            }
            // Under the lock, so that nothing is in between: not on the wire, and not yet seen.
            let mut seen = seen.lock().unwrap();
            // The other end closed is an error here, and the end.
            let Ok(length @ 1..) = wire.read(&mut buffer) else {
                seen.ended = true;
                break;
            };
            seen.raw.extend(&buffer[..length]);
            seen.screen.process(&buffer[..length]);
            seen.last_sign = Instant::now();
        }
    });
}

/// Has something come that is not read yet, or does it within this time?
fn is_readable(wire: &File, within: Option<&Timespec>) -> bool {
    let mut wires = [PollFd::new(wire, PollFlags::IN)];
    poll(&mut wires, within).is_ok_and(|ready| ready > 0)
}

/// In one line, the screen and what has gone past above it, but for the first lines of that.
fn below(lines: usize, mut screen: vt100::Screen) -> String {
    let width = screen.size().1.get();
    let mut text = String::new();
    for back in (1..=screen.scrollback_len().saturating_sub(lines)).rev() {
        screen.set_scrollback(back);
        text.extend(screen.rows(0, width).take(1));
        text += if screen.row_wrapped(0) { "" } else { "\n" };
    }
    screen.set_scrollback(0);
    one_line(&(text + &screen.contents()))
}

pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
