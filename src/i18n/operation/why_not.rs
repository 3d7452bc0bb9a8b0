//! Why an action is not offered, beside its disabled control.

use weaviate_backups::domain::operation::Reason;

use crate::features::operation::cancel::WhyNot;
use crate::i18n::Lang;

impl Lang {
    /// As a sentence of its own.
    pub fn why_not_sent(self, why: &WhyNot) -> String {
        let stop = if self == Self::En { '.' } else { '。' };
        format!("{}{stop}", self.why_not_cancel(why))
    }

    pub fn why_not_cancel(self, why: &WhyNot) -> String {
        match self {
            Self::En => match why {
                WhyNot::StatusNotKnown => "The status is not known yet".to_owned(),
                WhyNot::Rule(reason) => self.reason(reason),
                WhyNot::NodesMissing(names) => {
                    format!("A node is missing ({}): the restore would stay in Cancelling for ever", names.join(", "))
                }
                WhyNot::NodesNotRead => {
                    "The nodes could not be read: with one missing, it would stay in Cancelling for ever".to_owned()
                }
                WhyNot::OtherRestore(id) => {
                    format!("The restore of {id} runs as well, and the server might cancel that one")
                }
                WhyNot::PossiblyOrphaned => {
                    "Possibly orphaned: the server might cancel another restore in its place".to_owned()
                }
            },
            Self::Zh => match why {
                WhyNot::StatusNotKnown => "尚不知道状态".to_owned(),
                WhyNot::Rule(reason) => self.reason(reason),
                WhyNot::NodesMissing(names) => format!("有节点缺失（{}）：恢复会永远停留在“取消中”", names.join("、")),
                WhyNot::NodesNotRead => "无法读取节点：如有节点缺失，恢复会永远停留在“取消中”".to_owned(),
                WhyNot::OtherRestore(id) => format!("{id} 的恢复也在进行，服务器可能会取消它"),
                WhyNot::PossiblyOrphaned => "疑似已中断：服务器可能会取消另一个恢复".to_owned(),
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
                Reason::OtherKind => "不适用于此类操作".to_owned(),
                Reason::AlreadyEnded(status) => format!("已结束：{}", self.status_word(status)),
                Reason::WouldOverwriteFailed => "已结束。服务器仍会接受取消，并用“已取消”覆盖“失败”及其错误信息".to_owned(),
                Reason::AlreadyCancelling => "已在取消中".to_owned(),
                Reason::AppliesSchema => "服务器正在写入 schema，不接受取消".to_owned(),
                Reason::StillRunning => "仍在进行".to_owned(),
                Reason::NotRestorable(status) => format!("只能恢复以“成功”结束的备份，此备份为“{}”", self.status_word(status)),
                Reason::StatusNotUnderstood(word) => format!("无法理解状态 {word}"),
                Reason::NeedsVersion(version) => format!("需要 Weaviate {version} 或更高版本"),
            },
        }
    }
}
