//! Every decoder of what a server, a link or this browser's storage holds, given good texts that were damaged: none of
//! them panics, takes more memory than its input allows, or reads what it wrote as something else.
//!
//! A million inputs where the checks of a debug build do not slow it down (`cargo xtask test properties`), 20,000
//! elsewhere.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of the decoders is for a person")]

mod corpus;
mod damage;
mod decoders;
#[path = "../dice/mod.rs"]
mod dice;
mod memory;

use corpus::{Corpus, corpus};
use damage::damaged;
use decoders::{ALL, Decoded, Decoder};
use dice::Dice;

const INPUTS: u64 = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
const SEED: u64 = 0x5EED_0001;

/// What a decoder may take at most: a tree of JSON is larger than its text by what an almost empty object takes, and an
/// error holds the start of its body.
const TIMES_THE_INPUT: usize = 160;
const AND_BYTES: usize = 16 * 1024;

/// Says which input it was when a decoder panics.
struct Trial<'t> {
    decoder: &'t str,
    number: u64,
    status: u16,
    text: &'t [u8],
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self { decoder, number, status, text } = self;
            let shown = String::from_utf8_lossy(&text[..text.len().min(2_000)]);
            println!("{decoder}, seed {SEED:#x}, input {number}: {status}, {} bytes: {shown}", text.len());
        }
    }
}

/// What one decoder met.
#[derive(Default)]
struct Met {
    inputs: u64,
    read: u64,
    longest: usize,
    /// The most memory, in bytes, and the input's length then.
    peak: (usize, usize),
}

impl Met {
    fn add(&mut self, length: usize, decoded: &Decoded) {
        self.inputs += 1;
        self.read += u64::from(decoded.read);
        self.longest = self.longest.max(length);
        self.peak = self.peak.max((decoded.peak, length));
    }
}

fn most_for(length: usize) -> usize {
    TIMES_THE_INPUT * length + AND_BYTES
}

fn attempt(decoder: &Decoder, number: u64, status: u16, text: &[u8]) -> Decoded {
    let trial = Trial { decoder: decoder.name, number, status, text };
    let outcome = (decoder.decode)(status, text);
    let most = most_for(text.len());
    assert!(outcome.peak <= most, "{} bytes for {} of input; {most} are allowed", outcome.peak, text.len());
    drop(trial);
    outcome
}

fn input(dice: &mut Dice, corpus: &Corpus, decoder: &Decoder) -> (u16, Vec<u8>) {
    let another = dice.pick(&ALL).name;
    let other = dice.pick(&corpus[another]);
    // Rather one to which the server said yes: the words of a no are read by all alike.
    let mut own = dice.pick(&corpus[decoder.name]);
    for _ in 0..3 {
        if own.status >= 300 {
            own = dice.pick(&corpus[decoder.name]);
        }
    }
    // Now and then the answer to quite another call.
    let good = if dice.one_in(12) { other } else { own };
    let status =
        if dice.one_in(8) { *dice.pick(&[200, 204, 302, 400, 401, 403, 404, 422, 500, 503]) } else { good.status };
    (status, damaged(dice, &good.text, &other.text))
}

#[test]
fn no_damaged_text_makes_a_decoder_panic_or_take_memory_without_end() {
    let corpus = corpus();
    let mut met: Vec<Met> = ALL.iter().map(|_| Met::default()).collect();
    for number in 0..INPUTS {
        let mut dice = Dice::new(SEED, number);
        let chosen = dice.below(ALL.len());
        let (status, text) = input(&mut dice, &corpus, &ALL[chosen]);
        let decoded = attempt(&ALL[chosen], number, status, &text);
        met[chosen].add(text.len(), &decoded);
    }
    println!("| decoder | inputs | read | longest | most memory | of an input of |");
    println!("|---|---:|---:|---:|---:|---:|");
    for (decoder, met) in ALL.iter().zip(&met) {
        let Met { inputs, read, longest, peak } = met;
        println!("| {} | {inputs} | {read} | {longest} | {} | {} |", decoder.name, peak.0, peak.1);
    }
    println!("| all, seed {SEED:#x} | {} | {} | | | |", INPUTS, met.iter().map(|met| met.read).sum::<u64>());
    assert_eq!(met.iter().map(|met| met.inputs).sum::<u64>(), INPUTS);
    for (decoder, met) in ALL.iter().zip(&met) {
        // A harm so great that nothing gets past the first check tests nothing behind it.
        assert!(met.read * 50 > met.inputs, "{}: {} of {} could be read", decoder.name, met.read, met.inputs);
        assert!(met.read < met.inputs, "{}: nothing was refused", decoder.name);
    }
}

#[test]
fn every_good_text_is_read_where_the_server_said_yes() {
    for (name, texts) in &corpus() {
        let decoder = ALL.iter().find(|decoder| decoder.name == *name).expect("each text has a decoder");
        let read = texts.iter().filter(|good| attempt(decoder, 0, good.status, &good.text).read).count();
        assert!(read > 0, "{name}: none of {}", texts.len());
    }
}

#[test]
#[should_panic(expected = "bytes for 2 of input")]
fn a_decoder_that_takes_memory_without_end_is_noticed() {
    let hoards = |_: u16, _: &[u8]| Decoded { read: true, peak: memory::peak_of(|| vec![0_u8; 1 << 20]).1 };
    attempt(&Decoder { name: "hoards", decode: hoards }, 0, 200, b"{}");
}
