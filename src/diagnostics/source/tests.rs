use super::*;

const TEXT: &str = "a: 1\nb:\n  c: |\n    text\n  d: [x, {e: ~}]\nf: &anchor {g: h}\ni: *anchor\n";

fn at(path: &str) -> (usize, usize, bool) {
    let source = Source { text: TEXT.into(), ..Source::named("t.yaml") };
    let (position, exact) = source.locate(&YamlPath::parse(path));
    (position.line, position.column, exact)
}

#[test]
fn every_kind_of_node_has_its_place() {
    assert_eq!(at("a"), (1, 4, true));
    assert_eq!(at("b.c"), (3, 6, true));
    assert_eq!(at("b.d[0]"), (5, 7, true));
    assert_eq!(at("b.d[1].e"), (5, 14, true));
    assert_eq!(at("f.g"), (6, 16, true));
    assert_eq!(at("i.g"), (6, 16, true));
}

#[test]
fn an_absent_node_is_placed_at_its_nearest_ancestor() {
    assert_eq!(at("b.missing"), (2, 1, false));
    assert_eq!(at("b.d[7]"), (5, 3, false));
    assert_eq!(at("nothing.at.all"), (1, 1, false));
}

/// All paths of a tree, and for each of them two absent paths below it.
fn paths(value: &serde_yaml::Value, path: &YamlPath, all: &mut Vec<YamlPath>) {
    all.extend([path.clone(), path.key("nothing"), path.index(1000)]);
    match value {
        serde_yaml::Value::Mapping(entries) => {
            entries.iter().for_each(|(k, v)| paths(v, &path.key(k.as_str().unwrap_or("?")), all));
        }
        serde_yaml::Value::Sequence(items) => {
            items.iter().enumerate().for_each(|(i, v)| paths(v, &path.index(i), all));
        }
        _ => {}
    }
}

#[test]
fn places_found_together_equal_those_found_alone() {
    for text in [
        TEXT,
        include_str!("../../../filings/copperline-logistics-2025-10-kt.yaml"),
        "- [a, [b]]\n- {c: d}\n",
        "x",
    ] {
        let sources = Sources::single(Source { text: text.into(), ..Source::named("t.yaml") });
        let mut all = Vec::new();
        paths(&serde_yaml::from_str(text).unwrap(), &YamlPath::default(), &mut all);
        let spots: Vec<Spot> =
            all.into_iter().flat_map(|path| [Spot::Key(path.clone()), Spot::Value(path)]).collect();
        let together = sources.places(&spots.iter().collect::<Vec<_>>());
        for (spot, found) in spots.iter().zip(together) {
            assert_eq!(sources.places(&[spot]), [found], "{spot:?}");
        }
    }
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let source = Source { text: TEXT.into(), ..Source::named("t.yaml") };
    assert_eq!(source.sha256(), sha256(TEXT.as_bytes()));
    let bytes = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
    assert_eq!(Source { marked: true, ..source }.sha256(), sha256(&bytes));
}

#[test]
fn offsets_and_positions_agree() {
    let text = "é\nüx\n";
    for (offset, _) in text.char_indices() {
        assert_eq!(Position::of_offset(text, offset).offset_in(text), offset);
    }
}

#[test]
fn a_path_is_written_as_it_is_parsed() {
    for path in ["a", "a.b[0]", "letters[0].body[1].table.rows[0][1]"] {
        assert_eq!(YamlPath::parse(path).to_string(), path);
    }
}

#[test]
fn the_fast_path_for_an_absent_key_gives_the_same_place() {
    let texts = [
        TEXT,
        "# a comment\n\nb: 1\n",
        "---\nb: 1\n",
        "\n  b: 1\n",
        "{b: 1}\n",
        "b: nothing at all\n",
        "",
    ];
    for text in texts.into_iter().chain(["\"\\x6eothing\": {at: {all: 1}}\n"]) {
        let sources = Sources::single(Source { text: text.into(), ..Source::named("t.yaml") });
        let path = YamlPath::parse("nothing.at.all");
        let read = sources.main.locate(&path).0;
        assert_eq!(sources.places(&[&Spot::Value(path)])[0].0.position, read, "{text}");
    }
}
