//! A reminder as each system wants it: systemd's units, a line for cron, a file for launchd.

use super::{SERVICE, TIMER};

/// The program to call, when, and the words of the notification.
pub struct Reminder {
    pub program: String,
    pub places: Vec<(&'static str, String)>,
    pub times: Vec<(u32, u32)>,
    pub text: String,
}

/// The line by which a unit is known as inward's. It names no program.
const DESCRIPTION: &str = "Description=A quiet minute";

/// Is it the text of a unit that inward wrote?
pub fn is_own_unit(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == DESCRIPTION)
}

impl Reminder {
    /// When, as "21:00".
    pub fn hours(&self) -> Vec<String> {
        self.times.iter().map(|(h, m)| format!("{h:02}:{m:02}")).collect()
    }

    pub fn systemd(&self) -> String {
        format!("# {SERVICE}\n{}\n# {TIMER}\n{}", self.service(), self.timer())
    }

    pub fn service(&self) -> String {
        let places = self.places.iter();
        let places: String = places
            .map(|(name, path)| format!("Environment={}\n", unit(&format!("{name}={path}"))))
            .collect();
        // With a condition, "nothing is due" doesn't count as a failed unit.
        format!(
            "[Unit]\n{DESCRIPTION}\n\n[Service]\nType=oneshot\n{places}ExecCondition={} due --quiet\nExecStart=/usr/bin/env notify-send -- {}\n",
            command(&self.program),
            command(&self.text)
        )
    }

    pub fn timer(&self) -> String {
        let times = self.times.iter();
        let times: String =
            times.map(|(h, m)| format!("OnCalendar=*-*-* {h:02}:{m:02}:00\n")).collect();
        format!("[Unit]\n{DESCRIPTION}\n\n[Timer]\n{times}\n[Install]\nWantedBy=timers.target\n")
    }

    fn shell(&self, notify: &str) -> String {
        let places = self.places.iter();
        let places: String =
            places.map(|(name, path)| format!("{name}={} ", shell_words::quote(path))).collect();
        format!("{places}{} due --quiet && {notify}", shell_words::quote(&self.program))
    }

    pub fn cron(&self) -> String {
        // cron doesn't know the session, and a % would end the line.
        let notify = format!(
            "XDG_RUNTIME_DIR=/run/user/$(id -u) notify-send -- {}",
            shell_words::quote(&self.text)
        );
        let command = self.shell(&notify).replace('%', "\\%");
        let lines = self.times.iter().map(|(h, m)| format!("{m} {h} * * * {command}\n"));
        lines.collect()
    }

    pub fn launchd(&self) -> String {
        let script = self.text.replace('\\', "\\\\").replace('"', "\\\"");
        let notify = format!("display notification \"{script}\"");
        let shell = self.shell(&format!("osascript -e {}", shell_words::quote(&notify)));
        let xml = shell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let times = self.times.iter().map(|(h, m)| {
            format!("    <dict><key>Hour</key><integer>{h}</integer><key>Minute</key><integer>{m}</integer></dict>\n")
        });
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n<dict>\n  <key>Label</key><string>quiet-minute</string>\n  <key>ProgramArguments</key>\n  <array><string>/bin/sh</string><string>-c</string><string>{xml}</string></array>\n  <key>StartCalendarInterval</key>\n  <array>\n{}  </array>\n</dict>\n</plist>\n",
            times.collect::<String>()
        )
    }
}

/// A word in a unit file: quoted, with systemd's special characters doubled.
fn unit(word: &str) -> String {
    let word = word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%");
    format!("\"{word}\"")
}

/// A word of a command in a unit file, where $ is special, too.
fn command(word: &str) -> String {
    unit(word).replace('$', "$$")
}
