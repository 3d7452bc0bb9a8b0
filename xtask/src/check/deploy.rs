//! The area `deploy`: nginx with deploy/nginx.conf in front of the release bundle and a simulated Weaviate.

use std::{
    fs::File,
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use weaviate_sim::{
    Request,
    server::{Server, Shared},
};

use super::tally::Tally;
use crate::{
    bundle::{self, policy, read, root, size},
    tools,
};

/// The key that the scenario `locked` lets in.
const KEY: &str = "demo-admin-key";
/// A query that no log may hold.
const QUERY: &str = "not-for-a-log";
type Check = fn(&Site) -> Result<()>;

const CHECKS: [(&str, Check); 10] = [
    ("every answer of the page carries the headers of the README, a missing file too", headers),
    ("a file with a hash is kept for ever, the page and what is missing are not", caching),
    ("a file is sent compressed to whoever takes it, and else as it is", compression),
    ("the page is told that Weaviate is at its own origin, compressed or not", own_origin),
    ("the bundle is at the path of its folder, whatever that is", any_path),
    ("Weaviate is behind the page's origin, for this origin only, with the key and without cookies", weaviate),
    ("a POST and a DELETE reach Weaviate with their path, query, key and body as they were sent", methods),
    ("a path under /v1 that ends with a slash is Weaviate's, not the bundle's", slash),
    ("a body of 2 MB reaches Weaviate whole", large_body),
    // The last: the others have written what it reads.
    ("no log holds a key or a query", log),
];

/// # Errors
/// The bundle cannot be built or nginx not be had or started. A check that fails is counted.
pub(super) fn run() -> Result<Tally> {
    let nginx = tools::nginx()?;
    let dist = root().join("dist");
    bundle::build(&dist, &[])?;
    let runtime = tokio::runtime::Runtime::new().context("no runtime for the simulator")?;
    let weaviate = Shared::scenario("locked").context("there is no scenario `locked`")?;
    let weaviate = runtime.block_on(Server::start(weaviate, 0)).context("the simulator does not start")?;
    let site = Site::start(&nginx, dist, weaviate)?;
    let mut tally = Tally::default();
    for (name, check) in CHECKS {
        match check(&site) {
            Ok(()) => tally.passed += 1,
            Err(error) => {
                tally.failed += 1;
                println!("  {name}: {error:#}");
            }
        }
    }
    if tally.failed > 0 {
        println!("{}", site.log()?);
    }
    Ok(tally)
}

/// nginx at work; dropping it ends it.
struct Site {
    address: SocketAddr,
    dist: PathBuf,
    nginx: PathBuf,
    folder: PathBuf,
    weaviate: Server,
}

struct Answer {
    /// Status line and headers, in lower case, each line with its end.
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn has(&self, line: &str) -> Result<()> {
        ensure!(self.head.contains(&format!("{}\r\n", line.to_lowercase())), "no `{line}` in\n{}", self.head);
        Ok(())
    }

    fn has_not(&self, text: &str) -> Result<()> {
        ensure!(!self.head.contains(text), "`{text}` in\n{}", self.head);
        Ok(())
    }
}

impl Site {
    fn start(nginx: &Path, dist: PathBuf, weaviate: Server) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("xtask-deploy-{}", std::process::id()));
        for place in ["srv/console", "srv/a/b c"] {
            copy(&dist, &folder.join(place))?;
        }
        std::fs::copy(root().join("deploy/nginx.conf"), folder.join("nginx.conf")).context("no deploy/nginx.conf")?;
        // Free a moment ago; nginx says so if it no longer is.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let place = format!(
            "listen {address};\nroot \"{}\";\nset $weaviate {};\n",
            folder.join("srv").display(),
            weaviate.address
        );
        std::fs::write(folder.join("place.conf"), place).context("cannot write place.conf")?;
        let log = File::options().create(true).append(true).open(folder.join("log")).context("cannot write the log")?;
        let site = Self { address, dist, nginx: nginx.to_owned(), folder, weaviate };
        let mut command = site.command();
        // It goes into the background when it listens.
        let started = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).status();
        ensure!(started.context("nginx cannot be run")?.success(), "nginx does not start:\n{}", site.log()?);
        Ok(site)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.nginx);
        command.arg("-p").arg(&self.folder).arg("-c").arg(self.folder.join("nginx.conf"));
        command
    }

    /// A GET with these further header lines.
    fn get(&self, target: &str, headers: &str) -> Result<Answer> {
        self.send("GET", target, headers, b"")
    }

    fn send(&self, method: &str, target: &str, headers: &str, body: &[u8]) -> Result<Answer> {
        let mut stream = TcpStream::connect(self.address)?;
        let host = self.address;
        write!(stream, "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}")?;
        if !body.is_empty() {
            write!(stream, "Content-Type: application/json\r\nContent-Length: {}\r\n", body.len())?;
        }
        stream.write_all(b"\r\n")?;
        // Who refuses a body may hang up before it has read all of it; what it answered says why.
        let sent = stream.write_all(body);
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        if answer.is_empty() {
            sent.and(read.map(drop))?;
        }
        let at = answer.windows(4).position(|window| window == b"\r\n\r\n").context("an answer without headers")? + 2;
        let (head, body) = answer.split_at(at);
        Ok(Answer {
            head: String::from_utf8_lossy(head).to_lowercase(),
            body: body.get(2..).unwrap_or_default().into(),
        })
    }

    /// What Weaviate was asked last.
    fn asked(&self) -> Result<Request> {
        Ok(self.weaviate.shared.lock().seen().last().context("Weaviate was not asked")?.request.clone())
    }

    fn log(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(&read(&self.folder.join("log"))?).into_owned())
    }

    /// The one file of the bundle that begins and ends so.
    fn file(&self, start: &str, end: &str) -> Result<String> {
        let mut files = size::files(&self.dist)?.into_iter();
        files.find(|name| name.starts_with(start) && name.ends_with(end)).with_context(|| format!("no {start}*{end}"))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // One that has not started cannot be stopped; a folder that stays is in the system's own for such.
        drop(self.command().args(["-s", "stop"]).output());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in std::fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let entry = entry?;
        std::fs::copy(entry.path(), to.join(entry.file_name())).context("cannot copy the bundle")?;
    }
    Ok(())
}

