//! The page of an operation, the strip of those that run, and what is said when one ends.

use weaviate_backups::domain::operation::Kind;

use super::{Lang, plural, sentences, texts};

mod answers;
mod fate;
mod story;
mod why_not;

pub use story::About;

texts! {
    you_can_close = "You can close this page: the server carries on.", "可以关闭此页面，服务器会继续执行。";
    last_restore_title = "Last restore", "最近一次恢复";
    create_no_progress = "The server says Started until the end: it gives no progress, so none is shown.",
        "服务器在结束前一直报告“进行中”，不提供进度，因此这里也不显示进度。";
    progress_of_backup = "The backup is under way", "备份正在进行";
    phases_label = "Phases of the restore", "恢复的各个阶段";
    phase_not_seen = "not seen", "未观察到";
    phase_passes = "passes between two looks", "在两次查询之间已完成";
    phase_then_proof = "then the proof", "之后再核对";
    phase_post_answered = "POST answered 200", "POST 返回 200";
    counted_in_schema = "counted in GET /v1/schema; the server itself tells no progress", "统计自 GET /v1/schema；服务器本身不提供进度";
    contact_lost = "Contact with the server is lost.", "与服务器失去联系。";
    status_not_told = "The server answers, but cannot tell the status.", "服务器有响应，但无法提供状态。";
    contact_lost_body = "What stands below is the last that was known. The server carries on without this page.",
        "以下是最后一次查询到的状态。服务器会继续执行，不依赖此页面。";
    trying_now = "Trying now.", "正在尝试。";
    give_key_again = "Sign in again under Connections. The server carries on.", "请在“连接”中重新登录。服务器会继续执行。";

    answers = "Answers", "响应记录";
    log_time = "Time", "时间";
    log_asked = "Asked", "请求";
    log_answer = "Answer", "响应";
    log_round_trip = "Round trip", "往返耗时";
    log_raw = "As it came", "原始内容";
    log_open_row = "Show the answer as it came", "查看原始响应";
    log_body_sent = "The body as it was sent", "发送的请求体";
    log_note_rows = "Each row opens the answer as it came.", "每一行都可以展开查看原始响应。";
    log_note_create = "The server asks its nodes 2 s after the start and then every 10 s; this page looks just after. Asking more often tells nothing.",
        "服务器在开始 2 秒后查询各节点，之后每 10 秒一次；此页面紧随其后查询，再频繁也没有新信息。";
    log_note_restore = "The server itself looks every 10 s while it transfers, so a change may show up to 10 s late.",
        "传输期间服务器自身每 10 秒检查一次，因此变化最多会晚 10 秒显示。";
    looking_now = "Asking now", "正在查询";

    what_was_asked = "What was asked", "请求内容";
    show_request = "Show request", "查看请求";
    not_asked_here = "Not asked from this browser, so the request is not known here.", "不是从此浏览器发起，请求内容未知。";
    fact_to = "To", "保存到";
    fact_from = "From", "来源";
    fact_into = "Into", "恢复到";
    fact_base = "Base", "基准备份";
    fact_compression = "Compression", "压缩";
    fact_cpu = "CPU", "CPU";
    fact_users_roles = "Users, roles", "用户与角色";
    fact_aliases = "Aliases", "别名";
    fact_nodes = "Nodes", "节点";
    fact_asked_by = "Asked by", "发起者";
    fact_path = "Path", "路径";
    fact_took = "Took", "耗时";
    fact_size = "Size", "大小";
    fact_started = "Started", "开始时间";
    fact_completed = "Completed", "完成时间";
    base_full = "none, a full backup", "无，完整备份";
    base_not_told = "not reported: the server names a base to root users only", "未提供：只有 root 用户能看到基准备份";
    server_default = "the server’s default", "服务器默认值";
    nodes_as_they_are = "as they are", "不映射";
    not_restored = "not restored", "不恢复";
    aliases_stay = "existing ones stay", "保留已有别名";
    aliases_replaced = "existing ones are replaced", "替换已有别名";
    all_users_roles = "all there are", "全部";
    time_not_told = "not reported", "未提供";
    size_not_told = "not reported", "未提供";
    show_names = "Show the names", "显示名称";
    collections_not_told = "not reported by the status; the list has no such backup", "状态接口未提供，列表中也没有此备份";
    collections_not_listed = "not reported by the status; no list shows a backup at another place", "状态接口未提供，位于其他位置的备份也不会出现在列表中";
    collections_reading = "reading the list…", "正在读取列表…";
    what_came_of_it = "The backup", "备份结果";

    nodes = "Nodes", "节点";
    leader = "leader", "leader";
    node_missing = "Missing", "缺失";
    nodes_not_read_again = "The nodes could not be read again; this is how they were.", "无法再次读取节点；以下是之前的状态。";
    nodes_not_asked = "Not read yet", "尚未读取";

    did_not_land = "Did not land", "未恢复";
    what_server_said = "What the server said, and what it means", "服务器原文及其含义";
    way_out = "Way out", "处理办法";
    in_place = "In place", "已就位";
    proof_collections = "Collections present", "集合已就位";
    proof_objects = "Objects", "对象";
    proof_objects_open = "not compared", "未比对";
    proof_objects_detail = "this console does not count them: count them yourself", "此控制台不核对对象数量：请自行核对";
    schema_not_read = "The schema could not be read.", "无法读取 schema。";
    all_still_in_the_way = "Something is still in the way", "冲突仍然存在";
    said_nothing = "The server names no reason.", "服务器没有说明原因。";
    said_nothing_of_create = "This happens when a node stopped in the first seconds: see under Nodes, and make the backup anew with another id.",
        "如果有节点在最初几秒内停止，就会这样：请查看“节点”，并换一个 ID 重新备份。";
    what_next = "What next", "接下来";
    cancel_not_offered = "Cancel is not offered", "此处不提供取消";

    cancel_backup = "Cancel backup…", "取消备份…";
    cancel_restore = "Cancel restore…", "取消恢复…";
    cancel_backup_confirm = "Cancel backup", "取消备份";
    cancel_restore_confirm = "Cancel restore", "取消恢复";
    cancel_create_does = "The server tells its nodes to stop. The status turns Canceled at its next round, within 10 s; should the backup be ready before, it ends Success.",
        "服务器会通知各节点停止。状态将在下一轮检查时（10 秒内）变为“已取消”；如果备份在此之前完成，则以“成功”结束。";
    cancel_create_leaves = "The files written so far stay in the storage, and the id can never be used again: no version of the API deletes a backup.",
        "已写入的文件会留在存储中，此 ID 也不能再次使用：任何版本的 API 都不能删除备份。";
    cancel_restore_does = "The server cancels whatever restore the asked node is running, without comparing ids. So this page first asks once more for this restore and for the nodes, and sends the cancel only if it says Transferring, no node is missing and no other restore is known to run.",
        "服务器不核对 ID，会取消接收请求的节点上正在执行的任何恢复任务。因此，此页面会先再次查询此恢复和各节点，只有状态为“传输中”、没有节点缺失且没有其他恢复任务时，才发送取消请求。";
    cancel_restore_leaves = "Nothing is applied to the schema. Files transferred so far may stay on the nodes and can spoil a later restore: compare object counts after it.",
        "不会改动 schema。已传输的文件可能留在节点上，影响以后的恢复：恢复后请核对对象数量。";
    node_missing_now = "A node is missing.", "有节点缺失。";
    cancel_with_node_missing = "If it held a part of this backup, the backup ends Failed by itself, up to 7 minutes after the node was lost, and the server refuses a cancel until the node is back.",
        "如果该节点保存着此备份的一部分，备份会在节点丢失后最多 7 分钟内自行以“失败”结束；在该节点重新上线之前，服务器会拒绝取消。";
    cancel_not_sent = "Nothing was sent.", "没有发送取消请求。";
    cancel_may_have_arrived = "The server may have taken it all the same; its status tells.", "服务器可能已收到取消请求，请以状态为准。";
    name_not_complete = "The id is not complete", "ID 不完整";
    restore_this = "Restore…", "恢复…";
    open_word = "Open", "打开";
    running_operations = "Running operations", "正在进行的操作";
    taken_otherwise = "The server took other collections than it was asked for.", "服务器接受的集合与请求不一致。";
    sent_without_names = "everything in the backup, without names", "备份中的全部集合，未指定名称";
    not_looked_yet = "Not looked yet", "尚未查询";
    probably_ours = "The answer to the request was lost; since then the status has changed, so this is most likely it.",
        "请求的响应已丢失，但此后状态发生了变化，很可能就是这次操作。";
}

