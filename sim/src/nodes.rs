//! The nodes of the cluster: which of them answers, and what the others see when one dies (behaviour notes 2.2, 2.3
//! and 5.3).

use crate::engine::{Memory, Running};
use crate::{Kind, Simulator, texts};
use weaviate_backups::domain::status::Status;

/// How long the others still list a node that has died, as UNAVAILABLE (recorded: 5 to 9 s).
const GONE_AFTER_MILLIS: u64 = 7_000;

/// Which node answers a request that does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Always this one, by its place in [`crate::State::nodes`].
    Node(usize),
    /// Each that is up in turn, as behind a load balancer. The number is that of requests so far.
    InTurn(usize),
}

impl Default for Entry {
    fn default() -> Self {
        Self::Node(0)
    }
}

/// The process of one node: what it remembers, and whether it runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) create: Memory,
    pub(crate) restore: Memory,
    down: Option<Down>,
}

#[derive(Clone, Copy, Debug)]
struct Down {
    /// From then on the others do not list it, and cannot resolve its name.
    gone_at: u64,
}

/// A node as the others see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Up,
    /// Listed, but no connection is accepted.
    Dead,
    Gone,
}

impl Node {
    /// What it coordinates.
    pub(crate) fn running(&mut self) -> impl Iterator<Item = &mut Running> {
        [&mut self.create, &mut self.restore].into_iter().filter_map(|memory| memory.running.as_mut())
    }

    pub(crate) fn memory(&self, kind: Kind) -> &Memory {
        if kind == Kind::Create { &self.create } else { &self.restore }
    }

    pub(crate) fn memory_mut(&mut self, kind: Kind) -> &mut Memory {
        if kind == Kind::Create { &mut self.create } else { &mut self.restore }
    }
}

impl Simulator {
    /// The node that answers what does not say which; `None`: none does.
    pub(crate) fn entry_node(&mut self) -> Option<usize> {
        let count = self.state.nodes.len();
        match &mut self.entry {
            Entry::Node(node) => Some(*node),
            Entry::InTurn(requests) => {
                let first = *requests;
                *requests += 1;
                (0..count).map(|step| (first + step) % count).find(|node| self.is_up(*node))
            }
        }
        .filter(|node| self.is_up(*node))
    }

    /// The place of a node in [`crate::State::nodes`].
    pub fn node(&self, name: &str) -> Option<usize> {
        self.state.nodes.iter().position(|node| node == name)
    }

