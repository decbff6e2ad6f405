//! PDFs made object by object: sound ones, and those that break EDGAR's rules or are made to slow a
//! reader down.

const FONT: &str =
    "<</Type/Font/Subtype/Type1/BaseFont/Own/Encoding/WinAnsiEncoding/FontDescriptor 7 0 R>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 6 0 R>>>>>>";

/// A file of these objects, numbered from 1, with a table that is right.
pub(crate) fn file(header: &str, objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = format!("%PDF-{header}\n").into_bytes();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| bytes.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = objects.len() + 1;
    bytes.extend(
        format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n")
            .bytes(),
    );
    bytes
}

pub(crate) fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", bytes.len()).into_bytes();
    object.extend(bytes);
    object.extend(b"\nendstream");
    object
}

pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
}

/// The objects of a sound file of one page: catalogue, pages, page, text, a spare, font,
/// descriptor.
fn objects() -> Vec<Vec<u8>> {
    vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        PAGE.into(),
        stream("", b"BT /F 12 Tf (late) Tj ET"),
        b"null".to_vec(),
        FONT.into(),
        b"<</Type/FontDescriptor/FontName/Own/FontFile2 5 0 R>>".to_vec(),
    ]
}

/// The sound file with some of its objects replaced, or more added.
fn with(changes: &[(usize, &str)]) -> Vec<u8> {
    file("1.7", &changed(changes), "")
}

pub(crate) fn changed(changes: &[(usize, &str)]) -> Vec<Vec<u8>> {
    let mut objects = objects();
    for (number, object) in changes {
        objects.resize(objects.len().max(*number), b"null".to_vec());
        objects[number - 1] = object.as_bytes().to_vec();
    }
    objects
}

/// The sound file with something in its catalogue.
fn catalogue(entry: &str) -> Vec<u8> {
    with(&[(1, &format!("<</Type/Catalog/Pages 2 0 R{entry}>>"))])
}

/// The sound file with an annotation on its page.
fn annotated(annotation: &str) -> Vec<u8> {
    let page = PAGE.replace("/Contents", "/Annots[8 0 R]/Contents");
    with(&[(3, &page), (8, &format!("<</Type/Annot/Rect[0 0 9 9]{annotation}>>"))])
}

/// The sound file whose page shows this.
fn showing(content: Vec<u8>) -> Vec<u8> {
    let mut objects = objects();
    objects[3] = content;
    file("1.7", &objects, "")
}

/// Objects packed into a stream, instead of one of the sound file.
fn packed(members: &[(u32, &str)], bomb: usize) -> Vec<u8> {
    let (mut head, mut body) = (String::new(), String::new());
    for (number, object) in members {
        head += &format!("{number} {} ", body.len());
        body += &format!("{object} ");
    }
    let mut all = (head.clone() + &body).into_bytes();
    all.resize(all.len() + bomb, b' ');
    let dictionary =
        format!("/Type/ObjStm/N {}/First {}/Filter/FlateDecode", members.len(), head.len());
    let mut objects = objects();
    objects.push(stream(&dictionary, &deflated(&all)));
    file("1.7", &objects, "")
}

pub(crate) fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let sound = with(&[]);
    let mut documents = vec![
        ("sound.pdf", sound.clone()),
        ("sound-packed.pdf", packed(&[(9, "<</Type/ExtGState>>"), (10, "[1 2]")], 0)),
        (
            "sound-deflated.pdf",
            showing(stream("/Filter/FlateDecode", &deflated(b"BT [-20 (late)] TJ ET"))),
        ),
        (
            "sound-outline.pdf",
            catalogue(
                "/Outlines<</First<</Title(x)/A<</S/GoTo/D[3 0 R/Fit]>>>>>>/OpenAction[3 0 R/Fit]",
            ),
        ),
        ("sound-structure.pdf", with(&[(5, "<</Type/StructElem/S/Sound/P 1 0 R/K 0>>")])),
        ("sound-empty-form.pdf", catalogue("/AcroForm<</Fields[]>>")),
        ("version-2.pdf", file("2.0", &objects(), "")),
        ("version-none.pdf", file("x", &objects(), "")),
    ];
    documents.extend(broken(&sound));
    documents.extend(active());
    documents.extend(unreadable());
    documents.extend(hostile());
    documents.extend(repetitive());
    documents
}

fn broken(sound: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let table = String::from_utf8_lossy(sound).replace("startxref\n", "startxref\n9").into_bytes();
    vec![
        ("broken-text.pdf", b"no PDF at all".to_vec()),
        ("broken-head.pdf", [b"\n", sound].concat()),
        ("broken-cut.pdf", sound[..sound.len() - 40].to_vec()),
        ("broken-half.pdf", sound[..sound.len() / 2].to_vec()),
        ("broken-table.pdf", table),
        ("broken-object.pdf", with(&[(5, "<</A (never closed")])),
        ("broken-pages.pdf", with(&[(2, "null"), (3, "null")])),
        ("encrypted.pdf", file("1.7", &objects(), "/Encrypt<</Filter/Standard/V 4>>")),
    ]
}

