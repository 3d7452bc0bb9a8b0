//! The rows of the log in words.

use weaviate_backups::api::error::ErrorKind;
use weaviate_backups::ledger::entry::{LostPost, Proof};
use weaviate_backups::ledger::landing::{Cause, Complaint};

use crate::features::operation::answers::PostAnswer;
use crate::i18n::{Lang, plural};

impl Lang {
    /// An exchange that brought nothing usable: short, for a row.
    pub fn no_answer(self, why: ErrorKind, http_status: Option<u16>) -> String {
        let status = http_status.map(|status| format!("{status}{}", self.comma())).unwrap_or_default();
        let words = match (self, why) {
            (Self::En, ErrorKind::Unreachable) => "not reached",
            (Self::En, ErrorKind::TimedOut { limit_millis }) => {
                return format!("no answer in {} s", limit_millis / 1000);
            }
            (Self::En, ErrorKind::Aborted) => "given up",
            (Self::En, ErrorKind::Redirected) => "sent elsewhere, a sign-in page",
            (Self::En, ErrorKind::NotSignedIn) => "key needed, or not accepted",
            (Self::En, ErrorKind::NotPermitted) => "not permitted",
            (Self::En, ErrorKind::NotFound) => "not found",
            (Self::En, ErrorKind::Refused) => "refused",
            (Self::En, ErrorKind::ForeignError) => "not Weaviate’s answer",
            (Self::En, ErrorKind::EmptyAnswer) => "empty answer",
            (Self::En, ErrorKind::NotJson) => "a page in place of data",
            (Self::En, ErrorKind::Truncated) => "cut off",
            (Self::En, ErrorKind::OtherShape) => "an unknown shape",
            (Self::Zh, ErrorKind::Unreachable) => "无法连接",
            (Self::Zh, ErrorKind::TimedOut { limit_millis }) => return format!("{} 秒内无响应", limit_millis / 1000),
            (Self::Zh, ErrorKind::Aborted) => "已中止",
            (Self::Zh, ErrorKind::Redirected) => "被重定向到登录页",
            (Self::Zh, ErrorKind::NotSignedIn) => "需要密钥或密钥无效",
            (Self::Zh, ErrorKind::NotPermitted) => "没有权限",
            (Self::Zh, ErrorKind::NotFound) => "不存在",
            (Self::Zh, ErrorKind::Refused) => "被拒绝",
            (Self::Zh, ErrorKind::ForeignError) => "不是 Weaviate 的响应",
            (Self::Zh, ErrorKind::EmptyAnswer) => "空响应",
            (Self::Zh, ErrorKind::NotJson) => "收到网页而不是数据",
            (Self::Zh, ErrorKind::Truncated) => "响应不完整",
            (Self::Zh, ErrorKind::OtherShape) => "结构无法识别",
        };
        format!("{status}{words}")
    }

