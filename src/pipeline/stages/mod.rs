//! The stages of one filing, a file each: load, validate, render, compile, write.

mod compile;
mod load;
mod render;
mod validate;
mod write;

pub(super) use compile::compile;
pub(super) use load::load;
pub(super) use render::render;
pub use validate::apply_rules;
pub(super) use validate::validate;
pub(super) use write::write;
