//! The context of a template: a view as the engine's values, made once for all targets; for text
//! documents with every string in EDGAR's ASCII.

use serde::Serialize;
use tera::{Context, Map, Value};

use crate::edgar::{self, Target};

/// The name of an edition's wording beside the view of the form.
pub(super) const WORDING: &str = "wording";

/// Values for templates, as they are and in EDGAR's ASCII.
#[derive(Debug, Clone)]
pub(super) struct Values {
    plain: Value,
    ascii: Value,
}

impl Values {
    /// Of what can be written as names, lists and strings.
    ///
    /// # Errors
    /// None that a view or a wording would have.
    pub(super) fn of(what: &impl Serialize) -> tera::TeraResult<Values> {
        let plain = Value::try_from_serializable(what)?;
        let ascii = spelled(&plain).unwrap_or_else(|| plain.clone());
        Ok(Values { plain, ascii })
    }
}

/// A view by its top-level names.
#[derive(Debug)]
pub(super) struct TemplateContext {
    plain: Map,
    ascii: Map,
}

impl TemplateContext {
    /// A view.
    ///
    /// # Errors
    /// None that a view would have.
    pub(super) fn of(view: &impl Serialize) -> tera::TeraResult<TemplateContext> {
        let Values { plain, ascii } = Values::of(view)?;
        let names = |values: Value| values.into_map().unwrap_or_default();
        Ok(TemplateContext { plain: names(plain), ascii: names(ascii) })
    }

    /// The same with one name more.
    pub(super) fn with(mut self, name: &'static str, values: &Values) -> TemplateContext {
        self.plain.insert(name.into(), values.plain.clone());
        self.ascii.insert(name.into(), values.ascii.clone());
        self
    }

    /// What templates of a target are rendered with.
    pub(super) fn context(&self, target: Target) -> Context {
        let names = if target == Target::Text { &self.ascii } else { &self.plain };
        let mut context = Context::new();
        for (name, value) in names.iter().filter_map(|(name, value)| Some((name.as_str()?, value)))
        {
            context.insert_value(name.to_owned(), value.clone());
        }
        context
    }

    /// The view as a tree.
    pub(super) fn tree(&self) -> serde_json::Value {
        serde_json::to_value(Value::from(self.plain.clone())).unwrap_or_default()
    }
}

/// A value with every string in EDGAR's ASCII; none if they all are. What has no spelling was a
/// finding before; here it is a question mark.
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

fn spell_or_mark(text: &str) -> String {
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
