#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    thread::JoinHandle,
};

use weaviate_sim::{Fault, FaultKind, server::Shared};

use super::{Api, Options, Server};

/// A bundle of a page and a hashed script with its compressed forms.
fn dist(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("xtask-serve-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let script = "console-0123456789abcdef.js";
    for (file, content) in [
        ("index.html", "<head></head><p>page"),
        (script, "plain"),
        (&format!("{script}.br"), "BR"),
        (&format!("{script}.gz"), "GZ"),
    ] {
        std::fs::write(folder.join(file), content).unwrap();
    }
    folder
}

fn start(name: &str, api: Api) -> Server {
    Server::start(Options { port: 0, host: None, dist: dist(name), api }).unwrap()
}

fn simulated(name: &str) -> (Server, Shared) {
    let shared = Shared::scenario("one-node").unwrap();
    (start(name, Api::Simulated(shared.clone())), shared)
}

/// Sends a request with these further header lines and returns the answer as text, in lower case up to the body; empty: the connection was cut.
fn ask(address: SocketAddr, request: &str, headers: &str) -> String {
    let host = if headers.to_lowercase().contains("host:") { String::new() } else { format!("Host: {address}\r\n") };
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{request} HTTP/1.1\r\n{host}Connection: close\r\n{headers}\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    answer
        .split_once("\r\n\r\n")
        .map_or_else(String::new, |(head, body)| format!("{}\r\n\r\n{body}", head.to_lowercase()))
}

/// A server that answers one request with `answer` and then tells what it was asked.
fn upstream(answer: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/prefix/", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut byte = [0];
        while !asked.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
            asked.push(byte[0]);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8(asked).unwrap().to_lowercase()
    });
    (url, asked)
}

#[test]
fn every_answer_of_the_site_carries_the_final_headers() {
    let (server, _) = simulated("headers");
    for path in ["/", "/console-0123456789abcdef.js", "/nowhere"] {
        let answer = ask(server.address, &format!("GET {path}"), "");
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval';",
            "trusted-types weaviate-backup-console; frame-ancestors 'none'; report-uri /csp-report\r\n",
            "x-content-type-options: nosniff\r\n",
            "referrer-policy: no-referrer\r\n",
        ] {
            assert!(answer.contains(header), "{path} lacks {header}: {answer}");
        }
        assert!(!answer.contains("access-control-"), "{answer}");
    }
}

#[test]
fn a_hashed_file_is_kept_for_ever_and_the_page_is_asked_for_again() {
    let (server, _) = simulated("cache");
    let page = ask(server.address, "GET /", "");
    assert!(
        page.contains("cache-control: no-cache") && page.contains("content-type: text/html; charset=utf-8"),
        "{page}"
    );
    let script = ask(server.address, "GET /console-0123456789abcdef.js", "");
    assert!(script.contains("cache-control: public, max-age=31536000, immutable"), "{script}");
    assert!(script.contains("content-type: text/javascript; charset=utf-8"), "{script}");
}

#[test]
fn the_best_form_that_the_browser_takes_is_sent() {
    let (server, _) = simulated("coding");
    let script = |accepted: &str| ask(server.address, "GET /console-0123456789abcdef.js", accepted);
    let brotli = script("Accept-Encoding: gzip, deflate, br\r\n");
    assert!(brotli.contains("content-encoding: br") && brotli.ends_with("BR"), "{brotli}");
    let gzip = script("Accept-Encoding: gzip\r\n");
    assert!(gzip.contains("content-encoding: gzip") && gzip.ends_with("GZ"), "{gzip}");
    let plain = script("");
    assert!(
        !plain.contains("content-encoding") && plain.contains("vary: accept-encoding") && plain.ends_with("plain"),
        "{plain}"
    );
}

#[test]
fn nothing_but_the_bundle_is_served_and_only_to_be_read() {
    let (server, _) = simulated("files");
    for path in ["/nowhere", "/../Cargo.toml", "/console-0123456789abcdef.js.br"] {
        assert!(ask(server.address, &format!("GET {path}"), "").starts_with("http/1.1 404"), "{path}");
    }
    assert!(ask(server.address, "POST /", "").starts_with("http/1.1 405"));
    assert!(ask(server.address, "HEAD /", "").ends_with("\r\n\r\n"));
}

#[test]
fn a_foreign_host_or_origin_is_refused_before_anything_else() {
    let (server, shared) = simulated("foreign");
    let host = format!("Host: {}\r\n", server.address);
    for path in ["/", "/v1/meta"] {
        assert!(ask(server.address, &format!("GET {path}"), "Host: evil.example\r\n").starts_with("http/1.1 421"));
        let origin = format!("{host}Origin: http://evil.example\r\n");
        let answer = ask(server.address, &format!("GET {path}"), &origin);
        assert!(answer.starts_with("http/1.1 403") && !answer.contains("access-control-"), "{answer}");
    }
    assert_eq!(shared.lock().seen().count(), 0);
}

