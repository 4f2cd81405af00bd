//! The house rules, held against the repository as it is. A failing one names each place and the way out.

use std::fs;

use tidy::tree::{self, Source};
use tidy::{arrows, clocks, names, paths, size, unwraps, words};

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