sentences! {
    restore_at(time: &str) = format!("Restore of {time}"), format!("{time} 的恢复");
    since(time: &str) = format!("since {time}"), format!("自 {time} 起");
    so_far(duration: &str) = format!("{duration} so far"), format!("已用 {duration}");
    since_until(from: &str, to: &str) = format!("{from} – {to}"), format!("{from} – {to}");
    asked_by_browser(time: &str) = format!("this browser, {time}"), format!("此浏览器，{time}");
    sent_by_name(count: &str) = format!("{count}, sent by name"), format!("{count} 个，按名称发送");
    count_of(part: usize, all: usize) = format!("{part} of {all}"), format!("{all} 个中的 {part} 个");
    in_place_of(part: usize, all: usize) = format!("{part} of {all} in place"), format!("{all} 个中 {part} 个已就位");
    in_place_picture(part: usize, all: usize) =
        format!("{part} of {} in place", plural(all, "collection", "collections")),
        format!("{all} 个集合中 {part} 个已就位");
    missing_count(count: usize) = format!("{count} did not land"), format!("{count} 个未恢复");
    landed_phase(in_place: usize, missing: usize) =
        format!("{in_place} in place, {missing} not"), format!("{in_place} 个已就位，{missing} 个没有");
    compared_at(time: &str) = format!("Compared with GET /v1/schema at {time}"), format!("{time} 与 GET /v1/schema 比对");
    contact_lost_since(time: &str, ago: &str) = format!("Lost {ago}, at {time}."), format!("{ago}（{time}）失去联系。");
    contact_never(time: &str, ago: &str) = format!("No answer since {time}, {ago}."), format!("自 {time}（{ago}）起没有响应。");
    not_told_since(time: &str, ago: &str) = format!("So since {time}, {ago}."), format!("自 {time}（{ago}）起如此。");
    last_read_at(time: &str) = format!("Last read at {time}."), format!("最后读取于 {time}。");
    next_try_in(duration: &str) = format!("Next try in {duration}."), format!("{duration}后重试。");
    looked_ago(ago: &str) = format!("Asked {ago}"), format!("{ago}查询");
    next_look_in(duration: &str) = format!("next look in {duration}"), format!("{duration}后再次查询");
    percent(of: u8) = format!("{of} %"), format!("{of}%");
    rows_dropped(count: u64) = format!("{count} older rows are no longer kept."), format!("更早的 {count} 行已不再保留。");
    nodes_asked_ago(ago: &str) = format!("asked {ago}"), format!("{ago}查询");
    size_before_compression(gib: &str) = format!("{gib} GiB before compression"), format!("{gib} GiB（压缩前）");
    show_all(count: usize) = if count == 1 { "Show it".to_owned() } else { format!("Show all {count}") }, format!("显示全部 {count} 个");
    restore_the_missing(count: usize) =
        if count == 1 { "Restore the one that did not land…".to_owned() } else { format!("Restore the {count} that did not land…") }, format!("重新恢复未就位的 {count} 个…");
    untouched(count: usize) =
        format!("{} of the backup {} not asked for and {} untouched:", plural(count, "collection", "collections"), if count == 1 { "was" } else { "were" }, if count == 1 { "is" } else { "are" }),
        format!("备份中有 {count} 个集合未选择恢复，保持原样：");
    in_place_stay(count: usize) =
        if count == 1 {
            "The one in place stays: nothing is rolled back. If you restore everything again, it will be in the way. Once the cause is gone, restore only what did not land.".to_owned()
        } else {
            format!("The {count} stay: nothing is rolled back. If you restore everything again, they will be in the way. Once the cause is gone, restore only what did not land.")
        },
        format!("已就位的 {count} 个会保留，不会回滚。如果全部重新恢复，它们反而会造成冲突；请在原因消除后只重新恢复未就位的集合。");
    cancel_title(id: &str) = format!("Cancel {id}?"), format!("取消 {id}？");
    type_id_to_confirm(id: &str) = format!("Type {id} to confirm"), format!("输入 {id} 以确认");
    tab_of(status: &str, id: &str) = format!("{status} · {id}"), format!("{status} · {id}");
    running_count(count: usize, elsewhere: bool) =
        if elsewhere { format!("{count} more running") } else { format!("{count} running") },
        if elsewhere { format!("另有 {count} 个进行中") } else { format!("{count} 个进行中") };
    on_connection(name: &str) = format!("on {name}"), format!("于 {name}");
    ended_in(duration: &str) = format!("in {duration}"), format!("用时 {duration}");
    ended_said(id: &str, status: &str) = format!("{id}: {status}"), format!("{id}：{status}");
    left_out_names(names: &str) = format!("Left out: {names}."), format!("未包含：{names}。");
    taken_unasked_names(names: &str) = format!("Not asked for: {names}."), format!("未请求却包含：{names}。");
    took_rounds(duration: &str) = format!("{duration}, as the server noticed it"), format!("{duration}（以服务器发现完成的时刻为准）");
}