fn headers(site: &Site) -> Result<()> {
    let script = format!("/console/{}", site.file("console-", ".js")?);
    for (target, status) in [("/console/", "200"), (&script, "200"), ("/console/none.js", "404"), ("/", "403")] {
        let answer = site.get(target, "")?;
        ensure!(answer.head.starts_with(&format!("http/1.1 {status} ")), "{target}: {}", answer.head);
        answer.has(&format!("Content-Security-Policy: {}; frame-ancestors 'none'", policy::IN_PAGE))?;
        answer.has("X-Content-Type-Options: nosniff")?;
        answer.has("Referrer-Policy: no-referrer")?;
    }
    for (end, kind) in
        [(".js", "text/javascript; charset=utf-8"), (".wasm", "application/wasm"), (".css", "text/css; charset=utf-8")]
    {
        site.get(&format!("/console/{}", site.file("console-", end)?), "")?.has(&format!("Content-Type: {kind}"))?;
    }
    Ok(())
}

fn caching(site: &Site) -> Result<()> {
    for file in [site.file("console-", ".wasm")?, site.file("guard-", ".js")?] {
        site.get(&format!("/console/{file}"), "")?.has("Cache-Control: public, max-age=31536000, immutable")?;
    }
    for page in ["/console/", "/console/index.html"] {
        site.get(page, "")?.has("Cache-Control: no-cache")?;
    }
    site.get("/console/console-0123456789abcdef.js", "")?.has_not("immutable")
}

fn compression(site: &Site) -> Result<()> {
    let file = site.file("console-", ".js")?;
    let compressed = site.get(&format!("/console/{file}"), "Accept-Encoding: br, gzip\r\n")?;
    compressed.has("Content-Encoding: gzip")?;
    compressed.has("Vary: Accept-Encoding")?;
    ensure!(compressed.body == read(&site.dist.join(format!("{file}.gz")))?, "it is not the .gz of the bundle");
    let plain = site.get(&format!("/console/{file}"), "")?;
    plain.has_not("content-encoding")?;
    ensure!(plain.body == read(&site.dist.join(file))?, "it is not the file of the bundle");
    Ok(())
}

fn own_origin(site: &Site) -> Result<()> {
    for page in ["/console/", "/console/index.html"] {
        let answer = site.get(page, "")?;
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        ensure!(
            body.contains("<head><meta name=\"weaviate-backup-console\" content=\"same-origin\">"),
            "{page}: {body}"
        );
    }
    let compressed = site.get("/console/", "Accept-Encoding: gzip\r\n")?;
    compressed.has("Content-Encoding: gzip")?;
    // The one of the bundle lacks the words.
    let of_bundle = read(&site.dist.join("index.html.gz"))?;
    ensure!(!compressed.body.windows(of_bundle.len()).any(|window| window == of_bundle), "it is the .gz of the bundle");
    Ok(())
}

