//! Rules on a terminal.

use super::{circumstances, default_word, finds, fix, fix_word, is_about_configuration, sentence};
use crate::lint::rule::{Category, Example, Rule};
use crate::render::table::line::Line;
use crate::render::{Style, escape, paint};

/// How many lines a sentence may take.
const MOST_LINES: usize = 100;

/// Everything about a rule.
pub fn text(rule: &Rule, style: &Style) -> String {
    let mut page = Page { out: String::new(), style };
    page.line(
        Line::new(paint::BOLD, rule.code.code).then(paint::BOLD, format!(" {}", rule.code.rule)),
    );
    page.blank();
    page.prose(&finds(rule));
    page.prose(&format!("Why: {}.", rule.why));
    page.blank();
    page.prose(&format!(
        "Category {}, severity {}; looks at {}; {} by default; fix: {}.",
        rule.category.name(),
        rule.severity.name(),
        rule.scope.words(),
        default_word(rule),
        fix_word(rule)
    ));
    rule.examples.iter().for_each(|one| page.example(one));
    page.heading("How to fix it");
    page.prose(&sentence(rule.how));
    fix(rule).iter().for_each(|fix| page.prose(fix));
    if !rule.more.is_empty() {
        page.heading("More about it");
        rule.more.trim().lines().for_each(|line| page.prose(line));
    }
    page.switches(rule);
    page.out
}

/// The rules of each category, a line each.
pub fn list<'r>(rules: impl IntoIterator<Item = &'r Rule>, style: &Style) -> String {
    let rules: Vec<&Rule> = rules.into_iter().collect();
    let mut page = Page { out: String::new(), style };
    let longest = rules.iter().map(|rule| rule.code.rule.len()).max().unwrap_or_default();
    let row = |cells: [&str; 5]| {
        let [code, name, severity, default, fix] = cells;
        format!("{code:5}  {name:longest$}  {severity:8}  {default:7}  {fix}")
    };
    page.line(Line::new(paint::DIM, row(["code", "rule", "severity", "default", "fix"])));
    for category in Category::ALL {
        let mut those = rules.iter().filter(|rule| rule.category == category).peekable();
        if those.peek().is_some() {
            page.heading(category.name());
        }
        for rule in those {
            let (code, severity) = (rule.code, rule.severity.name());
            let cells = [code.code, code.rule, severity, default_word(rule), fix_word(rule)];
            page.line(Line::new(paint::PLAIN, row(cells)));
        }
    }
    page.out
}

struct Page<'s> {
    out: String,
    style: &'s Style,
}

impl Page<'_> {
    fn line(&mut self, line: Line) {
        line.write(self.style, &mut self.out);
    }

    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.line(Line::new(paint::BOLD, text));
    }

    /// A paragraph, in as many lines as it needs.
    fn prose(&mut self, text: &str) {
        for line in Line::new(paint::PLAIN, text).wrap(self.style.width, 0, MOST_LINES) {
            self.line(line);
        }
    }

    /// A file's text, indented. Lines are not cut: they are there to be copied.
    fn code(&mut self, text: &str) {
        for line in escape::revealed(text).lines() {
            self.out.push_str(format!("    {line}").trim_end());
            self.blank();
        }
    }

    fn example(&mut self, example: &Example) {
        let files = [("mdboard.toml", example.config)];
        let files = files.iter().filter(|(_, text)| !text.is_empty()).chain(example.beside);
        for (path, text) in files {
            self.heading(&format!("With {path}"));
            self.code(text);
        }
        let (wrong, right) = (Example::plain(example.wrong), Example::plain(example.right));
        let told = circumstances(example);
        if !told.is_empty() {
            self.blank();
            told.iter().for_each(|told| self.prose(told));
        }
        if wrong == right {
            // What is wrong stands elsewhere.
            self.heading(example.path);
            return self.code(&wrong);
        }
        self.heading(&format!("Wrong, in {}", example.path));
        self.code(&wrong);
        self.heading("Right");
        self.code(&right);
    }

    fn switches(&mut self, rule: &Rule) {
        let name = rule.code.rule;
        self.heading(if rule.by_default { "How to switch it off" } else { "How to switch it on" });
        if !rule.by_default {
            self.code(&format!("[lint]\nextend-select = [\"{name}\"]      # in mdboard.toml"));
            return;
        }
        if !is_about_configuration(rule) {
            self.code(&format!("<!-- mdboard-disable-next-line {name}: the reason -->"));
            self.blank();
        }
        self.code(&format!("[lint]\nignore = [\"{name}\"]      # in mdboard.toml"));
    }
}
