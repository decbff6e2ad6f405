//! The renderings in progress, for another thread that watches their time.
//!
//! A template can loop for hours, and its engine has no limit: only the end of the process stops it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The renderings in progress, on all threads.
#[derive(Debug, Default)]
pub struct Renderings(Mutex<Vec<Arc<Rendering>>>);

/// A template that is being rendered.
#[derive(Debug, PartialEq, Eq)]
pub struct Rendering {
    /// The path of the template, as findings print it.
    pub template: String,
    /// The filing, as messages name it.
    pub filing: String,
    start: Instant,
}

impl Renderings {
    /// Returns the renderings that take longer than `limit`.
    pub fn longer_than(&self, limit: Duration) -> Vec<Arc<Rendering>> {
        let mut all = self.list().clone();
        all.retain(|rendering| rendering.start.elapsed() > limit);
        all
    }

    /// Renders a template for a filing; meanwhile it is one of the renderings.
    pub(super) fn during<T>(
        &self,
        template: String,
        filing: &str,
        render: impl FnOnce() -> T,
    ) -> T {
        let filing = filing.to_owned();
        let own = Arc::new(Rendering { template, filing, start: Instant::now() });
        self.list().push(own.clone());
        let result = render();
        self.list().retain(|other| !Arc::ptr_eq(other, &own));
        result
    }

    fn list(&self) -> MutexGuard<'_, Vec<Arc<Rendering>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
