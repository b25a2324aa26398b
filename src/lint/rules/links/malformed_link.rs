//! MB503: something that was meant as a link and is none.

use memchr::{memchr, memchr2, memchr2_iter, memrchr};

use crate::config::shortened;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Part, Rule, Scope};
use crate::lint::rules::links::typos;
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::parse::LinkKind;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::MALFORMED_LINK,
    category: Category::Links,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "what was meant as a link and does not work as one: an empty address, a slip in `https://`, brackets in the wrong order or place",
    why: "readers see brackets instead of a link, or click on one that leads nowhere",
    how: "write `[text](address)`, without a space between the brackets and with both parentheses",
    more: "Brackets are told only where an address stands in them: something with `https://` or \
           `www.`, or a path that ends like a file. Words in brackets followed by words in \
           parentheses are left alone, and so is everything in code. A link without text is told \
           as well; an image may do without.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "removes the space in `[text] (address)`, turns `(text)[address]` around, and puts `<` \
               and `>` around a file name with spaces. What else was meant only its author knows.",
        changes: &[Part::Items, Part::Sections],
    }),
    examples: &[
        Example::checklist(
            "# Onboarding\n\n- [ ] Read ⟦[the guide] (guide.md)⟧\n- [ ] Join ⟦(our channel)[https://chat.example.com]⟧\n- [ ] Sign ⟦[the contract](Partner contract.md)⟧\n",
            "# Onboarding\n\n- [ ] Read [the guide](guide.md)\n- [ ] Join [our channel](https://chat.example.com)\n- [ ] Sign [the contract](<Partner contract.md>)\n",
        ),
        Example::checklist(
            "# Onboarding\n\n- [ ] Read ⟦[the guide]()⟧\n- [ ] Open [the portal](⟦htps://portal.example.com⟧)\n- [ ] Join ⟦[our channel](https://chat.example.com⟧\n",
            "# Onboarding\n\n- [ ] Read [the guide](guide.md)\n- [ ] Open [the portal](https://portal.example.com)\n- [ ] Join [our channel](https://chat.example.com)\n",
        )
        .by_hand(),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for link in &page.syntax.links {
        let destination = link.destination.trim();
        if link.kind == LinkKind::Inline && destination.is_empty() {
            let written = match link.text.trim() {
                "" => format!("`{}`", shortened(page.slice(link.span))),
                text => format!("the link `{}`", shortened(text)),
            };
            let message = format!("{written} has no address");
            let help = "write an address between the parentheses, or take the brackets off";
            found.push(page.finding(&RULE, link.span, message).help(help));
        } else if ["https://", "http://"].iter().any(|it| destination.eq_ignore_ascii_case(it)) {
            let message = format!("`{destination}` is no address: the name of the site is missing");
            let help = "write the whole address, or take the brackets off";
            found.push(page.finding(&RULE, link.destination_span, message).help(help));
        } else if let Some(meant) = typos::of_scheme(destination) {
            let message = format!("`{}` is no address", shortened(destination));
            let help = format!("write `{}`", shortened(&meant));
            found.push(page.finding(&RULE, link.destination_span, message).help(help));
        } else if link.kind == LinkKind::Inline && has_no_text(page.slice(link.span)) {
            let message = format!(
                "the link to `{}` has no text, so that nobody sees it",
                shortened(destination)
            );
            let help = "write its text between the square brackets";
            found.push(page.finding(&RULE, link.span, message).help(help));
        }
    }
    let taken = taken(page);
    let is_free = |span: Span| {
        let next = taken.partition_point(|other| other.end <= span.start);
        taken.get(next).is_none_or(|other| other.start >= span.end)
    };
    for (start, line) in with_brackets(page) {
        let pairs = has_pair(line.as_bytes()).then(|| pairs(line)).into_iter().flatten();
        let candidates = pairs.chain(unparted(line)).filter_map(|pair| slip(line, pair));
        for slip in candidates {
            let span = slip.span.shifted(start);
            if is_free(span) {
                found.push(slip.finding(page, start));
            }
        }
    }
}

/// The lines of the markdown that have a square bracket, as every slip has, each with the place where
/// it begins.
fn with_brackets<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (usize, &'p str)> {
    let bytes = page.text.as_bytes();
    let mut next = page.syntax.body;
    std::iter::from_fn(move || {
        let at = next + memchr2(b'[', b']', bytes.get(next..)?)?;
        let start = memrchr(b'\n', &bytes[next..at]).map_or(next, |before| next + before + 1);
        let end = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |behind| at + behind + 1);
        next = end;
        Some((start, page.text.get(start..end)?.trim_end_matches(['\n', '\r'])))
    })
}

