//! The values that a template sees: a view, in Unicode and in EDGAR's ASCII.

use serde::Serialize;
use tera::{Context, Map, Value};

use crate::edgar::{self, Target};

/// The name by which templates see an edition's wording, beside those of the view.
pub(super) const WORDING: &str = "wording";

/// Values for templates, in Unicode and in EDGAR's ASCII.
#[derive(Debug, Clone)]
pub(super) struct Values {
    plain: Value,
    ascii: Value,
}

impl Values {
    /// Makes the values of a view or a wording.
    ///
    /// # Errors
    /// None in practice: these consist of names, lists and strings.
    pub(super) fn of(source: &impl Serialize) -> tera::TeraResult<Values> {
        let plain = Value::try_from_serializable(source)?;
        let ascii = spelled(&plain).unwrap_or_else(|| plain.clone());
        Ok(Values { plain, ascii })
    }
}

/// The top-level names of a view and their values.
// Made once for a document and all of its formats.
#[derive(Debug)]
pub(super) struct TemplateContext {
    plain: Map,
    ascii: Map,
}

impl TemplateContext {
    /// Makes the context of a view.
    ///
    /// # Errors
    /// None in practice, as of [`Values::of`].
    pub(super) fn of(view: &impl Serialize) -> tera::TeraResult<TemplateContext> {
        let Values { plain, ascii } = Values::of(view)?;
        let names = |values: Value| values.into_map().unwrap_or_default();
        Ok(TemplateContext { plain: names(plain), ascii: names(ascii) })
    }

    /// Adds a name.
    pub(super) fn with(mut self, name: &'static str, values: &Values) -> TemplateContext {
        self.plain.insert(name.into(), values.plain.clone());
        self.ascii.insert(name.into(), values.ascii.clone());
        self
    }

    /// Returns the engine's context for a target.
    pub(super) fn context(&self, target: Target) -> Context {
        // EDGAR accepts only ASCII in text documents (EDGAR Filer Manual, Vol. II, 5.2.1); HTML
        // and PDF have other characters as entities and glyphs.
        let names = if target == Target::Text { &self.ascii } else { &self.plain };
        let mut context = Context::new();
        for (name, value) in names.iter().filter_map(|(name, value)| Some((name.as_str()?, value)))
        {
            context.insert_value(name.to_owned(), value.clone());
        }
        context
    }

    /// Returns the view as a JSON tree.
    pub(super) fn tree(&self) -> serde_json::Value {
        serde_json::to_value(Value::from(self.plain.clone())).unwrap_or_default()
    }
}

/// Returns a value with every string in EDGAR's ASCII, or `None` if they all are.
fn spelled(value: &Value) -> Option<Value> {
    if let Some(text) = value.as_str() {
        return (!edgar::is_spelled(text)).then(|| spell_or_mark(text).into());
    }
    if let Some(items) = value.as_array() {
        let own: Vec<Option<Value>> = items.iter().map(spelled).collect();
        let differs = own.iter().any(Option::is_some);
        let both =
            own.into_iter().zip(items).map(|(own, item)| own.unwrap_or_else(|| item.clone()));
        return differs.then(|| both.collect::<Vec<Value>>().into());
    }
    let names = value.as_map()?;
    let own: Vec<_> =
        names.iter().filter_map(|(name, value)| Some((name.clone(), spelled(value)?))).collect();
    (!own.is_empty()).then(|| {
        let mut all = names.clone();
        all.extend(own);
        all.into()
    })
}

/// Spells a text in EDGAR's ASCII, with a question mark for each character without a spelling.
fn spell_or_mark(text: &str) -> String {
    // A rule reports such a character before, so that no document is written with the mark.
    match edgar::spell(text) {
        Ok(spelled) => spelled.into_owned(),
        Err(_) => text
            .chars()
            .map(|c| {
                edgar::spell(c.encode_utf8(&mut [0; 4])).map_or("?".into(), |s| s.into_owned())
            })
            .collect(),
    }
}
