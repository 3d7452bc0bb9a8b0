//! The sentence on top of the list.

use crate::features::backups::summary::{Good, Hedge, Lead, Named, Problem, Remark, Summary};
use crate::i18n::duration::blank_before;
use crate::i18n::{Lang, ago, duration, plural};

impl Lang {
    /// Bold part and rest of the sentence on top. `now` in milliseconds since 1970.
    pub fn summary(self, summary: &Summary, now: i64) -> (String, Option<String>) {
        let lead = self.lead(&summary.lead, now);
        let good = summary.good.as_ref().map(|good| self.good(good, now));
        let remark = summary.remark.as_ref().map(|remark| self.remark(remark, now));
        let parts: Vec<String> = good.into_iter().chain(remark).collect();
        (lead, (!parts.is_empty()).then(|| parts.join(self.gap())))
    }

    pub(super) fn lead(self, lead: &Lead, now: i64) -> String {
        match self {
            Self::En => match lead {
                Lead::AwaitingServer => "Asking the server for its backends.".to_owned(),
                Lead::Awaiting { backends } if backends.is_empty() => "Asking for the collections.".to_owned(),
                Lead::Awaiting { backends } => format!("Listing {}.", backends.join(", ")),
                Lead::NoBackup => "There is no backup.".to_owned(),
                Lead::Uncovered { names, of, hedge } => {
                    let hedge = hedge_en(*hedge);
                    match (names.len(), *of) {
                        (_, 1) => format!("The only collection has no good backup{hedge}."),
                        (count, of) if count == of => format!("None of {of} collections has a good backup{hedge}."),
                        (1, of) => format!("1 of {of} collections has no good backup{hedge}."),
                        (count, of) => format!("{count} of {of} collections have no good backup{hedge}."),
                    }
                }
                Lead::NoneGood { hedge } => format!("There is no good backup{}.", hedge_en(*hedge)),
                Lead::Problem(problem) => self.problem(problem, now),
                Lead::AllCovered { of: 1 } => "The only collection has a good backup.".to_owned(),
                Lead::AllCovered { of } => format!("All {of} collections have a good backup."),
                Lead::LastGood(named) => format!("The last good backup is {}.", self.named(named, now)),
            },
            Self::Zh => match lead {
                Lead::AwaitingServer => "正在查询服务器的后端。".to_owned(),
                Lead::Awaiting { backends } if backends.is_empty() => "正在查询集合。".to_owned(),
                Lead::Awaiting { backends } => format!("正在列出 {} 的备份。", backends.join("、")),
                Lead::NoBackup => "还没有备份。".to_owned(),
                Lead::Uncovered { names, of, hedge } => {
                    let hedge = hedge_zh(*hedge);
                    match (names.len(), *of) {
                        (_, 1) => format!("{hedge}唯一的集合没有可用备份。"),
                        (count, of) if count == of => format!("{hedge}{of} 个集合都没有可用备份。"),
                        (count, of) => format!("{hedge}{of} 个集合中有 {count} 个没有可用备份。"),
                    }
                }
                Lead::NoneGood { hedge } => format!("{}没有可用备份。", hedge_zh(*hedge)),
                Lead::Problem(problem) => self.problem(problem, now),
                Lead::AllCovered { of: 1 } => "唯一的集合有可用备份。".to_owned(),
                Lead::AllCovered { of } => format!("{of} 个集合都有可用备份。"),
                Lead::LastGood(named) => format!("最近一个可用备份是{}。", self.named(named, now)),
            },
        }
    }

