//! Words that every screen uses.

use weaviate_backups::domain::status::Status;

use super::{Lang, texts};

texts! {
    product = "Weaviate Backup Console", "Weaviate 备份控制台";
    copy = "Copy", "复制";
    copied = "Copied", "已复制";
    selected_to_copy = "Selected: press Ctrl+C or Cmd+C", "已选中：请按 Ctrl+C 或 Cmd+C";
    copy_by_hand = "Select the text and press Ctrl+C or Cmd+C", "请选中文本后按 Ctrl+C 或 Cmd+C";
    close = "Close", "关闭";
    go_back = "Go back", "返回";
    try_again = "Try again", "重试";
    show = "Show", "显示";
    hide = "Hide", "隐藏";
    refresh = "Refresh", "刷新";
    server_words = "The server’s own words", "服务器原文";
    collections = "Collections", "集合";
    backend = "Backend", "后端";
    backup_id = "Backup id", "备份 ID";
    status = "Status", "状态";
    unknown = "unknown", "未知";
}

impl Lang {
    /// A status in sentence case; an unknown word as it came.
    pub fn status_word(self, status: &Status) -> String {
        let (en, zh) = match status {
            Status::Started => ("Started", "进行中"),
            Status::Transferring => ("Transferring", "传输中"),
            Status::Transferred => ("Transferred", "已传输"),
            Status::Finalizing => ("Finalizing", "收尾中"),
            Status::Cancelling => ("Cancelling", "取消中"),
            Status::Success => ("Success", "成功"),
            Status::Failed => ("Failed", "失败"),
            Status::Canceled => ("Canceled", "已取消"),
            Status::Unknown(word) if word.is_empty() => ("No status", "无状态"),
            Status::Unknown(word) => return word.clone(),
        };
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
        .to_owned()
    }
}
