//! MB802: HTML that does something.

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::lint::rules::safety::tags::{self, Tag};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::source::Span;

/// Elements that run, load or send something, or change the page around them.
const HARMFUL: [&str; 17] = [
    "script", "iframe", "frame", "frameset", "style", "object", "embed", "applet", "form", "input",
    "button", "textarea", "select", "link", "meta", "base", "portal",
];

/// Attributes whose value is an address.
const ADDRESSES: [&str; 8] =
    ["href", "src", "action", "formaction", "data", "xlink:href", "poster", "background"];

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::RAW_HTML,
    category: Category::Safety,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "HTML that runs, loads or sends something: `<script>`, `<iframe>`, `<style>`, `<form>`, `onclick=`, `javascript:`",
    why: "where the file is shown without care it acts in the name of whoever reads it; where it is shown with care, it is missing",
    how: "remove it, or say it in markdown; to show it as text, put it between backticks",
    more: "HTML that only lays out text is left alone, such as `<br>`, `<details>`, `<kbd>`, `<span>` \
           and images, and so are comments, code and the components of MDX. Links in markdown that \
           begin with `javascript:` are told as well. mdboard's own pages never let HTML through.",
    fixes: None,
    examples: &[
        Example::checklist(
            "# Onboarding\n\n<details>\n<summary>Video</summary>\n\n⟦<iframe src=\"https://video.example.com/1\">⟧</iframe>\n\n</details>\n\n- [ ] Video watched\n",
            "# Onboarding\n\n<details>\n<summary>Video</summary>\n\n[Watch it](https://video.example.com/1)\n\n</details>\n\n- [ ] Video watched\n",
        ),
        Example::checklist(
            "# Onboarding\n\n- [ ] Open ⟦<a href=\"#portal\" onclick=\"go()\">⟧the portal</a>, then [the form](⟦javascript:open()⟧)\n",
            "# Onboarding\n\n- [ ] Open <a href=\"#portal\">the portal</a>, then [the form](https://forms.example.com)\n",
        ),
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let is_mdx = page.path.as_str().ends_with(".mdx");
    for html in &page.syntax.html {
        for tag in tags::opening(page.slice(html.span)) {
            let is_component = is_mdx && tag.name.starts_with(|c: char| c.is_ascii_uppercase());
            let Some(message) = harm(&tag).filter(|_| !is_component) else { continue };
            let span = Span::new(html.span.start + tag.start, html.span.start + tag.end);
            found.push(page.finding(&RULE, span, message));
        }
    }
    let links = page.syntax.links.iter().filter(|link| runs(&link.destination));
    found.extend(links.map(|link| {
        let message = format!("the link `{}` runs a script", shortened(&link.destination));
        page.finding(&RULE, link.destination_span, message)
            .help("link to a page, or take the link away")
    }));
}

/// What an element does that text does not.
fn harm(tag: &Tag<'_>) -> Option<String> {
    let name = tag.name.to_ascii_lowercase();
    if HARMFUL.contains(&name.as_str()) && !is_box(&name, tag) {
        return Some(format!("`<{name}>` is more than text"));
    }
    let harmful = tag.attributes.iter().find(|(key, value)| {
        let key = key.to_ascii_lowercase();
        is_handler(&key)
            || key == "srcdoc"
            || (ADDRESSES.contains(&key.as_str()) && runs(&tags::text(value)))
    });
    harmful.map(|(key, _)| format!("`{}` of `<{name}>` runs a script", shortened(key)))
}

/// A box of a list that somebody wrote in HTML does nothing.
fn is_box(name: &str, tag: &Tag<'_>) -> bool {
    let is_box = |(key, value): &(&str, &str)| {
        key.eq_ignore_ascii_case("type") && value.eq_ignore_ascii_case("checkbox")
    };
    name == "input" && tag.attributes.iter().any(is_box)
}

/// `onclick` and the like.
fn is_handler(key: &str) -> bool {
    let event = key.strip_prefix("on").unwrap_or_default();
    event.len() > 2 && event.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether an address runs a script.
fn runs(address: &str) -> bool {
    let plain: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take("data:text/html".len())
        .collect::<String>()
        .to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:text/html"].iter().any(|begin| plain.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::{found, found_in};

    #[test]
    fn html_that_lays_out_text_is_left_alone() {
        for text in [
            "a<br/>b <kbd>Ctrl</kbd> <img src=\"a.png\" width=\"20\"> <a id=\"x\"></a>\n",
            "<div align=\"center\">\n<h1 style=\"color: red\">A</h1>\n</div>\n",
            "<Card title=\"x\" only=\"y\">\n\ntext\n\n</Card>\n",
            "<!-- <script>a</script> -->\n",
            "`<script>` and\n\n```html\n<script>a</script>\n```\n",
            "- <input type=\"checkbox\" disabled> a\n",
            "a < script > b, on=1, <name> and <script\n",
            "[a](https://example.com/?javascript:)\n",
        ] {
            assert_eq!(found(&RULE, text), [""; 0], "{text}");
        }
    }

    #[test]
    fn html_that_acts_is_told() {
        for (text, told) in [
            ("a <SCRIPT src=x>b</SCRIPT>\n", "<SCRIPT src=x>"),
            ("<div>\n<style>p { display: none }</style>\n</div>\n", "<style>"),
            ("<img src=x onerror=alert(1)>\n", "<img src=x onerror=alert(1)>"),
            ("<a href=\" java\tscript:x\">b</a>\n", "<a href=\" java\tscript:x\">"),
            ("<A HREF=\" java&#115;cript:x\">b</A>\n", "<A HREF=\" java&#115;cript:x\">"),
            ("<a href=java&#x0073;cript&colon;x>b</a>\n", "<a href=java&#x0073;cript&colon;x>"),
            ("<iframe\nsrc=x></iframe>\n", "<iframe\nsrc=x>"),
            // The sign of a quote ends the place, and hides nothing.
            ("> <iframe\n> src=x></iframe>\n", "<iframe\n>"),
        ] {
            assert_eq!(found(&RULE, text), [told], "{text}");
        }
    }

    #[test]
    fn components_of_mdx_are_left_alone() {
        let example = Example { path: "partners/brackenferry/a.mdx", ..Example::checklist("", "") };
        assert_eq!(found_in(&RULE, &example, "<Button onclick={go}>\n"), [""; 0]);
    }
}
