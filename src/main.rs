#[cfg(target_arch = "wasm32")]
fn main() {
    weaviate_backup_console::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    eprintln!("The console runs in a browser. `cargo xtask demo` builds it and serves it.");
    std::process::ExitCode::from(2)
}
