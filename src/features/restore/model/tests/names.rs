//! Where the names to choose from come from.

use super::*;

#[test]
fn a_link_chooses_some_names_and_the_others_can_be_added() {
    let mut restore = checked_for(&["Author"], &[], &[]);
    assert_eq!(restore.selection(), ["Author"]);
    assert_eq!(restore.rows().len(), 3);
    restore.update(Event::Ticked("Article".into(), true));
    assert_eq!(restore.selection(), ["Article", "Author"]);
}

#[test]
fn a_name_of_a_link_that_is_not_in_the_backup_blocks_and_can_be_left_out() {
    let mut restore = checked_for(&["Author", "Gone"], &[], &[]);
    assert_eq!(restore.why_not(), Some(WhyNot::Blocked(1)));
    let missing = blocking(&restore).unwrap();
    restore.update(Event::LeaveOutPressed(names_of(&missing)));
    assert_eq!(restore.why_not(), None);
    assert_eq!(body(&restore)["include"], json!(["Author"]));
}

#[test]
fn names_that_cannot_be_read_are_typed() {
    let mut restore = checked_without_names();
    assert_eq!((restore.why_not(), restore.request()), (Some(WhyNot::NothingChosen), None));
    restore.update(Event::NamesTyped(" Author,Article  Author\nContract".into()));
    assert_eq!(restore.selection(), ["Article", "Author", "Contract"]);
    assert_eq!(restore.in_the_way(), (1, 2));
    restore.update(Event::LeaveAllOutPressed);
    assert_eq!(restore.why_not(), None);
    assert_eq!(body(&restore)["include"], json!(["Author", "Contract"]));
}

#[test]
fn a_list_that_may_not_be_read_does_not_stop_whoever_knows_the_names() {
    let mut restore = Restore::new(key(), Vec::new(), None);
    restore.update(Event::ServerChanged { nodes: node(), version: None });
    restore.update(Event::CheckAgainPressed);
    answer(&mut restore, answers(&[], &[]).into_iter().filter(|answer| !matches!(answer, Answer::Names(_))).collect());
    assert_eq!((restore.names(), restore.why_not()), (Names::Awaited, Some(WhyNot::Checking)));
    answer(&mut restore, vec![Answer::Names(failed())]);
    restore.update(Event::NamesTyped("Author".into()));
    assert_eq!((restore.names(), restore.ready()), (Names::Typed, Some(1)), "that it could not be read is a warning");
}

#[test]
fn a_typed_pattern_is_never_sent() {
    let mut restore = checked_without_names();
    restore.update(Event::NamesTyped("Aut*".into()));
    assert_eq!((restore.why_not(), restore.request()), (Some(WhyNot::Pattern("Aut*".into())), None));
}

#[test]
fn everything_is_sent_without_names_only_where_none_can_be_known() {
    let mut restore = checked_without_names();
    restore.update(Event::EverythingTicked(true));
    assert_eq!(restore.why_not(), None);
    assert_eq!(body(&restore), json!({}));
    answer(&mut restore, vec![Answer::Names(known(names(&["Author"])))]);
    assert_eq!(body(&restore)["include"], json!(["Author"]));
}

#[test]
fn names_are_typed_beside_those_of_a_link_when_none_can_be_read() {
    let mut restore = checked_for(&["Author"], &[], &[]);
    answer(&mut restore, vec![Answer::Names(Fact::NotOffered)]);
    restore.update(Event::NamesTyped("Contract".into()));
    assert_eq!(restore.selection(), ["Author", "Contract"]);
}

#[test]
fn a_list_that_fails_takes_no_names_away() {
    let mut restore = checked(&[], &[]);
    answer(&mut restore, vec![Answer::Names(failed())]);
    assert_eq!((restore.names(), restore.selection().len()), (Names::Listed, 3));
}

#[test]
fn the_names_that_this_browser_kept_can_be_chosen_where_no_list_tells_them() {
    let mut restore = Restore::new(key(), Vec::new(), None);
    restore.update(Event::ServerChanged { nodes: node(), version: None });
    restore.update(Event::CheckAgainPressed);
    let mut answers = answers(&[], &[]);
    answers[1] = Answer::KeptNames(known(names(&["Article", "Author"])));
    answer(&mut restore, answers);
    assert_eq!(restore.names(), Names::Listed);
    assert_eq!(restore.selection(), names(&["Article", "Author"]));
    assert_eq!(restore.why_not(), None);
}
