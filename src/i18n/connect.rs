//! The connect screen.

use weaviate_backups::domain::server_url::ServerUrlError;

use super::{Lang, sentences, texts};
use crate::connection::{KeepKey, SignIn};
use crate::features::connect::diagnosis::{Cause, Observed, RuledOut};
use crate::features::connect::model::FormError;

texts! {
    new_connection = "New connection", "新建连接";
    saved_connections = "Saved connections", "已保存的连接";
    server_address = "Server address", "服务器地址";
    server_address_help = "With http:// or https://. A path before /v1 is kept.", "以 http:// 或 https:// 开头。/v1 之前的路径会保留。";
    sign_in_with = "Sign in with", "登录方式";
    api_key = "API key", "API 密钥";
    bearer_token = "Bearer token", "Bearer 令牌";
    connection_name = "Name", "名称";
    environment_label = "Environment", "环境";
    keep_the_key = "Keep the key", "保存密钥";
    connect = "Connect", "连接";
    open_it_anyway = "Open it anyway", "仍然打开";
    clear = "Clear", "清空";
    edit = "Edit", "编辑";
    forget = "Forget", "移除";
    connect_lead = "Connect to a Weaviate.", "连接到 Weaviate。";
    connect_lead_rest = "This page talks to it straight from the browser.", "此页面直接从浏览器访问服务器。";
    most_likely = "Most likely cause", "最可能的原因";
    set_this_line = "Set this in the environment of every Weaviate node, then restart them:", "在每个 Weaviate 节点的环境变量中设置以下内容，然后重启：";
    what_was_observed = "What was observed", "观察到的现象";
    what_is_ruled_out = "What that rules out", "已排除的原因";
    still_possible = "What is still possible", "其他可能";
    observed_unread_detail = "Something listens at this address. The two requests differ only in that this one needs no CORS permission.",
        "该地址有程序在监听。两个请求的唯一区别是此请求不需要 CORS 许可。";
    observed_nothing = "The same request, with the answer left unread, got no answer either", "以不读取响应的方式（no-cors）重发同一请求，也没有响应";
    observed_nothing_detail = "A browser tells a page no more: an unknown name, a wrong port, a firewall and a certificate that is not accepted look alike.",
        "浏览器不会提供更多信息：域名不存在、端口错误、防火墙拦截、证书不受信任，看起来都一样。";
    observed_discovery_failed = "Its answer could not be read", "其响应无法读取";
    observed_discovery_ok = "It answers like a Weaviate", "其响应符合 Weaviate 的特征";
    no_saved_connections = "None yet. A connection is saved when it is opened, without its key unless you choose so.",
        "暂无。打开连接时会自动保存，除非您选择，否则不保存密钥。";
    possible_foreign = "Something else answers in Weaviate’s place, such as a sign-in page: open the address in a new tab. JSON means it is Weaviate.",
        "响应的可能是其他程序（例如登录页）：请在新标签页中打开该地址，显示 JSON 的才是 Weaviate。";
    possible_methods = "Only some methods are allowed: if CORS_ALLOW_METHODS is set, it needs DELETE, or canceling will be refused.",
        "只允许部分方法：如果设置了 CORS_ALLOW_METHODS，其中必须包含 DELETE，否则无法取消操作。";
    possible_certificate = "A certificate this browser does not accept: open the address in a new tab, and the browser says so.",
        "证书不被此浏览器信任：在新标签页中打开该地址，浏览器会给出提示。";
    possible_local_network = "The browser asks before a page may reach a local network: look for its question, or for this page’s permissions beside the address.",
        "页面访问本地网络前，浏览器会弹出授权提示：请留意该提示，或在地址栏旁检查此页面的权限。";
    possible_mixed_content = "A rule of this browser that no https page may call http, not even in a local network or on its own machine: give Weaviate https, or put both behind one origin.",
        "此浏览器可能不允许 https 页面访问 http，即使是在本地网络中或本机上：请为 Weaviate 启用 https，或将两者置于同一个源之下。";
    cors_hint = "One origin or *. A comma list breaks the preflight that every request with a key needs.",
        "只能填写一个源或 *。用逗号分隔的列表会使带密钥的请求预检失败。";
}