#[test]
fn the_simulated_server_answers_without_its_cors_headers() {
    let (server, _) = simulated("simulated");
    let answer = ask(server.address, "GET /v1/meta", &format!("Origin: http://{}\r\n", server.address));
    assert!(answer.starts_with("http/1.1 200") && answer.contains("\"version\""), "{answer}");
    assert!(!answer.contains("access-control-"), "{answer}");
    assert!(ask(server.address, "GET /", "").contains("content=\"simulated same-origin\""));
}

#[test]
fn a_dropped_connection_of_the_simulated_server_is_a_cut_one() {
    let (server, shared) = simulated("dropped");
    shared.lock().faults.push(Fault::new("GET", "/v1/meta", FaultKind::DropBefore).once());
    assert_eq!(ask(server.address, "GET /v1/meta", ""), "");
    assert!(ask(server.address, "GET /v1/meta", "").starts_with("http/1.1 200"));
}

#[test]
fn answers_of_another_server_pass_unchanged_but_for_what_would_let_others_in() {
    for (status, headers, body) in [
        ("204 no content", "", ""),
        (
            "401 unauthorized",
            "content-type: application/json\r\ncontent-length: 12\r\nwww-authenticate: basic\r\n",
            "{\"code\":401}",
        ),
        ("200 ok", "content-type: text/html\r\ntransfer-encoding: chunked\r\n", "5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n"),
        ("302 found", "location: https://sign.in/\r\ncontent-length: 0\r\n", ""),
    ] {
        let cors = "access-control-allow-origin: *\r\naccess-control-allow-headers: *\r\nset-cookie: a=b\r\n";
        let answer = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{cors}{headers}\r\n{body}");
        let (url, asked) = upstream(answer.leak());
        let server = start("passed", Api::Forwarded(url));
        let answer = ask(server.address, "GET /v1/meta?x=%2F", "Authorization: Bearer k\r\nCookie: a=b\r\n");
        let asked = asked.join().unwrap();
        assert!(asked.starts_with("get /prefix/v1/meta?x=%2f "), "{asked}");
        assert!(asked.contains("authorization: bearer k\r\n") && !asked.contains("cookie"), "{asked}");
        assert!(answer.starts_with(&format!("http/1.1 {status}")), "{answer}");
        for header in headers.lines() {
            assert!(answer.contains(header), "{answer} lacks {header}");
        }
        assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{answer}");
        assert!(!answer.contains("access-control-") && !answer.contains("set-cookie"), "{answer}");
    }
}

#[test]
fn no_key_is_added_for_another_server() {
    let (url, asked) = upstream("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let server = start("no-key", Api::Forwarded(url));
    ask(server.address, "GET /v1/meta", &format!("Origin: http://{}\r\n", server.address));
    let asked = asked.join().unwrap();
    assert!(
        !asked.contains("authorization") && !asked.contains("origin") && asked.contains("host: 127.0.0.1"),
        "{asked}"
    );
}

#[test]
fn a_server_that_cannot_be_reached_is_said_and_a_lost_answer_stays_lost() {
    let unused = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let server = start("unreachable", Api::Forwarded(format!("http://{unused}")));
    let answer = ask(server.address, "GET /v1/meta", "");
    assert!(answer.starts_with("http/1.1 502") && answer.contains("cannot be reached"), "{answer}");

    let (url, _asked) = upstream("");
    let server = start("lost", Api::Forwarded(url));
    assert_eq!(ask(server.address, "GET /v1/meta", ""), "");
}

#[test]
fn what_is_no_address_or_holds_a_password_is_refused_at_the_start() {
    for url in ["localhost:8080", "ftp://host", "http://name:password@host", "http://host?x=1", ""] {
        let options = Options { port: 0, host: None, dist: dist("refused"), api: Api::Forwarded(url.into()) };
        assert!(Server::start(options).is_err(), "{url}");
    }
}

#[test]
fn reports_of_violations_are_kept_for_the_journeys() {
    let (server, _) = simulated("reports");
    assert!(server.violations().is_empty());
    let mut stream = TcpStream::connect(server.address).unwrap();
    let body = "{\"csp-report\":{}}";
    write!(
        stream,
        "POST /csp-report HTTP/1.1\r\nHost: {}\r\nOrigin: null\r\nContent-Length: {}\r\n\r\n{body}",
        server.address,
        body.len()
    )
    .unwrap();
    assert_eq!(server.next_violation(0), body);
    assert_eq!(server.violations(), [body]);
}

#[test]
fn a_stopped_server_frees_its_port_for_the_next() {
    let (server, shared) = simulated("stopped");
    let address = server.address;
    drop(server);
    assert!(TcpStream::connect(address).is_err());
    let options = Options { port: address.port(), host: None, dist: dist("stopped"), api: Api::Simulated(shared) };
    assert!(ask(Server::start(options).unwrap().address, "GET /", "").starts_with("http/1.1 200"));
}
