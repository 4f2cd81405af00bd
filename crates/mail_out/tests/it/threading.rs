use mail_out::threading::{references, trim_references};

#[test]
fn tc172_more_than_ten_references_keep_the_first_four_and_the_last_six() {
    let list: Vec<String> = (1..=12).map(|number| number.to_string()).collect();
    let kept = trim_references(list);
    assert_eq!(kept, ["1", "2", "3", "4", "7", "8", "9", "10", "11", "12"]);
    assert_eq!(trim_references(kept.clone()), kept);
}

#[test]
fn the_ticket_reference_comes_first_and_nothing_twice() {
    let parents = vec!["a@x".to_owned(), "t@us".to_owned()];
    assert_eq!(references("t@us", &parents, Some("b@x")), ["t@us", "a@x", "b@x"]);
    assert_eq!(references("t@us", &[], None), ["t@us"]);
}
