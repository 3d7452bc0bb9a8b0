//! The simulator behind a real socket.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use weaviate_sim::server::{Server, Shared};
use weaviate_sim::{Fault, FaultKind};

/// Everything the server sends back for one request.
async fn send(server: &Server, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = format!(
        "{head} HTTP/1.1\r\nHost: weaviate\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A cut connection may show as an error: what came before is all there is.
    if stream.read_to_end(&mut answer).await.is_err() {
        answer.clear();
    }
    String::from_utf8(answer).unwrap()
}

async fn start(scenario: &str) -> Server {
    Server::start(Shared::scenario(scenario).unwrap(), 0).await.unwrap()
}

#[tokio::test]
async fn a_create_runs_to_its_end_when_the_clock_is_moved_on() {
    let server = start("one-node").await;
    let created = send(&server, "POST /v1/backups/filesystem", "{\"id\":\"x\",\"include\":[\"Author\"]}").await;
    assert!(created.starts_with("HTTP/1.1 200") && created.contains("\"STARTED\""), "{created}");
    server.shared.clock.advance(2_000);
    let status = send(&server, "GET /v1/backups/filesystem/x", "").await;
    assert!(status.contains("\"SUCCESS\"") && status.contains("access-control-allow-origin: *"), "{status}");
}

#[tokio::test]
async fn a_lost_answer_is_a_cut_connection_after_the_work() {
    let server = start("one-node").await;
    server.shared.lock().faults.push(Fault::new("POST", "/backups", FaultKind::LoseAnswer).once());
    let lost = send(&server, "POST /v1/backups/filesystem", "{\"id\":\"x\",\"include\":[\"Author\"]}").await;
    assert_eq!(lost, "");
    assert!(send(&server, "GET /v1/backups/filesystem/x", "").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn latency_holds_an_answer_back_for_real() {
    let server = start("empty").await;
    server.shared.lock().faults.push(Fault::new("", "/v1/meta", FaultKind::Latency { millis: 60_000 }));
    let early = tokio::time::timeout(Duration::from_millis(100), send(&server, "GET /v1/meta", "")).await;
    assert!(early.is_err(), "no answer before its time");
    assert!(send(&server, "GET /v1/nodes", "").await.starts_with("HTTP/1.1 200"), "others are not held up");
}

#[tokio::test]
async fn a_stopped_server_refuses_connections() {
    let server = start("empty").await;
    let address = server.address;
    drop(server);
    let refused = async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(5), refused).await.is_ok());
}
