//! The other consoles of this origin: in other tabs, or beside this one on a page.

use gloo_events::EventListener;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use weaviate_backups::api::transport::{Answer, NoAnswer};
use web_sys::{BroadcastChannel, MessageEvent};

/// A way to all of them, closed when dropped. Whoever is not there misses what is told.
pub struct Neighbours {
    channel: BroadcastChannel,
    _listener: EventListener,
}

/// What one of them tells of an operation, which a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It has sent a request for the status.
    Looks,
    /// What came of it.
    Looked(Result<Answer, NoAnswer>),
}

impl Neighbours {
    /// Calls with each message on the channel of that name. `None` where the browser has no such channels.
    fn on(name: &str, call: impl Fn(JsValue) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&format!("weaviate-backup-console/{name}")).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            if let Some(message) = event.dyn_ref::<MessageEvent>() {
                call(message.data());
            }
        });
        Some(Self { channel, _listener: listener })
    }

    /// Calls when one of them changed the ledger.
    pub fn on_ledger(call: impl Fn() + 'static) -> Option<Self> {
        Self::on("ledger", move |_| call())
    }

    /// Says that the ledger changed. Whoever misses it reads the ledger when it starts.
    pub fn tell_ledger(&self) {
        self.post(&JsValue::NULL);
    }

    /// Calls with what one of them tells of an operation. What is no such message, as of another version, is passed over.
    pub fn on_watch(call: impl Fn(&str, Told) + 'static) -> Option<Self> {
        Self::on("watch", move |message| {
            if let Some((operation, told)) = read(&message) {
                call(&operation, told);
            }
        })
    }

    pub fn tell_watch(&self, operation: &str, told: &Told) {
        let message = Array::of1(&operation.into());
        match told {
            Told::Looks => {}
            Told::Looked(Ok(answer)) => {
                message.push(&answer.status.into());
                message.push(&answer.round_trip_millis.into());
                message.push(&Uint8Array::from(answer.body.as_slice()));
            }
            Told::Looked(Err(NoAnswer::Unreachable)) => {
                message.push(&0.into());
            }
            Told::Looked(Err(NoAnswer::TimedOut { limit_millis })) => {
                message.push(&(*limit_millis).into());
            }
            // Of that page alone.
            Told::Looked(Err(NoAnswer::Aborted | NoAnswer::Redirected)) => return,
        }
        self.post(&message);
    }

    fn post(&self, message: &JsValue) {
        // Refused only when the channel is closed, which dropping does.
        drop(self.channel.post_message(message));
    }
}

impl Drop for Neighbours {
    fn drop(&mut self) {
        self.channel.close();
    }
}

fn read(message: &JsValue) -> Option<(String, Told)> {
    let message: &Array = message.dyn_ref()?;
    let operation = message.get(0).as_string()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let number = |at: u32| message.get(at).as_f64().map(|number| number as u32);
    let told = match message.length() {
        1 => Told::Looks,
        2 => Told::Looked(Err(match number(1)? {
            0 => NoAnswer::Unreachable,
            limit_millis => NoAnswer::TimedOut { limit_millis },
        })),
        _ => Told::Looked(Ok(Answer {
            status: u16::try_from(number(1)?).ok()?,
            round_trip_millis: number(2)?,
            body: message.get(3).dyn_into::<Uint8Array>().ok()?.to_vec(),
        })),
    };
    Some((operation, told))
}
