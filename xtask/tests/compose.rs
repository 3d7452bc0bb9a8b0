//! deploy/compose.yaml holds to the files that it names and to itself: no test here starts its containers.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::{collections::BTreeSet, fs, path::Path};

use saphyr::{LoadableYamlNode, Yaml};
use xtask::bundle::root;

/// Its folder, from which its paths are.
const FOLDER: &str = "deploy";

fn text(name: &str) -> String {
    fs::read_to_string(root().join(FOLDER).join(name)).unwrap()
}

fn compose(text: &str) -> Yaml<'_> {
    Yaml::load_from_str(text).unwrap().pop().unwrap()
}

/// The words of a list, or of a mapping the names; none where there is neither.
fn words<'a>(service: &'a Yaml, list: &str) -> Vec<&'a str> {
    let Some(list) = service.as_mapping_get(list) else { return Vec::new() };
    let names = list.as_mapping().into_iter().flat_map(|mapping| mapping.keys());
    list.as_sequence().into_iter().flatten().chain(names).map(|word| word.as_str().unwrap()).collect()
}

fn environment<'a>(service: &'a Yaml, name: &str) -> &'a str {
    service["environment"][name].as_str().unwrap()
}

/// What stands in `file` behind the first of these words: up to a blank, a quote or the end of a directive of nginx.
fn after<'a>(file: &'a str, words: &str) -> &'a str {
    let (_, rest) = file.split_once(words).unwrap_or_else(|| panic!("no `{words}`"));
    rest.split([' ', ';', '"', '\n']).next().unwrap()
}

/// Host side, container side and, of a folder or a file, how.
fn mounts<'a>(service: &'a Yaml) -> Vec<Vec<&'a str>> {
    words(service, "volumes").iter().map(|mount| mount.split(':').collect()).collect()
}

/// The place in the container of what is at `host`.
fn mounted<'a>(service: &'a Yaml, host: &str) -> &'a str {
    mounts(service).iter().find(|mount| mount[0] == host).unwrap_or_else(|| panic!("{host} is not mounted"))[1]
}

#[test]
fn every_path_of_the_host_is_a_file_of_the_repository_or_what_dist_makes() {
    let text = text("compose.yaml");
    let compose = compose(&text);
    let volumes = words(&compose, "volumes");
    let dist = root().join("dist");
    let mut paths = 0;
    for (_, service) in compose["services"].as_mapping().unwrap() {
        for mount in mounts(service) {
            if !mount[0].starts_with('.') {
                assert!(volumes.contains(&mount[0]), "{mount:?} is no volume");
                continue;
            }
            paths += 1;
            assert_eq!(mount.get(2), Some(&"ro"), "{mount:?}");
            let path = root().join(FOLDER).join(mount[0]);
            let outside = mount[0].strip_prefix("../").map(|path| root().join(path));
            assert!(path.is_file() || outside == Some(dist.clone()), "{mount:?}");
        }
    }
    assert_eq!(paths, 3);
    assert!(text.contains("cargo xtask dist\n"));
}

#[test]
fn the_console_is_where_the_head_says_and_nginx_finds_its_files() {
    let (text, place) = (text("compose.yaml"), text("place.conf"));
    let compose = compose(&text);
    let console = &compose["services"]["console"];
    let configuration = mounted(console, "./nginx.conf");
    let command = words(console, "command");
    let named = command.iter().position(|word| *word == "-c").and_then(|at| command.get(at + 1));
    assert_eq!(named, Some(&configuration));
    // nginx looks for what it includes beside the file that does.
    let included = after(&self::text("nginx.conf"), "include ").to_owned();
    assert_eq!(included, "place.conf");
    assert_eq!(Path::new(mounted(console, "./place.conf")), Path::new(configuration).with_file_name(included));

    let bundle = mounted(console, "../dist").strip_prefix(after(&place, "\nroot ")).unwrap();
    let port = words(console, "ports")[0].strip_suffix(after(&place, "\nlisten ")).unwrap();
    let (host, colon) = port.split_at(port.len() - 1);
    assert_eq!(colon, ":");
    assert_eq!(after(&text, "open "), format!("http://{host}{bundle}/"));
}

