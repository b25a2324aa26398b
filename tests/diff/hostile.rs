//! Changes that strangers could propose: each gives a sane comment, and a document that reads again.

use comrak::nodes::NodeValue;
use mdboard::render::diff::{COMMENT_LIMIT, Comment, markdown};
use mdboard::render::json;

use crate::common::Repo;
use crate::diff;

const PLAN: &str = "partners/acme/plan.md";

/// Our own HTML: nothing else may be in a comment.
const TAGS: [&str; 4] = ["<details>", "</details>", "<summary>", "</summary>"];

/// Compares `main` with what some files do to it, and looks at the comment.
fn comment(before: &[(&str, &str)], after: &[(&str, Option<&str>)]) -> String {
    let repo = Repo::with(before);
    repo.branch("work");
    for (path, text) in after {
        match text {
            Some(text) => repo.write(path, text),
            None => repo.remove(path),
        };
    }
    repo.git(["add", "-A"]);
    repo.git(["commit", "-q", "--allow-empty", "-m", "Change @everyone <b>#1</b>"]);
    let comparison = diff(&repo, "main", Some("work"));
    let mut document = Vec::new();
    json::diff(&comparison, &mut document).expect("written");
    let again = json::read_diff(&document).expect("what is written can be read");
    assert_eq!(again, comparison);
    let files = Some("https://git.example.com/o/r/blob/0123/");
    let frame = Comment { limit: COMMENT_LIMIT, remarks: None, details: None, board: None, files };
    let told = markdown(&comparison, &frame);
    assert_eq!(told, markdown(&again, &frame), "the same from either");
    is_sane(&told);
    told
}

fn is_sane(told: &str) {
    assert!(told.encode_utf16().count() <= COMMENT_LIMIT);
    assert!(!told.trim().is_empty() && told.ends_with('\n'));
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    let arena = comrak::Arena::new();
    let mut text = String::new();
    for node in comrak::parse_document(&arena, told, &options).descendants() {
        match &node.data().value {
            NodeValue::HtmlBlock(block) => is_ours(&block.literal),
            NodeValue::HtmlInline(html) => is_ours(html),
            NodeValue::Image(_) => panic!("an image in {told}"),
            NodeValue::Link(link) => {
                assert!(link.url.starts_with("https://git.example.com/o/r/"), "{}", link.url);
            }
            NodeValue::Text(part) => text.push_str(part),
            _ => {}
        }
    }
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let pings = char == '@' && next.is_alphanumeric() && !before.is_alphanumeric();
        assert!(!pings, "somebody is called in {told}");
        before = char;
    }
    let hidden = |char: char| matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(hidden) && !text.contains('\u{1b}'), "hidden characters in {told:?}");
    assert_eq!(told.matches("<details>").count(), told.matches("</details>").count());
}

/// Whether a piece of HTML is nothing but our own tags around escaped text.
fn is_ours(html: &str) {
    let mut rest = html.to_owned();
    for tag in TAGS {
        rest = rest.replace(tag, "");
    }
    assert!(!rest.contains('<'), "foreign HTML: {html}");
}

/// What ticking and removing an item with this text tells.
fn with_text(text: &str) -> String {
    let before = format!("- [ ] {text}\n- [ ] {text} again\n- [ ] Rest\n");
    let after = format!("- [x] {text}\n- [ ] Rest\n");
    comment(&[(PLAN, &before)], &[(PLAN, Some(&after))])
}

#[test]
fn texts_stay_texts() {
    for text in [
        "<script>alert(1)</script> <img src=x onerror=y>",
        "</summary></details> out of here <details open>",
        "![x](https://evil.example.com/p.png) and [click](javascript:alert(1))",
        "ask @everyone, @org/team and #1, GH-2, https://evil.example.com www.evil.example.com",
        "a | b | c \\| d `code` ``x` **bold** __u__ ~~s~~ $x$ [^1] :smile:",
        "\u{202e}desrever\u{202c} \u{2066}isolated\u{2069} zero\u{200b}width \u{1b}[31mred",
        "&lt;b&gt; &#64;everyone &commat;everyone &#x40;x",
        "<!-- mdboard:comment --> <!-- hidden",
        "日本語のテキスト 👩‍🚀 é̀̂̃̄̆̇̈",
    ] {
        let told = with_text(text);
        assert!(told.contains("removed") || told.contains("Removed"), "{told}");
    }
}

