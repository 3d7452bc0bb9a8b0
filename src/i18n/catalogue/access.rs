//! Who asks, and whether the request can be read.

super::catalogue_entries! {
    NoKey [Certain "anonymous access not enabled. Please authenticate through one of the available methods: [{*methods}]"]
        "The server answers nothing without a sign-in. It takes {methods}.",
        "Give a key or a token under Connections.",
        "服务器要求先登录，支持的方式：{methods}。",
        "请在“连接”中提供密钥或令牌。";
    WrongKey [Certain "unauthorized: invalid api key"]
        "The server does not know this API key.",
        "Give another one under Connections. A key that was replaced on the server has to be replaced here as well.",
        "API 密钥无效。",
        "请在“连接”中提供其他密钥。服务器上更换过的密钥，这里也要更换。";
    TokenExpired [Certain "oidc: token is expired"]
        "The token has expired.",
        "Sign in at the identity provider anew, and give its new token under Connections.",
        "令牌已过期。",
        "请重新登录身份认证服务，并在“连接”中提供新的令牌。";
    TokenForAnother [Certain "oidc: expected audience \"{audience}\" got"]
        "The token was issued for another application: the server expects the audience {audience}.",
        "Get a token for that audience, or correct AUTHENTICATION_OIDC_CLIENT_ID on the server.",
        "令牌是为其他应用签发的：服务器要求的 audience 是 {audience}。",
        "请获取用于该 audience 的令牌，或修改服务器上的 AUTHENTICATION_OIDC_CLIENT_ID。";
    NoScheme [Certain "no authentication scheme is configured (API Key or OIDC), but an 'Authorization' header was provided"]
        "A key was sent to a server that is set up for none.",
        "Sign in without a key under Connections, or configure API keys or OIDC on the server.",
        "发送了密钥，但服务器没有配置认证方式。",
        "请在“连接”中改为不使用密钥，或在服务器上配置 API 密钥或 OIDC。";
    AdminListDenies [Certain "adminlist: authorization, forbidden action"]
        "The server’s admin list does not let this user do that.",
        "Use the key of an admin, or have the user added to AUTHORIZATION_ADMINLIST_USERS on the server.",
        "服务器的 admin list 不允许此用户执行该操作。",
        "请使用管理员的密钥，或在服务器的 AUTHORIZATION_ADMINLIST_USERS 中加入此用户。";
    MayNotOnCollection [Stated "user '{*user}' has insufficient permissions to {action} [[Domain: backups,Collection: {collection}]"]
        "The user {user} lacks the permission manage_backups on {collection}.",
        "Have a role with that permission assigned to the user, or use another key. A wildcard counts as it is written.",
        "用户 {user} 没有对 {collection} 的 manage_backups 权限。",
        "请为此用户分配含该权限的角色，或使用其他密钥。通配符按其字面核对权限。";
    MayNotOnAny [Stated "user '{*user}' has insufficient permissions to C ["]
        "The user {user} has the permission manage_backups on none of these collections.",
        "Have a role with that permission assigned to the user, or use another key.",
        "用户 {user} 对这些集合都没有 manage_backups 权限。",
        "请为此用户分配含该权限的角色，或使用其他密钥。";
    MayNotElse [Attempt "user '{*user}' has insufficient permissions to {action} ["]
        "The user {user} lacks the permission {action}.",
        "Backups work without it, but what would be read here stays unknown: have it added to a role of the user.",
        "用户 {user} 没有 {action} 权限。",
        "备份不需要该权限，但此处的信息无法读取：请将它加入此用户的角色。";

    BodyMissing [Stated "body in body is required"]
        "The request arrived without its content.",
        "Look at the proxy in front of the server: it most likely drops the content of a POST.",
        "请求到达时没有内容。",
        "请检查服务器前面的代理：很可能丢弃了 POST 的内容。";
    BodyUnreadable [Stated "parsing body body from \"\" failed, because"]
        "The server could not read the content of the request.",
        "Compare the exact request with the server’s own words, which name the field or say that it was cut off.",
        "服务器无法读取请求的内容。",
        "请对照完整请求和服务器原文：原文会指出字段，或说明内容不完整。";
    CpuTooHigh [Stated "config.CPUPercentage in body should be less than or equal to {limit}"]
        "The CPU share is above what the server allows.",
        "Choose {limit} % or less.",
        "CPU 占比超过服务器允许的范围。",
        "请选择不超过 {limit}% 的值。";
    CpuTooLow [Stated "config.CPUPercentage in body should be greater than or equal to {limit}"]
        "The CPU share is below what the server allows.",
        "Choose {limit} % or more, or leave it to the server.",
        "CPU 占比低于服务器允许的范围。",
        "请选择不低于 {limit}% 的值，或使用服务器的默认值。";
    CompressionUnknown [Stated "config.CompressionLevel in body should be one of [{*levels}]"]
        "This server does not have the compression that was asked for.",
        "Choose one that it has: {levels}.",
        "此服务器不支持所选的压缩方式。",
        "请从它支持的方式中选择：{levels}。";
    AccessOptionUnknown [
        Stated "config.rolesOptions in body should be one of [{*options}]",
        Stated "config.usersOptions in body should be one of [{*options}]",
    ]
        "The server does not know this choice for users and roles.",
        "Choose one that it knows: {options}.",
        "服务器不支持这个用户与角色选项。",
        "请从它支持的选项中选择：{options}。";
    OrderUnknown [Stated "order in query should be one of ["]
        "The server does not know the order that the list was asked for in.",
        "Refresh the list. If it stays, the address was changed on the way: look at the proxy.",
        "服务器不支持所请求的排序方式。",
        "请刷新列表。如果仍然出现，说明请求地址在途中被改动：请检查代理。";
    MethodUnknown [Stated "method {method} is not allowed, but ["]
        "This version of Weaviate does not have this call ({method}).",
        "Update the server, or do without: canceling a restore came with Weaviate 1.36.",
        "此版本的 Weaviate 没有这个调用（{method}）。",
        "请升级服务器，或不使用该功能：从 Weaviate 1.36 起才能取消恢复。";
    MediaType [Stated "unsupported media type"]
        "The request arrived with a content type that the server does not take.",
        "Look at the proxy in front of the server: Content-Type and Accept have to reach it as application/json.",
        "请求到达时的 Content-Type 或 Accept 不被服务器接受。",
        "请检查服务器前面的代理：二者必须保持为 application/json。";
    PathUnknown [Stated "path {path} was not found"]
        "This server has nothing at {path}.",
        "Check the address of the connection, and whether the server’s version has this call.",
        "此服务器上没有 {path}。",
        "请检查连接的地址，以及服务器版本是否支持该调用。";
}
