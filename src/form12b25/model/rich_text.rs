//! The model of rich text: paragraphs, lists and tables, without inline markup. Every output prints
//! the characters as typed, with white space folded.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize as DeriveDeserialize, Serialize, Serializer};

use super::scalar::{Scalar, choice, scalar_as_text};
use super::text::{Text, fold, is_space};

/// A string of paragraphs separated by blank lines, or a list of blocks.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)] // written only: reading is by hand, with positions
pub enum RichText {
    /// One string; blank lines separate its paragraphs.
    Paragraphs(Text),
    /// A list of blocks.
    Blocks(Vec<Block>),
}

/// One block of rich text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Paragraphs, separated by blank lines.
    Paragraphs(Text),
    /// A bulleted list.
    List(Vec<Text>),
    /// A table with a header row.
    Table(Table),
    /// A heading inside a Part.
    Heading(Text),
}

/// A table. Each row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, DeriveDeserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The subject of the table, printed above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text>,
    /// The header of each column; that of the first may be empty, `""` or null.
    #[schemars(length(min = 1))]
    pub columns: Vec<Head>,
    /// The alignment of each column: `left`, `right` or `center`; left out, the first is left and
    /// the others right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub align: Option<Vec<Align>>,
    /// The cells, row by row; a null cell is empty. `{total: [cell, …]}` is a row with a rule above
    /// it and a double rule below it.
    #[schemars(length(min = 1))]
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Whether it is a total.
    pub is_total: bool,
}

/// The key of a row that is a mapping.
#[derive(DeriveDeserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RowKeys {
    /// The cells of a total.
    total: Vec<Cell>,
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Row, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Row;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of cells, or a `total`")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Row, A::Error> {
                let cells = Vec::deserialize(SeqAccessDeserializer::new(seq))?;
                Ok(Row { cells, is_total: false })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Row, A::Error> {
                let RowKeys { total } = RowKeys::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Row { cells: total, is_total: true })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_total {
            RowKeys { total: self.cells.clone() }.serialize(serializer)
        } else {
            self.cells.serialize(serializer)
        }
    }
}

impl JsonSchema for Row {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Row".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = RowKeys::json_schema(generator);
        schema.insert("type".to_owned(), serde_json::json!(["array", "object"]));
        schema.insert("items".to_owned(), Cell::json_schema(generator).into());
        schema
    }
}

choice! {
    /// The alignment of a column of a table.
    Align, "align", "an alignment" {
        /// Flush left.
        Left = "left",
        /// Flush right, as amounts are.
        Right = "right",
        /// Centred.
        Center = "center",
    }
}

/// A cell of a table: a text, or nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Cell(pub Option<Text>);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Cell, D::Error> {
        Option::<Text>::deserialize(deserializer).map(Cell)
    }
}

impl JsonSchema for Cell {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Cell".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "number", "boolean", "null"],
            "format": Text::FORMAT,
            "minLength": 1,
        })
    }
}

/// The header of a column: a text, or nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Head(pub Option<Text>);

impl Head {
    /// Returns its text with white space folded, or an empty one.
    pub fn folded(&self) -> String {
        self.0.as_ref().map(Text::folded).unwrap_or_default()
    }
}

/// The text of a header, which may be empty.
struct HeadText(Option<Text>);

impl<'de> Deserialize<'de> for Head {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Head, D::Error> {
        let text = Option::<HeadText>::deserialize(deserializer)?;
        Ok(Head(text.and_then(|text| text.0)))
    }
}

impl<'de> Deserialize<'de> for HeadText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<HeadText, D::Error> {
        struct FromText;
        impl Visitor<'_> for FromText {
            type Value = HeadText;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Text::EXPECTING)
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<HeadText, E> {
                let is_empty = text.chars().all(char::is_whitespace);
                let text = (!is_empty).then(|| Text::parse(text)).transpose();
                text.map(HeadText).map_err(E::custom)
            }
        }
        // As of other texts: `1.10` keeps its last digit.
        deserializer.deserialize_str(FromText)
    }
}

impl JsonSchema for Head {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Head".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean", "null"], "format": Head::FORMAT })
    }
}

impl Head {
    /// The `format` of its schema.
    pub const FORMAT: &'static str = "column-head";
}

