//! What is kept between runs.

use crate::dates::Zone;
use crate::render::escape;
use crate::report::Kept;
use crate::report::Record;

/// The checkpoints and the answers, the last used first.
pub fn cache(kept: &Kept) -> String {
    let folder = escape::terminal(&kept.folder).to_string();
    if kept.checkpoints.is_empty() && kept.answers.is_empty() {
        return format!("nothing is kept in {folder}\n");
    }
    let (checkpoints, answers) = (kept.checkpoints.len(), kept.answers.len());
    let (count, bytes) = (count(checkpoints, answers), size(kept.bytes()));
    let mut text = format!("{count}, {bytes}, in {folder}\n\n");
    text.push_str("kind        commit            size  last used (to within an hour)\n");
    let mut rows = |kind: &str, records: &[Record]| {
        for record in records {
            let commit = record.commit.to_string();
            let (bytes, used) = (size(record.bytes), Zone::UTC.rfc3339(record.used));
            text.push_str(&format!("{kind:<10}  {commit:.10}  {bytes:>10}  {used}\n"));
        }
    };
    rows("checkpoint", &kept.checkpoints);
    rows("answer", &kept.answers);
    text
}

/// What was removed.
pub fn cleared(folder: &str, (checkpoints, answers): (usize, usize), bytes: u64) -> String {
    let folder = escape::terminal(folder);
    if checkpoints + answers == 0 && bytes == 0 {
        return format!("nothing was kept in {folder}\n");
    }
    format!("removed {}, {}, from {folder}\n", count(checkpoints, answers), size(bytes))
}

fn count(checkpoints: usize, answers: usize) -> String {
    let some = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    match answers {
        0 => some(checkpoints, "checkpoint"),
        answers => format!("{}, {}", some(checkpoints, "checkpoint"), some(answers, "answer")),
    }
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

    #[test]
    fn sizes_are_for_people() {
        let sizes = [0, 1023, 1024, 1_572_864, 10 * 1024 * 1024 * 1024].map(size);
        assert_eq!(sizes, ["0 B", "1023 B", "1.0 KiB", "1.5 MiB", "10.0 GiB"]);
        assert_eq!(size(u64::MAX), "16777216.0 TiB".replace("16777216.0", "16777215.9"));
    }

    #[test]
    fn what_is_kept_is_told_one_a_line() {
        let mut kept = Kept { folder: ".git/mdboard".into(), checkpoints: vec![], answers: vec![] };
        assert_eq!(cache(&kept), "nothing is kept in .git/mdboard\n");
        let record = |bytes| Record { commit: CommitId([0xab; 20]), bytes, used: Timestamp(0) };
        kept.checkpoints = vec![record(2048)];
        assert_eq!(
            cache(&kept),
            "1 checkpoint, 2.0 KiB, in .git/mdboard\n\n\
             kind        commit            size  last used (to within an hour)\n\
             checkpoint  ababababab     2.0 KiB  1970-01-01T00:00:00Z\n"
        );
        kept.answers = vec![record(1024), record(512)];
        assert_eq!(
            cache(&kept),
            "1 checkpoint, 2 answers, 3.5 KiB, in .git/mdboard\n\n\
             kind        commit            size  last used (to within an hour)\n\
             checkpoint  ababababab     2.0 KiB  1970-01-01T00:00:00Z\n\
             answer      ababababab     1.0 KiB  1970-01-01T00:00:00Z\n\
             answer      ababababab       512 B  1970-01-01T00:00:00Z\n"
        );
    }

    #[test]
    fn what_was_removed_is_told() {
        assert_eq!(cleared("x", (0, 0), 0), "nothing was kept in x\n");
        assert_eq!(cleared("x", (2, 0), 3000), "removed 2 checkpoints, 2.9 KiB, from x\n");
        assert_eq!(cleared("x", (1, 1), 3000), "removed 1 checkpoint, 1 answer, 2.9 KiB, from x\n");
    }
}
