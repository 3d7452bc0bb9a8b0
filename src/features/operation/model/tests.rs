use weaviate_backups::api::call::Call;
use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::ConnectionId;

use super::*;

fn operation(kind: Kind) -> Operation {
    Operation::new(OperationKey {
        connection: ConnectionId("local".into()),
        kind,
        backend: "s3".into(),
        location: Location::default(),
        id: "weekly".into(),
    })
}

fn looked(status: Status) -> Event {
    Event::Looked { has_ended: status.is_terminal(), status, is_ours: true }
}

fn reading(at: i64) -> Event {
    Event::SchemaRead { result: Ok(Reading { present: Vec::new(), aliases: None, at }), at }
}

fn unreachable() -> ApiError {
    ApiError {
        connection: ConnectionId("local".into()),
        call: Call::CancelCreate,
        kind: ErrorKind::Unreachable,
        messages: Vec::new(),
        http_status: None,
        excerpt: None,
    }
}

#[test]
fn a_cancel_is_sent_once_however_often_it_is_confirmed() {
    let mut operation = operation(Kind::Create);
    assert!(operation.update(Event::CancelConfirmed).is_empty());
    operation.update(Event::CancelPressed);
    assert_eq!(operation.update(Event::CancelConfirmed), [Effect::CancelCreate]);
    assert!(operation.update(Event::CancelConfirmed).is_empty());
}

#[test]
fn the_cancel_of_a_restore_looks_before_it_is_sent() {
    let mut operation = operation(Kind::Restore);
    operation.update(Event::CancelPressed);
    assert_eq!(operation.update(Event::CancelConfirmed), [Effect::CheckAndCancelRestore { confirmation: 1 }]);
    let why = Trouble::WhyNot(Obstacle::NodesNotKnown);
    assert_eq!(operation.update(Event::CancelStopped(why.clone())), [Effect::LookNow]);
    assert_eq!(operation.dialog, Dialog::Open(Some(why)));
}

#[test]
fn a_taken_cancel_is_no_end_but_a_reason_to_look() {
    let mut operation = operation(Kind::Create);
    operation.update(Event::CancelPressed);
    operation.update(Event::CancelConfirmed);
    assert_eq!(operation.update(Event::CancelSent(7)), [Effect::LookNow]);
    assert_eq!((operation.dialog, operation.cancel_sent), (Dialog::Closed, Some(7)));
}

#[test]
fn a_failed_cancel_keeps_its_dialog_and_asks_how_things_are() {
    let mut operation = operation(Kind::Create);
    operation.update(Event::CancelPressed);
    operation.update(Event::CancelConfirmed);
    let trouble = Trouble::Call(unreachable());
    assert_eq!(operation.update(Event::CancelStopped(trouble.clone())), [Effect::LookNow]);
    assert_eq!(operation.dialog, Dialog::Open(Some(trouble)));
}

#[test]
fn an_end_closes_the_question_whether_to_cancel() {
    let mut operation = operation(Kind::Create);
    operation.update(Event::CancelPressed);
    operation.update(looked(Status::Success));
    assert_eq!(operation.dialog, Dialog::Closed);
}

#[test]
fn the_schema_is_read_while_it_is_applied_and_once_after_the_end() {
    let mut operation = operation(Kind::Restore);
    assert!(operation.update(looked(Status::Transferring)).is_empty());
    assert_eq!(operation.update(looked(Status::Finalizing)), [Effect::ReadSchema { with_aliases: false }]);
    // One at a time.
    assert!(operation.update(looked(Status::Finalizing)).is_empty());
    operation.update(reading(1));
    assert!(operation.reading_of_end().is_none());
    let at_the_end = operation.update(looked(Status::Success));
    assert_eq!(at_the_end, [Effect::ReadSchema { with_aliases: true }, Effect::ReadList]);
    operation.update(reading(2));
    assert_eq!(operation.reading_of_end().map(|reading| reading.at), Some(2));
    assert!(operation.update(looked(Status::Success)).is_empty());
}

#[test]
fn a_reading_from_before_the_end_is_not_taken_for_one_after_it() {
    let mut operation = operation(Kind::Restore);
    operation.update(looked(Status::Finalizing));
    // The names in the backup have nothing to do with it.
    assert_eq!(operation.update(looked(Status::Failed)), [Effect::ReadList]);
    assert_eq!(operation.update(reading(1)), [Effect::ReadSchema { with_aliases: true }]);
    assert!(operation.reading_of_end().is_none());
}

#[test]
fn the_names_in_the_backup_are_read_once_at_the_end_of_a_restore_of_ours() {
    let mut operation = operation(Kind::Restore);
    assert!(!operation.update(looked(Status::Transferring)).contains(&Effect::ReadList));
    assert!(operation.update(looked(Status::Success)).contains(&Effect::ReadList));
    assert!(!operation.update(looked(Status::Success)).contains(&Effect::ReadList));
}

#[test]
fn another_restore_of_the_same_backup_starts_without_what_was_read() {
    let mut operation = operation(Kind::Restore);
    operation.update(looked(Status::Success));
    operation.update(reading(1));
    operation.update(looked(Status::Transferring));
    assert_eq!(operation.reading, Loadable::default());
}

#[test]
fn the_schema_says_nothing_about_a_restore_of_others() {
    let mut operation = operation(Kind::Restore);
    let others = Event::Looked { status: Status::Success, has_ended: true, is_ours: false };
    assert!(operation.update(others).is_empty());
}

#[test]
fn again_reads_again_what_could_not_be_read() {
    let mut operation = operation(Kind::Restore);
    operation.update(looked(Status::Success));
    operation.update(Event::SchemaRead { result: Err(unreachable()), at: 1 });
    let effects = operation.update(Event::AgainPressed);
    assert_eq!(effects, [Effect::LookNow, Effect::ReadSchema { with_aliases: true }]);
}

#[test]
fn a_failed_reading_of_the_end_waits_for_the_next_look() {
    let mut operation = operation(Kind::Restore);
    operation.update(looked(Status::Success));
    assert!(operation.update(Event::SchemaRead { result: Err(unreachable()), at: 1 }).is_empty());
    assert_eq!(operation.update(looked(Status::Success)), [Effect::ReadSchema { with_aliases: true }]);
}

#[test]
fn the_list_is_asked_once_for_the_collections_of_a_backup() {
    let mut operation = operation(Kind::Create);
    assert_eq!(operation.update(Event::CollectionsMissed), [Effect::ReadList]);
    assert!(operation.update(Event::CollectionsMissed).is_empty());
    operation.update(Event::ListRead { result: Ok(None), at: 1 });
    assert!(operation.update(Event::CollectionsMissed).is_empty());
}

#[test]
fn who_goes_back_while_the_looks_are_on_their_way_has_not_canceled() {
    let mut operation = operation(Kind::Restore);
    operation.update(Event::CancelPressed);
    operation.update(Event::CancelConfirmed);
    assert!(operation.is_confirmed(1));
    operation.update(Event::BackPressed);
    assert!(!operation.is_confirmed(1));
    // Confirmed once more, the looks of the first time still count for nothing.
    operation.update(Event::CancelPressed);
    operation.update(Event::CancelConfirmed);
    assert!(!operation.is_confirmed(1) && operation.is_confirmed(2));
}
