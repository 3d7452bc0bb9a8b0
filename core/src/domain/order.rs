//! Sorting and collecting, once for all types.
//!
//! The standard sort is a copy of some kilobytes for every type and comparison, and so is collecting into a map or a set,
//! which sorts first. For the lists of a person, the same in one copy is as fast.

use std::cmp::Ordering;

/// Sorts by a comparison. Equals stay in their order.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let places = places(items.len(), &|a, b| compare(&items[a], &items[b]));
    let mut unsorted: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| unsorted[place].take()));
}

/// The places of `count` items in the order of a comparison of two places.
#[inline(never)]
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    places
}

/// A map or a set of these, put in one by one. Of equal keys the last one's value stays.
pub fn put_in<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut collected = C::default();
    collected.extend(items);
    collected
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_stable_sort(items in prop::collection::vec((0u8..5, any::<u8>()), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut sorted = items;
            sort_by(&mut sorted, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(sorted, expected);
        }

        #[test]
        fn it_collects_as_the_standard_does(items in prop::collection::vec((0u8..9, any::<u8>()), 0..30)) {
            let expected: BTreeMap<u8, u8> = items.iter().copied().collect();
            prop_assert_eq!(put_in::<BTreeMap<_, _>, _>(items), expected);
        }
    }
}
