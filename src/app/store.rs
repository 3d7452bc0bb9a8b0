//! Runs a screen's model: events go in, effects are run, the state is a signal.

use std::rc::Rc;

use leptos::prelude::*;

use crate::features::Model;

/// A model at work. A plain copy; it ends with the owner that made it, and what comes later is dropped.
pub struct Store<M: Model + Send + Sync + 'static> {
    state: RwSignal<M>,
    run: StoredValue<Rc<Runner<M>>, LocalStorage>,
}

type Runner<M> = dyn Fn(<M as Model>::Effect, Store<M>);

impl<M: Model + Send + Sync + 'static> Clone for Store<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: Model + Send + Sync + 'static> Copy for Store<M> {}

impl<M: Model + Send + Sync + 'static> Store<M> {
    /// `run` carries an effect out and sends the events that come of it.
    pub fn new(state: M, run: impl Fn(M::Effect, Self) + 'static) -> Self {
        Self { state: RwSignal::new(state), run: StoredValue::new_local(Rc::new(run)) }
    }

    pub fn send(self, event: M::Event) {
        let Some(effects) = self.state.try_update(|state| state.update(event)) else { return };
        let Some(run) = self.run.try_with_value(Rc::clone) else { return };
        for effect in effects {
            run(effect, self);
        }
    }

    pub fn state(self) -> Signal<M> {
        self.state.into()
    }

    /// For views.
    pub fn sender(self) -> Callback<M::Event> {
        Callback::new(move |event| self.send(event))
    }
}