/// Whether nothing stands between a link's square brackets. An image may do without words.
fn has_no_text(written: &str) -> bool {
    written.strip_prefix('[').is_some_and(|inside| inside.trim_start().starts_with("]("))
}

/// Whether two pairs of brackets may stand behind each other in a line. Most lines have none.
fn has_pair(line: &[u8]) -> bool {
    memchr2_iter(b']', b')', line).any(|at| {
        let behind = line.get(at + 1..).unwrap_or_default();
        let wanted = if line.get(at) == Some(&b']') { b'(' } else { b'[' };
        behind.iter().take(3).find(|byte| **byte != b' ') == Some(&wanted)
    })
}

/// What is no place for a slip: links, definitions, code and HTML, in order and apart.
fn taken(page: &Page<'_>) -> Vec<Span> {
    let syntax = &page.syntax;
    let links = syntax.links.iter().map(|link| link.span);
    let definitions = syntax.definitions.iter().map(|definition| definition.span);
    let html = syntax.html.iter().map(|html| html.span);
    let mut all: Vec<Span> =
        links.chain(definitions).chain(html).chain(syntax.code.iter().copied()).collect();
    all.sort();
    let mut apart: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match apart.last_mut().filter(|last| span.start < last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => apart.push(span),
        }
    }
    apart
}

/// Two pairs of brackets behind each other in a line.
#[derive(Clone, Copy, Debug)]
struct Pair {
    /// From the first bracket to behind the last, which is the line's end where it is missing.
    span: Span,
    /// What stands in the first and in the second pair.
    first: Span,
    second: Span,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `[first](second)`
    Link,
    /// `[first] (second)`
    Apart,
    /// `(first)[second]`
    Reversed,
    /// `[first](second`
    Open,
    /// `first](second)`
    Unopened,
    /// `[first(second)`
    Unparted,
}

/// Pairs of brackets in a line. Each bracket is looked at a fixed number of times.
fn pairs(line: &str) -> impl Iterator<Item = Pair> {
    let mut square: Option<usize> = None;
    let mut round: Option<usize> = None;
    // How many square brackets are open: `[[a](b)](c)` lacks none.
    let mut depth = 0_usize;
    // Where nothing closes any more, it need not be looked for again.
    let (last_round, last_square) = (line.rfind(')'), line.rfind(']'));
    line.bytes().enumerate().filter_map(move |(at, byte)| match byte {
        b'[' => {
            square = Some(at);
            depth += 1;
            None
        }
        b'(' => {
            round = Some(at);
            None
        }
        b']' => {
            let Some(open) = square.take() else {
                let pair = (depth == 0).then(|| unopened(line, at)).flatten();
                depth = depth.saturating_sub(1);
                return pair;
            };
            depth = depth.saturating_sub(1);
            let behind = line.get(at + 1..)?;
            let gap = behind.bytes().take(3).take_while(|byte| *byte == b' ').count();
            if !line.get(at + 1 + gap..)?.starts_with('(') || gap > 2 {
                return None;
            }
            let start = at + gap + 2;
            let close =
                last_round.filter(|last| *last >= start).and_then(|_| until(line, start, ')'));
            let kind = match (close, gap) {
                (None, 0) => Kind::Open,
                (None, _) => return None,
                (Some(_), 0) => Kind::Link,
                (Some(_), _) => Kind::Apart,
            };
            let end = close.unwrap_or(line.len());
            let first = Span::new(open + 1, at);
            let span = Span::new(open, close.map_or(end, |close| close + 1));
            Some(Pair { span, first, second: Span::new(start, end), kind })
        }
        b')' => {
            let open = round.take()?;
            let start = line.get(at + 1..)?.starts_with('[').then_some(at + 2)?;
            let close =
                last_square.filter(|last| *last >= start).and_then(|_| until(line, start, ']'))?;
            let behind = line.get(close + 1..)?;
            let before = line.get(..open)?;
            let is_link = before.ends_with([']', '!', '\\']) || behind.starts_with(['(', '[', ':']);
            let (first, second) = (Span::new(open + 1, at), Span::new(start, close));
            let span = Span::new(open, close + 1);
            (!is_link).then_some(Pair { span, first, second, kind: Kind::Reversed })
        }
        _ => None,
    })
}

/// A link whose `[` is missing, as seen from its `]`. Its text begins anywhere before: its last word
/// stands for it.
fn unopened(line: &str, at: usize) -> Option<Pair> {
    let start = line.get(at + 1..)?.starts_with('(').then_some(at + 2)?;
    let close = until(line, start, ')')?;
    let before = line.get(..at)?;
    let word = before.trim_end_matches(|c: char| !c.is_whitespace() && c != '(').len();
    let (first, second) = (Span::new(word, at), Span::new(start, close));
    Some(Pair { span: Span::new(word, close + 1), first, second, kind: Kind::Unopened })
}

