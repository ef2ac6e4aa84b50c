//! The links of a markdown text.

use std::collections::HashSet;
use std::iter;

use super::html_links::{html_links, values_of_links};

/// The targets of the links in a markdown text, in order and once each: `![](a.jpg)`,
/// `[b](<b c.pdf>)`, `![[d.png|300]]`, `[1]: e.pdf`, `<img src="f.png">`. Web addresses aren't
/// included. A leading `/` stands for the folder at the top.
pub fn links_in(text: &str) -> Vec<String> {
    to_files(markdown_links(text), html_links(text))
}

/// Whatever may be a link, such as `src` and `href` outside of a tag: enough to find a file that
/// is there, but not to miss one.
pub fn possible_links(text: &str) -> Vec<String> {
    to_files(markdown_links(text), values_of_links(text))
}

fn to_files(mut targets: Vec<(usize, String)>, in_html: Vec<(usize, String)>) -> Vec<String> {
    targets.extend(in_html);
    targets.sort_by_key(|(at, _)| *at);
    let mut seen = HashSet::new();
    let links = targets.iter().map(|(_, target)| percent_decode(without_place(target)));
    let is_new_file = |target: &String| {
        let is_outside = target.contains("://") || target.starts_with("//");
        !is_outside && !target.is_empty() && seen.insert(target.clone())
    };
    links.filter(is_new_file).collect()
}

/// The targets as written, each with the byte at which its link starts.
fn markdown_links(text: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    let mut starts = link_starts(text).peekable();
    while let Some(LinkStart { at, target, form }) = starts.next() {
        // Each byte is read once, however many links start and never end.
        let end = starts.peek().map_or(text.len(), |next| next.at);
        let rest = text.get(target..end).unwrap_or_default();
        let target = match form {
            LinkForm::Inline => inline_target(rest),
            LinkForm::Wiki => wiki_target(rest),
            LinkForm::Definition => definition_target(rest),
        };
        links.extend(target.map(|target| (at, target.to_owned())));
    }
    links
}

/// Where a link may start, and the byte at which its target would.
struct LinkStart {
    at: usize,
    target: usize,
    form: LinkForm,
}

enum LinkForm {
    /// After `](`.
    Inline,
    /// After `[[`.
    Wiki,
    /// At the start of a line: `[1]: a.pdf`.
    Definition,
}

fn link_starts(text: &str) -> impl Iterator<Item = LinkStart> {
    let bytes = text.as_bytes();
    let start = |(at, pair): (usize, &[u8])| {
        let (length, form) = match pair {
            b"](" => (2, LinkForm::Inline),
            b"[[" => (2, LinkForm::Wiki),
            [b'\n', _] => (1, LinkForm::Definition),
            _ => return None,
        };
        Some(LinkStart { at, target: at + length, form })
    };
    let first = LinkStart { at: 0, target: 0, form: LinkForm::Definition };
    iter::once(first).chain(bytes.windows(2).enumerate().filter_map(start))
}

fn wiki_target(rest: &str) -> Option<&str> {
    let inside = rest.split_once("]]")?.0;
    let target = inside.split(['|', '#', '\n']).next()?;
    (!inside.contains('\n')).then(|| target.trim())
}

/// The target in brackets. It may have spaces: many programs write them as they are.
fn inline_target(rest: &str) -> Option<&str> {
    let line = rest.lines().next()?.trim_start();
    if let Some(inside) = line.strip_prefix('<') {
        return inside.split_once('>').map(|(target, _)| target);
    }
    let mut depth = 0_usize;
    let end = line.find(|c| match c {
        '(' => {
            depth += 1;
            false
        }
        // A name may hold both, as in `lake(1).jpg`.
        ')' if depth > 0 => {
            depth -= 1;
            false
        }
        c => c == ')',
    });
    match end {
        Some(end) => Some(without_title(line[..end].trim())),
        None => line.split_whitespace().next(),
    }
}

