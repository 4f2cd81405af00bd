//! The house rules, held against the repository as it is. A failing one names each place and the way out.

use std::fs;

use tidy::tree::{self, Source};
use tidy::{arrows, clocks, names, paths, requirements, size, unwraps, words};

fn sources() -> Vec<Source> {
    tree::read(&tree::root()).expect("the repository can be read")
}

fn list(name: &str) -> String {
    fs::read_to_string(tree::root().join("crates/tidy").join(name)).expect("the list is committed")
}

fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn files_and_functions_are_short() {
    let exceptions = size::exceptions(&list("exceptions.txt")).expect("a well-formed list");
    none(&size::complaints(&sources(), &exceptions));
}

#[test]
fn files_are_named_for_what_they_do() {
    none(&names::complaints(&sources()));
}

#[test]
fn crates_know_only_what_the_table_allows() {
    let built = arrows::built(&sources()).expect("well-formed manifests");
    let allowed = arrows::allowed(&list("arrows.txt")).expect("a well-formed table");
    let complaints = arrows::complaints(&built, &allowed);
    assert!(complaints.is_empty(), "\n{}\n\nas built:\n{}", complaints.join("\n"), arrows::print(&built));
}

#[test]
fn paths_named_in_documents_exist() {
    none(&paths::complaints(&sources(), &tree::root()));
}

#[test]
fn no_line_names_a_machine_or_a_registry() {
    none(&words::complaints(&sources()));
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    none(&unwraps::complaints(&sources()));
}

#[test]
fn only_the_program_asks_the_machine_for_time_and_settings() {
    none(&clocks::complaints(&sources()));
}

/// B1: each requirement in scope is named by a test, or its absence is explained; the list of absences can only tell the truth.
#[test]
fn b1_every_requirement_is_named_in_a_test_or_explained() {
    let sources = sources();
    let scope = requirements::in_scope(&list("requirements/in-scope.txt")).expect("a well-formed list");
    let undone = requirements::not_done(&list("requirements/not-done.txt")).expect("a well-formed list");
    none(&requirements::complaints(&scope, &undone, &requirements::named(&sources)));
}

/// A1: the README's two commands are all there is to do. What they need is installed by them: `make demo` runs cargo alone,
/// and whatever else the tests call is looked for, and installed, by `scripts/install-test-tools`.
#[test]
fn a1_the_two_commands_of_the_readme_need_nothing_else() {
    let read = |path: &str| fs::read_to_string(tree::root().join(path)).expect("a file of the repository");
    let (readme, makefile) = (read("README.md"), read("Makefile"));
    for command in ["make demo", "make test"] {
        assert!(readme.contains(command), "the README names `{command}`");
    }
    let recipe = |target: &str| -> Vec<String> {
        let lines = makefile.lines().skip_while(|line| !line.starts_with(&format!("{target}:"))).skip(1);
        lines.take_while(|line| line.starts_with('\t')).map(|line| line.trim().to_owned()).collect()
    };
    assert!(recipe("demo").iter().all(|line| line.starts_with("$(CARGO) run --release")), "{:?}", recipe("demo"));
    assert_eq!(recipe("test"), ["scripts/install-test-tools", "scripts/test"]);
    let (installer, tests) = (read("scripts/install-test-tools"), read("scripts/test"));
    for (tool, package) in [("node", "nodejs"), ("npm", "npm"), ("cargo fmt", "rustfmt"), ("cargo clippy", "clippy")] {
        assert!(
            !tests.contains(tool) || installer.contains(package),
            "scripts/test calls {tool}, and nothing installs {package}"
        );
    }
    assert!(installer.contains("need postgresql") && installer.contains("need chromium"));
    let lock = read("tests/browser/package-lock.json");
    assert!(!lock.contains("\"resolved\""), "what npm installs comes from whatever registry the machine has");
}
