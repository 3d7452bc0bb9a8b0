//! Connect: reaching a server, and every cause of not reaching it.

use anyhow::{Context, Result, ensure};
use weaviate_sim::{Fault, FaultKind};

use super::{Journey, journey};
use crate::Arguments;
use crate::browser::{INTERNAL_HOST, LOCAL_HOST};
use crate::driver::free_port;
use crate::engine::Engine;
use crate::front::{Front, Manner};
use crate::locate::Role;
use crate::stage::{CONNECTION, Stage};

pub fn all() -> Vec<Journey> {
    vec![
        journey!("one-node", "quick: a new user connects to the server that the page offers", offered),
        journey!("one-node", "connect: an address that cannot be one says why and keeps what was typed", bad_address),
        journey!("one-node", "connect: a server that does not answer is told from one that does", not_reachable),
        journey!("one-node", "connect: a page in Weaviate's place is named", not_weaviate),
        journey!("one-node", "connect: a redirect is taken for a sign-in page", redirect),
        journey!("locked", "connect: a locked server asks for a key and refuses a wrong one", key_needed),
        journey!("one-node", "connect: an open server takes no key", key_not_wanted),
        journey!("no-backend", "connect: a server without a backup module says which line to set", no_backup_module),
        journey!("one-node", "connect: a server that does not allow this page's origin gives the CORS line", cors),
        journey!("one-node", "connect: a browser without a network says so, and connects once it has one", offline),
        Journey {
            expected_console: &["Content Security Policy"],
            violates: true,
            ..journey!("one-node", "connect: an address that the page's own policy forbids is named so", page_policy)
        },
        Journey {
            expected_console: &["Mixed Content"],
            ..journey!("one-node", "connect: a page that came over https is told to call no http server", mixed_content)
        },
        Journey {
            expected_console: &["local network"],
            ..journey!("one-node", "connect: a denied permission for local networks is named", local_network_denied)
        },
        Journey {
            // The browser deplores that it is http, and lets the permission decide.
            expected_console: &["local network", "Mixed Content"],
            ..journey!(
                "one-node",
                "connect: a page that came over https is told of the permission where that decides",
                denied_from_https
            )
        },
        journey!("one-node", "connect: a saved connection is opened, edited and forgotten", saved),
    ]
}

async fn offered(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.open("").await?;
    stage.browser.see("Simulated Weaviate").await?;
    stage.browser.click(Role::Button, "Connect").await?;
    stage.browser.find(Role::Heading, "Backups").await?;
    stage.browser.see("Weaviate 1.39.0").await?;
    stage.browser.see("1 of 1 node healthy").await?;
    stage.browser.see("legacy-final").await
}

async fn bad_address(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    browser.fill("Server address", "weaviate.example.com").await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("Begin with http:// or https://").await?;
    browser.fill("Server address", "http://me:secret@host").await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("No user name or password in the address").await
}

async fn not_reachable(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    // On loopback, where nobody listens.
    let port = free_port()?;
    browser.fill("Server address", &format!("http://127.0.0.1:{port}")).await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("127.0.0.1 cannot be reached").await?;
    browser.see("got no answer either").await?;
    ensure!(browser.is_there(Role::Button, "Try again").await?, "no way to try again");
    Ok(())
}

async fn not_weaviate(stage: &Stage, _: &Arguments) -> Result<()> {
    stage.weaviate(|weaviate| weaviate.faults.push(Fault::new("", "/v1", FaultKind::Html { status: 200 })));
    stage.open("").await?;
    stage.browser.click(Role::Button, "Connect").await?;
    stage.browser.see("What answers at 127.0.0.1 is not Weaviate").await?;
    // The page that came is quoted as text, never read as HTML.
    stage.browser.see("<title>Gateway</title>").await
}

async fn redirect(stage: &Stage, _: &Arguments) -> Result<()> {
    let location = "https://login.example.com/".to_owned();
    stage.weaviate(|weaviate| weaviate.faults.push(Fault::new("", "/v1", FaultKind::Redirect { location })));
    stage.open("").await?;
    stage.browser.click(Role::Button, "Connect").await?;
    stage.browser.see("127.0.0.1 leads to a sign-in page").await
}

async fn key_needed(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("127.0.0.1 wants a key").await?;
    browser.see("It accepts: API-keys").await?;
    browser.fill("API key", "no-such-key").await?;
    browser.click(Role::Button, "Try again").await?;
    browser.see("127.0.0.1 does not know this key").await?;
    browser.see("unauthorized: invalid api key").await?;
    browser.fill("API key", "demo-admin-key").await?;
    browser.click(Role::Button, "Try again").await?;
    browser.find(Role::Heading, "Backups").await?;
    browser.see("Signed in as admin").await
}

async fn key_not_wanted(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    browser.choose("Sign in with", "API key").await?;
    browser.fill("API key", "some-key").await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("127.0.0.1 takes no key").await?;
    browser.see("no authentication scheme is configured").await
}

async fn no_backup_module(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.open("").await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("127.0.0.1 has no backup module").await?;
    browser.see("ENABLE_MODULES=backup-filesystem").await?;
    browser.click(Role::Button, "Open it anyway").await?;
    browser.see("No backup module is on").await
}

