//! Hosts with a certificate of their own: in-house ones are trusted if the machine trusts them.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;

use crate::api::Api;
use crate::program::{repo, run};

#[test]
fn a_host_is_trusted_where_the_machine_trusts_it() {
    let names = ["localhost".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows them")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("they belong together");
    let repo = repo();
    let api = Api::with_tls(&repo.id("work"), config);
    repo.write(".git/authority.pem", made.cert.pem());
    let authority = repo.join(".git/authority.pem").display().to_string();
    let variables = [
        ("GITHUB_TOKEN", "secret-token-1"),
        ("GITHUB_API_URL", api.url()),
        ("GITHUB_REPOSITORY", "o/r"),
        ("SSL_CERT_FILE", &authority),
    ];
    let arguments = ["comment", "github", "--diff", ".git/diff.json", "--number", "7"];
    let output = run(&repo, &arguments, &variables[..3]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("SSL_CERT_FILE"), "it says what to do: {told}");
    assert!(api.comments().is_empty());
    let output = run(&repo, &arguments, &variables);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert_eq!(api.comments().len(), 1);
}
