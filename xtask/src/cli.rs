//! The command line as values.

use anyhow::{Context, Result, anyhow, bail, ensure};
use lexopt::{
    Arg::{Long, Short, Value},
    Parser, ValueExt,
};

use crate::demo::{Demo, PORT};

pub const USAGE: &str = "\
cargo xtask demo [--weaviate URL] [--port N] [--host NAME] [--scenario NAME]
    The console on loopback, in front of the server at URL or beside a simulated one. Forwards /v1, so that nobody
    changes CORS to try it. NAME: a further name the page may be reached by.
cargo xtask test [quick | AREA...]
    All that a change must pass, or some areas of it; `quick`: native tests and one journey.
cargo xtask pictures --accept
    Takes the screens as they are now for the pictures that the area `pictures` compares with.
cargo xtask soak TIMES [ENGINE...]
    All journeys so often in a row, in chromium, firefox, webkit: a test that passes now and then fails here.
cargo xtask mutants [PLACE...]
    Whether the unit tests of core notice a change of its rules. PLACE: files or folders below core/src.
cargo xtask dist
    The release bundle in dist/, its sizes, and whether it keeps to them.
cargo xtask reproduce
    Whether a clone in another folder, with a cargo home of its own, builds the same bytes. Takes a quarter of an hour.
cargo xtask conform DIR
    The recordings of real servers below DIR against the console's types and the simulated server. Part of `test` for
    those of the repository. The form of a recording: tests/recordings/README.md.
cargo xtask live --weaviate URL [--api-key-env NAME] [--on-used-server] [--end-node COMMAND]
    The journeys against a real server, with collections of their own. NAME: the environment variable with the key.
What is missing is installed by the command that needs it.";

#[derive(Debug)]
pub enum Task {
    Demo(Demo),
    /// The names as typed; none: all areas.
    Test(Vec<String>),
    Dist,
    Reproduce,
    AcceptPictures,
    /// The engines as typed; none: all.
    Soak {
        times: u32,
        engines: Vec<String>,
    },
    /// Files and folders; none: all of core.
    Mutants(Vec<String>),
    /// The folder of recordings.
    Conform(String),
    /// The arguments for the journeys.
    Live(Vec<String>),
    /// Called by Trunk.
    BundleHook,
    Help,
}

/// # Errors
/// An unknown command or option, or a value that is none.
pub fn parse(mut arguments: Parser) -> Result<Task> {
    let task = match arguments.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Task::Help),
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    match task.as_str() {
        "demo" => demo(arguments).map(Task::Demo),
        "test" => words(arguments).map(Task::Test),
        "soak" => soak(arguments),
        "mutants" => words(arguments).map(Task::Mutants),
        "pictures" => pictures(arguments),
        "conform" => conform(arguments).map(Task::Conform),
        "live" => live(arguments).map(Task::Live),
        "dist" | "reproduce" | "bundle-hook" => {
            if let Some(argument) = arguments.next()? {
                return Err(argument.unexpected().into());
            }
            Ok(match task.as_str() {
                "dist" => Task::Dist,
                "reproduce" => Task::Reproduce,
                _ => Task::BundleHook,
            })
        }
        "help" => Ok(Task::Help),
        other => bail!("there is no command `{other}`\n{USAGE}"),
    }
}

/// Comparing is an area of `test`; accepting is said in so many words.
fn pictures(mut arguments: Parser) -> Result<Task> {
    let accepts = matches!(arguments.next()?, Some(Long("accept")));
    if !accepts || arguments.next()?.is_some() {
        bail!("`cargo xtask pictures --accept` accepts, `cargo xtask test pictures` compares");
    }
    Ok(Task::AcceptPictures)
}

/// A number, then words.
fn soak(arguments: Parser) -> Result<Task> {
    let mut words = words(arguments)?.into_iter();
    let times = words.next().context("soak needs a number of rounds")?;
    let times: u32 = times.parse().with_context(|| format!("{times} is no number of rounds"))?;
    ensure!(times > 0, "no round at all shows nothing");
    Ok(Task::Soak { times, engines: words.collect() })
}

/// One folder.
fn conform(arguments: Parser) -> Result<String> {
    let [folder] = <[String; 1]>::try_from(words(arguments)?).map_err(|_| anyhow!("conform needs one folder"))?;
    Ok(folder)
}

