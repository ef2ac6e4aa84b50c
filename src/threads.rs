//! The threads that a command reads with. They start with the first reading; if the
//! system gives none, the main thread does it all.

use std::num::NonZero;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, Once};
use std::thread::{self, Builder};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

use crate::config;

/// Starts the threads, the first time; returns how many there are. Must be called before
/// anything runs in parallel, as rayon itself panics if it can't start threads.
pub fn start() -> usize {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let (work, workers) = idle_workers(core_count());
        let pool = ThreadPoolBuilder::new().num_threads(workers.max(1));
        // It fails only if there is a pool already, which is used then.
        let _ = match workers {
            0 => pool.use_current_thread().build_global(),
            _ => {
                let spawn =
                    move |thread| work.send(thread).map_err(|_| std::io::ErrorKind::Other.into());
                pool.spawn_handler(spawn).build_global()
            }
        };
    });
    rayon::current_num_threads()
}

/// One for each core, or the number in rayon's own variable.
fn core_count() -> usize {
    let from_env =
        config::process_env("RAYON_NUM_THREADS").and_then(|text| text.into_string().ok());
    let from_env = from_env.and_then(|text| text.parse().ok()).filter(|threads| *threads > 0);
    from_env.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// Starts up to `most` threads, as many as the system gives, that wait to become threads
/// of the pool. Returns a sender for that, and their number.
fn idle_workers(most: usize) -> (Sender<ThreadBuilder>, usize) {
    let (work, receiver) = channel::<ThreadBuilder>();
    let receiver = Arc::new(Mutex::new(receiver));
    let idle = |_: &usize| {
        let receiver = Arc::clone(&receiver);
        Builder::new().spawn(move || run_pool_thread(&receiver)).is_ok()
    };
    let workers = (0..most).take_while(idle).count();
    (work, workers)
}

fn run_pool_thread(receiver: &Mutex<Receiver<ThreadBuilder>>) {
    let thread = receiver.lock().ok().and_then(|receiver| receiver.recv().ok());
    if let Some(thread) = thread {
        thread.run();
    }
}
