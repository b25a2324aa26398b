//! `mdboard rule`: what rules mean.

use super::*;

#[test]
fn a_rule_is_known_by_its_code_and_its_name() {
    let repo = Repo::in_folder();
    let by_code = mdboard(&repo, &["rule", "MB105"]);
    let by_name = mdboard(&repo, &["rule", "duplicate-item"]);
    assert_eq!(by_code.code, Some(0), "{}", by_code.err);
    assert!(by_code.out.contains("MB105") && by_code.out.contains("duplicate-item"));
    assert_eq!(by_code.out, by_name.out);
    let markdown = mdboard(&repo, &["rule", "mb105", "--format", "markdown"]).out;
    assert!(markdown.contains("# MB105: duplicate-item") && markdown.contains("```markdown"));
    let unknown = mdboard(&repo, &["rule", "duplicate-itm"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("did you mean `duplicate-item`?"), "{}", unknown.err);
}

#[test]
fn all_rules_are_told_in_every_format() {
    let repo = Repo::in_folder();
    for format in ["text", "markdown", "json"] {
        let all = mdboard(&repo, &["rule", "--all", "--format", format]).out;
        let list = mdboard(&repo, &["rule", "--format", format]).out;
        for code in
            ["MB101", "MB213", "MB312", "MB406", "MB504", "MB602", "MB703", "MB805", "MB902"]
        {
            assert!(all.contains(code) && list.contains(code), "{format}: {code}");
        }
        assert!(all.len() >= list.len(), "{format}");
    }
    let json = mdboard(&repo, &["rule", "--all", "--format", "json"]).out;
    let read: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(read["schema"], "mdboard.rules/1");
}
