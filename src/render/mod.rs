//! From a board to text: pure functions, one module per format. They compute nothing that a reader
//! of another format would not see.

pub mod escape;
pub mod json;
pub mod words;
