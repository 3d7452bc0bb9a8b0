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
    assert_eq!(Lang::Zh.lead(&one, 0), "在您有权查看的备份中，唯一的集合没有可用备份。");
    assert_eq!(Lang::Zh.lead(&all, 0), "在已列出的备份中，2 个集合都没有可用备份。");
}

#[test]
fn what_covers_all_is_said_with_what_it_covers() {
    let rest = |lang: Lang, collections, now| {
        let lead = Lead::AllCovered { of: collections };
        let good = Some(Good::AllIn { newest: named("nightly-1"), collections, has_others: false });
        lang.summary(&Summary { lead, good, remark: None }, now).1.unwrap()
    };
    assert_eq!(rest(Lang::En, 12, HOUR), "All 12 collections are in nightly-1, from 1 h ago.");
    assert_eq!(rest(Lang::Zh, 12, HOUR), "12 个集合都包含在 1 小时前的 nightly-1 中。");
    assert_eq!(rest(Lang::Zh, 12, 0), "12 个集合都包含在刚刚的 nightly-1 中。");
    assert_eq!(rest(Lang::En, 1, HOUR), "The only collection is in nightly-1, from 1 h ago.");
    assert_eq!(rest(Lang::Zh, 1, HOUR), "唯一的集合包含在 1 小时前的 nightly-1 中。");
}

#[test]
fn what_a_module_says_follows_a_sentence_or_a_part_of_one() {
    let zh = Lang::Zh;
    assert_eq!(zh.beside_module("列表耗时 0.4 秒", "down"), "列表耗时 0.4 秒；模块报告：down");
    assert_eq!(zh.beside_module(zh.refused_on_cluster(), "down"), format!("{}模块报告：down", zh.refused_on_cluster()));
    assert_eq!(Lang::En.beside_module("listed in 0.4 s", "down"), "listed in 0.4 s. Its module says: down");
    assert_eq!(Lang::En.beside_module(Lang::En.listing(), "down"), "Listing… Its module says: down");
    assert_eq!(zh.backend_kept("没有响应。", "刚刚"), "没有响应。显示的是刚刚的列表。");
    assert_eq!(zh.backend_kept("没有响应。", "4 分钟前"), "没有响应。显示的是 4 分钟前的列表。");
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
    assert_eq!(Lang::Zh.absence(&absence("", 2), "1.39.0").1, "有 14 个备份被 2 个筛选条件隐藏。");
    assert_eq!(Lang::Zh.absence(&absence("x", 0), "1.39.0").1, "有 14 个备份被搜索隐藏。");
    assert_eq!(en(absence("", 2)), ("Nothing matches".into(), "14 backups are hidden by 2 filters.".into()));
}