fn active() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("code-open.pdf", catalogue("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")),
        (
            "code-names.pdf",
            catalogue(
                "/Names<</JavaScript<</Names[]>>/EmbeddedFiles<</Names[]>>>>/AA<</WC 5 0 R>>",
            ),
        ),
        ("code-hidden.pdf", catalogue("/OpenAction<</S/J#61va#53cript/#4aS 5 0 R>>")),
        ("code-launch.pdf", annotated("/Subtype/Text/A<</S/Launch/F(x.exe)>>")),
        ("code-packed.pdf", packed(&[(9, "<</S/JavaScript/JS(x)>>")], 0)),
        ("code-submit.pdf", annotated("/Subtype/Widget/A<</S/SubmitForm/F(x)>>/AA<</E 5 0 R>>")),
        ("link-address.pdf", annotated("/Subtype/Link/A<</S/URI/URI(https://example.com/)>>")),
        ("link-inside.pdf", annotated("/Subtype/Link/Dest[3 0 R/Fit]")),
        ("link-file.pdf", annotated("/Subtype/Link/A<</S/GoToR/F(a.pdf)>>")),
        ("form-fields.pdf", catalogue("/AcroForm<</Fields[5 0 R]/XFA[(x)5 0 R]>>")),
        (
            "attachment.pdf",
            annotated("/Subtype/FileAttachment/FS<</Type/Filespec/EF<</F 5 0 R>>>>"),
        ),
        ("media.pdf", annotated("/Subtype/RichMedia")),
        ("media-sound.pdf", annotated("/Subtype/Screen/A<</S/Rendition>>")),
    ]
}

fn unreadable() -> Vec<(&'static str, Vec<u8>)> {
    let composite =
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[8 0 R]>>";
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/FontDescriptor 7 0 R>>";
    vec![
        ("no-text.pdf", showing(stream("", b"q 9 0 0 9 0 0 cm /Im Do Q"))),
        ("no-text-empty.pdf", showing(stream("", b"BT () Tj [5] TJ ET"))),
        ("font-outside.pdf", with(&[(6, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")])),
        ("font-outside-2.pdf", with(&[(7, "<</Type/FontDescriptor>>")])),
        ("font-unreadable.pdf", with(&[(6, composite), (8, descendant)])),
        (
            "font-readable.pdf",
            with(&[(6, &composite.replace(">>", "/ToUnicode 5 0 R>>")), (8, descendant)]),
        ),
    ]
}

fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let bomb = stream("/Filter/FlateDecode", &deflated(&vec![b' '; 70 << 20]));
    let links = "8 0 R ".repeat(500);
    let many = PAGE.replace("/Contents", &format!("/Annots[{links}]/Contents"));
    vec![
        ("hostile-deep.pdf", with(&[(5, &"[".repeat(100_000))])),
        (
            "hostile-cycle.pdf",
            with(&[(2, "<</Type/Pages/Kids[2 0 R 3 0 R 3 0 R]/Parent 2 0 R>>"), (5, "5 0 R")]),
        ),
        ("hostile-bomb.pdf", showing(bomb)),
        ("hostile-packed.pdf", packed(&[(9, "null")], 70 << 20)),
        ("hostile-many.pdf", file("1.7", &vec![b"1".to_vec(); 250_000], "")),
        (
            "hostile-links.pdf",
            with(&[(3, &many), (8, "<</Subtype/Link/Rect[0 0 1 1]/A<</S/URI>>>>")]),
        ),
        ("hostile-open.pdf", file("1.7", &vec![b"(".to_vec(); 100_000], "")),
        ("hostile-itself.pdf", packed(&[(8, "<</Type/ObjStm>>")], 0)),
    ]
}

/// Small files that ask for the same thing again and again.
fn repetitive() -> Vec<(&'static str, Vec<u8>)> {
    const MANY: usize = 10_000;
    let shared = |kids: &str, list: &str| {
        with(&[
            (2, &format!("<</Type/Pages/Kids[{kids}]>>")),
            (8, list),
            (9, "<</Length 0>>\nstream\n\nendstream"),
        ])
    };
    let refers = format!("[{}]", "9 0 R ".repeat(MANY));
    let fonts =
        format!("<</Type/Page/Contents 8 0 R/Resources<</Font<<{}>>>>>>", "/F 6 0 R".repeat(MANY));
    let mut unpacked =
        changed(&[(3, &PAGE.replace("4 0 R", &format!("[{}]", "4 0 R ".repeat(MANY))))]);
    unpacked[3] = stream(
        "/Filter[/FlateDecode/ASCIIHexDecode]",
        &deflated(&[b">", &[b' '; 8 << 20][..]].concat()),
    );
    let comments = "null endobj ".to_owned() + &"9 0 obj<<>>%".repeat(190_000);
    let entries = |entry: &str| format!("<<{}>>", entry.repeat(20 * MANY));
    vec![
        (
            "repetitive-kids.pdf",
            with(&[(2, "<</Type/Pages/Kids 8 0 R>>"), (8, "[<</Kids 8 0 R>><</Kids 8 0 R>>]")]),
        ),
        ("repetitive-contents.pdf", shared(&"<</Contents 8 0 R>>".repeat(MANY), &refers)),
        ("repetitive-annotations.pdf", shared(&"<</Annots 8 0 R>>".repeat(MANY), &refers)),
        ("repetitive-fonts.pdf", shared(&fonts, &refers)),
        ("repetitive-streams.pdf", file("1.7", &unpacked, "")),
        ("repetitive-comments.pdf", with(&[(5, &comments)])),
        (
            "repetitive-entries.pdf",
            with(&[(8, &entries("/AcroForm 9 0 R")), (9, &entries("/B 1"))]),
        ),
    ]
}
