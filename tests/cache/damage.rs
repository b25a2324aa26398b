//! What can happen to the cache itself: it is never worth an error.

use std::fs;
use std::io::Write;

use crate::common::Repo;
use crate::{CACHED, FROM_CACHE, answer, check, checkpoints, folder, note, repo, request, tick};

/// A repository with one checkpoint.
fn kept() -> Repo {
    let repo = repo();
    assert_eq!(note(&request(repo.path())), "");
    assert_eq!(checkpoints(&repo).len(), 1);
    repo
}

#[test]
fn a_file_that_is_damaged_anywhere_is_built_again() {
    let repo = kept();
    let request = request(repo.path());
    let file = checkpoints(&repo).remove(0);
    let sound = fs::read(&file).expect("a checkpoint");
    let expected = answer(&request, CACHED);
    let mut noticed = 0;
    let mut try_bytes = |bytes: &[u8]| {
        fs::write(&file, bytes).expect("a damaged checkpoint");
        let told = note(&request);
        noticed += usize::from(told.contains("cannot be used, so history is read anew"));
        // It was built again, unless the damage was in a part that nobody had to read.
        fs::write(&file, bytes).expect("a damaged checkpoint");
        assert!(answer(&request, CACHED) == expected, "{told}");
        assert_eq!(note(&request), FROM_CACHE);
    };
    let step = (sound.len() / 60).max(1);
    for at in (0..sound.len()).step_by(step).chain([sound.len() - 1]) {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        try_bytes(&bytes);
        try_bytes(&sound[..at]);
    }
    try_bytes(&[&sound[..], b"more"].concat());
    try_bytes(&[]);
    try_bytes(&vec![0; sound.len()]);
    try_bytes(&vec![0xff; 1 << 20]);
    assert!(noticed > 100, "damage is noticed: {noticed}");
}

#[test]
fn another_commits_checkpoint_is_not_taken() {
    let repo = kept();
    let request = request(repo.path());
    let old = checkpoints(&repo).remove(0);
    tick(&repo, "Call");
    repo.commit("Call");
    note(&request);
    let new = checkpoints(&repo).into_iter().find(|path| *path != old).expect("a second one");
    fs::copy(&old, &new).expect("a copy");
    assert!(note(&request).contains("cannot be used"), "{}", note(&request));
    check(&request);
}

#[test]
fn something_else_in_its_place_is_left_alone() {
    let repo = repo();
    repo.write(".git/mdboard", "a file");
    check(&request(repo.path()));
    assert!(note(&request(repo.path())).contains("history is not kept for the next run"));
    assert_eq!(fs::read_to_string(folder(&repo)).expect("the file"), "a file");
    repo.remove(".git/mdboard");
    repo.write(".git/mdboard/notes.txt", "mine");
    check(&request(repo.path()));
    assert_eq!(note(&request(repo.path())), FROM_CACHE);
    assert_eq!(fs::read_to_string(folder(&repo).join("notes.txt")).expect("the file"), "mine");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let repo = repo();
    let elsewhere = repo.join("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, folder(&repo)).expect("a link");
    check(&request(repo.path()));
    assert_eq!(fs::read_dir(&elsewhere).expect("the folder").count(), 0);
}

#[cfg(unix)]
#[test]
fn a_git_directory_that_may_not_be_written_is_no_error() {
    use std::os::unix::fs::PermissionsExt;
    let repo = repo();
    let git = repo.join(".git");
    fs::set_permissions(&git, fs::Permissions::from_mode(0o555)).expect("permissions");
    // Who may do everything may write here all the same; then there is nothing to be tested.
    let forbidden = fs::write(git.join("test"), "").is_err();
    let told = note(&request(repo.path()));
    check(&request(repo.path()));
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).expect("permissions");
    assert!(!forbidden || told.contains("history is not kept for the next run"), "{told}");
}

#[test]
fn what_a_killed_run_left_behind_is_removed_in_time() {
    let repo = repo();
    let left = folder(&repo).join("writing-abc");
    let write = |seconds: i64| {
        fs::create_dir_all(folder(&repo)).expect("a folder");
        let mut file = fs::File::create(&left).expect("a file");
        file.write_all(b"half").expect("a written file");
        let time = std::time::UNIX_EPOCH
            + std::time::Duration::from_secs(
                u64::try_from(crate::NOW.0 - seconds).expect("after 1970"),
            );
        file.set_modified(time).expect("a time");
    };
    write(60);
    note(&request(repo.path()));
    assert!(left.exists(), "it may still be written");
    write(2 * 3600);
    tick(&repo, "Call");
    repo.commit("Call");
    note(&request(repo.path()));
    assert!(!left.exists());
    check(&request(repo.path()));
}
