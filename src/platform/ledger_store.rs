//! The ledger's texts by name, in `IndexedDB`: it tells when a text is on disk, and several tabs may write it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Array, Function, Promise, Reflect};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, EventTarget, IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

use super::clock::Timer;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LedgerStoreError {
    #[error("the browser's storage for this page is full")]
    Full,
    /// As in some private windows and in sandboxed frames.
    #[error("this browser keeps nothing for this page")]
    Unavailable,
    /// The browser's name of what happened.
    #[error("the browser could not keep it: {0}")]
    Other(String),
}

const DATABASE: &str = "weaviate-backup-console";
const STORE: &str = "ledger";
const VERSION: u32 = 1;
/// A browser whose disk hangs answers nothing at all, and a backup must not wait for that without a word.
const LIMIT_MILLIS: u64 = 10_000;

/// The store, open for a few calls. The connection is closed with it: nothing is held that could block another tab.
pub struct LedgerStore(IdbDatabase);

impl Drop for LedgerStore {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl LedgerStore {
    /// Whether anything was ever kept; `true` where the browser does not tell.
    ///
    /// To be asked before the store is opened only to be read: opening makes it.
    pub async fn is_there() -> bool {
        let Some(factory) = web_sys::window().and_then(|window| window.indexed_db().ok().flatten()) else {
            return true;
        };
        databases(&factory).await.is_none_or(|names| names.iter().any(|name| name == DATABASE))
    }

    pub async fn open() -> Result<Self, LedgerStoreError> {
        // Reading the member throws in a frame without an origin, and is empty where the browser has none.
        let factory = web_sys::window()
            .and_then(|window| window.indexed_db().ok().flatten())
            .ok_or(LedgerStoreError::Unavailable)?;
        let request = factory.open_with_u32(DATABASE, VERSION).map_err(|_| LedgerStoreError::Unavailable)?;
        let _upgrade = EventListener::once(&request, "upgradeneeded", {
            let request = request.clone();
            move |_| create_store(&request)
        });
        match settled(&request, &["success", "error", "blocked"]).await {
            Some("success") => {}
            // It is there, and is not given: not the same as a browser that keeps nothing.
            Some("blocked") => return Err(LedgerStoreError::Other("BlockedError".to_owned())),
            None => return Err(LedgerStoreError::Other("TimeoutError".to_owned())),
            Some(_) => return Err(failure(request.error().ok().flatten(), LedgerStoreError::Unavailable)),
        }
        let database = request.result().ok().and_then(|result| result.dyn_into().ok());
        database.map(Self).ok_or(LedgerStoreError::Unavailable)
    }

    /// Name and text of each.
    pub async fn all(&self) -> Result<Vec<(String, String)>, LedgerStoreError> {
        let (transaction, store) = self.transaction(IdbTransactionMode::Readonly)?;
        let names = store.get_all_keys().map_err(thrown)?;
        let texts = store.get_all().map_err(thrown)?;
        completed(&transaction).await?;
        let strings = |request: &IdbRequest| -> Result<Vec<String>, LedgerStoreError> {
            let array: Array = request.result().map_err(thrown)?.into();
            // What is no text was not written by a console; it is shown as one that cannot be read.
            Ok(array.iter().map(|value| value.as_string().unwrap_or_default()).collect())
        };
        Ok(strings(&names)?.into_iter().zip(strings(&texts)?).collect())
    }

    /// Keeps what `text` makes of the text that is kept under this name, and returns that when it is on disk. Reading
    /// and writing are one transaction: another tab cannot write between them.
    pub async fn put(
        &self,
        name: &str,
        text: impl FnOnce(Option<String>) -> String + 'static,
    ) -> Result<String, LedgerStoreError> {
        let (transaction, store) = self.transaction(IdbTransactionMode::Readwrite)?;
        let name = JsValue::from_str(name);
        let stored = store.get(&name).map_err(thrown)?;
        let written = Rc::new(RefCell::new(Ok(String::new())));
        let _write = EventListener::once(&stored, "success", {
            let (stored, written, transaction) = (stored.clone(), Rc::clone(&written), transaction.clone());
            move |_| {
                let before = stored.result().ok().and_then(|value| value.as_string());
                let text = text(before);
                let put = store.put_with_key(&JsValue::from_str(&text), &name);
                if put.is_err() {
                    // Without the put the transaction would complete and look like a success. It refuses only when
                    // it has ended already.
                    drop(transaction.abort());
                }
                *written.borrow_mut() = put.map(|_| text).map_err(thrown);
            }
        });
        completed(&transaction).await?;
        let written = written.borrow();
        written.clone()
    }