#[test]
fn nginx_finds_weaviate_and_a_client_can_be_given_its_ports_on_loopback() {
    let text = text("compose.yaml");
    let place = self::text("place.conf");
    let (name, port) = after(&place, "\nset $weaviate ").split_once(':').unwrap();
    // What is commented out, no longer so.
    let text = text.replace("    # ports:", "    ports:").replace("    #   - ", "      - ");
    let compose = compose(&text);
    assert!(environment(&compose["services"][name], "ENABLE_MODULES").contains("backup-s3"));
    let ports = words(&compose["services"][name], "ports");
    assert_eq!(ports, [format!("127.0.0.1:{port}:{port}"), "127.0.0.1:50051:50051".to_owned()]);
    for (name, service) in compose["services"].as_mapping().unwrap() {
        for port in words(service, "ports") {
            assert!(port.starts_with("127.0.0.1:"), "{name:?} is published to everyone");
        }
    }
}

#[test]
fn weaviate_has_the_store_and_the_bucket_that_are_made() {
    let text = text("compose.yaml");
    let compose = compose(&text);
    let services = &compose["services"];
    let (weaviate, store, bucket) = (&services["weaviate"], &services["store"], &services["bucket"]);
    let script = words(bucket, "command")[0];
    let made = after(script, "mb --ignore-existing ").strip_prefix("store/").unwrap();
    assert_eq!(made, environment(weaviate, "BACKUP_S3_BUCKET"));
    let endpoint = after(script, "mc alias set store http://");
    assert_eq!(endpoint, environment(weaviate, "BACKUP_S3_ENDPOINT"));
    assert!(services.as_mapping_get(endpoint.split(':').next().unwrap()).is_some());
    assert_eq!(weaviate["depends_on"]["bucket"]["condition"].as_str(), Some("service_completed_successfully"));
    for (names, of) in [
        (["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], weaviate),
        (["MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD"], store),
        (["STORE_USER", "STORE_PASSWORD"], bucket),
    ] {
        for (name, variable) in names.iter().zip(["STORE_USER", "STORE_PASSWORD"]) {
            assert!(environment(of, name).starts_with(&format!("${{{variable}:?")), "{name}");
        }
    }
    // Neither in an address nor on a command line.
    assert!(
        script.starts_with("until printf '%s\\n' \"$$STORE_USER\" \"$$STORE_PASSWORD\" | mc alias set store http://")
    );
}

#[test]
fn every_service_that_is_waited_for_is_one() {
    let text = text("compose.yaml");
    let compose = compose(&text);
    let services = words(&compose, "services").into_iter().collect::<BTreeSet<_>>();
    for (name, service) in compose["services"].as_mapping().unwrap() {
        for other in words(service, "depends_on") {
            assert!(services.contains(other), "{name:?} waits for {other}");
        }
    }
}

#[test]
fn what_is_to_be_exported_is_what_the_head_says_and_has_no_default() {
    let text = text("compose.yaml");
    let (head, services) = text.split_once("\nservices:").unwrap();
    let line = head.lines().find_map(|line| line.strip_prefix("#     export ")).unwrap();
    let told = line.split(' ').map(|word| word.strip_suffix("='...'").unwrap()).collect::<BTreeSet<_>>();
    let mut asked = BTreeSet::new();
    // `$$` is one for the shell in the container.
    for variable in services.replace("$$", "").split('$').skip(1) {
        let variable = variable.strip_prefix('{').unwrap().split('}').next().unwrap();
        let (name, message) = variable.split_once(":?").unwrap_or_else(|| panic!("{variable} has no message"));
        assert!(message.starts_with("export "), "{variable}");
        asked.insert(name.to_owned());
    }
    assert_eq!(asked.iter().map(String::as_str).collect::<BTreeSet<_>>(), told);
}
