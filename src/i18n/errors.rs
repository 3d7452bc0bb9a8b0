//! What went wrong with a call, in words: what happened and the next step. The server's own words stand beside these,
//! untranslated.

use weaviate_backups::api::error::{ApiError, ErrorKind};

use super::Lang;

impl Lang {
    /// What happened, in one sentence.
    pub fn what_happened(self, error: &ApiError) -> String {
        let status = error.http_status.map(|status| status.to_string()).unwrap_or_default();
        match self {
            Self::En => match error.kind {
                ErrorKind::Unreachable => "The server could not be reached from this page.".to_owned(),
                ErrorKind::TimedOut { limit_millis } => format!("No answer came within {} s.", limit_millis / 1000),
                ErrorKind::Aborted => "The request was given up.".to_owned(),
                ErrorKind::Redirected => {
                    "The server sent the browser to another page, most likely a sign-in.".to_owned()
                }
                ErrorKind::NotSignedIn => "The server does not accept the key, or wants one (401).".to_owned(),
                ErrorKind::NotPermitted => "Your user may not do this (403).".to_owned(),
                ErrorKind::NotFound => "The server does not know this (404).".to_owned(),
                ErrorKind::Refused => format!("The server refused ({status})."),
                ErrorKind::ForeignError => format!("An answer came that is not Weaviate’s ({status})."),
                ErrorKind::EmptyAnswer => {
                    format!("The answer was empty ({status}): the server’s handler has most likely crashed.")
                }
                ErrorKind::NotJson => "A page came where data were due: something else answers here.".to_owned(),
                ErrorKind::Truncated => "The answer was cut off.".to_owned(),
                ErrorKind::OtherShape => "The answer has an unknown shape.".to_owned(),
            },
            Self::Zh => match error.kind {
                ErrorKind::Unreachable => "此页面无法连接到服务器。".to_owned(),
                ErrorKind::TimedOut { limit_millis } => format!("{} 秒内没有收到响应。", limit_millis / 1000),
                ErrorKind::Aborted => "请求已中止。".to_owned(),
                ErrorKind::Redirected => "服务器将请求重定向到另一个页面，很可能是登录页。".to_owned(),
                ErrorKind::NotSignedIn => "服务器不接受此密钥，或要求提供密钥（401）。".to_owned(),
                ErrorKind::NotPermitted => "当前用户没有权限（403）。".to_owned(),
                ErrorKind::NotFound => "服务器中没有此项（404）。".to_owned(),
                ErrorKind::Refused => format!("服务器拒绝了请求（{status}）。"),
                ErrorKind::ForeignError => format!("收到的响应不是来自 Weaviate（{status}）。"),
                ErrorKind::EmptyAnswer => format!("响应为空（{status}）：服务器的处理程序很可能已崩溃。"),
                ErrorKind::NotJson => "收到的是网页而不是数据：此地址上响应的是其他程序。".to_owned(),
                ErrorKind::Truncated => "响应不完整。".to_owned(),
                ErrorKind::OtherShape => "响应的结构无法识别。".to_owned(),
            },
        }
    }

    /// The server's own words, marked as such.
    pub fn its_words(self, words: &str) -> String {
        match self {
            Self::En => format!("Its words: “{words}”"),
            Self::Zh => format!("服务器原文：“{words}”"),
        }
    }

    /// What the server said, or the start of what came in its place; `None` when nothing was said.
    pub fn words_of(self, error: &ApiError) -> Option<String> {
        let words = error.words();
        if words.is_empty() { error.excerpt.clone() } else { Some(words) }
    }
}
