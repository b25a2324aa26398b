//! Tells the program which sources it was built from: a cache that another program wrote, however
//! little it differs, is never read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files)?;
    files.sort();
    // The dependencies, too, decide what is read from a file.
    files.push(PathBuf::from("Cargo.lock"));
    let mut hash = Fnv::default();
    for file in &files {
        // A published package may lack the lock file.
        let bytes = fs::read(file).unwrap_or_default();
        hash.add(file.to_string_lossy().as_bytes());
        hash.add(&bytes.len().to_le_bytes());
        hash.add(&bytes);
    }
    println!("cargo::rustc-env=MDBOARD_SOURCES={:032x}", hash.0);
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// FNV-1a with 128 bits: small enough to stand here, so that the build needs no crate for it.
struct Fnv(u128);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
    }
}
