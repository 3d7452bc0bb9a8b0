//! Why an action is not offered, beside its disabled control.

use weaviate_backups::domain::operation::{OperationKey, Reason};
use weaviate_backups::preflight::rights::Lack;

use crate::features::operation::cancel::Obstacle;
use crate::i18n::Lang;

impl Lang {
    pub fn why_not_cancel(self, why: &Obstacle) -> String {
        match self {
            Self::En => match why {
                Obstacle::StatusNotKnown => "The status is not known yet".to_owned(),
                Obstacle::NotNow(reason) => self.reason(reason),
                Obstacle::NotPermitted(lack @ Lack::Everything) => {
                    format!("{}, which none of your roles has", self.needs_permission(lack))
                }
                Obstacle::NotPermitted(lack) => {
                    format!("{}, which your roles lack", self.needs_permission_briefly(lack))
                }
                Obstacle::NodesMissing(names) => {
                    format!("A node is missing ({}): the restore would stay in Cancelling for ever", names.join(", "))
                }
                Obstacle::NodesNotKnown => {
                    "The nodes could not be read: with one missing, it would stay in Cancelling for ever".to_owned()
                }
                Obstacle::NodesUnhealthy(names) => {
                    format!("A node is unhealthy ({}): the restore might stay in Cancelling for ever", names.join(", "))
                }
                Obstacle::LedgerNotRead => {
                    "What was started from this browser could not be read: the server might cancel another restore"
                        .to_owned()
                }
                Obstacle::OtherRestoresRunning(others) => {
                    format!(
                        "The restore of {} may run as well, and the server might cancel that one",
                        ids(others).join(", ")
                    )
                }
                Obstacle::NoSuchRestore => {
                    "The server knows no restore of this id: it would cancel another one that runs".to_owned()
                }
                Obstacle::PossiblyOrphaned => {
                    "Possibly orphaned: the server might cancel another restore in its place".to_owned()
                }
            },
            Self::Zh => match why {
                Obstacle::StatusNotKnown => "尚未获取状态".to_owned(),
                Obstacle::NotNow(reason) => self.reason(reason),
                Obstacle::NotPermitted(lack @ Lack::Everything) => {
                    format!("{}，您的角色均不包含此权限", self.needs_permission(lack))
                }
                Obstacle::NotPermitted(lack) => {
                    format!("{}，您的角色不包含此权限", self.needs_permission_briefly(lack))
                }
                Obstacle::NodesMissing(names) => {
                    format!("有节点缺失（{}）：此时取消，恢复会一直停留在“取消中”", names.join("、"))
                }
                Obstacle::NodesNotKnown => "无法读取节点：如有节点缺失，取消后恢复会一直停留在“取消中”".to_owned(),
                Obstacle::NodesUnhealthy(names) => {
                    format!("有节点异常（{}）：此时取消，恢复可能会一直停留在“取消中”", names.join("、"))
                }
                Obstacle::LedgerNotRead => {
                    "无法读取此浏览器发起过的操作：如果取消，被取消的可能是另一个恢复任务".to_owned()
                }
                Obstacle::OtherRestoresRunning(others) => {
                    format!("{} 的恢复任务可能也在进行，服务器可能会取消它", ids(others).join("、"))
                }
                Obstacle::NoSuchRestore => {
                    "服务器上没有此 ID 的恢复：如果取消，被取消的将是另一个正在进行的恢复任务".to_owned()
                }
                Obstacle::PossiblyOrphaned => "疑似已中断：服务器可能会取消另一个恢复任务".to_owned(),
            },
        }
    }

    /// A rule of the server that forbids an action now.
    pub fn reason(self, reason: &Reason) -> String {
        match self {
            Self::En => match reason {
                Reason::OtherKind => "Not for this kind of operation".to_owned(),
                Reason::AlreadyEnded(status) => format!("It has ended: {}", self.status_word(status)),
                Reason::WouldOverwriteFailed => {
                    "It has ended. The server would still accept a cancel and overwrite Failed, and its error text, with Canceled".to_owned()
                }
                Reason::AlreadyCancelling => "It is being canceled already".to_owned(),
                Reason::AppliesSchema => "The server refuses to cancel while it applies the schema".to_owned(),
                Reason::StillRunning => "It is still running".to_owned(),
                Reason::NotRestorable(status) => {
                    format!("Only a backup that ended in Success can be restored; this one is {}", self.status_word(status))
                }
                Reason::StatusNotUnderstood(word) => format!("The status {word} is not understood"),
                Reason::NeedsVersion(version) => format!("Needs Weaviate {version} or later"),
            },
            Self::Zh => match reason {
                Reason::OtherKind => "不适用于此操作".to_owned(),
                Reason::AlreadyEnded(status) => format!("已结束：{}", self.status_word(status)),
                Reason::WouldOverwriteFailed => "已结束。服务器仍会接受取消，并用“已取消”覆盖“失败”及其错误信息".to_owned(),
                Reason::AlreadyCancelling => "已在取消中".to_owned(),
                Reason::AppliesSchema => "服务器正在写入 schema，不接受取消".to_owned(),
                Reason::StillRunning => "仍在进行".to_owned(),
                Reason::NotRestorable(status) => format!("只能恢复以“成功”结束的备份，此备份为“{}”", self.status_word(status)),
                Reason::StatusNotUnderstood(word) => format!("无法识别状态 {word}"),
                Reason::NeedsVersion(version) => format!("需要 Weaviate {version} 或更高版本"),
            },
        }
    }
}

fn ids(keys: &[OperationKey]) -> Vec<String> {
    keys.iter().map(|key| key.id.clone()).collect()
}