/// A target without the title or the size after it: `a.png "The lake"`, `a.png =300x`.
fn without_title(inside: &str) -> &str {
    let is_apart = |at: &usize| inside[..*at].ends_with([' ', '\t']);
    // No name on Windows has a quote, so a title may hold what ends the link.
    let quote = inside.match_indices('"').map(|(at, _)| at).find(is_apart);
    let closed = [('\'', '\''), ('(', ')')].into_iter().filter(|(_, end)| inside.ends_with(*end));
    let mut titles =
        closed.filter_map(|(mark, _)| inside.match_indices(mark).map(|(at, _)| at).find(is_apart));
    let size = inside.match_indices('=').map(|(at, _)| at).rfind(is_apart);
    let size = size.filter(|at| !inside[*at..].contains(' '));
    let end = quote.or_else(|| titles.next()).or(size).unwrap_or(inside.len());
    inside[..end].trim_end()
}

/// The target of `[label]: target "title"`. A footnote's is prose.
fn definition_target(line: &str) -> Option<&str> {
    let (label, rest) = line.trim_start_matches(' ').strip_prefix('[')?.split_once("]:")?;
    let is_label = !label.starts_with('^') && !label.contains([']', '\n']);
    let rest = rest.trim_start_matches([' ', '\t']);
    let target = match rest.strip_prefix('<') {
        Some(inside) => inside.split_once('>')?.0,
        None => rest.split_whitespace().next()?,
    };
    is_label.then_some(target)
}

/// A target without the place in it, such as `#page=3`. A file's own name may hold the mark,
/// too, and has its ending after it.
fn without_place(target: &str) -> &str {
    target.rsplit_once('#').filter(|(_, place)| !place.contains('.')).map_or(target, |it| it.0)
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
                    ![e](f%20g.jpg \"t\") ![](//x.org/y.jpg) [z](#here) ![](a.jpg) [[open\nend]] ](";
        assert_eq!(links_in(text), ["a.jpg", "b c.pdf", "d.png", "Note", "f g.jpg"]);
    }

    #[test]
    fn every_way_to_write_a_link_is_one() {
        for (text, target) in [
            ("![y](/pics/a.png)", "/pics/a.png"),
            ("[ref][1]\n\n  [1]: ref.pdf \"The plan\"", "ref.pdf"),
            ("[1]: <my ref.pdf>", "my ref.pdf"),
            ("<img alt='x' SRC=\"h.png\">", "h.png"),
            ("<a\nhref='i.pdf'>it</a>", "i.pdf"),
            ("<img src=j.png>", "j.png"),
            ("![](lake(1).jpg)", "lake(1).jpg"),
            ("[![small](k.png)]: x", "k.png"),
            ("[plan](l.pdf#page=3)", "l.pdf"),
            ("![](photo%20%231.jpg)", "photo #1.jpg"),
            ("![](<v1.2 #1.jpg>)", "v1.2 #1.jpg"),
            ("![](my pic.png)", "my pic.png"),
            ("![]( my pic (1).png \"The (old) lake)\" )", "my pic (1).png"),
            ("![](the '90s.png)", "the '90s.png"),
            ("![](a b.png 'The lake')", "a b.png"),
            ("[a](b c.pdf (The lake))", "b c.pdf"),
            ("![](my pic.png =300x200)", "my pic.png"),
            ("![](a.png and no end", "a.png"),
            ("<img src = 'pic&amp;b.png'>", "pic&b.png"),
        ] {
            assert_eq!(links_in(text), [target], "{text}");
        }
        for text in
            ["[^1]: a.png", "mysrc=\"a.png\"", "src=", "see: [a]: b.png", "we set href=x.html"]
        {
            assert_eq!(links_in(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn links_that_never_end_take_no_longer_than_their_length() {
        let start = std::time::Instant::now();
        let is_short = |link: &str, count| links_in(&link.repeat(count)).len() <= 1;
        for link in ["[[", "](", "](<", "[[a", "](a"] {
            assert!(is_short(link, 500_000), "{link}");
        }
        for link in ["](a(", "\n[", "[a]:", "<!--", "<a b=\"<a c='", "<a >>", "<a ' "] {
            assert!(is_short(link, 50_000), "{link}");
        }
        for link in ["src=", "src='href=\"", "= "] {
            assert!(possible_links(&link.repeat(50_000)).len() <= 2, "{link}");
        }
        let many: String = (0..50_000).map(|n| format!("[[{n}]]")).collect();
        assert_eq!(links_in(&many).len(), 50_000);
        assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    }
}
