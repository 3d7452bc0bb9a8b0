use super::*;
use crate::features::backups::summary::{Good, Hedge, Lead, Named, Remark, Summary};

const HOUR: i64 = 3_600_000;

fn named(id: &str) -> Named {
    Named { id: id.into(), started: Some(0) }
}

#[test]
fn the_sentence_reads_as_one() {
    let summary = Summary {
        lead: Lead::Uncovered { names: vec!["A".into(), "B".into()], of: 62, hedge: Hedge::None },
        good: Some(Good::AllIn { newest: named("nightly-1"), collections: 60, has_others: true }),
        remark: Some(Remark::Running { first: named("now"), others: 0 }),
    };
    let (strong, rest) = Lang::En.summary(&summary, 3 * HOUR);
    assert_eq!(strong, "2 of 62 collections have no good backup.");
    assert_eq!(rest.as_deref(), Some("The other 60 are in nightly-1, from 3 h ago. now is running."));
    let (strong, rest) = Lang::Zh.summary(&summary, 3 * HOUR);
    assert_eq!(strong, "62 个集合中有 2 个没有可用备份。");
    assert_eq!(rest.as_deref(), Some("其余 60 个已包含在 3 小时前的 nightly-1 中。now 正在进行。"));
}

#[test]
fn one_is_not_many() {
    let one = Lead::Uncovered { names: vec!["A".into()], of: 1, hedge: Hedge::MayHide };
    assert_eq!(Lang::En.lead(&one, 0), "The only collection has no good backup that you may see.");
    let all = Lead::Uncovered { names: vec!["A".into(), "B".into()], of: 2, hedge: Hedge::NotAllListed };
    assert_eq!(Lang::En.lead(&all, 0), "None of 2 collections has a good backup in what could be listed.");
}

#[test]
fn nothing_matches_says_what_hides_how_many() {
    let absence = |search: &str, filters_beside| Absence::NothingMatches {
        search: search.into(),
        hidden_rows: 14,
        filters_beside,
    };
    let en = |absence| Lang::En.absence(&absence, "1.39.0");
    assert_eq!(en(absence("nigtly", 1)).0, "Nothing matches “nigtly”");
    assert_eq!(en(absence("nigtly", 1)).1, "14 backups are hidden by the search and 1 filter.");
    assert_eq!(en(absence("nigtly", 0)).1, "14 backups are hidden by the search.");
    assert_eq!(en(absence("", 2)), ("Nothing matches".into(), "14 backups are hidden by 2 filters.".into()));
}
