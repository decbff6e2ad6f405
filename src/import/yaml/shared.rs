//! How a filing names the shared file of a registrant.

/// The shared file of a registrant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Its id.
    pub id: String,
    /// Whether it says the same as the notice; else the keys of the notice replace its keys.
    pub is_same: bool,
}