#[test]
fn a_very_long_text_is_no_trouble() {
    with_text(&"long ".repeat(20_000));
    with_text(&"@a|<b>".repeat(20_000));
}

#[test]
fn names_and_paths_stay_names_and_paths() {
    for folder in
        ["a|b", "<b>x", "@everyone", "![x](y)", "a b `c`", "x](https:", "**", "ü\u{202e}x"]
    {
        let path = format!("partners/{folder}/plan.md");
        comment(
            &[(&path, "- [ ] Sign\n- [ ] Scan\n")],
            &[(&path, Some("- [x] Sign\n")), ("partners/#1 & co/p.md", Some("- [ ] New\n"))],
        );
    }
}

#[test]
fn front_matter_is_content_too() {
    let text = |owner: &str, partner: &str, mark: &str| {
        format!(
            "---\nowner: {owner}\npartner: {partner}\nstart_date: 2026-01-01\n---\n- [{mark}] Sign due:Day 2\n"
        )
    };
    let hostile = text("'@org/team <img>'", "'![x](y) | <b> @everyone'", "x");
    comment(&[(PLAN, &text("ann", "Acme", " "))], &[(PLAN, Some(&hostile))]);
    let bomb = "---\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\nowner: *c\n---\n- [x] Sign\n";
    comment(&[(PLAN, "- [ ] Sign\n")], &[(PLAN, Some(bomb))]);
    comment(&[(PLAN, "- [ ] Sign\n")], &[(PLAN, Some("---\nunclosed: [\n- [x] Sign\n"))]);
    let far = "---\nstart_date: 9999-12-31\n---\n- [ ] Sign due:Day 99999999\n";
    comment(&[(PLAN, "- [ ] Sign due:2026-01-01\n")], &[(PLAN, Some(far))]);
}

#[test]
fn sizes_are_bounded() {
    let many: String =
        (0..3_000).map(|n| format!("- [ ] Item number {n} of many | @x\n")).collect();
    let ticked = many.replace("[ ]", "[x]");
    let told = comment(&[(PLAN, &many)], &[(PLAN, Some(&ticked))]);
    assert!(told.chars().count() > 1_000);
    // All of it goes.
    let told = comment(&[(PLAN, &many), ("partners/b/p.md", "- [ ] x\n")], &[(PLAN, None)]);
    assert!(told.contains("3,000") || told.contains("3000"), "{}", &told[..400]);
    // Too large to be read.
    let large = "x".repeat(1_100_000);
    comment(&[(PLAN, "- [ ] Sign\n")], &[(PLAN, Some(&format!("- [x] Sign\n{large}\n")))]);
    // Nested as deep as one likes.
    let deep: String = (0..400).map(|n| format!("{}- [x] {n}\n", "  ".repeat(n))).collect();
    comment(&[(PLAN, "- [ ] 0\n")], &[(PLAN, Some(&deep))]);
    let partners: Vec<String> = (0..400).map(|n| format!("partners/p{n}/plan.md")).collect();
    let before: Vec<(&str, &str)> =
        partners.iter().map(|path| (path.as_str(), "- [ ] Sign\n- [ ] Scan\n")).collect();
    let after: Vec<(&str, Option<&str>)> =
        partners.iter().map(|path| (path.as_str(), Some("- [x] Sign\n"))).collect();
    comment(&before, &after);
}

#[test]
fn an_empty_change_is_one_line() {
    let told = comment(&[(PLAN, "- [ ] Sign\n")], &[("README.md", Some("Hello\n"))]);
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn what_is_no_text_is_no_trouble() {
    let repo = Repo::with(&[(PLAN, "- [ ] Sign\n")]);
    repo.branch("work").write(PLAN, b"- [x] Sign \xff\xfe\n\0\n").commit("Bytes");
    let comparison = diff(&repo, "main", Some("work"));
    let frame =
        Comment { limit: COMMENT_LIMIT, remarks: None, details: None, board: None, files: None };
    is_sane(&markdown(&comparison, &frame));
}
