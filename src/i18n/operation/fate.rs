//! What is said of a cancel that the server took.

use weaviate_backups::domain::operation::Kind;
use weaviate_backups::domain::status::Status;

use crate::features::operation::cancel::Fate;
use crate::i18n::Lang;

impl Lang {
    /// A title, and what follows from it.
    pub fn cancel_fate(self, kind: Kind, fate: &Fate) -> (&'static str, String) {
        match self {
            Self::En => english(kind, fate),
            Self::Zh => chinese(kind, fate),
        }
    }
}

fn english(kind: Kind, fate: &Fate) -> (&'static str, String) {
    let word = |status| Lang::En.status_word(status);
    match (fate, kind) {
        (Fate::Awaited, _) => (
            "The server took the cancel.",
            "Its status says Canceled after its next round, within 10 s, unless it had ended before.".to_owned(),
        ),
        (Fate::NoEffect(Status::Cancelling), _) => (
            "The cancel does not come to an end.",
            "Most likely a node was missing when it was sent. Then the restore stays in Cancelling until its restore_config.json is removed from the storage by hand.".to_owned(),
        ),
        (Fate::NoEffect(status), Kind::Create) => (
            "The cancel has had no effect so far.",
            format!(
                "A backup that runs turns Canceled within 10 s. If the node that ran this one has restarted, the server says {} for ever: the id stays blocked and no cancel changes it, but backups under other ids work.",
                word(status)
            ),
        ),
        (Fate::NoEffect(status), Kind::Restore) => (
            "The cancel has had no effect so far.",
            format!("The server still says {}. What is being applied to the schema cannot be stopped.", word(status)),
        ),
        (Fate::TooLate(Status::Success), Kind::Create) => (
            "The cancel came too late.",
            "The server took it, but its nodes had done their work: the backup is complete, and its id is used.".to_owned(),
        ),
        (Fate::TooLate(Status::Success), Kind::Restore) => (
            "The cancel came too late.",
            "The server took it, but its nodes had done their work: what was restored stays.".to_owned(),
        ),
        (Fate::TooLate(status), _) => {
            ("The cancel came too late.", format!("The server took it, but it had ended by then: {}.", word(status)))
        }
    }
}

fn chinese(kind: Kind, fate: &Fate) -> (&'static str, String) {
    let word = |status| Lang::Zh.status_word(status);
    match (fate, kind) {
        (Fate::Awaited, _) => {
            ("服务器已接受取消请求。", "状态会在下一轮检查后（10 秒内）变为“已取消”，除非此前已经结束。".to_owned())
        }
        (Fate::NoEffect(Status::Cancelling), _) => (
            "取消一直没有完成。",
            "很可能发送取消请求时有节点缺失。此时恢复会一直停在“取消中”，直到手动从存储中删除其 restore_config.json。"
                .to_owned(),
        ),
        (Fate::NoEffect(status), Kind::Create) => (
            "取消请求尚未生效。",
            format!(
                "进行中的备份会在 10 秒内变为“已取消”。如果执行此备份的节点重启过，服务器会一直报告“{}”：此 ID 始终被占用，取消也不起作用，但可以使用其他 ID 备份。",
                word(status)
            ),
        ),
        (Fate::NoEffect(status), Kind::Restore) => {
            ("取消请求尚未生效。", format!("服务器仍报告“{}”。正在写入 schema 的内容无法停止。", word(status)))
        }
        (Fate::TooLate(Status::Success), Kind::Create) => {
            ("取消请求来得太晚。", "服务器接受了请求，但各节点已完成工作：备份是完整的，其 ID 已被使用。".to_owned())
        }
        (Fate::TooLate(Status::Success), Kind::Restore) => {
            ("取消请求来得太晚。", "服务器接受了请求，但各节点已完成工作：已恢复的内容会保留。".to_owned())
        }
        (Fate::TooLate(status), _) => {
            ("取消请求来得太晚。", format!("服务器接受了请求，但操作此前已结束：{}。", word(status)))
        }
    }
}