    pub async fn delete(&self, names: &[String]) -> Result<(), LedgerStoreError> {
        let (transaction, store) = self.transaction(IdbTransactionMode::Readwrite)?;
        for name in names {
            store.delete(&JsValue::from_str(name)).map_err(thrown)?;
        }
        completed(&transaction).await
    }

    pub async fn clear(&self) -> Result<(), LedgerStoreError> {
        let (transaction, store) = self.transaction(IdbTransactionMode::Readwrite)?;
        store.clear().map_err(thrown)?;
        completed(&transaction).await
    }

    fn transaction(&self, mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore), LedgerStoreError> {
        let transaction = self.0.transaction_with_str_and_mode(STORE, mode).map_err(thrown)?;
        let store = transaction.object_store(STORE).map_err(thrown)?;
        Ok((transaction, store))
    }
}

/// The names of all databases of this origin, by reflection: Firefox has the method since version 126 only.
async fn databases(factory: &IdbFactory) -> Option<Vec<String>> {
    let get = |object: &JsValue, member: &str| Reflect::get(object, &JsValue::from_str(member)).ok();
    let _stay = stay_out_of_page_cache();
    let call: Function = get(factory, "databases")?.dyn_into().ok()?;
    let promise: Promise = call.call0(factory).ok()?.dyn_into().ok()?;
    let all: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    Some(all.iter().filter_map(|database| get(&database, "name")?.as_string()).collect())
}

/// In the one moment in which a store can be made. When it fails the opening fails as well, and says so.
fn create_store(request: &IdbOpenDbRequest) {
    let database = request.result().ok().and_then(|result| result.dyn_into::<IdbDatabase>().ok());
    if let Some(database) = database {
        drop(database.create_object_store(STORE));
    }
}

/// Resolves when everything of the transaction is on disk.
async fn completed(transaction: &IdbTransaction) -> Result<(), LedgerStoreError> {
    match settled(transaction, &["complete", "abort"]).await {
        Some("complete") => Ok(()),
        Some(_) => Err(failure(transaction.error(), LedgerStoreError::Other("AbortError".to_owned()))),
        None => Err(LedgerStoreError::Other("TimeoutError".to_owned())),
    }
}

/// The first of these events, or `None` when none came in time.
async fn settled(target: &EventTarget, events: &[&'static str]) -> Option<&'static str> {
    let _stay = stay_out_of_page_cache();
    let first = Rc::new(RefCell::new(None));
    let mut listeners = Vec::new();
    let mut limit = None;
    let promise = Promise::new(&mut |resolve, _| {
        for &event in events {
            let (first, resolve) = (Rc::clone(&first), resolve.clone());
            listeners.push(EventListener::once(target, event, move |_| {
                first.borrow_mut().get_or_insert(event);
                // A resolve function throws nothing.
                drop(resolve.call0(&JsValue::UNDEFINED));
            }));
        }
        limit = Some(Timer::after(LIMIT_MILLIS, move || {
            drop(resolve.call0(&JsValue::UNDEFINED));
        }));
    });
    // Nothing rejects it.
    drop(JsFuture::from(promise).await);
    drop((listeners, limit));
    let first = first.borrow();
    *first
}

/// A page that is left while it opens the database goes into the browser's cache of pages, frozen, and no page of this
/// origin can open it until that one is thrown out, minutes later (seen in Chromium 156). A page with such a listener
/// goes into no cache.
fn stay_out_of_page_cache() -> Option<EventListener> {
    web_sys::window().map(|window| EventListener::new(&window, "unload", |_| {}))
}

fn failure(error: Option<DomException>, otherwise: LedgerStoreError) -> LedgerStoreError {
    match error.map(|error| error.name()).as_deref() {
        Some("QuotaExceededError") => LedgerStoreError::Full,
        // A private window of some browsers, or a profile on a disk that cannot be written.
        Some("InvalidStateError" | "SecurityError" | "UnknownError") | None => otherwise,
        Some(name) => LedgerStoreError::Other(name.to_owned()),
    }
}

fn thrown(error: JsValue) -> LedgerStoreError {
    let error = error.dyn_into::<DomException>().ok();
    failure(error, LedgerStoreError::Other("Error".to_owned()))
}
