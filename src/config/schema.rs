//! The JSON Schema of `mdboard.toml`, made of the same table that reads it. Editors complete and
//! check with it.

use serde_json::{Map, Value, json};

use super::keys::{KEYS, Key};

/// What may stand behind a key, for editors. What reading accepts beyond that (a number in quotes)
/// is not offered.
pub(super) enum Shape {
    /// `true` or `false`.
    Boolean,
    /// A text.
    Text,
    /// A text, or several.
    Texts,
    /// The name of a rule or of a set of rules, or several.
    Rules,
    /// One of some names.
    OneOf(fn() -> Vec<&'static str>),
    /// A whole number from and to.
    Whole(u32, u32),
    /// A whole percentage, as a number or as in `"25%"`.
    Percentage,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table whose keys match a pattern.
    Named(&'static str, &'static Shape),
    /// A table whose keys are names of rules.
    ByRule(&'static Shape),
}

/// The schema, given the names that rules can be called by.
pub fn schema(rules: &[&str]) -> Value {
    let mut schema = table(KEYS);
    if let Some(object) = schema.as_object_mut() {
        let head = [
            ("$schema", json!("https://json-schema.org/draft/2020-12/schema")),
            ("title", json!("mdboard.toml")),
            ("description", json!("The configuration of a board.")),
            (
                "$defs",
                json!({ "rule": { "anyOf": [{ "enum": rules }, { "type": "string", "pattern": "^MB[0-9]{1,3}$" }] } }),
            ),
        ];
        object.extend(head.map(|(key, value)| (key.to_owned(), value)));
    }
    schema
}

fn table(keys: &[Key]) -> Value {
    let properties = keys.iter().map(|key| {
        let mut inner = key.shape.schema();
        if let Some(object) = inner.as_object_mut() {
            object.insert("description".to_owned(), json!(format!("{}.", key.about)));
        }
        (key.name.to_owned(), inner)
    });
    json!({
        "type": "object",
        "properties": properties.collect::<Map<String, Value>>(),
        "additionalProperties": false,
    })
}

impl Shape {
    fn schema(&self) -> Value {
        let rule = || json!({ "$ref": "#/$defs/rule" });
        match self {
            Shape::Boolean => json!({ "type": "boolean" }),
            Shape::Text => json!({ "type": "string" }),
            Shape::Texts => one_or_more(&json!({ "type": "string" })),
            Shape::Rules => one_or_more(&rule()),
            Shape::OneOf(names) => json!({ "enum": names() }),
            Shape::Whole(least, most) => {
                json!({ "type": "integer", "minimum": least, "maximum": most })
            }
            Shape::Percentage => json!({ "anyOf": [
                { "type": "integer", "minimum": 0, "maximum": 100 },
                { "type": "string", "pattern": "^(100|[0-9]{1,2}) ?%$" },
            ] }),
            Shape::Table(keys) => table(keys),
            Shape::Named(pattern, shape) => json!({
                "type": "object",
                "patternProperties": { *pattern: shape.schema() },
                "additionalProperties": false,
            }),
            Shape::ByRule(shape) => json!({
                "type": "object",
                "propertyNames": rule(),
                "additionalProperties": shape.schema(),
            }),
        }
    }
}

/// One of something, or a list of it.
fn one_or_more(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}