/// A link without the `](` between its text and its address, behind the last `[` of a line.
fn unparted(line: &str) -> Option<Pair> {
    let open = line.rfind('[')?;
    let rest = line.get(open + 1..)?;
    let text = rest.find('(')?;
    let close = rest.find(')')?;
    let is_joined = text < close && !rest.contains(']') && !rest.get(..text)?.ends_with(' ');
    if !is_joined {
        return None;
    }
    let first = Span::new(open + 1, open + 1 + text);
    let second = Span::new(first.end + 1, open + 1 + close);
    let span = Span::new(open, second.end + 1);
    Some(Pair { span, first, second, kind: Kind::Unparted })
}

/// Where a bracket closes that was opened before `start`; nothing in it is longer than an address.
fn until(line: &str, start: usize, close: char) -> Option<usize> {
    const LONGEST: usize = 2_000;
    let rest = line.get(start..)?;
    let length = rest.bytes().take(LONGEST).position(|byte| byte == close as u8)?;
    Some(start + length)
}

/// A slip in a line, its places those of the line.
struct Slip {
    span: Span,
    message: String,
    help: Option<&'static str>,
    edits: Vec<Edit>,
}

impl Slip {
    fn finding(self, page: &Page<'_>, start: usize) -> Finding {
        let edits = self.edits.into_iter();
        let edits: Vec<Edit> =
            edits.map(|edit| Edit { span: edit.span.shifted(start), ..edit }).collect();
        let finding = page.finding(&RULE, self.span.shifted(start), self.message);
        let finding = finding.maybe_fix((!edits.is_empty()).then(|| Fix::safe(edits)));
        match self.help {
            Some(help) => finding.help(help),
            None => finding,
        }
    }
}

/// The slip that two pairs of brackets are, if they are one.
fn slip(line: &str, pair: Pair) -> Option<Slip> {
    let Pair { span, first, second, kind } = pair;
    let (inside, behind) = (first.slice(line), second.slice(line));
    let written = shortened(span.slice(line));
    let slip = |span, message, help, edits| Some(Slip { span, message, help, edits });
    // A box of an item, a footnote, an escaped bracket.
    let is_text = inside.chars().nth(1).is_some()
        && !inside.bytes().all(|byte| byte.is_ascii_digit())
        && !inside.starts_with('^')
        && !inside.trim().is_empty()
        && !line.get(..span.start).is_some_and(|before| before.ends_with('\\'))
        && !inside.ends_with('\\');
    if !is_text {
        return None;
    }
    match kind {
        Kind::Apart if is_address(behind) => {
            let gap = Span::new(first.end + 1, second.start - 1);
            let message = format!("a space parts the text from its address in `{written}`");
            slip(span, message, None, vec![Edit::delete(gap)])
        }
        Kind::Reversed if is_address(behind) && !inside.contains(['[', ']', '(']) => {
            let message = format!("the brackets stand the wrong way round in `{written}`");
            let right = format!("[{inside}]({behind})");
            slip(span, message, None, vec![Edit::replace(span, right)])
        }
        Kind::Link if is_address(inside) && behind.trim().contains(' ') && is_words(behind) => {
            let message = format!("text and address have changed places in `{written}`");
            slip(span, message, Some("write `[text](address)`"), Vec::new())
        }
        Kind::Link if is_file_with_spaces(behind) => {
            let message = format!("spaces end the address in `{written}`");
            let help = "put `<` and `>` around the address, or rename the file";
            let edits = vec![Edit::insert(second.start, "<"), Edit::insert(second.end, ">")];
            slip(span, message, Some(help), edits)
        }
        Kind::Unopened if is_address(behind) => {
            let message = format!("the opening bracket is missing in `{written}`");
            slip(span, message, Some("write `[` before the text of the link"), Vec::new())
        }
        Kind::Unparted if is_address(behind) => {
            let message = format!("the bracket behind the text is missing in `{written}`");
            slip(span, message, Some("write `[text](address)`"), Vec::new())
        }
        Kind::Open if behind.trim().is_empty() => {
            let message = format!("the address is missing in `{written}`");
            slip(span, message, Some("write `[text](address)`"), Vec::new())
        }
        Kind::Open => {
            let address = behind.split_whitespace().next().unwrap_or_default();
            // A path without an end like a file's, and nothing behind it.
            let is_relative = ["./", "../"].iter().any(|begin| address.starts_with(begin));
            let is_path = is_relative && address == behind.trim();
            if !is_address(address) && !is_path {
                return None;
            }
            let start = second.start + (behind.len() - behind.trim_start().len());
            let span = Span::new(span.start, start + address.len());
            let written = shortened(span.slice(line));
            let message = format!("the closing parenthesis is missing in `{written}`");
            slip(span, message, Some("write `)` behind the address"), Vec::new())
        }
        _ => None,
    }
}