async fn cors(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    // Another origin: the simulator on a port of its own, which allows one origin that is not this page's.
    let server = another_server().await?;
    server.shared.lock().state.cors_allow_origin = "https://elsewhere.example.com".to_owned();
    stage.open("").await?;
    browser.fill("Server address", &server.url()).await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("127.0.0.1 answers, but not to this page").await?;
    browser.see(&format!("CORS_ALLOW_ORIGIN={}", stage.url())).await
}

/// A server of another origin than the page's, which allows every origin.
async fn another_server() -> Result<weaviate_sim::server::Server> {
    let other = weaviate_sim::server::Shared::scenario("one-node").context("no scenario")?;
    Ok(weaviate_sim::server::Server::start(other, 0).await?)
}

async fn offline(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let server = another_server().await?;
    stage.open("").await?;
    // Loopback needs no network: only another host lacks it.
    browser.fill("Server address", &format!("http://{INTERNAL_HOST}:{}", server.address.port())).await?;
    browser.go_offline().await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("This browser has no network").await?;
    browser.see_not("This browser is online").await?;
    browser.go_online().await?;
    browser.click(Role::Button, "Try again").await?;
    browser.find(Role::Heading, "Backups").await?;
    browser.see("legacy-final").await
}

async fn page_policy(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let server = another_server().await?;
    let front = Front::put_before(stage, Manner { policy: Some("connect-src 'self'"), ..Manner::default() }).await?;
    browser.goto(front.url()).await?;
    browser.fill("Server address", &server.url()).await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("This page’s own policy forbids the address").await?;
    browser.see("Add the server’s origin to connect-src").await?;
    let asked = server.shared.lock().seen().count();
    ensure!(asked == 0, "{asked} requests passed the policy");
    let seen = browser.seen().await?;
    ensure!(seen.iter().all(|seen| seen.starts_with("policy: connect-src")), "the page saw {seen:?}");
    // What the policy allows is reached as ever.
    browser.fill("Server address", front.url()).await?;
    browser.click(Role::Button, "Try again").await?;
    browser.find(Role::Heading, "Backups").await.map(drop)
}

async fn mixed_content(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    let server = another_server().await?;
    let front = Front::put_before(stage, Manner { tls: true, ..Manner::default() }).await?;
    browser.goto(front.url()).await?;
    browser.fill("Server address", &format!("http://{INTERNAL_HOST}:{}", server.address.port())).await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see(&format!("This page came over https and may not call http://{INTERNAL_HOST}")).await?;
    browser.see_not("No https page calls http here").await?;
    let asked = server.shared.lock().seen().count();
    ensure!(asked == 0, "{asked} requests were sent");
    // A browser makes an exception for its own machine, unless it is WebKit.
    browser.fill("Server address", &server.url()).await?;
    browser.click(Role::Button, "Try again").await?;
    if browser.engine == Engine::WebKit {
        browser.see("127.0.0.1 cannot be reached").await?;
        browser.see("A rule of this browser that no https page may call http").await?;
        return browser.see_not("No https page calls http here").await;
    }
    browser.find(Role::Heading, "Backups").await.map(drop)
}

/// Connects from a page that a browser takes for one of the internet, which it is told to keep from `permission`.
async fn connect_denied(stage: &Stage, tls: bool, host: &str, permission: &str) -> Result<()> {
    let browser = &stage.browser;
    let server = another_server().await?;
    let front =
        Front::put_before(stage, Manner { tls, policy: Some("treat-as-public-address"), ..Manner::default() }).await?;
    browser.goto(front.url()).await?;
    browser.deny(permission).await?;
    browser.fill("Server address", &format!("http://{host}:{}", server.address.port())).await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("The browser denies this page the local network").await?;
    browser.see_not("Local network access is not denied").await?;
    let asked = server.shared.lock().seen().count();
    ensure!(asked == 0, "{asked} requests were sent");
    Ok(())
}

async fn local_network_denied(stage: &Stage, _: &Arguments) -> Result<()> {
    connect_denied(stage, false, "127.0.0.1", "loopback-network").await
}

async fn denied_from_https(stage: &Stage, _: &Arguments) -> Result<()> {
    connect_denied(stage, true, LOCAL_HOST, "local-network").await
}

async fn saved(stage: &Stage, _: &Arguments) -> Result<()> {
    let browser = &stage.browser;
    stage.connect().await?;
    stage.open("#/connections").await?;
    browser.click(Role::Button, &format!("Connect to {CONNECTION}")).await?;
    browser.find(Role::Heading, "Backups").await?;
    browser.click(Role::Link, "Connections").await?;
    browser.click(Role::Button, &format!("Edit {CONNECTION}")).await?;
    browser.choose("Environment", "Production").await?;
    browser.click(Role::Button, "Connect").await?;
    browser.see("Production").await?;
    browser.click(Role::Link, "Connections").await?;
    browser.click(Role::Button, &format!("Forget {CONNECTION}")).await?;
    browser.see("None yet").await
}
