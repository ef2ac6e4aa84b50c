//! The links of a markdown text.

use std::collections::HashSet;

/// The targets of the links in a markdown text, in order and once each: `![](a.jpg)`,
/// `[b](<b c.pdf>)`, `![[d.png|300]]`. Web addresses aren't included.
pub fn links_in(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut seen = HashSet::new();
    let mut starts = link_starts(text).peekable();
    while let Some((at, is_wiki)) = starts.next() {
        // Each byte is read once, however many links start and never end.
        let end = starts.peek().map_or(text.len(), |(next, _)| *next);
        let rest = text.get(at + 2..end).unwrap_or_default();
        let target = if is_wiki { wiki_target(rest) } else { target(rest) };
        let Some(target) = target.map(percent_decode) else { continue };
        let is_outside = target.contains("://") || target.starts_with(['#', '/', '\\']);
        if !is_outside && !target.is_empty() && seen.insert(target.clone()) {
            links.push(target);
        }
    }
    links
}

/// Where links may start, and whether with `[[` rather than `](`.
fn link_starts(text: &str) -> impl Iterator<Item = (usize, bool)> {
    let pairs = text.as_bytes().windows(2).enumerate();
    pairs.filter_map(|(at, pair)| match pair {
        b"](" => Some((at, false)),
        b"[[" => Some((at, true)),
        _ => None,
    })
}

fn wiki_target(rest: &str) -> Option<&str> {
    let inside = rest.split_once("]]")?.0;
    let target = inside.split(['|', '#', '\n']).next()?;
    (!inside.contains('\n')).then(|| target.trim())
}

fn target(rest: &str) -> Option<&str> {
    let line = rest.lines().next()?;
    match line.strip_prefix('<') {
        Some(inside) => inside.split_once('>').map(|(target, _)| target),
        None => line.split([')', ' ', '\t']).next(),
    }
}

/// Decodes percent-encoded bytes; unchanged if the result isn't UTF-8.
fn percent_decode(target: &str) -> String {
    let bytes = target.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = (bytes[at] == b'%').then(|| target.get(at + 1..at + 3)).flatten();
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_beside_and_to_nothing_elsewhere() {
        let text = "![](a.jpg) [b](<b c.pdf>) ![[d.png|300]] [[Note#head]] [x](https://x.org/y.jpg)\n\
                    ![e](f%20g.jpg \"t\") ![](/etc/passwd) [z](#here) ![](a.jpg) [[open\nend]] ](";
        assert_eq!(links_in(text), ["a.jpg", "b c.pdf", "d.png", "Note", "f g.jpg"]);
    }

    #[test]
    fn links_that_never_end_take_no_longer_than_their_length() {
        let start = std::time::Instant::now();
        for link in ["[[", "](", "](<", "[[a", "](a"] {
            assert!(links_in(&link.repeat(500_000)).len() <= 1, "{link}");
        }
        let many: String = (0..50_000).map(|n| format!("[[{n}]]")).collect();
        assert_eq!(links_in(&many).len(), 50_000);
        assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    }
}
