//! As much of a runner as the action needs. What it does not know it does not pass over.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde::Deserialize;
use tempfile::TempDir;

use crate::common::Repo;

/// The action's description.
#[derive(Deserialize)]
pub(crate) struct Action {
    pub(crate) inputs: HashMap<String, Input>,
    pub(crate) outputs: HashMap<String, Told>,
    runs: Runs,
}

#[derive(Deserialize)]
pub(crate) struct Input {
    #[serde(default)]
    default: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Told {
    value: String,
}

#[derive(Deserialize)]
struct Runs {
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    #[serde(default)]
    id: Option<String>,
    #[serde(default, rename = "if")]
    condition: Option<String>,
    run: String,
    #[serde(default)]
    env: HashMap<String, String>,
    #[serde(default, rename = "working-directory")]
    folder: Option<String>,
}

impl Action {
    pub(crate) fn read() -> Action {
        let path = root().join("action.yml");
        let text = std::fs::read_to_string(path).expect("the action is there");
        serde_yaml::from_str(&text).expect("it is an action")
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What a job is started with.
pub(crate) struct Job<'a> {
    pub(crate) run: u64,
    pub(crate) inputs: &'a [(&'a str, &'a str)],
    pub(crate) event: &'a str,
    pub(crate) name: &'a str,
    pub(crate) api: &'a str,
}

/// A machine with a checkout.
pub(crate) struct Runner {
    checkout: PathBuf,
    temporary: TempDir,
}

/// What a job came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) log: String,
    /// What the runner was told to do by what the steps printed.
    pub(crate) commands: Vec<String>,
    pub(crate) summary: String,
    outputs: HashMap<String, String>,
    /// Holds the report.
    _temporary: Option<TempDir>,
}

impl Ran {
    /// An output of the action.
    pub(crate) fn output(&self, name: &str) -> String {
        self.outputs.get(name).cloned().unwrap_or_default()
    }

    /// A file of the report.
    pub(crate) fn report(&self, name: &str) -> PathBuf {
        Path::new(&self.output("report-path")).join(name)
    }
}

/// Where expressions take their values from.
struct Values(HashMap<String, String>);

impl Values {
    /// A text with its expressions replaced.
    fn fill(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("${{") {
            let (expression, after) = behind.split_once("}}").expect("an expression ends");
            out.push_str(before);
            out.push_str(&self.value(expression.trim()));
            rest = after;
        }
        out + rest
    }

    fn value(&self, name: &str) -> String {
        if let Some((first, second)) = name.split_once(" || ") {
            return Some(self.value(first))
                .filter(|value| !value.is_empty())
                .unwrap_or_else(|| self.value(second));
        }
        let known = self.0.get(name).cloned();
        let may_lack = name.starts_with("steps.") || name.starts_with("github.event.");
        known.unwrap_or_else(|| {
            assert!(may_lack, "an expression that is not known: {name}");
            String::new()
        })
    }

    /// Whether a step is taken: of conditions, `${{ a == '' }}` is known.
    fn holds(&self, condition: &str) -> bool {
        let inner = condition.trim().trim_start_matches("${{").trim_end_matches("}}").trim();
        let name = inner.strip_suffix("== ''").expect("a condition that is known").trim();
        self.value(name).is_empty()
    }
}

impl Runner {
    pub(crate) fn new(checkout: &Repo) -> Runner {
        let temporary = tempfile::tempdir().expect("a folder");
        Runner { checkout: checkout.path().to_owned(), temporary }
    }

    /// Runs the action.
    pub(crate) fn act(self, job: &Job<'_>) -> Ran {
        let action = Action::read();
        let mut values = self.values(&action, job);
        let mut ran = Ran {
            code: 0,
            log: String::new(),
            commands: Vec::new(),
            summary: String::new(),
            outputs: HashMap::new(),
            _temporary: None,
        };
        for step in &action.runs.steps {
            if ran.code != 0 || step.condition.as_ref().is_some_and(|when| !values.holds(when)) {
                continue;
            }
            let output = self.step(step, &values, job);
            ran.code = output.status.code().expect("it ended by itself");
            for bytes in [&output.stdout, &output.stderr] {
                let text = String::from_utf8_lossy(bytes);
                assert!(!text.contains("secret-token"), "the token is in the log: {text}");
                ran.commands.extend(commands(&text));
                ran.log.push_str(&text);
            }
            let outputs = self.take("output");
            if let Some(id) = &step.id {
                for (name, value) in parse(&outputs) {
                    values.0.insert(format!("steps.{id}.outputs.{name}"), value);
                }
            }
        }
        let outputs = action.outputs.iter();
        ran.outputs =
            outputs.map(|(name, output)| (name.clone(), values.fill(&output.value))).collect();
        ran.summary = self.take("summary.md");
        ran._temporary = Some(self.temporary);
        ran
    }

