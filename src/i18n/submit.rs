//! What became of a request to create or restore.

use weaviate_backups::ledger::submission::{Stop, WriteFailure};
use weaviate_backups::poll::look::{Lost, Pause};

use super::{Lang, texts};

texts! {
    submitting = "Sending the request.", "正在发送请求。";
    answer_lost = "The answer was lost.", "响应丢失。";
    nothing_was_sent = "Nothing was sent.", "没有发送任何请求。";
    not_remembered = "This browser cannot remember it.", "此浏览器无法保存记录。";
    not_accepted = "The server did not accept it.", "服务器没有接受请求。";
    server_does_not_know = "The server does not know this operation, so it was not taken. You can send it again.", "服务器上没有此操作，说明请求未被接受。可以重新发送。";
    id_is_older = "The server has an older backup of this id, so it cannot have taken this one. Choose another id.", "服务器上已有使用此 ID 的较早备份，因此没有接受此请求。请换一个 ID。";
    cannot_tell = "This console cannot tell whether the request was accepted.", "控制台无法判断请求是否被接受。";
    cannot_tell_create = "What the server says of this id would look the same either way: a backup under it may be an older one, and a storage that cannot be read looks as if there were none.", "无论请求是否被接受，服务器对此 ID 的响应都一样：查到的备份可能更早就有；存储无法读取时，看起来也像没有备份。";
    start_over = "Start over", "重新开始";
    see_operation = "See what the server says", "查看服务器状态";
    key_needed_to_send = "The key is needed.", "需要密钥。";
    go_on_unremembered = "Go on without a record", "不保存记录，继续";
    look_again = "Look again", "再次查询";
    request_title = "The exact request", "完整请求";
}

impl Lang {
    pub fn stopped(self, stop: Stop) -> &'static str {
        match (self, stop) {
            (_, Stop::Paused(Pause::KeyNeeded)) => self.key_needed_to_send(),
            (Self::En, Stop::Lost(_)) => {
                "What there was before could not be read, and without it a lost answer could not be judged. Try again."
            }
            (Self::En, Stop::Paused(_)) => {
                "The server refused to tell what there was before: see whether the key is right and covers this backup."
            }
            (Self::En, Stop::StuckCancelling) => {
                "The last restore of this id is being canceled, or stuck in it. The server would answer that it started, and start nothing."
            }
            (Self::Zh, Stop::Lost(_)) => "无法读取此前的状态；没有它，响应丢失时将无法判断结果。请重试。",
            (Self::Zh, Stop::Paused(_)) => "服务器拒绝提供此前的状态：请检查密钥是否正确、是否有此备份的权限。",
            (Self::Zh, Stop::StuckCancelling) => {
                "此 ID 的上一次恢复正在取消，或卡在取消中。服务器会返回 STARTED，但不会执行。"
            }
        }
    }

    pub fn not_written(self, why: WriteFailure) -> &'static str {
        match (self, why) {
            (Self::En, WriteFailure::Full) => {
                "The browser’s storage for this page is full. Nothing was sent yet. Without a record a reload forgets the operation, and a lost answer cannot be judged."
            }
            (Self::En, _) => {
                "The browser lets this page keep nothing. Nothing was sent yet. Without a record a reload forgets the operation, and a lost answer cannot be judged."
            }
            (Self::Zh, WriteFailure::Full) => {
                "此页面的浏览器存储空间已满。尚未发送任何请求。没有记录时，重新加载会丢失此操作，响应丢失时也无法判断结果。"
            }
            (Self::Zh, _) => {
                "浏览器不允许此页面保存内容。尚未发送任何请求。没有记录时，重新加载会丢失此操作，响应丢失时也无法判断结果。"
            }
        }
    }

    /// `last`: why the last look-up told nothing, if it did not.
    pub fn looking_up(self, last: Option<Lost>) -> &'static str {
        match (self, last) {
            (Self::En, Some(Lost::NotFound)) => {
                "The server does not know this operation so far, but may still be at it: a slow one takes up to two minutes, and one that cannot read its storage says the same. It is asked on by itself, and nothing is sent a second time."
            }
            (Self::En, _) => "Looking up whether the server has taken it. It is not sent a second time.",
            (Self::Zh, Some(Lost::NotFound)) => {
                "服务器上目前没有此操作，但可能仍在处理：响应慢的服务器最多需要两分钟，无法读取存储时响应也相同。会自动继续查询，不会重复发送。"
            }
            (Self::Zh, _) => "正在查询服务器是否已接受。不会重复发送。",
        }
    }

    pub fn look_up_paused(self, pause: Pause) -> &'static str {
        match (self, pause) {
            (Self::En, Pause::KeyNeeded | Pause::SignInPage) => {
                "Whether it was taken cannot be looked up: the key is needed."
            }
            (Self::En, _) => "Whether it was taken cannot be looked up: the server refuses to tell.",
            (Self::Zh, Pause::KeyNeeded | Pause::SignInPage) => "无法查询是否已接受：需要密钥。",
            (Self::Zh, _) => "无法查询是否已接受：服务器拒绝提供。",
        }
    }

    /// `landed`: whether all that was asked for and absent before is in the schema now.
    pub fn cannot_tell_why(self, landed: Option<bool>) -> &'static str {
        match (self, landed) {
            (Self::En, Some(true)) => {
                "The collections are there now, which makes it likely. The server keeps only the last restore of an id, without a time."
            }
            (Self::En, Some(false)) => {
                "The collections are not there (yet). The server keeps only the last restore of an id, without a time: it would look the same either way."
            }
            (Self::En, None) => {
                "The server keeps only the last restore of an id, without a time: it would look the same either way."
            }
            (Self::Zh, Some(true)) => {
                "集合现已存在，请求很可能已被接受。服务器只保留每个 ID 的最近一次恢复，且没有时间。"
            }
            (Self::Zh, Some(false)) => {
                "集合目前不存在。服务器只保留每个 ID 的最近一次恢复，且没有时间，无论请求是否被接受，看起来都一样。"
            }
            (Self::Zh, None) => "服务器只保留每个 ID 的最近一次恢复，且没有时间，无论请求是否被接受，看起来都一样。",
        }
    }
}