    pub(crate) fn is_up(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| node.down.is_none())
    }

    /// Whether enough nodes are up to elect one.
    pub(crate) fn has_leader(&self) -> bool {
        let count = self.state.nodes.len();
        2 * (0..count).filter(|node| self.is_up(*node)).count() > count
    }

    /// How a node is seen by the others now; a name that is none of the cluster's is gone.
    pub(crate) fn seen_as(&self, name: &str) -> Seen {
        match self.node(name).map(|node| self.nodes.get(node).and_then(|node| node.down)) {
            Some(None) => Seen::Up,
            Some(Some(down)) if self.now_millis < down.gone_at => Seen::Dead,
            _ => Seen::Gone,
        }
    }

    /// The process of a node ends: what it coordinated stays in the storage as it was, what it worked on for another
    /// fails. `gone_after_millis`: how long the others still list it; `None`: 7 s.
    pub fn kill(&mut self, node: usize, gone_after_millis: Option<u64>) {
        let now_millis = self.now_millis;
        let (address, name) = (address(node), self.state.nodes.get(node).cloned().unwrap_or_default());
        for (index, other) in self.nodes.iter_mut().enumerate() {
            if index == node {
                let gone_at = now_millis + gone_after_millis.unwrap_or(GONE_AFTER_MILLIS);
                *other = Node { down: Some(Down { gone_at }), ..Node::default() };
            } else {
                for running in other.running() {
                    running.lose_node(&name, now_millis, &texts::might_be_down(&name, &address));
                }
            }
        }
    }

    /// A node is started, and ready at once; it remembers nothing.
    pub fn start(&mut self, node: usize) {
        let now_millis = self.now_millis;
        let name = self.state.nodes.get(node).cloned().unwrap_or_default();
        let state = &self.state;
        for (index, other) in self.nodes.iter_mut().enumerate() {
            if index == node {
                *other = Node::default();
            } else {
                for running in other.running() {
                    running.regain_node(&name, now_millis, state);
                }
            }
        }
        self.state.unload_tenants(&name);
        self.clean_up();
    }

    /// `ENABLE_CLEANUP_UNFINISHED_BACKUPS`, at the start of any node and for the work of all (behaviour notes 2.5).
    fn clean_up(&mut self) {
        if !self.state.cleanup_unfinished_backups {
            return;
        }
        let mut backups = std::mem::take(&mut self.state.backups);
        for backup in &mut backups {
            if !backup.status.is_terminal() && self.state.is_in_default_location(backup) {
                backup.status = Status::Canceled;
                backup.error = Some(texts::CLEANED_UP.to_owned());
            }
        }
        self.state.backups = backups;
    }

    /// The nodes that work on a backup of these collections: those that hold a part of one, and the one that leads.
    pub(crate) fn participants(&self, classes: &[String]) -> Vec<String> {
        let state = &self.state;
        let leader = (0..state.nodes.len()).find(|node| self.is_up(*node));
        let holds = |node: usize| {
            state.collections.iter().any(|known| classes.contains(&known.name) && state.holds_part(known, node))
        };
        let nodes = state.nodes.iter().enumerate();
        nodes.filter(|(node, _)| leader == Some(*node) || holds(*node)).map(|(_, name)| name.clone()).collect()
    }

    /// The nodes that the cluster knows at present, by their place.
    pub(crate) fn listed(&self) -> Vec<usize> {
        let nodes = self.state.nodes.iter().enumerate();
        nodes.filter(|(_, node)| self.seen_as(node) != Seen::Gone).map(|(place, _)| place).collect()
    }

    /// The first of these nodes whose name cannot be resolved.
    pub(crate) fn unresolved<'a>(&self, nodes: &[&'a str]) -> Option<&'a str> {
        nodes.iter().find(|node| self.seen_as(node) == Seen::Gone).copied()
    }

    /// Why the nodes do not take part in an operation (behaviour notes 1.1 and 1.5): each must be there, and be at no
    /// other operation of this kind. `own` are their names as the backup has them, and `mapping` says who takes whose
    /// place.
    pub(crate) fn commit(&self, kind: Kind, own: &[String], mapping: &[(&str, &str)], id: &str) -> Result<(), String> {
        let target = |node| mapping.iter().find(|(old, _)| *old == node).map_or(node, |(_, new)| *new);
        let targets: Vec<&str> = own.iter().map(|node| target(node.as_str())).collect();
        if let Some(missing) = self.unresolved(&targets) {
            let text = texts::unresolved(missing);
            if !self.state.profile().resolve_maps {
                return Err(text);
            }
            let nodes: Vec<String> = own.iter().map(|node| format!("{node}:0xc000a1b2c3")).collect();
            let mapping: Vec<String> = mapping.iter().map(|(old, new)| format!("{old}:{new}")).collect();
            return Err(format!("{text}, nodes=map[{}], nodeMapping=map[{}]", nodes.join(" "), mapping.join(" ")));
        }
        if let Some(dead) = targets.iter().find(|node| self.seen_as(node) == Seen::Dead) {
            let address = self.address(dead);
            return Err(texts::no_answer(&self.named(dead), "can-commit request", &address, "can-commit"));
        }
        let operation = if kind == Kind::Create { "backup" } else { "restore" };
        let twice = targets.iter().enumerate().find(|(index, node)| targets[..*index].contains(node));
        let elsewhere = self.nodes.iter().find_map(|node| node.memory(kind).running.as_ref());
        match (twice, elsewhere, targets.first()) {
            (Some((_, node)), ..) => {
                Err(format!("node {}: cannot commit : {operation} {id} already in progress", self.named(node)))
            }
            (None, Some(running), Some(node)) => {
                let at_work = &running.id;
                Err(format!("node {}: cannot commit : {operation} {at_work} already in progress", self.named(node)))
            }
            _ => Ok(()),
        }
    }

    fn address(&self, node: &str) -> String {
        address(self.node(node).unwrap_or_default())
    }

    /// A node that does not take part, in the words of a refusal.
    fn named(&self, node: &str) -> String {
        if self.state.profile().names_addresses {
            return format!("{{\"{node}\" \"{}:7947\"}}", self.address(node));
        }
        format!("\"{node}\"")
    }
}

/// Where the others reach a node.
pub(crate) fn address(node: usize) -> String {
    format!("10.0.0.{}", node + 1)
}
