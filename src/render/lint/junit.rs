//! JUnit's XML: a file is a test suite, and each finding in it a test that failed. What is only worth
//! knowing is a test that was skipped: systems show it, and nobody's build turns red.
//!
//! A run without findings has one test, which passes: systems take a report without tests for a
//! broken one.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use quick_xml::writer::ElementWriter;

use crate::lint::finding::Finding;
use crate::model::Severity;
use crate::render::escape;
use crate::report::Findings;

/// What the whole of it is called.
const NAME: &str = "mdboard lint";

/// Writes the report.
pub fn junit(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer.create_element("testsuites").with_attribute(("name", NAME));
    counted(root, findings.all).write_inner_content(|writer| {
        if findings.all.is_empty() {
            return passed(writer);
        }
        findings
            .all
            .chunk_by(|one, next| one.path == next.path)
            .try_for_each(|file| suite(file, writer))
    })?;
    writer.get_mut().write_all(b"\n")
}

/// The one test of a run without findings.
fn passed(writer: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    let suite = writer.create_element("testsuite").with_attribute(("name", NAME));
    counted(suite, &[]).write_inner_content(|writer| {
        let test = writer.create_element("testcase").with_attribute(("name", NAME));
        test.with_attribute(("classname", NAME)).write_empty().map(drop)
    })?;
    Ok(())
}

/// The findings of one file.
fn suite(file: &[Finding], writer: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    let path = file.first().map_or("", |finding| finding.path.as_str());
    let path = escape::xml(path);
    let suite = writer.create_element("testsuite").with_attribute(("name", path.as_ref()));
    counted(suite, file)
        .write_inner_content(|writer| file.iter().try_for_each(|one| case(one, &path, writer)))?;
    Ok(())
}

fn case(finding: &Finding, path: &str, writer: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    let (code, start) = (finding.rule.code, finding.start);
    let place = format!("{}:{}", start.line.0, start.column);
    let name = format!("{place}: {}[{}]", code.code, code.rule);
    let line = start.line.0.to_string();
    let test = writer
        .create_element("testcase")
        .with_attribute(("name", name.as_str()))
        .with_attribute(("classname", path))
        .with_attribute(("file", path))
        .with_attribute(("line", line.as_str()));
    let (message, help) = (escape::xml(&finding.message), escape::xml(finding.advice()));
    test.write_inner_content(|writer| {
        if finding.severity == Severity::Info {
            let skipped = writer.create_element("skipped");
            return skipped
                .with_attribute(("message", format!("{message} (help: {help})").as_str()))
                .write_empty()
                .map(drop);
        }
        let text = format!("{path}:{place}: {message}\nhelp: {help}");
        writer
            .create_element("failure")
            .with_attribute(("type", code.code))
            .with_attribute(("message", message.as_ref()))
            .write_text_content(quick_xml::events::BytesText::new(&text))
            .map(drop)
    })?;
    Ok(())
}

/// An element with how many of its tests there are and what became of them.
fn counted<'w, W: Write>(
    element: ElementWriter<'w, W>,
    findings: &[Finding],
) -> ElementWriter<'w, W> {
    let skipped = findings.iter().filter(|finding| finding.severity == Severity::Info).count();
    // The one that passes, where there is none.
    let tests = findings.len().max(1);
    element
        .with_attribute(("tests", tests.to_string().as_str()))
        .with_attribute(("failures", (findings.len() - skipped).to_string().as_str()))
        .with_attribute(("errors", "0"))
        .with_attribute(("skipped", skipped.to_string().as_str()))
}