fn any_path(site: &Site) -> Result<()> {
    let script = site.file("console-", ".js")?;
    for path in ["/console/", "/a/b%20c/"] {
        for file in ["", &script] {
            let answer = site.get(&format!("{path}{file}"), "")?;
            ensure!(answer.head.starts_with("http/1.1 200 "), "{path}{file}: {}", answer.head);
        }
    }
    site.get("/console", "")?.has("Location: /console/")
}

fn weaviate(site: &Site) -> Result<()> {
    let refused = site.get("/v1/schema", "")?;
    ensure!(refused.head.starts_with("http/1.1 401 "), "without a key: {}", refused.head);
    let headers = format!("Authorization: Bearer {KEY}\r\nCookie: a=b\r\nOrigin: http://elsewhere.example\r\n");
    let answer = site.get(&format!("/v1/backups/filesystem?note={QUERY}"), &headers)?;
    ensure!(answer.head.starts_with("http/1.1 200 "), "with the key: {}", answer.head);
    answer.has_not("access-control-")?;
    answer.has_not("content-security-policy")?;
    let request = site.asked()?;
    ensure!(request.path == "/v1/backups/filesystem", "it was asked for {}", request.path);
    ensure!(request.query_value("note") == QUERY, "the query is another: {:?}", request.query);
    ensure!(request.get_header("authorization") == Some(&format!("Bearer {KEY}")), "the key did not arrive");
    for name in ["cookie", "origin", "referer"] {
        ensure!(request.get_header(name).is_none_or(str::is_empty), "Weaviate was told the {name}");
    }
    Ok(())
}

fn methods(site: &Site) -> Result<()> {
    let key = format!("Bearer {KEY}");
    let path = "/v1/backups/filesystem/a%2Fb%20c";
    // The simulator has a query decoded: one that was decoded on its way has other parts then.
    let sent = [("bucket", "x/y"), ("path", "a/b&c=d%2F+e"), ("note", QUERY)];
    let query = format!("bucket=x%2Fy&path=a%2Fb%26c%3Dd%252F%2Be&note={QUERY}");
    for (method, body) in [("POST", r#"{"id":"a"}"#), ("DELETE", "")] {
        let headers = format!("Authorization: {key}\r\n");
        let answer = site.send(method, &format!("{path}?{query}"), &headers, body.as_bytes())?;
        let request = site.asked()?;
        ensure!(
            (request.method.as_str(), request.path.as_str()) == (method, path),
            "{method} {path} arrived as {} {}, or not at all; the answer was\n{}",
            request.method,
            request.path,
            answer.head
        );
        let arrived = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        ensure!(arrived.eq(sent), "{method} arrived with {:?}", request.query);
        ensure!(request.get_header("authorization") == Some(&key), "{method} arrived without the key");
        ensure!(request.body == body.as_bytes(), "{method} arrived with {}", String::from_utf8_lossy(&request.body));
    }
    Ok(())
}

fn slash(site: &Site) -> Result<()> {
    let path = "/v1/backups/filesystem/";
    let answer = site.get(path, "")?;
    answer.has_not("content-security-policy")?;
    let request = site.asked()?;
    ensure!(request.path == path, "Weaviate was asked for {} last; the answer was\n{}", request.path, answer.head);
    Ok(())
}

fn large_body(site: &Site) -> Result<()> {
    let names = vec![format!("\"{}\"", "C".repeat(200)); 10_000].join(",");
    let body = format!(r#"{{"id":"large","include":[{names}]}}"#);
    let headers = format!("Authorization: Bearer {KEY}\r\n");
    let answer = site.send("POST", &format!("/v1/backups/filesystem?note={QUERY}"), &headers, body.as_bytes())?;
    let request = site.asked()?;
    ensure!(request.body == body.as_bytes(), "{} bytes of {}:\n{}", request.body.len(), body.len(), answer.head);
    Ok(())
}

fn log(site: &Site) -> Result<()> {
    // A request is written down before its connection is closed, and the others waited for that.
    let log = site.log()?;
    ensure!(log.contains("GET /v1/backups/filesystem 200 "), "the request is in no log:\n{log}");
    for secret in [KEY, QUERY, "Bearer"] {
        ensure!(!log.contains(secret), "`{secret}` is in the log");
    }
    Ok(())
}
