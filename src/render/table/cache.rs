//! What is kept between runs.

use crate::dates::Zone;
use crate::render::escape;
use crate::report::Kept;

/// The checkpoints, the last used first.
pub fn cache(kept: &Kept) -> String {
    let folder = escape::terminal(&kept.folder).to_string();
    if kept.checkpoints.is_empty() {
        return format!("nothing is kept in {folder}\n");
    }
    let (count, bytes) = (checkpoints(kept.checkpoints.len()), size(kept.bytes()));
    let mut text = format!("{count}, {bytes}, in {folder}\n\n");
    text.push_str("commit            size  last used (to within an hour)\n");
    for checkpoint in &kept.checkpoints {
        let commit = checkpoint.commit.to_string();
        let (bytes, used) = (size(checkpoint.bytes), Zone::UTC.rfc3339(checkpoint.used));
        text.push_str(&format!("{commit:.10}  {bytes:>10}  {used}\n"));
    }
    text
}

/// What was removed.
pub fn cleared(folder: &str, count: usize, bytes: u64) -> String {
    let folder = escape::terminal(folder);
    match count {
        0 if bytes == 0 => format!("nothing was kept in {folder}\n"),
        count => format!("removed {}, {}, from {folder}\n", checkpoints(count), size(bytes)),
    }
}

fn checkpoints(count: usize) -> String {
    if count == 1 { "1 checkpoint".to_owned() } else { format!("{count} checkpoints") }
}

/// Bytes for people, rounded down.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let (mut tenths, mut unit) = (u128::from(bytes) * 10 / 1024, 0);
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        (tenths, unit) = (tenths / 1024, unit + 1);
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Timestamp;
    use crate::model::CommitId;
    use crate::report::Checkpoint;

    #[test]
    fn sizes_are_for_people() {
        let sizes = [0, 1023, 1024, 1_572_864, 10 * 1024 * 1024 * 1024].map(size);
        assert_eq!(sizes, ["0 B", "1023 B", "1.0 KiB", "1.5 MiB", "10.0 GiB"]);
        assert_eq!(size(u64::MAX), "16777216.0 TiB".replace("16777216.0", "16777215.9"));
    }

    #[test]
    fn checkpoints_are_told_one_a_line() {
        let mut kept = Kept { folder: ".git/mdboard".into(), checkpoints: Vec::new() };
        assert_eq!(cache(&kept), "nothing is kept in .git/mdboard\n");
        let checkpoint =
            Checkpoint { commit: CommitId([0xab; 20]), bytes: 2048, used: Timestamp(0) };
        kept.checkpoints = vec![checkpoint];
        assert_eq!(
            cache(&kept),
            "1 checkpoint, 2.0 KiB, in .git/mdboard\n\n\
             commit            size  last used (to within an hour)\n\
             ababababab     2.0 KiB  1970-01-01T00:00:00Z\n"
        );
    }

    #[test]
    fn what_was_removed_is_told() {
        assert_eq!(cleared("x", 0, 0), "nothing was kept in x\n");
        assert_eq!(cleared("x", 2, 3000), "removed 2 checkpoints, 2.9 KiB, from x\n");
    }
}