    fn values(&self, action: &Action, job: &Job<'_>) -> Values {
        let mut values = Values(HashMap::new());
        let mut set = |name: &str, value: &str| values.0.insert(name.to_owned(), value.to_owned());
        set("github.token", "secret-token-1");
        set("github.action_path", root().to_str().expect("a plain path"));
        set("github.action_repository", "example-org/mdboard");
        set("github.action_ref", "main");
        let event: serde_json::Value = serde_json::from_str(job.event).expect("an event is JSON");
        for side in ["base", "head"] {
            if let Some(id) = event["pull_request"][side]["sha"].as_str() {
                set(&format!("github.event.pull_request.{side}.sha"), id);
            }
        }
        if let Some(number) = event["pull_request"]["number"].as_u64() {
            set("github.event.pull_request.number", &number.to_string());
        }
        if let Some(id) = event["merge_group"]["base_sha"].as_str() {
            set("github.event.merge_group.base_sha", id);
        }
        for (name, input) in &action.inputs {
            let given = job.inputs.iter().find(|(given, _)| given == name).map(|(_, value)| *value);
            // The program under test is there already, which is one of the action's own ways.
            let path = (name == "version").then_some("path");
            let default = input.default.clone().unwrap_or_default();
            let value = given.or(path).map_or(default, str::to_owned);
            let value = value.replace("${{ github.token }}", "secret-token-1");
            values.0.insert(format!("inputs.{name}"), value);
        }
        for (name, _) in job.inputs {
            assert!(action.inputs.contains_key(*name), "there is no input {name}");
        }
        values
    }

    #[expect(clippy::disallowed_methods, reason = "steps are run by a shell")]
    fn step(&self, step: &Step, values: &Values, job: &Job<'_>) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_mdboard"));
        let path = std::env::var("PATH").expect("there is a PATH");
        let path = format!("{}:{path}", program.parent().expect("a folder").display());
        let script = self.place("step.sh");
        std::fs::write(&script, values.fill(&step.run)).expect("a script");
        std::fs::write(self.place("event.json"), job.event).expect("an event");
        let folder = step.folder.as_ref().map(|folder| values.fill(folder)).unwrap_or_default();
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(&script);
        command.current_dir(self.checkout.join(folder)).env_clear();
        command.env("PATH", path).env("HOME", self.temporary.path());
        command.env("RUNNER_TEMP", self.temporary.path());
        for (name, file) in [
            ("GITHUB_EVENT_PATH", "event.json"),
            ("GITHUB_OUTPUT", "output"),
            ("GITHUB_STEP_SUMMARY", "summary.md"),
            ("GITHUB_PATH", "path"),
        ] {
            command.env(name, self.place(file));
        }
        if job.name.starts_with("pull_request") {
            command.env("GITHUB_BASE_REF", "main");
        }
        command.env("GITHUB_EVENT_NAME", job.name).env("GITHUB_API_URL", job.api);
        command.env("GITHUB_REPOSITORY", "o/r").env("GITHUB_SERVER_URL", "https://git.example.com");
        command.env("GITHUB_RUN_ID", job.run.to_string()).env("GITHUB_RUN_ATTEMPT", "1");
        command.envs(step.env.iter().map(|(name, value)| (name, values.fill(value))));
        command.output().expect("bash starts")
    }

    fn place(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    /// A file's text, and the file is gone.
    fn take(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.place(name)).unwrap_or_default();
        let _ = std::fs::remove_file(self.place(name));
        text
    }
}

/// The commands that a runner finds in what a step prints: a line that begins with `::`, and
/// `##[…]` anywhere in one; none between `::stop-commands::word` and `::word::`.
fn commands(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut end: Option<String> = None;
    for line in text.lines() {
        let trimmed = line.trim_start();
        match (&end, trimmed.strip_prefix("::stop-commands::")) {
            (Some(word), _) if trimmed.starts_with(word) => end = None,
            (Some(_), _) => {}
            (None, Some(word)) => end = Some(format!("::{word}::")),
            (None, None) if trimmed.starts_with("::") => commands.push(trimmed.to_owned()),
            (None, None) => {
                commands.extend(line.find("##[").map(|at| line[at..].to_owned()));
            }
        }
    }
    commands
}

/// Outputs as a runner reads them: `name=value`, or `name<<END` up to a line `END`.
fn parse(text: &str) -> HashMap<String, String> {
    let mut outputs = HashMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some((name, end)) = line.split_once("<<") {
            let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
            outputs.insert(name.to_owned(), value.join("\n"));
        } else if let Some((name, value)) = line.split_once('=') {
            outputs.insert(name.to_owned(), value.to_owned());
        }
    }
    outputs
}