    pub fn cancel_answer(self) -> &'static str {
        match self {
            Self::En => "204, cancel taken",
            Self::Zh => "204，已接受取消",
        }
    }

    pub fn remark_changed(self) -> &'static str {
        match self {
            Self::En => "changed",
            Self::Zh => "有变化",
        }
    }

    pub fn remark_equal(self, count: &str, since: &str) -> String {
        match self {
            Self::En => format!("{count} equal since {since}"),
            Self::Zh => format!("自 {since} 起 {count} 次相同"),
        }
    }

    /// What became of the request that began the operation.
    pub fn post_answer(self, answer: &PostAnswer) -> String {
        match self {
            Self::En => match answer {
                PostAnswer::Awaited => "answer awaited".to_owned(),
                PostAnswer::Taken { collections, as_asked } => {
                    let taken = plural(*collections, "collection", "collections");
                    if *as_asked { format!("{taken}, as asked") } else { format!("{taken}, not as asked") }
                }
                PostAnswer::FoundOut(Proof::StatusChanged) => {
                    "answer lost, most likely taken: the status changed".to_owned()
                }
                PostAnswer::FoundOut(_) => "answer lost, then found by its id".to_owned(),
                PostAnswer::Lost(why) => format!("answer lost: {}", self.lost_post(*why)),
                PostAnswer::NotTaken => "answer lost, not taken".to_owned(),
                PostAnswer::IdTaken => "answer lost, the id is an older backup’s".to_owned(),
                PostAnswer::CannotTell => "answer lost, cannot be told".to_owned(),
                PostAnswer::Refused => "refused".to_owned(),
            },
            Self::Zh => match answer {
                PostAnswer::Awaited => "等待响应".to_owned(),
                PostAnswer::Taken { collections, as_asked: true } => format!("{collections} 个集合，与请求一致"),
                PostAnswer::Taken { collections, as_asked: false } => format!("{collections} 个集合，与请求不一致"),
                PostAnswer::FoundOut(Proof::StatusChanged) => "响应丢失，状态已变化，很可能已接受".to_owned(),
                PostAnswer::FoundOut(_) => "响应丢失，后按 ID 查到".to_owned(),
                PostAnswer::Lost(why) => format!("响应丢失：{}", self.lost_post(*why)),
                PostAnswer::NotTaken => "响应丢失，未被接受".to_owned(),
                PostAnswer::IdTaken => "响应丢失，此 ID 属于更早的备份".to_owned(),
                PostAnswer::CannotTell => "响应丢失，无法判断".to_owned(),
                PostAnswer::Refused => "被拒绝".to_owned(),
            },
        }
    }

    fn lost_post(self, why: LostPost) -> &'static str {
        match (self, why) {
            (Self::En, LostPost::Unreachable) => "contact broke off",
            (Self::En, LostPost::TimedOut) => "none came in time",
            (Self::En, LostPost::Aborted) => "given up",
            (Self::En, LostPost::Unreadable) => "not readable",
            (Self::En, LostPost::PageGone) => "the page was closed",
            (Self::Zh, LostPost::Unreachable) => "连接中断",
            (Self::Zh, LostPost::TimedOut) => "超时",
            (Self::Zh, LostPost::Aborted) => "已中止",
            (Self::Zh, LostPost::Unreadable) => "无法读取",
            (Self::Zh, LostPost::PageGone) => "页面已关闭",
        }
    }

    /// What the server's complaint about a collection means, and the way out. `was_there`: it was in the schema before
    /// the restore.
    pub fn complaint(self, complaint: Option<&Complaint>, was_there: bool) -> (String, String) {
        let known = complaint.filter(|complaint| complaint.cause == Cause::Other);
        if let Some(explanation) = known.and_then(|complaint| self.explanation(&complaint.words)) {
            return (explanation.cause, explanation.next);
        }
        let cause = complaint.map(|complaint| &complaint.cause);
        (self.complaint_means(cause, was_there).to_owned(), self.complaint_way_out(cause, was_there).to_owned())
    }

    fn complaint_means(self, cause: Option<&Cause>, was_there: bool) -> &'static str {
        match (self, cause) {
            (Self::En, Some(Cause::AlreadyExists)) if !was_there => "It is in the way, though it was not there before.",
            (Self::En, Some(Cause::AlreadyExists) | None) if was_there => "It was there before the restore.",
            (Self::En, Some(Cause::DiffersInCase { .. })) => "A collection that differs only in case was there.",
            (Self::En, Some(Cause::AliasInTheWay)) => "An alias of this name was there.",
            (Self::En, Some(Cause::ModuleMissing { .. })) => "The collection needs a module that is off here.",
            (Self::En, Some(_)) => "The server’s words are all there is.",
            (Self::En, None) => "It is not in the schema.",
            (Self::Zh, Some(Cause::AlreadyExists)) if !was_there => "它造成了冲突，但恢复前并不存在。",
            (Self::Zh, Some(Cause::AlreadyExists) | None) if was_there => "恢复之前就已存在。",
            (Self::Zh, Some(Cause::DiffersInCase { .. })) => "已有一个仅大小写不同的集合。",
            (Self::Zh, Some(Cause::AliasInTheWay)) => "已有同名的别名。",
            (Self::Zh, Some(Cause::ModuleMissing { .. })) => "此集合需要一个未启用的模块。",
            (Self::Zh, Some(_)) => "只有服务器原文可供参考。",
            (Self::Zh, None) => "它不在 schema 中。",
        }
    }

    fn complaint_way_out(self, cause: Option<&Cause>, was_there: bool) -> &'static str {
        match (self, cause) {
            (Self::En, Some(Cause::AlreadyExists | Cause::DiffersInCase { .. })) => "Delete what is there, or leave it",
            (Self::En, Some(Cause::AliasInTheWay)) => "Remove the alias, or leave it",
            (Self::En, Some(Cause::ModuleMissing { .. })) => "Enable it on every node",
            (Self::En, _) if was_there => "Delete what is there, or leave it",
            (Self::En, _) => "Restore it again",
            (Self::Zh, Some(Cause::AlreadyExists | Cause::DiffersInCase { .. })) => "删除已有的集合，或保持现状",
            (Self::Zh, Some(Cause::AliasInTheWay)) => "移除该别名，或保持现状",
            (Self::Zh, Some(Cause::ModuleMissing { .. })) => "在每个节点上启用该模块",
            (Self::Zh, _) if was_there => "删除已有的集合，或保持现状",
            (Self::Zh, _) => "再次恢复",
        }
    }
}
