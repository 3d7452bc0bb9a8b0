use super::*;

fn target() -> Target {
    let collections = ["Article".to_owned(), "SupportTicket".to_owned()];
    let alias = Alias { alias: "News".into(), class: "Article".into() };
    Target::new(&collections, [&alias])
}

#[test]
fn each_name_has_its_state_in_the_target() {
    let target = target();
    assert_eq!(target.state("Author"), CollectionState::New);
    assert_eq!(target.state("Article"), CollectionState::Exists);
    assert_eq!(target.state("Supportticket"), CollectionState::DiffersInCase { found: "SupportTicket".into() });
    let alias = CollectionState::Alias { alias: "News".into(), of: "Article".into() };
    assert_eq!((target.state("News"), target.state("NEWS")), (alias.clone(), alias));
}

#[test]
fn a_name_that_is_there_exactly_is_not_said_to_differ_in_case() {
    let target = Target::new(&["ARTICLE".to_owned(), "Article".to_owned()], []);
    assert_eq!(target.state("Article"), CollectionState::Exists);
    assert_eq!(target.state("ARTICLE"), CollectionState::Exists);
}

#[test]
fn those_in_the_way_can_be_left_out() {
    let target = target();
    let names = ["Article", "Author", "News", "supportTicket"];
    let states: Vec<_> = names.iter().map(|name| ((*name).to_owned(), target.state(name))).collect();
    assert_eq!(leave_out_those_in_the_way(&states), ["Author"]);
}
