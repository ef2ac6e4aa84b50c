//! Links the debug build at a fixed address.
//!
//! Tests start it some ten thousand times, and moving its two hundred thousand addresses
//! is most of what a start costs. The release stays movable, so that its addresses can't
//! be guessed.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|it| it == value);
    if is("PROFILE", "debug")
        && is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
    {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
