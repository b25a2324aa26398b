//! What was found before: a repository that starts dirty is told of what is new.
//!
//! A finding is known by its rule, its file and the line that it stands on, not by the line's
//! number: what moves is still known.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::lint::finding::Finding;
use crate::model::RepoPath;
use crate::source::Line;

/// The schema of a baseline.
pub const SCHEMA: &str = "mdboard.baseline/1";

/// A baseline as it is kept in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What was found, by path and place.
    pub findings: Vec<Known>,
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// What it is known by.
    pub fingerprint: String,
    /// The rule's code, for people.
    pub code: String,
    /// The file, for people.
    pub path: String,
    /// What was wrong, for people.
    pub message: String,
}

impl Baseline {
    /// A baseline of findings, with what they are known by.
    pub fn of(findings: &[Finding], fingerprints: &[String]) -> Baseline {
        let known = findings.iter().zip(fingerprints).map(|(finding, fingerprint)| Known {
            fingerprint: fingerprint.clone(),
            code: finding.rule.code.code.to_owned(),
            path: finding.path.to_string(),
            message: finding.message.clone(),
        });
        Baseline::new(known.collect())
    }

    /// A baseline of what is known.
    pub fn new(findings: Vec<Known>) -> Baseline {
        Baseline { schema: SCHEMA.to_owned(), findings }
    }

    /// All that this one and another know, by path.
    pub fn and(mut self, other: &Baseline) -> Baseline {
        self.findings.extend(other.findings.iter().cloned());
        self.findings.sort_by(|a, b| a.path.cmp(&b.path));
        self
    }

    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// In words: it is no JSON, or none of this schema.
    pub fn read(text: &str) -> Result<Baseline, String> {
        let read: Baseline = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if read.schema == SCHEMA {
            Ok(read)
        } else {
            Err(format!("its schema is `{}`, not `{SCHEMA}`", read.schema))
        }
    }

    /// Which findings are new, and how many known ones are gone.
    pub fn sift(&self, findings: &[Finding], fingerprints: &[String]) -> (Vec<bool>, usize) {
        debug_assert_eq!(findings.len(), fingerprints.len(), "one for each");
        let known: HashSet<&str> =
            self.findings.iter().map(|known| known.fingerprint.as_str()).collect();
        let found: HashSet<&str> = fingerprints.iter().map(String::as_str).collect();
        let gone = known.iter().filter(|known| !found.contains(*known)).count();
        (fingerprints.iter().map(|print| !known.contains(print.as_str())).collect(), gone)
    }
}

/// What each finding is known by, in their order: 32 hexadecimal digits, all different. `line` gives
/// the text of the line that a finding begins on.
pub fn fingerprints<'t>(
    findings: &[Finding],
    line: impl Fn(&RepoPath, &Finding) -> &'t str,
) -> Vec<String> {
    let mut seen: HashMap<u128, usize> = HashMap::new();
    // A long line may hold very many findings.
    let mut keys: HashMap<(&str, &RepoPath, Line), u128> = HashMap::new();
    let prints = findings.iter().map(|finding| {
        let code = finding.rule.code.code;
        let place = (code, &finding.path, finding.start.line);
        let key = *keys.entry(place).or_insert_with(|| {
            let line = line(&finding.path, finding);
            let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
            xxh3_128([code, finding.path.as_str(), &words].join("\0").as_bytes())
        });
        let count = seen.entry(key).or_default();
        *count += 1;
        if *count == 1 {
            return format!("{key:032x}");
        }
        format!("{:032x}", xxh3_128(format!("{key:032x}\0{count}").as_bytes()))
    });
    prints.collect()
}
