//! Runs journeys, two at a time, and counts.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail, ensure};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::browser::View;
use crate::engine::Engine;
use crate::journeys::{Journey, all};
use crate::picture::MOMENT;
use crate::stage::{Stage, World};
use crate::tally::Tally;
use crate::{Arguments, live, watch};

/// Browsers at work at once: as many as a small machine has cores.
const AT_ONCE: usize = 2;

/// The name of the journeys that look at screens, and are played for nothing else: by axe, or beside accepted pictures.
const SCREEN: &str = "screen: ";
/// The name of the journeys that play at an internal name only.
const INTERNAL_ONLY: &str = "plain http: ";
/// Those that choose the page's address themselves.
const OWN_ADDRESS: [&str; 5] = ["connect: ", "damage: ", "parts: ", "path: ", "policy: "];

/// Whether all passed. The last line printed is `N passed, N failed`.
pub async fn run(mut arguments: Arguments) -> Result<bool> {
    let watched = watch::bundle(&arguments.dist, arguments.album.is_some().then_some(MOMENT))?;
    arguments.dist = watched.path().to_owned();
    if let Some(options) = &arguments.live {
        return live::run(arguments.engine, &arguments.dist, options).await;
    }
    let all = all();
    Engine::check_excuses(&all)?;
    for begin in OWN_ADDRESS.iter().chain([&INTERNAL_ONLY, &SCREEN]) {
        ensure!(all.iter().any(|journey| journey.name.starts_with(begin)), "no journey is named {begin:?}");
    }
    let mut chosen: Vec<Journey> = all.into_iter().filter(|journey| is_chosen(journey, &arguments)).collect();
    chosen.retain(|journey| {
        let excuse = arguments.engine.excuse(journey);
        if let Some(reason) = excuse {
            println!("not asked of {}: {} ({reason})", arguments.engine.name(), journey.name);
        }
        excuse.is_none()
    });
    if chosen.is_empty() {
        bail!("no journey is named {:?}", arguments.filters);
    }
    let arguments = Arc::new(arguments);
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for journey in chosen {
        let (arguments, places) = (Arc::clone(&arguments), Arc::clone(&places));
        running.spawn(async move {
            let _place = places.acquire_owned().await;
            let began = Instant::now();
            // A panic in a journey is its failure, and no other's.
            let result = tokio::spawn(play(journey, arguments)).await;
            let result = result.unwrap_or_else(|error| Err(anyhow!("the journey ended: {error}")));
            (journey.name, began.elapsed(), result)
        });
    }
    let mut tally = Tally::default();
    while let Some(ended) = running.join_next().await {
        let (name, took, result) = ended.context("a journey could not be joined")?;
        tally.count(name, took, result);
    }
    if let Some(album) = arguments.album.as_ref().filter(|_| arguments.filters.is_empty() && tally.failed == 0) {
        for file in album.unused()? {
            tally.fail(&format!("{file} is a picture of no screen\n"));
        }
    }
    Ok(tally.close())
}

fn is_chosen(journey: &Journey, arguments: &Arguments) -> bool {
    let looks = arguments.axe.is_some() || arguments.album.is_some();
    if journey.name.starts_with(SCREEN) != looks {
        return false;
    }
    let has_address = |begin: &&str| journey.name.starts_with(*begin);
    if arguments.internal && OWN_ADDRESS.iter().any(has_address) {
        return false;
    }
    arguments.filters.is_empty() || arguments.filters.iter().any(|filter| journey.name.contains(filter.as_str()))
}

async fn play(journey: Journey, arguments: Arc<Arguments>) -> Result<()> {
    let world = if arguments.album.is_some() {
        World::Still
    } else if arguments.internal || journey.name.starts_with(INTERNAL_ONLY) {
        World::Internal
    } else {
        World::Usual
    };
    let view = View { language: journey.language, ..View::default() };
    let stage = Arc::new(Stage::set(arguments.engine, &arguments.dist, journey.scenario, view, world).await?);
    let result = (journey.play)(Arc::clone(&stage), Arc::clone(&arguments)).await;
    let result = match result {
        Ok(()) => stage.audit(&journey).await,
        // Why it failed may stand in the browser's console only.
        Err(error) => {
            let console = stage.browser.console().await.unwrap_or_default();
            Err(error.context(format!("the browser's console: {console:#?}")))
        }
    };
    if result.is_err()
        && let Some(folder) = &arguments.pictures
    {
        let name: String = journey.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        // The journey's own error is the one to be told.
        if let Err(error) = stage.browser.picture(&folder.join(format!("failed-{name}.png"))).await {
            println!("no picture of the failure: {error:#}");
        }
    }
    let closed = stage.browser.clone().close().await;
    result.and(closed)
}