impl Table {
    /// Returns the alignment of a column.
    pub fn align_of(&self, column: usize) -> Align {
        // Most tables have labels in the first column and amounts in the others.
        let default = if column == 0 { Align::Left } else { Align::Right };
        self.align.as_ref().and_then(|all| all.get(column)).copied().unwrap_or(default)
    }
}

impl RichText {
    /// Returns the blocks, with each paragraph on its own and white space folded.
    pub fn blocks(&self) -> Vec<Piece<'_>> {
        match self {
            RichText::Paragraphs(text) => pieces(text).collect(),
            RichText::Blocks(blocks) => blocks
                .iter()
                .flat_map(|block| match block {
                    Block::Paragraphs(text) => pieces(text).collect(),
                    Block::List(items) => vec![Piece::List(items)],
                    Block::Table(table) => vec![Piece::Table(table)],
                    Block::Heading(text) => vec![Piece::Heading(text)],
                })
                .collect(),
        }
    }
}

/// A block as it is laid out.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece<'a> {
    /// One paragraph, white space folded.
    Paragraph(String),
    /// A bulleted list.
    List(&'a [Text]),
    /// A table.
    Table(&'a Table),
    /// A heading.
    Heading(&'a Text),
}

fn pieces(text: &Text) -> impl Iterator<Item = Piece<'_>> {
    paragraphs(text.as_str()).into_iter().map(Piece::Paragraph)
}

/// Splits at lines that have only white space.
fn paragraphs(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in text.lines() {
        if line.chars().all(is_space) {
            all.push(String::new());
        } else if let Some(last) = all.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    all.iter().map(|p| fold(p)).filter(|p| !p.is_empty()).collect()
}

impl<'de> Deserialize<'de> for RichText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RichText, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = RichText;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of blocks")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<RichText, E> {
                Text::parse(text).map(RichText::Paragraphs).map_err(E::custom)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<RichText, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(RichText::Blocks)
            }
            scalar_as_text!();
        }
        deserializer.deserialize_any(Either)
    }
}

// Optional keys and a count, since positions are lost in a tagged enumeration.
/// The keys of a block that is a mapping: exactly one of them.
#[derive(Default, DeriveDeserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
struct BlockKeys {
    /// A bulleted list: a text for each item.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    list: Option<Vec<Text>>,
    /// A table with a header row.
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<Table>,
    /// A heading inside a Part.
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<Text>,
}

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Block, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Block;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a paragraph, a `list`, a `table` or a `heading`")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Block, E> {
                Text::parse(text).map(Block::Paragraphs).map_err(E::custom)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Block, A::Error> {
                match BlockKeys::deserialize(MapAccessDeserializer::new(map))? {
                    BlockKeys { list: Some(list), table: None, heading: None } => {
                        Ok(Block::List(list))
                    }
                    BlockKeys { list: None, table: Some(table), heading: None } => {
                        Ok(Block::Table(table))
                    }
                    BlockKeys { list: None, table: None, heading: Some(heading) } => {
                        Ok(Block::Heading(heading))
                    }
                    _ => Err(A::Error::custom("a block is a `list`, a `table` or a `heading`")),
                }
            }
            scalar_as_text!();
        }
        deserializer.deserialize_any(Either)
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Block::Paragraphs(text) => text.serialize(serializer),
            Block::List(list) => {
                BlockKeys { list: Some(list.clone()), ..BlockKeys::default() }.serialize(serializer)
            }
            Block::Table(table) => BlockKeys { table: Some(table.clone()), ..BlockKeys::default() }
                .serialize(serializer),
            Block::Heading(text) => {
                BlockKeys { heading: Some(text.clone()), ..BlockKeys::default() }
                    .serialize(serializer)
            }
        }
    }
}

impl JsonSchema for RichText {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "RichText".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "array"],
            "format": Text::FORMAT,
            "minLength": 1,
            "minItems": 1,
            "items": Block::json_schema(generator),
        })
    }
}

impl JsonSchema for Block {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Block".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = BlockKeys::json_schema(generator);
        schema.insert("type".to_owned(), serde_json::json!(["string", "object"]));
        schema.insert("format".to_owned(), Text::FORMAT.into());
        schema.insert("minLength".to_owned(), 1.into());
        schema
    }
}
