//! Renders a filing into documents, and checks them.
//!
//! The templates and the wording are built into the tool; a folder of templates can override them.

mod asked;
mod blame;
pub mod consistency;
mod document;
mod edgar_check;
mod engine;
mod passages;
mod rendering;
mod renderings;
mod template_context;
mod templates;
mod text;
mod trial;
mod unbroken;

pub use document::Document;
pub use engine::{Engine, TemplateFault};
pub use rendering::{narrow, render};
pub use renderings::{Rendering, Renderings};
pub use templates::{TemplateOverride, Templates, read as own_templates};

#[cfg(test)]
mod tests;
