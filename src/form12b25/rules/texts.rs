//! Visits every text of a filing with its path, by means of a serializer without output. Days,
//! codes and choices are not texts: their types refuse the characters that the rules on texts look
//! for.

use std::fmt::{self, Display};

use serde::ser::{Error as _, Impossible, Serialize, SerializeSeq, SerializeStruct, Serializer};

use crate::diagnostics::source::Trail;

/// Calls `found` with each text of a value and its trail. A key for which `includes` is false is
/// skipped, with all below it.
pub(super) fn visit(
    value: &impl Serialize,
    includes: &dyn Fn(&Trail<'_>) -> bool,
    found: &mut dyn FnMut(&str, &Trail<'_>),
) {
    let mut visit = Visit { includes, found };
    // It fails only for types that the model does not use.
    let _ = value.serialize(At { trail: &Trail::Start, visit: &mut visit });
}

struct Visit<'a> {
    includes: &'a dyn Fn(&Trail<'_>) -> bool,
    found: &'a mut dyn FnMut(&str, &Trail<'_>),
}

/// A serializer for the value at a place.
struct At<'a, 'v> {
    trail: &'a Trail<'a>,
    visit: &'a mut Visit<'v>,
}

/// A serializer for the list or mapping at a place.
struct Within<'a, 'v> {
    at: At<'a, 'v>,
    next: usize,
}

/// The error for a value of a type that the model does not use.
#[derive(Debug)]
struct Unknown;

impl Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the model has no such value")
    }
}

impl std::error::Error for Unknown {}

impl serde::ser::Error for Unknown {
    fn custom<T: Display>(_: T) -> Unknown {
        Unknown
    }
}

type Done = Result<(), Unknown>;

impl Within<'_, '_> {
    fn value<T: Serialize + ?Sized>(&mut self, value: &T, trail: &Trail<'_>) -> Done {
        value.serialize(At { trail, visit: &mut *self.at.visit })
    }
}

impl SerializeSeq for Within<'_, '_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        let trail = self.at.trail.index(self.next);
        self.next += 1;
        self.value(value, &trail)
    }

    fn end(self) -> Done {
        Ok(())
    }
}

impl SerializeStruct for Within<'_, '_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
        let trail = self.at.trail.key(key);
        if (self.at.visit.includes)(&trail) { self.value(value, &trail) } else { Ok(()) }
    }

    fn end(self) -> Done {
        Ok(())
    }
}

/// Values without text.
macro_rules! nothing {
    ($($serialize:ident: $type:ty),+) => {
        $(fn $serialize(self, _: $type) -> Done {
            Ok(())
        })+
    };
}

/// Values that the model does not use.
macro_rules! unknown {
    ($($serialize:ident($($type:ty),*) -> $ok:ty;)+) => {
        $(fn $serialize(self, $(_: $type),*) -> Result<$ok, Unknown> {
            Err(Unknown::custom("a value"))
        })+
    };
}

impl<'a, 'v> Serializer for At<'a, 'v> {
    type Ok = ();
    type Error = Unknown;
    type SerializeSeq = Within<'a, 'v>;
    type SerializeStruct = Within<'a, 'v>;
    type SerializeTuple = Impossible<(), Unknown>;
    type SerializeTupleStruct = Impossible<(), Unknown>;
    type SerializeTupleVariant = Impossible<(), Unknown>;
    type SerializeMap = Impossible<(), Unknown>;
    type SerializeStructVariant = Impossible<(), Unknown>;

    fn serialize_str(self, text: &str) -> Done {
        (self.visit.found)(text, self.trail);
        Ok(())
    }

    // The types of days, codes and choices serialize themselves by way of `Display`.
    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Done {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Done {
        Err(Unknown)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Within<'a, 'v>, Unknown> {
        Ok(Within { at: self, next: 0 })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Within<'a, 'v>, Unknown> {
        Ok(Within { at: self, next: 0 })
    }

    fn serialize_none(self) -> Done {
        Ok(())
    }

    fn serialize_unit(self) -> Done {
        Ok(())
    }

    nothing!(serialize_bool: bool);
    nothing!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64);
    nothing!(serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);
    nothing!(serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8]);
    nothing!(serialize_unit_struct: &'static str);

    unknown! {
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize)
            -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize)
            -> Self::SerializeStructVariant;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::load::built_in;

    #[test]
    fn every_text_of_every_specimen_is_visited_at_its_path() {
        for text in [
            include_str!("../specimens/full.yaml"),
            include_str!("../specimens/bare.yaml"),
            include_str!("../specimens/transition.yaml"),
        ] {
            let filing = built_in(text).unwrap();
            let mut found = Vec::new();
            visit(&filing, &|_| true, &mut |text, trail| {
                found.push((trail.path().to_string(), text.to_owned()))
            });
            let mut expected = Vec::new();
            texts(&serde_json::to_value(&filing).unwrap(), &Trail::Start, &mut expected);
            assert!(found.iter().all(|text| expected.contains(text)));
            // The others are days, codes and choices.
            expected.retain(|text| !found.contains(text));
            let plain = |text: &str| {
                text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/'))
            };
            assert!(expected.iter().all(|(_, text)| plain(text)), "{expected:?}");
            assert!(found.len() > expected.len());
        }
    }

    fn texts(value: &serde_json::Value, trail: &Trail<'_>, all: &mut Vec<(String, String)>) {
        match value {
            serde_json::Value::String(text) => all.push((trail.path().to_string(), text.clone())),
            serde_json::Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, v)| texts(v, &trail.index(i), all))
            }
            serde_json::Value::Object(entries) => {
                entries.iter().for_each(|(k, v)| texts(v, &trail.key(k), all))
            }
            _ => {}
        }
    }
}
