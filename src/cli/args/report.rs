//! What `mdboard report` can be told.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Args;

/// Where the site is served unless somebody says otherwise.
const ADDRESS: &str = "127.0.0.1:8000";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mdboard report --out site                 the site of this board: open site/index.html
  mdboard report --watch --serve            the same in a browser, and it moves as you tick
  mdboard report --out public --as-of 2026-06-30
                                            as it was at the end of a quarter

The site needs no server and asks nothing of anybody. Beside its pages stand board.json, items.csv,
events.csv, report.md, calendars (.ics), badges and an Atom feed; docs/site.md tells of each.")]
pub(in crate::cli) struct ReportArgs {
    /// Write the site into this folder, which is replaced as a whole; it must be new, empty, or hold
    /// an earlier report
    #[arg(long, value_name = "DIR", required_unless_present = "serve")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Go on, and make the site again whenever a file or a branch has changed
    #[arg(long)]
    pub(in crate::cli) watch: bool,
    /// Serve the site at this address until stopped: a port, or an address with one
    #[arg(long, value_name = "ADDR", num_args = 0..=1, default_missing_value = ADDRESS)]
    #[arg(value_parser = address)]
    pub(in crate::cli) serve: Option<SocketAddr>,
    /// Serve it to other machines too: everybody who reaches the address reads the board
    #[arg(long, requires = "serve")]
    pub(in crate::cli) allow_remote: bool,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let local = |port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    let port = |text: &str| text.parse::<u16>().ok();
    let found = port(text).map(local).or_else(|| text.parse().ok());
    let named = || text.strip_prefix("localhost:").and_then(port).map(local);
    found.or_else(named).ok_or_else(|| {
        "write a port like 8000, or an address with one like 127.0.0.1:8000".to_owned()
    })
}
