//! How journeys ended: a line each as they end, and the counts.

use std::time::Duration;

use anyhow::Result;

#[derive(Debug, Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl Tally {
    pub fn count(&mut self, name: &str, took: Duration, result: Result<()>) {
        let seconds = took.as_secs_f32();
        match result {
            Ok(()) => {
                self.passed += 1;
                println!("ok    {seconds:5.1} s  {name}");
            }
            Err(error) => self.fail(&format!("{seconds:5.1} s  {name}\n{error:#}\n")),
        }
    }

    /// Counts what is no journey.
    pub fn fail(&mut self, what: &str) {
        self.failed += 1;
        println!("FAIL  {what}");
    }

    /// Prints the line that ends a run. Whether nothing failed.
    pub fn close(self) -> bool {
        println!("{} passed, {} failed", self.passed, self.failed);
        self.failed == 0
    }
}
