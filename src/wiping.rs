//! Wipes memory as it's freed while someone writes at the prompt: an editor's undo, its
//! lines and every drawn frame hold the same words, in types that don't know they are
//! secret.

use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of [`WipeGuard`]s.
static GUARDS: AtomicUsize = AtomicUsize::new(0);

/// While it exists, all freed memory is wiped, on every thread.
pub struct WipeGuard(());

impl WipeGuard {
    /// Starts wiping.
    pub fn begin() -> WipeGuard {
        GUARDS.fetch_add(1, Ordering::Relaxed);
        WipeGuard(())
    }
}

impl Drop for WipeGuard {
    fn drop(&mut self) {
        GUARDS.fetch_sub(1, Ordering::Relaxed);
    }
}

/// An allocator that wipes, around the one that has the memory.
pub struct WipingAllocator<A>(pub A);

impl<A> WipingAllocator<A> {
    fn wipes() -> bool {
        GUARDS.load(Ordering::Relaxed) > 0
    }
}

// SAFETY: every call passes the caller's own arguments to the inner allocator, so the
// caller's promises hold for it. Freed memory is written before that, within its layout.
unsafe impl<A: GlobalAlloc> GlobalAlloc for WipingAllocator<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if Self::wipes() {
            // SAFETY: the caller gives up memory of this layout, which nobody else uses.
            unsafe { pointer.write_bytes(0, layout.size()) };
            // Otherwise the compiler may drop a write that nobody reads.
            std::hint::black_box(pointer);
        }
        // SAFETY: the caller's promise.
        unsafe { self.0.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !Self::wipes() {
            // SAFETY: the caller's promise.
            return unsafe { self.0.realloc(pointer, layout, size) };
        }
        // The inner `realloc` wouldn't wipe the old place.
        // SAFETY: the caller promises that this size makes a layout with this alignment,
        // that the old memory is theirs, and the new one is another.
        unsafe {
            let new = self.0.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                new.copy_from_nonoverlapping(pointer, layout.size().min(size));
                self.dealloc(pointer, layout);
            }
            new
        }
    }
}

#[cfg(test)]
mod tests {
    use std::alloc::System;
    use std::sync::Mutex;

    use super::*;

    /// Records the bytes of freed memory.
    struct Witness(Mutex<Vec<u8>>);

    // SAFETY: the system's allocator does the work; the memory is read while it is ours.
    unsafe impl GlobalAlloc for Witness {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: the caller's promise.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
            // SAFETY: the test has written every byte of it.
            let bytes = unsafe { std::slice::from_raw_parts(pointer, layout.size()) };
            self.0.lock().unwrap().extend_from_slice(bytes);
            // SAFETY: the caller's promise.
            unsafe { System.dealloc(pointer, layout) }
        }
    }

    #[test]
    fn what_is_freed_or_moved_is_wiped_and_what_is_moved_stays_the_same() {
        let layout = Layout::from_size_align(8, 1).unwrap();
        let allocator = WipingAllocator(Witness(Mutex::default()));
        let guard = WipeGuard::begin();
        // SAFETY: the layouts are those that the memory was taken with.
        unsafe {
            let pointer = allocator.alloc(layout);
            pointer.copy_from(b"a secret".as_ptr(), 8);
            let moved = allocator.realloc(pointer, layout, 16);
            assert_eq!(std::slice::from_raw_parts(moved, 8), b"a secret");
            moved.add(8).copy_from(b"a secret".as_ptr(), 8);
            allocator.dealloc(moved, Layout::from_size_align(16, 1).unwrap());
        }
        drop(guard);
        assert_eq!(*allocator.0.0.lock().unwrap(), [0; 24]);
    }
}
