//! A made-up board, with all that teams do to a checklist: looked at commit after commit, as
//! somebody who runs the program every morning does.

use crate::common::Repo;
use crate::{at, check, command, request};

#[test]
fn every_morning_of_a_made_up_board_is_the_same_with_a_cache() {
    let repo = Repo::new();
    command::out(&repo, &["demo", "board", "--seed", "3", "--commits", "90", "--partners", "4"]);
    let folder = repo.join("board");
    let chain = repo.git(["-C", "board", "rev-list", "--first-parent", "--reverse", "HEAD"]);
    for commit in chain.lines().skip(20).step_by(6) {
        check(&at(&folder, commit));
    }
    check(&request(&folder));
}
