//! What docs/ci.md tells of the action is what the action has.

use crate::runner::Action;

#[test]
fn every_input_and_output_is_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ci.md");
    let text = std::fs::read_to_string(path).expect("the docs are there");
    let action = Action::read();
    assert!(action.inputs.len() > 5 && action.outputs.len() > 3);
    for name in action.inputs.keys().chain(action.outputs.keys()) {
        assert!(text.contains(&format!("| `{name}` |")), "docs/ci.md does not tell of {name}");
    }
}

#[test]
fn no_expression_stands_in_a_script() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/action.yml");
    let text = std::fs::read_to_string(path).expect("the action is there");
    for line in text.lines().filter(|line| line.trim_start().starts_with("run:")) {
        assert!(!line.contains("${{"), "{line}");
    }
}

/// The second workflow of the pair for forks.
fn second() -> serde_json::Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ci/github-fork-comment.yml");
    let text = std::fs::read_to_string(path).expect("the workflow is there");
    serde_yaml::from_str(&text).expect("it is YAML")
}

#[test]
fn a_run_that_was_cut_off_neither_comments_nor_stops_one_that_does() {
    let workflow = second();
    let job = &workflow["jobs"]["comment"];
    let condition = job["if"].as_str().expect("a condition");
    assert!(condition.contains("workflow_run.conclusion"), "{condition}");
    // A group of the whole workflow would be entered before the condition is looked at.
    assert!(workflow.get("concurrency").is_none());
    let group = job["concurrency"]["group"].as_str().expect("a group");
    // An older run may end last, and somebody else may push the same commit.
    for part in ["head_sha", "head_repository.full_name"] {
        assert!(group.contains(part), "{group}");
    }
    assert!(!group.contains("head_branch"), "{group}");
}
