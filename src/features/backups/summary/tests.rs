use super::super::row::tests::{listed, rows_of};
use super::*;

/// 2026-11-24T12:00:00Z
const NOON: i64 = 1_795_521_600_000;

type Given<'g> = (&'g str, &'g str, &'g str, &'g str, &'g [&'g str]);

fn summary(entries: &[Given<'_>], collections: &[&str], change: impl FnOnce(&mut Listed<'_>)) -> Summary {
    let rows = rows_of("s3", &listed(entries));
    let collections: Vec<String> = collections.iter().map(ToString::to_string).collect();
    let mut listed = Listed {
        rows: &rows,
        collections: Some(&collections),
        awaited: &[],
        awaits_collections: false,
        backends_failed: 0,
        may_hide: false,
        now: NOON,
    };
    change(&mut listed);
    listed.summary()
}

fn id(named: &Named) -> &str {
    &named.id
}

#[test]
fn the_test_clock_is_noon() {
    let rows = rows_of("s3", &listed(&[("a", "STARTED", "12:00", "", &[])]));
    assert_eq!(rows[0].backup().and_then(|backup| backup.started), Some(NOON));
}

#[test]
fn collections_without_a_good_backup_are_the_worst() {
    let entries: [Given<'_>; 3] = [
        ("old", "SUCCESS", "01:00", "01:10", &["A", "B"]),
        ("new", "SUCCESS", "02:00", "02:10", &["A", "B"]),
        ("bad", "FAILED", "03:00", "03:10", &["A", "B", "C"]),
    ];
    let Summary { lead, good, remark } = summary(&entries, &["A", "B", "C"], |_| ());
    assert_eq!(lead, Lead::Uncovered { names: vec!["C".into()], of: 3, hedge: Hedge::None });
    let Some(Good::AllIn { newest, collections: 2, has_others: true }) = good else { panic!("{good:?}") };
    assert_eq!(id(&newest), "new");
    let Some(Remark::Problem(Problem::LastFailed(failed))) = remark else { panic!("{remark:?}") };
    assert_eq!(id(&failed), "bad");
}

#[test]
fn a_failure_that_a_success_followed_is_no_news() {
    let entries: [Given<'_>; 2] =
        [("bad", "FAILED", "01:00", "01:10", &["A"]), ("good", "SUCCESS", "02:00", "02:10", &["A"])];
    let Summary { lead, good, remark } = summary(&entries, &["A"], |_| ());
    assert_eq!((lead, remark), (Lead::AllCovered { of: 1 }, None));
    assert!(matches!(good, Some(Good::AllIn { has_others: false, .. })));
}

#[test]
fn a_failure_after_the_last_good_one_leads() {
    let entries: [Given<'_>; 3] = [
        ("good", "SUCCESS", "01:00", "01:10", &["A"]),
        ("bad", "FAILED", "02:00", "02:10", &["A"]),
        ("stopped", "CANCELED", "03:00", "03:10", &["A"]),
    ];
    let Summary { lead, good, .. } = summary(&entries, &["A"], |_| ());
    assert!(matches!(lead, Lead::Problem(Problem::LastFailed(named)) if named.id == "bad"));
    assert!(matches!(good, Some(Good::AllIn { .. })));
}

#[test]
fn collections_spread_over_backups_are_covered_but_not_in_one() {
    let entries: [Given<'_>; 2] =
        [("a", "SUCCESS", "01:00", "01:10", &["A"]), ("b", "SUCCESS", "02:00", "02:10", &["B"])];
    let Summary { lead, good, .. } = summary(&entries, &["A", "B"], |_| ());
    assert_eq!(lead, Lead::AllCovered { of: 2 });
    assert!(matches!(good, Some(Good::Newest(named)) if named.id == "b"));
}

#[test]
fn an_operation_without_an_end_for_a_day_is_told_from_one_that_runs() {
    let entries: [Given<'_>; 3] = [
        ("good", "SUCCESS", "01:00", "01:10", &["A"]),
        ("lost", "STARTED", "02:00", "", &["A"]),
        ("runs", "STARTED", "11:00", "", &["A"]),
    ];
    let a_day_later = NOON + 22 * 3_600_000;
    let Summary { lead, remark, .. } = summary(&entries, &["A"], |listed| listed.now = a_day_later);
    assert!(matches!(lead, Lead::Problem(Problem::Orphaned { first, others: 0 }) if first.id == "lost"));
    assert!(matches!(remark, Some(Remark::Running { first, others: 0 }) if first.id == "runs"));
}

#[test]
fn an_unknown_word_is_never_a_good_backup() {
    let Summary { lead, .. } = summary(&[("odd", "DONE", "11:00", "11:30", &["A"])], &[], |_| ());
    assert_eq!(lead, Lead::NoneGood { hedge: Hedge::None });
}

#[test]
fn without_the_collections_the_last_good_backup_leads() {
    let entries: [Given<'_>; 1] = [("good", "SUCCESS", "01:00", "01:10", &["A"])];
    let Summary { lead, good, .. } = summary(&entries, &[], |listed| listed.collections = None);
    assert!(matches!(lead, Lead::LastGood(named) if named.id == "good"));
    assert_eq!(good, None);
}

#[test]
fn nothing_is_claimed_before_all_have_answered() {
    let entries: [Given<'_>; 1] = [("good", "SUCCESS", "01:00", "01:10", &["A"])];
    let waits = summary(&entries, &["A", "B"], |listed| listed.awaited = &["gcs"]);
    assert_eq!(waits.lead, Lead::Awaiting { backends: vec!["gcs".into()] });
    let waits = summary(&entries, &["A", "B"], |listed| listed.awaits_collections = true);
    assert_eq!(waits.lead, Lead::Awaiting { backends: Vec::new() });
}

#[test]
fn what_could_not_be_listed_or_may_be_hidden_hedges_the_claim() {
    let entries: [Given<'_>; 1] = [("good", "SUCCESS", "01:00", "01:10", &["A"])];
    let hedge = |change: fn(&mut Listed<'_>)| match summary(&entries, &["A", "B"], change).lead {
        Lead::Uncovered { hedge, .. } => hedge,
        other => panic!("{other:?}"),
    };
    assert_eq!(hedge(|_| ()), Hedge::None);
    assert_eq!(hedge(|listed| listed.may_hide = true), Hedge::MayHide);
    assert_eq!(hedge(|listed| (listed.may_hide, listed.backends_failed) = (true, 1)), Hedge::NotAllListed);
}

#[test]
fn without_any_good_backup_every_collection_lacks_one() {
    let lead = summary(&[], &["A", "B"], |_| ()).lead;
    assert_eq!(lead, Lead::Uncovered { names: vec!["A".into(), "B".into()], of: 2, hedge: Hedge::None });
    assert_eq!(summary(&[], &[], |_| ()).lead, Lead::NoBackup);
}
