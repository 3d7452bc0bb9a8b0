//! How much memory a piece of work takes.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, which counts for each thread what is live and the most that ever was.
struct Counting;

thread_local! {
    static LIVE: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every method hands its arguments on to the system's allocator and gives back what that gave; what is counted
// besides lies in cells of the thread that need no allocation and no destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promised.
        let block = unsafe { System.alloc(layout) };
        if !block.is_null() {
            taken(layout.size());
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as the caller promised.
        unsafe { System.dealloc(block, layout) };
        given_back(layout.size());
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as the caller promised.
        let moved = unsafe { System.realloc(block, layout, size) };
        if !moved.is_null() {
            // For a moment both may be there.
            taken(size);
            given_back(layout.size());
        }
        moved
    }
}

fn taken(size: usize) {
    let live = LIVE.get().saturating_add(size);
    LIVE.set(live);
    PEAK.set(PEAK.get().max(live));
}

fn given_back(size: usize) {
    // What another thread took may be given back here.
    LIVE.set(LIVE.get().saturating_sub(size));
}

/// What the work gave, and by how many bytes the live memory of this thread rose meanwhile at most.
pub fn peak_of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = LIVE.get();
    PEAK.set(before);
    let given = work();
    (given, PEAK.get().saturating_sub(before))
}

#[test]
fn memory_that_was_given_back_counts_at_its_peak() {
    let (held, peak) = peak_of(|| {
        drop(vec![1_u8; 100_000]);
        vec![1_u8; 10]
    });
    assert_eq!((held.len(), peak), (10, 100_000));
}