/// Words only, no option.
fn words(mut arguments: Parser) -> Result<Vec<String>> {
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(word) => words.push(word.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(words)
}

fn demo(mut arguments: Parser) -> Result<Demo> {
    let mut demo = Demo { weaviate: None, port: PORT, host: None, scenario: "one-node".into() };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("weaviate") => demo.weaviate = Some(arguments.value()?.string()?),
            Long("port") => demo.port = arguments.value()?.parse()?,
            Long("host") => demo.host = Some(arguments.value()?.string()?),
            Long("scenario") => demo.scenario = arguments.value()?.string()?,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(demo)
}

/// Checked here, so that a mistake is found before the console is built.
fn live(mut arguments: Parser) -> Result<Vec<String>> {
    let (mut passed_on, mut weaviate) = (Vec::new(), None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("weaviate") => weaviate = Some(arguments.value()?.string()?),
            Long("api-key-env") => passed_on.extend(["--api-key-env".into(), arguments.value()?.string()?]),
            Long("end-node") => passed_on.extend(["--end-node".into(), arguments.value()?.string()?]),
            Long("on-used-server") => passed_on.push("--on-used-server".into()),
            other => return Err(other.unexpected().into()),
        }
    }
    passed_on.extend(["--weaviate".into(), weaviate.context("live needs --weaviate URL")?]);
    Ok(passed_on)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use lexopt::Parser;

    use super::{Task, parse};

    fn parsed(line: &str) -> anyhow::Result<Task> {
        parse(Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn pictures_are_accepted_in_so_many_words_only() {
        assert!(matches!(parsed("pictures --accept").unwrap(), Task::AcceptPictures));
        for line in ["pictures", "pictures accept", "pictures --accept more"] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }

    #[test]
    fn demo_takes_its_options_and_has_a_default_for_each() {
        let Task::Demo(demo) = parsed("demo --weaviate http://w:8080 --port 0 --host console").unwrap() else {
            panic!()
        };
        assert_eq!(
            (demo.weaviate.as_deref(), demo.port, demo.host.as_deref()),
            (Some("http://w:8080"), 0, Some("console"))
        );
        let Task::Demo(demo) = parsed("demo").unwrap() else { panic!() };
        assert_eq!((demo.weaviate, demo.port, demo.scenario.as_str()), (None, 7070, "one-node"));
    }

    #[test]
    fn live_needs_a_server() {
        assert!(parsed("live").is_err());
        let Task::Live(arguments) = parsed("live --weaviate=http://w --on-used-server").unwrap() else { panic!() };
        assert_eq!(arguments, ["--on-used-server", "--weaviate", "http://w"]);
        let Task::Live(arguments) = parsed("live --weaviate http://w --end-node=reboot").unwrap() else { panic!() };
        assert_eq!(arguments, ["--end-node", "reboot", "--weaviate", "http://w"]);
    }

    #[test]
    fn conform_takes_one_folder() {
        assert!(matches!(parsed("conform recordings").unwrap(), Task::Conform(folder) if folder == "recordings"));
        for line in ["conform", "conform one two", "conform --all"] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }

    #[test]
    fn mutants_takes_places_and_no_option() {
        let Task::Mutants(places) = parsed("mutants core/src/poll core/src/domain/status.rs").unwrap() else {
            panic!()
        };
        assert_eq!(places, ["core/src/poll", "core/src/domain/status.rs"]);
        assert!(parsed("mutants --all").is_err());
    }

    #[test]
    fn soak_takes_a_number_of_rounds_and_engines() {
        let Task::Soak { times, engines } = parsed("soak 10 webkit firefox").unwrap() else { panic!() };
        assert_eq!((times, engines), (10, vec!["webkit".to_owned(), "firefox".to_owned()]));
        for line in ["soak", "soak webkit", "soak 0", "soak -1", "soak --times 3"] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }

    #[test]
    fn an_unknown_word_is_an_error_and_nothing_at_all_is_a_question() {
        assert!(matches!(parsed("").unwrap(), Task::Help));
        for line in ["serve", "demo --prot 1", "demo --port x", "dist now", "reproduce twice", "test --all"] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
