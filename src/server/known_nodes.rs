//! Which nodes a cluster is known to have, as a dead one vanishes from the server's own list after 5 to 9 s
//! (behaviour notes 5.3).

use weaviate_backups::api::json::json_members;
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::nodes::Forgotten;

/// What is remembered of a connection's nodes. Kept in the browser as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownNodes {
    /// Names, sorted: of every node that was listed once, or that the cluster counts as a member.
    pub seen: Vec<String>,
    /// Nodes that were taken away for good, as somebody said: not missed, though the cluster may count them still.
    pub forgotten: Vec<Forgotten>,
}

json_members!(KnownNodes { seen: defaulted "seen", forgotten: defaulted "forgotten nodes" });

impl KnownNodes {
    /// Takes in the nodes that are listed now. One that was forgotten is back.
    pub fn list<'n>(&mut self, now: impl Iterator<Item = &'n str>) {
        let now: Vec<&str> = now.collect();
        self.forgotten.retain(|forgotten| !now.contains(&forgotten.name.as_str()));
        self.add(now.into_iter().map(str::to_owned));
    }

    /// Takes in whom the cluster counts as its members, up or not.
    pub fn count(&mut self, members: &[String]) {
        let missed: Vec<String> = members.iter().filter(|name| !self.is_forgotten(name)).cloned().collect();
        self.add(missed.into_iter());
    }

    /// What another page of this browser has kept: it may have seen or forgotten some meanwhile. What was forgotten here
    /// stays so where nothing of it is kept, as in a browser that keeps nothing.
    pub fn recall(&mut self, kept: Self) {
        self.seen.retain(|name| !kept.is_forgotten(name));
        self.forgotten.retain(|own| !kept.is_forgotten(&own.name) && !kept.seen.contains(&own.name));
        self.forgotten.extend(kept.forgotten);
        self.add(kept.seen.into_iter());
    }

    /// Nodes that were taken away for good are missed no more.
    pub fn forget(&mut self, names: &[String], at: WallMillis) {
        self.seen.retain(|seen| !names.contains(seen));
        self.forgotten.retain(|forgotten| !names.contains(&forgotten.name));
        self.forgotten.extend(names.iter().map(|name| Forgotten { name: name.clone(), at }));
    }

    /// What to keep when these are listed and `self` is kept; `None` when it says so already. Members that are not listed
    /// are told anew each time.
    pub fn with_listed<'n>(&self, now: impl Iterator<Item = &'n str>) -> Option<Self> {
        let mut kept = self.clone();
        kept.list(now);
        (kept != *self).then_some(kept)
    }

    fn is_forgotten(&self, name: &str) -> bool {
        self.forgotten.iter().any(|forgotten| forgotten.name == name)
    }

    fn add(&mut self, names: impl Iterator<Item = String>) {
        self.seen.extend(names);
        self.seen.sort();
        self.seen.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    fn forgotten(names: &[&str]) -> Vec<Forgotten> {
        names.iter().map(|name| Forgotten { name: (*name).to_owned(), at: WallMillis(7) }).collect()
    }

    fn list(known: &mut KnownNodes, now: &[&str]) {
        known.list(now.iter().copied());
    }

    #[test]
    fn a_member_that_was_never_listed_is_known() {
        let mut known = KnownNodes::default();
        list(&mut known, &["node2", "node1"]);
        known.count(&names(&["node1", "node2", "node3"]));
        assert_eq!(known.seen, ["node1", "node2", "node3"]);
    }

    #[test]
    fn a_node_that_was_forgotten_is_not_counted_again_until_it_is_back() {
        let mut known = KnownNodes::default();
        known.count(&names(&["node1", "node2"]));
        known.forget(&names(&["node2"]), WallMillis(7));
        assert_eq!(known.forgotten, forgotten(&["node2"]));
        known.count(&names(&["node1", "node2"]));
        assert_eq!(known.seen, ["node1"]);
        list(&mut known, &["node1", "node2"]);
        assert_eq!((known.seen, known.forgotten), (names(&["node1", "node2"]), Vec::new()));
    }

    #[test]
    fn what_another_window_has_forgotten_is_forgotten_here() {
        let mut known = KnownNodes::default();
        list(&mut known, &["node1", "node9"]);
        known.recall(KnownNodes { seen: names(&["node2"]), forgotten: forgotten(&["node9"]) });
        assert_eq!(known.seen, ["node1", "node2"]);
    }

    #[test]
    fn what_was_forgotten_stays_so_in_a_browser_that_keeps_nothing() {
        let mut known = KnownNodes::default();
        list(&mut known, &["node1", "node2"]);
        known.forget(&names(&["node2"]), WallMillis(7));
        known.recall(KnownNodes::default());
        assert_eq!((&known.seen, &known.forgotten), (&names(&["node1"]), &forgotten(&["node2"])));
        known.recall(KnownNodes { seen: Vec::new(), forgotten: forgotten(&["node2"]) });
        assert_eq!(known.forgotten, forgotten(&["node2"]), "once");
        known.recall(KnownNodes { seen: names(&["node2"]), forgotten: Vec::new() });
        assert_eq!(
            (known.seen, known.forgotten),
            (names(&["node1", "node2"]), Vec::new()),
            "another page saw it since"
        );
    }

    #[test]
    fn only_what_is_listed_is_kept_beside_what_is() {
        let kept = KnownNodes { seen: names(&["node1", "node5"]), forgotten: forgotten(&["node2", "node9"]) };
        let with = |now: &[&str]| kept.with_listed(now.iter().copied());
        assert_eq!(with(&["node1"]), None);
        let expected = KnownNodes { seen: names(&["node1", "node2", "node5"]), forgotten: forgotten(&["node9"]) };
        assert_eq!(with(&["node1", "node2"]), Some(expected));
    }
}