    fn good(self, good: &Good, now: i64) -> String {
        match (self, good) {
            (Self::En, Good::AllIn { newest, collections, has_others }) => match (collections, has_others) {
                (1, true) => format!("The other one is in {}.", self.named(newest, now)),
                (1, false) => format!("The only collection is in {}.", self.named(newest, now)),
                (count, true) => format!("The other {count} are in {}.", self.named(newest, now)),
                (count, false) => format!("All {count} collections are in {}.", self.named(newest, now)),
            },
            (Self::En, Good::Newest(newest)) => format!("The newest good one is {}.", self.named(newest, now)),
            (Self::Zh, Good::AllIn { newest, collections, has_others: true }) => {
                format!("其余 {collections} 个已包含在{} 中。", self.named(newest, now))
            }
            (Self::Zh, Good::AllIn { newest, collections: 1, .. }) => {
                format!("唯一的集合包含在{} 中。", self.named(newest, now))
            }
            (Self::Zh, Good::AllIn { newest, collections, .. }) => {
                format!("{collections} 个集合都包含在{} 中。", self.named(newest, now))
            }
            (Self::Zh, Good::Newest(newest)) => format!("最近一个可用备份是{}。", self.named(newest, now)),
        }
    }

    fn problem(self, problem: &Problem, now: i64) -> String {
        let since = |named: &Named| named.started.map_or(String::new(), |started| duration(self, now - started));
        match (self, problem) {
            (Self::En, Problem::LastFailed(named)) => match named.started {
                Some(started) => format!("{}, started {}, failed.", named.id, ago(self, now - started)),
                None => format!("{} failed.", named.id),
            },
            (Self::En, Problem::Orphaned { first, others: 0 }) => {
                format!("{} shows no end for {}.", first.id, since(first))
            }
            (Self::En, Problem::Orphaned { first, others }) => {
                format!(
                    "{} and {} show no end for up to {}.",
                    first.id,
                    plural(*others, "other", "others"),
                    since(first)
                )
            }
            (Self::En, Problem::Unreadable { count: 1 }) => "1 entry cannot be read.".to_owned(),
            (Self::En, Problem::Unreadable { count }) => format!("{count} entries cannot be read."),
            (Self::Zh, Problem::LastFailed(named)) => match named.started {
                Some(started) => format!("{}（{}开始）失败。", named.id, ago(self, now - started)),
                None => format!("{} 失败。", named.id),
            },
            (Self::Zh, Problem::Orphaned { first, others: 0 }) => format!("{} 已 {}未结束。", first.id, since(first)),
            (Self::Zh, Problem::Orphaned { first, others }) => {
                format!("{} 等 {} 个备份长时间未结束（最长 {}）。", first.id, others + 1, since(first))
            }
            (Self::Zh, Problem::Unreadable { count }) => format!("有 {count} 条记录无法读取。"),
        }
    }

    fn remark(self, remark: &Remark, now: i64) -> String {
        match (self, remark) {
            (_, Remark::Problem(problem)) => self.problem(problem, now),
            (Self::En, Remark::NotListed { backends: 1 }) => "1 backend could not be listed.".to_owned(),
            (Self::En, Remark::NotListed { backends }) => format!("{backends} backends could not be listed."),
            (Self::En, Remark::Running { first, others: 0 }) => format!("{} is running.", first.id),
            (Self::En, Remark::Running { first, others }) => {
                format!("{} and {} are running.", first.id, plural(*others, "other", "others"))
            }
            (Self::Zh, Remark::NotListed { backends }) => format!("有 {backends} 个后端的备份无法列出。"),
            (Self::Zh, Remark::Running { first, others: 0 }) => format!("{} 正在进行。", first.id),
            (Self::Zh, Remark::Running { first, others }) => format!("{} 等 {} 个备份正在进行。", first.id, others + 1),
        }
    }

    /// `nightly-1, from 3 h ago`; in Chinese with the blank that stands before it.
    fn named(self, named: &Named, now: i64) -> String {
        match (self, named.started) {
            (Self::En, None) => named.id.clone(),
            (Self::Zh, None) => format!(" {}", named.id),
            (Self::En, Some(started)) => format!("{}, from {}", named.id, ago(self, now - started)),
            (Self::Zh, Some(started)) => {
                let ago = ago(self, now - started);
                format!("{}{ago}的 {}", blank_before(&ago), named.id)
            }
        }
    }
}

fn hedge_en(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::None => "",
        Hedge::NotAllListed => " in what could be listed",
        Hedge::MayHide => " that you may see",
    }
}

fn hedge_zh(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::None => "",
        Hedge::NotAllListed => "在已列出的备份中，",
        Hedge::MayHide => "在您有权查看的备份中，",
    }
}
