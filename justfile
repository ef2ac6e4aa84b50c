# The usual runs, and everything that is generated. `just` lists them.

_list:
    @just --list --unsorted

# Format, lints and tests, as a submission is checked
check:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked
    cargo test --locked

# Tests that need other programs: age, jq, strace, shells, editors
ignored *FILTER:
    cargo test --locked -- --ignored --skip the_whole_ {{FILTER}}

# A journal to break, with a year of entries in it
year DIR="/tmp/inward-year":
    cargo run --example year -- {{DIR}}
    @echo "INWARD_HOME={{DIR}} cargo run -- list"

# Completions, as the program makes them
completions:
    cargo build
    for pair in bash:inward.bash zsh:_inward fish:inward.fish elvish:inward.elv powershell:_inward.ps1; do \
        INWARD_HOME=$(mktemp -d) target/debug/inward completions "${pair%%:*}" > "completions/${pair#*:}"; \
    done

# What people read: failures, stories, practices, screens, the picture. Read the diff
texts:
    SNAPSHOTS=overwrite cargo test --test inward -- every_sentence_of_failure every_line_that every_word_of_the_practices assess_screens the_picture
    git diff --stat tests docs

# The measurements in docs/SPEED.md
measure:
    benches/compare --summary --write benches/measured.md

# What takes hours: dependencies, fuzzing, simulations, faults
weekly *STEPS:
    .ci/weekly {{STEPS}}