sentences! {
    used_ago(version: Option<&str>, ago: &str) = match version {
        Some(version) => format!("Weaviate {version}, used {ago}"),
        None => format!("used {ago}"),
    }, match version {
        Some(version) => format!("Weaviate {version}，{ago}使用"),
        None => format!("{ago}使用"),
    };
    connect_to(name: &str) = format!("Connect to {name}"), format!("连接：{name}");
    edit_connection(name: &str) = format!("Edit {name}"), format!("编辑：{name}");
    forget_connection(name: &str) = format!("Forget {name}"), format!("移除连接：{name}");
    saved_key_warning(origin: &str) = format!("Stored unencrypted. Every script on {origin} can read it."), format!("未加密存储。{origin} 上的所有脚本都能读取。");
    checking_server(host: &str) = format!("Asking {host}…"), format!("正在访问 {host}…");
    observed_unread(millis: u32) =
        format!("The same request, with the answer left unread, got an answer after {millis} ms"),
        format!("以不读取响应的方式（no-cors）重发同一请求，有响应，用时 {millis} 毫秒");
}

impl Lang {
    pub fn sign_in(self, sign_in: SignIn) -> &'static str {
        match (self, sign_in) {
            (Self::En, SignIn::None) => "Nothing: the server allows anonymous access",
            (Self::Zh, SignIn::None) => "无需登录：服务器已开放匿名访问",
            (_, SignIn::ApiKey) => self.api_key(),
            (_, SignIn::BearerToken) => self.bearer_token(),
        }
    }

    pub fn keep_key(self, keep: KeepKey) -> &'static str {
        match (self, keep) {
            (Self::En, KeepKey::InMemory) => "Until this page is closed or loaded again",
            (Self::En, KeepKey::InBrowser) => "In this browser",
            (Self::Zh, KeepKey::InMemory) => "直到关闭或重新加载此页面",
            (Self::Zh, KeepKey::InBrowser) => "保存在此浏览器中",
        }
    }

    pub fn url_error(self, error: &ServerUrlError) -> &'static str {
        match (self, error) {
            (Self::En, ServerUrlError::Empty) => "An address is needed, such as http://localhost:8080.",
            (Self::En, ServerUrlError::Scheme) => {
                "Begin with http:// or https://. Weaviate itself usually is http on port 8080."
            }
            (Self::En, ServerUrlError::Host) => "There is no host name in this address.",
            (Self::En, ServerUrlError::Port) => "A port is a number from 1 to 65535.",
            (Self::En, ServerUrlError::Credentials) => {
                "No user name or password in the address: it would end in logs. Sign in below."
            }
            (Self::En, ServerUrlError::QueryOrFragment) => "An address without ? and #.",
            (Self::Zh, ServerUrlError::Empty) => "请输入地址，例如 http://localhost:8080。",
            (Self::Zh, ServerUrlError::Scheme) => {
                "请以 http:// 或 https:// 开头。Weaviate 通常使用 http 和 8080 端口。"
            }
            (Self::Zh, ServerUrlError::Host) => "地址中缺少主机名。",
            (Self::Zh, ServerUrlError::Port) => "端口应为 1 到 65535 之间的数字。",
            (Self::Zh, ServerUrlError::Credentials) => "地址中不能包含用户名或密码，否则会出现在日志中。请在下方登录。",
            (Self::Zh, ServerUrlError::QueryOrFragment) => "地址中不能包含 ? 或 #。",
        }
    }

    pub fn key_error(self, error: &FormError) -> Option<&'static str> {
        match (self, error) {
            (_, FormError::Url(_)) => None,
            (Self::En, FormError::KeyMissing) => Some("A key is needed for this way to sign in."),
            (Self::Zh, FormError::KeyMissing) => Some("此登录方式需要密钥。"),
            (_, FormError::KeyCharacters) => Some(self.key_not_usable()),
        }
    }

    /// The sentence on top: what is wrong.
    pub fn cause_sentence(self, cause: &Cause, host: &str) -> String {
        match self {
            Self::En => match cause {
                Cause::Offline => "This browser has no network.".to_owned(),
                Cause::PagePolicy => "This page’s own policy forbids the address.".to_owned(),
                Cause::MixedContent => format!("This page came over https and may not call http://{host}."),
                Cause::LocalNetworkDenied => "The browser denies this page the local network.".to_owned(),
                Cause::Cors { only_with_key: false } => format!("{host} answers, but not to this page."),
                Cause::Cors { only_with_key: true } => format!("{host} answers this page, but not with a key."),
                Cause::NotReachable => format!("{host} cannot be reached."),
                Cause::TimedOut => format!("{host} did not answer in time."),
                Cause::RedirectToSignIn => format!("{host} leads to a sign-in page."),
                Cause::NotWeaviate { .. } => format!("What answers at {host} is not Weaviate."),
                Cause::KeyNeeded { .. } => format!("{host} wants a key."),
                Cause::WrongKey => format!("{host} does not know this key."),
                Cause::KeyNotWanted => format!("{host} takes no key."),
                Cause::NoBackupModule => format!("{host} has no backup module."),
                Cause::Refused => format!("{host} refused."),
            },
            Self::Zh => match cause {
                Cause::Offline => "此浏览器没有网络连接。".to_owned(),
                Cause::PagePolicy => "此页面自身的安全策略禁止访问该地址。".to_owned(),
                Cause::MixedContent => format!("此页面通过 https 加载，不能访问 http://{host}。"),
                Cause::LocalNetworkDenied => "浏览器拒绝此页面访问本地网络。".to_owned(),
                Cause::Cors { only_with_key: false } => format!("{host} 有响应，但不允许此页面读取。"),
                Cause::Cors { only_with_key: true } => format!("{host} 会响应此页面，但不接受带密钥的请求。"),
                Cause::NotReachable => format!("无法连接到 {host}。"),
                Cause::TimedOut => format!("{host} 未及时响应。"),
                Cause::RedirectToSignIn => format!("{host} 跳转到了登录页。"),
                Cause::NotWeaviate { .. } => format!("{host} 上响应的不是 Weaviate。"),
                Cause::KeyNeeded { .. } => format!("{host} 需要密钥。"),
                Cause::WrongKey => format!("{host} 无法识别此密钥。"),
                Cause::KeyNotWanted => format!("{host} 不接受密钥。"),
                Cause::NoBackupModule => format!("{host} 未启用备份模块。"),
                Cause::Refused => format!("{host} 拒绝了请求。"),
            },
        }
    }

    /// Why, and what to change.
    pub fn cause_explained(self, cause: &Cause) -> String {
        match self {
            Self::En => match cause {
                Cause::Offline => "Connect it to a network and try again. What you typed is kept.".to_owned(),
                Cause::PagePolicy => "Whoever serves this page limits where it may connect. Add the server’s origin to connect-src of its Content-Security-Policy.".to_owned(),
                Cause::MixedContent => "Browsers stop such requests before they are sent. Give Weaviate https, serve this page over http, or put both behind one origin.".to_owned(),
                Cause::LocalNetworkDenied => "Allow the local network for this page in the browser’s settings for the site, then try again.".to_owned(),
                Cause::Cors { only_with_key: false } => "The browser sent the request, a server answered, and the browser withheld the answer. Weaviate allows every origin unless told otherwise, so either CORS_ALLOW_ORIGIN is set to something else, or a proxy in front of it drops the header.".to_owned(),
                Cause::Cors { only_with_key: true } => "A bare request was answered, the one with a key was stopped before it was sent: its preflight fails. A list in CORS_ALLOW_ORIGIN does this, and so does CORS_ALLOW_HEADERS without Authorization.".to_owned(),
                Cause::NotReachable => "Nothing could be read from this address, and nothing answered. Check name and port, and that the server runs and is reachable from this machine.".to_owned(),
                Cause::TimedOut => "The server may be overloaded, or a firewall drops the request.".to_owned(),
                Cause::RedirectToSignIn => "Something in front of Weaviate wants you to sign in. Open the address in a new tab, sign in there, and try again; or use an address behind it.".to_owned(),
                Cause::NotWeaviate { http_status, .. } => match http_status {
                    Some(status) => format!("It answered {status}, but nothing that Weaviate would say. Check the port, and the path before /v1."),
                    None => "It answered nothing that Weaviate would say. Check the port, and the path before /v1.".to_owned(),
                },
                Cause::KeyNeeded { schemes } if schemes.is_empty() => "Anonymous access is off. Choose a way to sign in and try again.".to_owned(),
                Cause::KeyNeeded { schemes } => format!("Anonymous access is off. It accepts: {}.", schemes.join(", ")),
                Cause::WrongKey => "Check that it is whole, and that it is this server’s. It was sent to this address only.".to_owned(),
                Cause::KeyNotWanted => "It has no way to sign in configured, and refuses every request with a key. Sign in with nothing.".to_owned(),
                Cause::NoBackupModule => "It answers well, but there is nowhere to put backups. Enable a module on every node and restart them.".to_owned(),
                Cause::Refused => "Its own words are below.".to_owned(),
            },
            Self::Zh => match cause {
                Cause::Offline => "请连接网络后重试。已输入的内容会保留。".to_owned(),
                Cause::PagePolicy => "提供此页面的服务器限制了可连接的地址。请在其 Content-Security-Policy 的 connect-src 中加入该服务器的源（origin）。".to_owned(),
                Cause::MixedContent => "浏览器会在发送前拦截这样的请求。请为 Weaviate 启用 https，或通过 http 提供此页面，或将两者置于同一个源之下。".to_owned(),
                Cause::LocalNetworkDenied => "请在浏览器的网站设置中允许此页面访问本地网络，然后重试。".to_owned(),
                Cause::Cors { only_with_key: false } => "浏览器发出了请求，服务器也有响应，但浏览器不允许此页面读取。Weaviate 默认允许所有源，因此可能是 CORS_ALLOW_ORIGIN 被设为其他值，或前面的代理去掉了该响应头。".to_owned(),
                Cause::Cors { only_with_key: true } => "不带密钥的请求有响应，带密钥的请求因预检失败，在发送前被拦截。CORS_ALLOW_ORIGIN 设为列表，或 CORS_ALLOW_HEADERS 缺少 Authorization，都会导致此问题。".to_owned(),
                Cause::NotReachable => "该地址没有任何响应。请检查域名和端口，并确认服务器正在运行且可从本机访问。".to_owned(),
                Cause::TimedOut => "服务器可能过载，或防火墙丢弃了请求。".to_owned(),
                Cause::RedirectToSignIn => "Weaviate 前面的代理要求登录。请在新标签页中打开该地址并登录后重试，或改用绕过代理的地址。".to_owned(),
                Cause::NotWeaviate { http_status, .. } => match http_status {
                    Some(status) => format!("响应状态码为 {status}，但内容不是来自 Weaviate。请检查端口以及 /v1 之前的路径。"),
                    None => "响应内容不是来自 Weaviate。请检查端口以及 /v1 之前的路径。".to_owned(),
                },
                Cause::KeyNeeded { schemes } if schemes.is_empty() => "服务器关闭了匿名访问。请选择登录方式后重试。".to_owned(),
                Cause::KeyNeeded { schemes } => format!("服务器关闭了匿名访问，接受的方式：{}。", schemes.join("、")),
                Cause::WrongKey => "请检查密钥是否完整，是否属于该服务器。密钥只发送到了此地址。".to_owned(),
                Cause::KeyNotWanted => "服务器没有配置任何登录方式，会拒绝所有带密钥的请求。请选择“无需登录”。".to_owned(),
                Cause::NoBackupModule => "服务器响应正常，但没有存放备份的位置。请在每个节点上启用一个备份模块并重启。".to_owned(),
                Cause::Refused => "服务器原文见下方。".to_owned(),
            },
        }
    }

    /// The line to set on the server. Not translated: it is typed as it stands.
    pub fn cause_line(self, cause: &Cause, observed: &Observed) -> Option<String> {
        match cause {
            Cause::Cors { .. } => Some(format!("CORS_ALLOW_ORIGIN={}", observed.page.origin)),
            Cause::NoBackupModule => {
                Some("ENABLE_MODULES=backup-filesystem\nBACKUP_FILESYSTEM_PATH=/var/lib/weaviate/backups".to_owned())
            }
            _ => None,
        }
    }

    pub fn ruled_out(self, what: RuledOut) -> &'static str {
        match (self, what) {
            (Self::En, RuledOut::NameAndPort) => "The name is known and the port answers",
            (Self::En, RuledOut::Certificate) => "The certificate is accepted",
            (Self::En, RuledOut::Offline) => "This browser is online",
            (Self::En, RuledOut::MixedContent) => "No https page calls http here",
            (Self::En, RuledOut::LocalNetwork) => "Local network access is not denied",
            (Self::En, RuledOut::KeyNotSent) => "The key is not the cause: it was not sent yet",
            (Self::Zh, RuledOut::NameAndPort) => "域名可解析，端口有响应",
            (Self::Zh, RuledOut::Certificate) => "证书受信任",
            (Self::Zh, RuledOut::Offline) => "此浏览器已联网",
            (Self::Zh, RuledOut::MixedContent) => "不存在 https 页面访问 http 的问题",
            (Self::Zh, RuledOut::LocalNetwork) => "未被拒绝访问本地网络",
            (Self::Zh, RuledOut::KeyNotSent) => "与密钥无关：密钥尚未发送",
        }
    }
}
