//! The sentence on top of an operation: the part that matters, and what follows it.

use weaviate_backups::domain::operation::Kind;
use weaviate_backups::poll::look::Pause;

use crate::features::operation::story::Story;
use crate::i18n::{Lang, plural};

/// What a story is told about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub kind: Kind,
    pub id: &'a str,
    /// Its backend, or the place where it is at another one.
    pub place: &'a str,
    /// Whether that is another one than the backend's own.
    pub is_elsewhere: bool,
    /// The name of the connection.
    pub connection: &'a str,
}

type Told = (String, Option<String>);

fn told(strong: impl Into<String>, rest: &str) -> Told {
    (strong.into(), Some(rest.to_owned()).filter(|rest| !rest.is_empty()))
}

impl Lang {
    pub fn story(self, story: &Story, about: About<'_>) -> Told {
        match self {
            Self::En => english(story, about),
            Self::Zh => chinese(story, about),
        }
    }
}

fn collections(count: usize) -> String {
    plural(count, "collection", "collections")
}

fn verb(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

#[expect(clippy::too_many_lines, reason = "a table: one sentence a story")]
fn english(story: &Story, about: About<'_>) -> Told {
    let About { id, place, connection, .. } = about;
    let close = Lang::En.you_can_close();
    match story {
        Story::Asking => told(format!("Asking {connection} about {id}."), ""),
        Story::NeverReached => told(format!("No answer from {connection} yet."), "It is asked again by itself."),
        Story::NeverTold => {
            told(format!("{connection} answers, but cannot tell about {id}."), "It is asked again by itself.")
        }
        Story::Paused(reason) => english_pause(*reason, about),
        Story::Unsettled => told(
            "Whether the server took the request is not known yet.",
            "Its answer is awaited, or was lost and is being looked up. Nothing is sent a second time.",
        ),
        Story::NotTaken => told(
            "The server did not take the request.",
            "The answer was lost, and the server knows no such operation. You can ask again with the same id.",
        ),
        Story::Unclear => told(
            "Whether the server took the request cannot be told.",
            "The answer was lost. The server says that it knows no such operation, but says so as well when it cannot read its storage.",
        ),
        Story::IdTaken => told(
            "The id is taken by an older backup.",
            "The answer was lost, but the server refuses an id that exists. Ask again with another id.",
        ),
        Story::Refused => told("The server refused the request.", "Nothing was started. Its words are below."),
        Story::CannotTell { kind: Kind::Create, .. } => told(
            "Whether this backup is the one you asked for cannot be told.",
            "The answer was lost, and a backup of this id may be an older one.",
        ),
        Story::CannotTell { kind: Kind::Restore, status, landed } => {
            let landed = match landed {
                Some(true) => {
                    "All collections that were asked for are in the schema now, which makes it likely; it is no proof."
                }
                Some(false) => "Not all collections that were asked for are in the schema.",
                None => "",
            };
            let word = Lang::En.status_word(status);
            told(
                "Whether the server took this restore cannot be told.",
                &format!("The answer was lost, and {word} may be an earlier restore’s. {landed}"),
            )
        }
        Story::Confirming(status) => told(
            format!("The server says {}, and has not finished writing it.", Lang::En.status_word(status)),
            "It is asked once more before this is believed.",
        ),
        Story::Cancelling => told(
            "Cancelling.",
            "This lasts milliseconds, or for ever when a node was missing: then the server takes no further request for this id.",
        ),
        Story::NotUnderstood(word) if word.is_empty() => told(
            "The server gives no status.",
            "Its descriptor is most likely broken. It is asked again slowly, and never taken for an end.",
        ),
        Story::NotUnderstood(word) => told(
            format!("The server says {word}, a word that this console does not know."),
            "It is asked again slowly, and never taken for an end.",
        ),
        Story::PossiblyOrphaned { kind: Kind::Create, .. } => told(
            "Running for over a day: possibly orphaned.",
            "If the node that ran it has restarted, the server says Started for ever, the id stays blocked, and a cancel has no effect.",
        ),
        Story::PossiblyOrphaned { kind: Kind::Restore, .. } => told(
            "Running for over a day: possibly orphaned.",
            "If the node that ran it has restarted, the server says so for ever. A new restore of the same backup works.",
        ),
        Story::BackingUp { collections: Some(count) } => {
            told(format!("Backing up {} to {place}.", collections(*count)), close)
        }
        Story::BackingUp { collections: None } => told(format!("{id} is being backed up to {place}."), close),
        Story::BackedUp { collections: Some(count) } => {
            told(format!("{} {} backed up on {place}.", collections(*count), verb(*count)), "")
        }
        Story::BackedUp { collections: None } => told(format!("{id} is complete on {place}."), ""),
        Story::BackupFailed => told(
            "The backup failed.",
            "It cannot be restored. Its files stay in the storage, and its id cannot be used again.",
        ),
        Story::BackupCanceled => told(
            "The backup was canceled.",
            "It cannot be restored. Its files stay in the storage, and its id cannot be used again.",
        ),
        Story::Restoring { collections: Some(count) } => {
            told(format!("Restoring {} into {connection}.", collections(*count)), close)
        }
        Story::Restoring { collections: None } => told(
            format!("The server says that {id} is being restored."),
            "Which collections it takes and since when is not told. If its node was restarted, the server says so for ever, and a new restore works.",
        ),
        Story::ApplyingSchema { in_place: Some((part, all)) } => told(
            format!("Restoring into {connection}: {part} of {} {} in place.", collections(*all), verb(*part)),
            close,
        ),
        Story::ApplyingSchema { in_place: None } => {
            told(format!("Restoring into {connection}: the schema is being applied."), close)
        }
        Story::SaysSuccess => {
            told("The server says Success.", "Whether all collections are there is being read from the schema.")
        }
        Story::Restored { collections: count } => told(
            format!("Restored: {count} of {} {} in place.", collections(*count), verb(*count)),
            "Object counts are not compared: count them yourself.",
        ),
        Story::Present { collections: count } => told(
            format!("The server says Success, and {} {} there.", collections(*count), verb(*count)),
            "Whether they were there before is not known, so this is no proof.",
        ),
        Story::SuccessWithout { in_place, asked } => told(
            format!(
                "The server says Success, but only {in_place} of {} {} in place.",
                collections(*asked),
                verb(*in_place)
            ),
            "",
        ),
        Story::RestoreFailed => {
            told("The restore failed.", "Parts of it may be in place all the same: nothing is rolled back.")
        }
        Story::NothingLanded { asked } => told(
            format!("The restore failed: none of {} landed.", collections(*asked)),
            "Nothing was added to the schema.",
        ),
        Story::LandedInPart { in_place, asked, missing } => told(
            format!(
                "{in_place} of {} {} in place in {connection}; {missing} did not land.",
                collections(*asked),
                verb(*in_place)
            ),
            "",
        ),
        Story::RestoreCanceled => told(
            "The restore was canceled.",
            "Files transferred before may still be on the nodes: compare object counts after the next restore.",
        ),
        Story::SomeClusters(status) => told(
            format!(
                "{}: the last restore of this id, by any cluster using this storage, time unknown.",
                Lang::En.status_word(status)
            ),
            "It was not started from this browser, or another one came after.",
        ),
    }
}

fn english_pause(reason: Pause, About { kind, id, place, is_elsewhere, .. }: About<'_>) -> Told {
    // Whoever named another place has nothing to name any more.
    let elsewhere = |hint| if is_elsewhere { "" } else { hint };
    match reason {
        Pause::KeyNeeded => told("Watching is paused: a key is needed.", "The server carries on."),
        Pause::SignInPage => {
            told("Something in front of the server wants a sign-in first.", "Sign in there, then ask again.")
        }
        Pause::NotPermitted => told(format!("You may not read {id}."), "The server’s words are below."),
        Pause::Refused => told(format!("The server refuses to tell about {id}."), "Its words are below."),
        Pause::NotKnown if kind == Kind::Restore => told(
            format!("{place} knows no restore of {id}."),
            elsewhere("One in another bucket or path is found only when the address names them: open it by its id."),
        ),
        Pause::NotKnown => told(
            format!("{place} has no {id}."),
            elsewhere(
                "A backup in another bucket or path is found only when the address names them: open it by its id.",
            ),
        ),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one sentence a story")]
fn chinese(story: &Story, about: About<'_>) -> Told {
    let About { id, place, connection, .. } = about;
    let close = Lang::Zh.you_can_close();
    match story {
        Story::Asking => told(format!("正在向 {connection} 查询 {id}。"), ""),
        Story::NeverReached => told(format!("{connection} 尚未响应。"), "稍后会自动查询。"),
        Story::NeverTold => told(format!("{connection} 有响应，但无法提供 {id} 的状态。"), "稍后会自动查询。"),
        Story::Paused(reason) => chinese_pause(*reason, about),
        Story::Unsettled => {
            told("尚不清楚服务器是否已接受请求。", "正在等待响应，或响应已丢失、正在核实。不会重复发送。")
        }
        Story::NotTaken => {
            told("服务器没有接受请求。", "响应已丢失，而服务器中没有这个操作。可以用同一个 ID 再次发起。")
        }
        Story::Unclear => {
            told("无法判断服务器是否已接受请求。", "响应已丢失。服务器表示没有此操作，但无法读取存储时，响应也相同。")
        }
        Story::IdTaken => {
            told("此 ID 已被更早的备份占用。", "响应已丢失，但服务器会拒绝已存在的 ID。请换一个 ID 再次发起。")
        }
        Story::Refused => told("服务器拒绝了请求。", "没有开始任何操作。服务器原文见下方。"),
        Story::CannotTell { kind: Kind::Create, .. } => {
            told("无法判断这是否就是所请求的备份。", "响应已丢失，而使用此 ID 的备份可能更早。")
        }
        Story::CannotTell { kind: Kind::Restore, status, landed } => {
            let landed = match landed {
                Some(true) => "请求的集合现在都在 schema 中，很可能已执行，但不能作为证明。",
                Some(false) => "请求的集合并未全部出现在 schema 中。",
                None => "",
            };
            let word = Lang::Zh.status_word(status);
            told("无法判断服务器是否接受了这次恢复。", &format!("响应已丢失，“{word}”可能属于之前的恢复。{landed}"))
        }
        Story::Confirming(status) => told(
            format!("服务器报告“{}”，但状态尚未写入完毕。", Lang::Zh.status_word(status)),
            "确认之前会再查询一次。",
        ),
        Story::Cancelling => {
            told("取消中。", "通常只持续几毫秒；如果取消时有节点缺失，则会一直停在此状态，服务器不再接受此 ID 的请求。")
        }
        Story::NotUnderstood(word) if word.is_empty() => {
            told("服务器没有给出状态。", "描述文件很可能已损坏。会降低查询频率，不会视为已结束。")
        }
        Story::NotUnderstood(word) => {
            told(format!("服务器报告 {word}，此控制台无法识别该状态。"), "会降低查询频率，不会视为已结束。")
        }
        Story::PossiblyOrphaned { kind: Kind::Create, .. } => told(
            "已运行超过一天：疑似已中断。",
            "如果负责执行的节点重启过，服务器会一直报告“进行中”，此 ID 始终被占用，取消也不起作用。",
        ),
        Story::PossiblyOrphaned { kind: Kind::Restore, .. } => told(
            "已运行超过一天：疑似已中断。",
            "如果负责执行的节点重启过，服务器会一直这样报告。可以对同一备份重新发起恢复。",
        ),
        Story::BackingUp { collections: Some(count) } => told(format!("正在将 {count} 个集合备份到 {place}。"), close),
        Story::BackingUp { collections: None } => told(format!("正在将 {id} 备份到 {place}。"), close),
        Story::BackedUp { collections: Some(count) } => told(format!("{count} 个集合已备份到 {place}。"), ""),
        Story::BackedUp { collections: None } => told(format!("{id} 已在 {place} 上完成。"), ""),
        Story::BackupFailed => told("备份失败。", "不能用于恢复。文件会留在存储中，此 ID 不能再次使用。"),
        Story::BackupCanceled => told("备份已取消。", "不能用于恢复。文件会留在存储中，此 ID 不能再次使用。"),
        Story::Restoring { collections: Some(count) } => {
            told(format!("正在将 {count} 个集合恢复到 {connection}。"), close)
        }
        Story::Restoring { collections: None } => told(
            format!("服务器报告 {id} 正在恢复。"),
            "恢复哪些集合、何时开始均未提供。如果执行的节点重启过，服务器会一直这样报告，可以重新发起恢复。",
        ),
        Story::ApplyingSchema { in_place: Some((part, all)) } => {
            told(format!("正在恢复到 {connection}：{all} 个集合中 {part} 个已就位。"), close)
        }
        Story::ApplyingSchema { in_place: None } => told(format!("正在恢复到 {connection}：正在写入 schema。"), close),
        Story::SaysSuccess => told("服务器报告“成功”。", "正在从 schema 核对集合是否齐全。"),
        Story::Restored { collections: 1 } => told("已恢复：1 个集合已就位。", "未比对对象数量，请自行核对。"),
        Story::Restored { collections: count } => {
            told(format!("已恢复：{count} 个集合全部就位。"), "未比对对象数量，请自行核对。")
        }
        Story::Present { collections: 1 } => {
            told("服务器报告“成功”，该集合存在。", "恢复之前它是否已存在未知，因此不能作为证明。")
        }
        Story::Present { collections: count } => {
            told(format!("服务器报告“成功”，{count} 个集合都在。"), "恢复之前它们是否已存在未知，因此不能作为证明。")
        }
        Story::SuccessWithout { in_place, asked } => {
            told(format!("服务器报告“成功”，但 {asked} 个集合中只有 {in_place} 个就位。"), "")
        }
        Story::RestoreFailed => told("恢复失败。", "部分内容可能已经就位：不会回滚。"),
        Story::NothingLanded { asked } => {
            told(format!("恢复失败：{asked} 个集合都未恢复。"), "schema 没有增加任何内容。")
        }
        Story::LandedInPart { in_place, asked, missing } => told(
            format!("请求恢复的 {asked} 个集合中，{in_place} 个已在 {connection} 中就位，{missing} 个未恢复。"),
            "",
        ),
        Story::RestoreCanceled => told("恢复已取消。", "此前传输的文件可能仍在节点上：下次恢复后请核对对象数量。"),
        Story::SomeClusters(status) => told(
            format!(
                "{}：这是此 ID 的最近一次恢复，可能来自使用此存储的任何集群，时间未知。",
                Lang::Zh.status_word(status)
            ),
            "不是从此浏览器发起，或者之后又有过一次恢复。",
        ),
    }
}

fn chinese_pause(reason: Pause, About { kind, id, place, is_elsewhere, .. }: About<'_>) -> Told {
    // Whoever named another place has nothing to name any more.
    let elsewhere = |hint| if is_elsewhere { "" } else { hint };
    match reason {
        Pause::KeyNeeded => told("已暂停查询：需要密钥。", "服务器会继续执行。"),
        Pause::SignInPage => told("服务器前面的代理要求先登录。", "请在那里登录，然后再次查询。"),
        Pause::NotPermitted => told(format!("您无权查看 {id}。"), "服务器原文见下方。"),
        Pause::Refused => told(format!("服务器拒绝提供 {id} 的状态。"), "服务器原文见下方。"),
        Pause::NotKnown if kind == Kind::Restore => told(
            format!("{place} 中没有 {id} 的恢复记录。"),
            elsewhere("保存在其他存储桶或路径的备份，需要指明位置才能找到：请用“按 ID 打开”并填写存储桶或路径。"),
        ),
        Pause::NotKnown => told(
            format!("{place} 中没有 {id}。"),
            elsewhere("保存在其他存储桶或路径的备份，需要指明位置才能找到：请用“按 ID 打开”并填写存储桶或路径。"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use weaviate_backups::domain::status::Status;

    use super::*;

    const ABOUT: About<'_> =
        About { kind: Kind::Create, id: "nightly-1", place: "s3", is_elsewhere: false, connection: "prod-eu" };

    #[test]
    fn a_restore_of_unknown_origin_is_told_as_such() {
        let (strong, _) = Lang::En.story(&Story::SomeClusters(Status::Success), ABOUT);
        assert_eq!(strong, "Success: the last restore of this id, by any cluster using this storage, time unknown.");
    }

    #[test]
    fn only_a_proven_restore_is_told_with_the_word_restored() {
        for story in [
            Story::SaysSuccess,
            Story::Present { collections: 3 },
            Story::SuccessWithout { in_place: 1, asked: 3 },
            Story::CannotTell { kind: Kind::Restore, status: Status::Success, landed: Some(true) },
        ] {
            let (strong, _) = Lang::En.story(&story, ABOUT);
            assert!(!strong.to_lowercase().contains("restored"), "{strong}");
            assert!(!Lang::Zh.story(&story, ABOUT).0.contains("已恢复"));
        }
        assert!(
            Lang::En.story(&Story::Restored { collections: 1 }, ABOUT).0.starts_with("Restored: 1 of 1 collection is")
        );
    }

    #[test]
    fn the_verb_goes_with_those_that_are_in_place() {
        let landed = |in_place| Story::LandedInPart { in_place, asked: 3, missing: 3 - in_place };
        let strong = |in_place| Lang::En.story(&landed(in_place), ABOUT).0;
        assert_eq!(strong(1), "1 of 3 collections is in place in prod-eu; 2 did not land.");
        assert_eq!(strong(2), "2 of 3 collections are in place in prod-eu; 1 did not land.");
    }

    #[test]
    fn a_word_that_is_not_known_is_told_as_it_came() {
        for lang in [Lang::En, Lang::Zh] {
            assert!(lang.story(&Story::NotUnderstood("PAUSED".into()), ABOUT).0.contains("PAUSED"));
        }
    }

    #[test]
    fn who_named_another_place_is_told_of_it_and_not_to_name_it() {
        let about = About { place: "s3://dr/weekly", is_elsewhere: true, ..ABOUT };
        for lang in [Lang::En, Lang::Zh] {
            let (strong, rest) = lang.story(&Story::Paused(Pause::NotKnown), about);
            assert!(strong.contains("s3://dr/weekly"), "{strong}");
            assert_eq!(rest, None);
            assert!(lang.story(&Story::Paused(Pause::NotKnown), ABOUT).1.is_some());
        }
    }
}
