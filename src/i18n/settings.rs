//! The settings.

use super::{Lang, texts};
use crate::theme::Theme;

texts! {
    look_and_language = "Look and language", "外观与语言";
    language = "Language", "语言";
    theme = "Theme", "主题";
    kept_here = "What this browser keeps", "此浏览器保存的内容";
    kept_here_what = "Connections, keys where you chose so, these settings, half-filled forms until their tab is closed, the names of nodes that were seen, and a record of every backup and restore that was started here.",
        "连接、您选择保存的密钥、这些设置、标签页关闭前的未完成表单、见过的节点名称，以及从此处发起的每次备份和恢复的记录。";
    forget_everything_ask = "Forget everything…", "清除全部…";
    forget_everything = "Forget everything", "清除全部";
    forget_everything_title = "Forget everything that this browser keeps?", "清除此浏览器保存的全部内容？";
    forget_everything_does = "Connections, keys, settings, half-filled forms, names of nodes and the record of what was started here are removed. Operations on servers go on, and backups stay where they are.",
        "将删除连接、密钥、设置、未完成的表单、节点名称以及此处发起的操作记录。服务器上的操作会继续，备份保持不变。";
    forgotten = "Everything was forgotten: connections, keys, settings, half-filled forms, names of nodes and the record of what was started here. Servers and backups are untouched.",
        "已全部清除：连接、密钥、设置、未完成的表单、节点名称以及此处发起的操作记录。服务器和备份不受影响。";
    about = "About", "关于";
    licence = "MIT or Apache-2.0, at your option. Not made by Weaviate.", "MIT 或 Apache-2.0 许可，任选其一。非 Weaviate 官方产品。";
}

impl Lang {
    /// `None` is the browser's.
    pub fn language_choice(self, of: Option<Self>) -> &'static str {
        match (self, of) {
            (_, Some(Self::En)) => "English",
            (_, Some(Self::Zh)) => "中文",
            (Self::En, None) => "As the browser",
            (Self::Zh, None) => "跟随浏览器",
        }
    }

    pub fn theme_choice(self, theme: Theme) -> &'static str {
        match (self, theme) {
            (Self::En, Theme::System) => "As the system",
            (Self::En, Theme::Light) => "Light",
            (Self::En, Theme::Dark) => "Dark",
            (Self::Zh, Theme::System) => "跟随系统",
            (Self::Zh, Theme::Light) => "浅色",
            (Self::Zh, Theme::Dark) => "深色",
        }
    }
}
