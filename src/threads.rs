//! How many cores a command works on. Reading is shared among threads that start with
//! the first of it; where the system gives none, it is done on the one there is.

use std::num::NonZero;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, Once};
use std::thread::{self, Builder};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

use crate::config;

/// Starts the threads, the first time; says how many there are. Before anything is
/// done in parallel: rayon of itself panics where it cannot start them.
pub fn start() -> usize {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let (work, workers) = idle_workers(wanted());
        let pool = ThreadPoolBuilder::new().num_threads(workers.max(1));
        // It fails only where a pool was made before, which then serves.
        let _ = match workers {
            0 => pool.use_current_thread().build_global(),
            _ => {
                let hire =
                    move |thread| work.send(thread).map_err(|_| std::io::ErrorKind::Other.into());
                pool.spawn_handler(hire).build_global()
            }
        };
    });
    rayon::current_num_threads()
}

/// One for each core, or as rayon's own variable says.
fn wanted() -> usize {
    let set = config::process_env("RAYON_NUM_THREADS").and_then(|text| text.into_string().ok());
    let set = set.and_then(|text| text.parse().ok()).filter(|threads| *threads > 0);
    set.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// As many threads as the system gives, up to `wanted`, each of which waits to become
/// one of the pool; and where they get that from.
fn idle_workers(wanted: usize) -> (Sender<ThreadBuilder>, usize) {
    let (work, hired) = channel::<ThreadBuilder>();
    let hired = Arc::new(Mutex::new(hired));
    let idle = |_: &usize| {
        let hired = Arc::clone(&hired);
        Builder::new().spawn(move || run_one(&hired)).is_ok()
    };
    let workers = (0..wanted).take_while(idle).count();
    (work, workers)
}

fn run_one(hired: &Mutex<Receiver<ThreadBuilder>>) {
    let thread = hired.lock().ok().and_then(|hired| hired.recv().ok());
    if let Some(thread) = thread {
        thread.run();
    }
}
