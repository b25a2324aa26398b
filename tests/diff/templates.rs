//! Templates that change, and the checklists they leave behind.

use crate::common::Repo;
use crate::diff;
use mdboard::report::{FileChange, Gate};

const TEMPLATE: &str = "templates/onboarding.md";

#[test]
fn a_template_that_gains_an_item_leaves_checklists_behind() {
    let made = |name: &str, more: &str| {
        format!(
            "---\ntemplate: {name}\n---\n- [x] Sign the contract\n- [ ] Plan the kickoff\n{more}"
        )
    };
    let contact = "- [ ] Name a contact for security\n";
    let repo = Repo::with(&[
        (TEMPLATE, "# Onboarding\n\n- [ ] Sign the contract\n- [ ] Plan the kickoff\n"),
        ("templates/other.md", "# Other\n\n- [ ] Wait\n"),
        ("partners/path/a.md", &made("templates/onboarding.md", "")),
        ("partners/pinned/a.md", &made("templates/onboarding.md@0123456789", "")),
        ("partners/stem/a.md", &made("onboarding", "")),
        ("partners/beside/a.md", &made("../../templates/onboarding.md", "")),
        ("partners/has/a.md", &made("onboarding", contact)),
        ("partners/other/a.md", &made("other", "")),
        ("partners/none/a.md", "- [ ] Sign the contract\n"),
    ]);
    repo.branch("work");
    let newer =
        format!("# Onboarding\n\n- [ ] Sign the contract\n- [ ] Plan the kickoff\n{contact}");
    repo.write(TEMPLATE, &newer);
    let blob = repo.git(["hash-object", TEMPLATE]);
    let newest = made(&format!("onboarding@{}", blob.trim()), "");
    repo.write("partners/newest/a.md", newest).commit("Security");
    let comparison = diff(&repo, "main", Some("work"));
    let [template] = comparison.templates.as_slice() else { panic!("{comparison:?}") };
    assert_eq!((template.path.as_str(), template.change), (TEMPLATE, FileChange::Modified));
    let behind: Vec<&str> = template.checklists_behind.iter().map(|path| path.as_str()).collect();
    let expected = ["beside", "path", "pinned", "stem"].map(|name| format!("partners/{name}/a.md"));
    assert_eq!(behind, expected);
    assert_eq!(comparison.met(Gate::Behind), 4);
    // The same from the working tree.
    repo.checkout("main").write(TEMPLATE, &newer);
    assert_eq!(diff(&repo, "main", None).templates[0].checklists_behind.len(), 4);
}

#[test]
fn templates_come_go_and_are_renamed() {
    let text = "# Onboarding\n\n- [ ] Sign the contract\n- [ ] Plan the kickoff\n";
    let repo = Repo::with(&[
        (TEMPLATE, text),
        ("templates/old.md", "# Old\n\n- [ ] Fax\n"),
        ("templates/prose.md", "# Prose\n\nOne.\n"),
        ("partners/acme/a.md", "---\ntemplate: onboarding\n---\n- [ ] Sign the contract\n"),
    ]);
    repo.branch("work");
    repo.remove("templates/old.md").rename(TEMPLATE, "templates/start.md");
    repo.write("templates/new.md", "# Something else\n\n- [ ] Never seen before\n");
    repo.write("templates/prose.md", "# Prose\n\nTwo.\n").commit("Tidy");
    let comparison = diff(&repo, "main", Some("work"));
    let told: Vec<String> = comparison
        .templates
        .iter()
        .map(|template| {
            let from = template.renamed_from.as_ref().map(|from| format!(" from {from}"));
            let behind = template.checklists_behind.len();
            let from = from.unwrap_or_default();
            format!("{} {}{from}, {behind} behind", template.change.name(), template.path)
        })
        .collect();
    assert_eq!(
        told,
        [
            "added templates/new.md, 0 behind",
            "removed templates/old.md, 0 behind",
            "modified templates/prose.md, 0 behind",
            "renamed templates/start.md from templates/onboarding.md, 0 behind",
        ]
    );
    assert!(comparison.partners.is_empty());
}