impl Lang {
    /// Below the log of answers.
    pub fn log_notes(self, kind: Kind, is_running: bool, dropped: u64) -> String {
        let how_often = match kind {
            _ if !is_running => "",
            Kind::Create => self.log_note_create(),
            Kind::Restore => self.log_note_restore(),
        };
        let dropped = if dropped > 0 { self.rows_dropped(dropped) } else { String::new() };
        self.run_on(&[self.log_note_rows(), how_often, &dropped])
    }

    /// The health of a node; a word that is not known as it came.
    pub fn node_status(self, word: &str) -> String {
        match (self, word) {
            (Self::En, "HEALTHY") => "Healthy".to_owned(),
            (Self::En, "UNHEALTHY") => "Unhealthy".to_owned(),
            (Self::En, "UNAVAILABLE") => "Unavailable".to_owned(),
            (Self::En, "TIMEOUT") => "No answer".to_owned(),
            (Self::Zh, "HEALTHY") => "正常".to_owned(),
            (Self::Zh, "UNHEALTHY") => "异常".to_owned(),
            (Self::Zh, "UNAVAILABLE") => "不可用".to_owned(),
            (Self::Zh, "TIMEOUT") => "无响应".to_owned(),
            (_, word) => word.to_owned(),
        }
    }

    pub fn kind_word(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::En, Kind::Create) => "Backup",
            (Self::En, Kind::Restore) => "Restore",
            (Self::Zh, Kind::Create) => "备份",
            (Self::Zh, Kind::Restore) => "恢复",
        }
    }
}
