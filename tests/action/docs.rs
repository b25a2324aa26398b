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
