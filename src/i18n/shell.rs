//! The frame: places, connection, banners, the end of the program.

use weaviate_backups::api::error::ErrorKind;

use super::{Lang, plural, sentences, texts};
use crate::connection::Environment;

texts! {
    places = "Places", "导航";
    breadcrumb = "Breadcrumb", "当前位置";
    backups = "Backups", "备份";
    connections = "Connections", "连接";
    settings = "Settings", "设置";
    not_connected = "Not connected", "未连接";
    signed_in_as = "Signed in as", "当前用户";
    signed_in_anonymously = "Signed in anonymously", "匿名访问";
    simulated = "Simulated Weaviate: nothing here is real, and nothing you do here reaches a server.",
        "模拟的 Weaviate：这里没有真实数据，任何操作都不会影响真实服务器。";
    not_kept = "Not kept in this browser.", "未能保存到此浏览器。";
    ledger_gap = "Not all that was started from this browser is known.", "未能读取此浏览器发起的全部操作。";
    ledger_not_read = "The browser did not give what it keeps. What runs may be missing in the strip, and no restore can be canceled from here. Reload the page.",
        "浏览器没有返回已保存的记录：顶部的进行中列表可能不全，也不能从这里取消恢复。请重新加载页面。";
    ledger_unreadable = "Some records are not readable for this version of the console, as those of a later one. They are kept. What runs may be missing in the strip, and no restore can be canceled from here. Reload the page or use the later console; Settings can forget all records.",
        "此版本的控制台无法读取部分记录，它们可能由更新的版本写入，会继续保留。顶部的进行中列表可能不全，也不能从这里取消恢复。请重新加载页面，或使用更新的控制台；也可在“设置”中清除全部记录。";
    storage_full = "The browser’s storage for this page is full. Everything works until this page is closed; what it could not keep is lost then. Backups on the server are not affected. Settings can forget what is no longer needed.",
        "此页面的浏览器存储空间已满。关闭页面之前一切照常；关闭后，此页面未能保存的内容会丢失。服务器上的备份不受影响。可在“设置”中清除不再需要的内容。";
    storage_unavailable = "The browser lets this page keep nothing, as in some private windows. Everything works until this page is closed; what it could not keep is lost then. Backups on the server are not affected.",
        "浏览器不允许此页面保存任何内容（例如某些隐私窗口）。关闭页面之前一切照常；关闭后，此页面未能保存的内容会丢失。服务器上的备份不受影响。";
    no_such_place = "Nothing is at this address", "此地址没有内容";
    no_such_place_body = "The link may be cut off, or name a connection that this browser does not know. A link never creates a connection.",
        "链接可能不完整，或指向此浏览器中没有的连接。链接不会创建连接。";
    loading = "Loading…", "正在加载…";
    part_missing = "This page did not load", "此页面未能加载";
    part_missing_title = "A file of the console did not come or is damaged.", "控制台的一个文件未能加载或已损坏。";
    part_missing_body = "Either its host is not reached, or it has a newer version of the console by now: then load the page again. Servers, and what runs on them, are not concerned.",
        "可能是无法连接到控制台所在的主机，也可能是控制台已更新到新版本；后一种情况请重新加载页面。Weaviate 服务器及其上的操作不受影响。";
    key_kept_in_memory = "It was kept in memory only, and the page was loaded again. The server carries on.",
        "密钥只保存在内存中，而页面已重新加载。服务器会继续执行。";
    key_is_refused_body = "It may be wrong, or not valid any more. Give another one; what is typed on this page stays.",
        "密钥可能有误或已失效。请提供另一个密钥；此页面上已填写的内容会保留。";
    key_not_usable = "A key has no blanks and only ASCII characters.", "密钥不能为空，也不能包含空格或非 ASCII 字符。";
    go_on = "Go on", "继续";
    crash_heading = "The console has stopped", "控制台已停止运行";
    crash_server_carries_on = "A fault in this page ended it. Nothing was canceled: a backup or restore that was accepted is carried on by the server, and what was started from this browser is remembered.",
        "此页面因内部错误而终止。没有任何操作被取消：服务器已接受的备份或恢复会继续执行，从此浏览器发起的操作也都有记录。";
    crash_resume = "Load the page again to go on watching. If the fault comes back, the browser’s console has its text for a report.",
        "重新加载页面即可继续查看。如果再次出错，浏览器控制台中有可用于报告的错误信息。";
    crash_reload = "Load the page again", "重新加载页面";
}

sentences! {
    paused_for_key(name: &str) = format!("Watching is paused: the key of {name} is needed."), format!("已暂停查询：需要 {name} 的密钥。");
    key_is_refused(name: &str) = format!("The server does not accept the key of {name}."), format!("服务器不接受 {name} 的密钥。");
    key_of(name: &str) = format!("Key of {name}"), format!("{name} 的密钥");
    switch_connection(name: &str) = format!("{name}, switch connection"), format!("{name}，切换连接");
    nodes_healthy(healthy: usize, all: usize) = format!("{healthy} of {} healthy", plural(all, "node", "nodes")), match (healthy, all) {
        (healthy, 1) => format!("1 个节点，{}", if healthy == 1 { "正常" } else { "异常" }),
        (healthy, all) if healthy == all => format!("{all} 个节点全部正常"),
        (healthy, all) => format!("{all} 个节点中 {healthy} 个正常"),
    };
}

impl Lang {
    pub fn environment(self, environment: Environment) -> &'static str {
        match (self, environment) {
            (Self::En, Environment::Production) => "Production",
            (Self::En, Environment::Staging) => "Staging",
            (Self::En, Environment::Development) => "Development",
            (Self::Zh, Environment::Production) => "生产环境",
            (Self::Zh, Environment::Staging) => "预发环境",
            (Self::Zh, Environment::Development) => "开发环境",
        }
    }

    /// Why the health of the nodes is not known.
    pub fn nodes_not_read(self, kind: ErrorKind) -> &'static str {
        match (self, kind) {
            (Self::En, ErrorKind::NotSignedIn) => "Nodes: key needed",
            (Self::En, ErrorKind::Unreachable | ErrorKind::TimedOut { .. }) => "Not reached",
            (Self::En, _) => "Node health unknown",
            (Self::Zh, ErrorKind::NotSignedIn) => "节点状态：需要密钥",
            (Self::Zh, ErrorKind::Unreachable | ErrorKind::TimedOut { .. }) => "无法连接",
            (Self::Zh, _) => "节点状态未知",
        }
    }
}