/// Whether something is certainly an address: on the web, or a path that ends like a file.
fn is_address(text: &str) -> bool {
    let is_one_word = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '<');
    is_one_word && (is_on_web(text) || is_file(text))
}

fn is_on_web(text: &str) -> bool {
    let begins = ["https://", "http://", "www.", "mailto:"];
    begins.iter().any(|begin| {
        let start = text.get(..begin.len());
        text.len() > begin.len() && start.is_some_and(|start| start.eq_ignore_ascii_case(begin))
    })
}

/// Whether a text ends like a file that people link to.
fn is_file(text: &str) -> bool {
    const ENDS: [&str; 14] = [
        "md", "mdx", "html", "htm", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "png",
        "jpg", "csv",
    ];
    let path = text.split('#').next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(stem, end)| {
        let end = end.to_lowercase();
        stem.ends_with(char::is_alphanumeric) && ENDS.contains(&end.as_str())
    })
}

/// A file's name with spaces in it: `Partner plan.md`, not followed by a title.
fn is_file_with_spaces(text: &str) -> bool {
    let has_space = text.trim() == text && text.contains(' ');
    has_space
        && !text.contains(['<', '>', '"', '\'', '(', '\\'])
        && !is_on_web(text)
        && is_file(text)
}

/// Whether a text is words rather than an address and its title.
fn is_words(text: &str) -> bool {
    !text.contains(['"', '\'', '<']) && !text.split_whitespace().any(is_address)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::{found, run};

    #[test]
    fn slips_are_told_with_their_place() {
        for (text, told) in [
            ("see [guide] (https://example.com)\n", "[guide] (https://example.com)"),
            ("see [guide]  (../guide.md)\n", "[guide]  (../guide.md)"),
            ("- [ ] see (guide)[a/b.pdf].\n", "(guide)[a/b.pdf]"),
            ("[https://example.com](our portal)\n", "[https://example.com](our portal)"),
            ("[plan](Our plan 2026.docx)\n", "[plan](Our plan 2026.docx)"),
            ("[a] [guide](https://example.com and so on\n", "[guide](https://example.com"),
            ("![]()\n", "![]()"),
            ("[a](http//example.com)\n", "http//example.com"),
            ("[Handbook](https://)\n", "https://"),
            ("see [](https://example.com)\n", "[](https://example.com)"),
            ("see the guide](https://example.com) first\n", "guide](https://example.com)"),
            ("- [ ] see (guide](a.md))\n", "guide](a.md)"),
            ("- [ ] see [the guide(https://example.com)\n", "[the guide(https://example.com)"),
            ("see [guide](\n\nb\n", "[guide]("),
            ("see [guide](./guide\n", "[guide](./guide"),
        ] {
            assert_eq!(found(&RULE, text), [told], "{text}");
        }
    }

    #[test]
    fn what_has_no_words_is_shown_as_it_is_written() {
        let message = |text| run(&RULE, &Example::template("", ""), text).0[0].message.clone();
        assert_eq!(message("![]()\n"), "`![]()` has no address");
        assert_eq!(message("[guide]()\n"), "the link `guide` has no address");
    }

    #[test]
    fn brackets_that_are_no_slips_are_left_alone() {
        for text in [
            "- [ ] (yes/no) agreed\n",
            "- [x] (https://example.com)\n",
            "- [N/A] (see guide.md)\n",
            "[Name] (and/or title) of [Company] (Inc.)\n",
            "Sources: [1] (https://example.com)\n",
            "`[guide] (guide.md)`\n\n```\n(guide)[guide.md]\n[a](b c.md)\n```\n",
            "[a](b.md) [c](d.md \"e f.md\") [g](<h i.md>)\n",
            "[a](b.md)[c.md]\n",
            "(new) [docs.md](docs.md) (see)[docs.md](docs.md)\n",
            "[https://example.com](https://example.com \"our portal\")\n",
            "[guide] (guide.md)\n\n[guide]: guide.md\n",
            "[a](https://example.com\n)\n",
            "f(x)[i] and [a](b c) and \\[a] (b.md)\n",
            "<!-- [guide] (guide.md) -->\n",
            "[half](open and no address\n",
            "[half](../open and no address\n",
            "[![](a.png)](https://example.com)\n",
            "[the long\nguide](https://example.com)\n",
            "[guide](\nhttps://example.com)\n",
            "[[a](b.md)](https://example.com)\n",
            "f](x) and a](b\n",
            "- [ ] see [our guide (https://example.com)\nfor more]\n",
            "- [ ] see the guide (https://example.com)\n",
        ] {
            assert_eq!(found(&RULE, text), [""; 0], "{text}");
        }
    }
}
