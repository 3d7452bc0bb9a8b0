//! The Content-Security-Policy, once for the header and once for the page.

/// Where a browser reports violations to, on the demo server.
pub const REPORT_PATH: &str = "/csp-report";

/// The name of the one Trusted Types policy. A named one, so that a portal need allow only ours.
pub const TRUSTED_TYPES: &str = "weaviate-backup-console";

/// What holds in a `<meta>` as well. Nothing inline, no nonce, no hash; `connect-src *` because the user names the server.
pub const IN_PAGE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src *; \
     img-src 'self' data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
     trusted-types weaviate-backup-console";

/// The whole policy: `frame-ancestors` and `report-uri` count in a header only.
pub fn header() -> String {
    format!("{IN_PAGE}; frame-ancestors 'none'; report-uri {REPORT_PATH}")
}
