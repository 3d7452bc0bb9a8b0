#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use super::{flatten, squeeze};

/// A folder of its own for each test, with these files in it.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("xtask-css-{}-{name}", std::process::id()));
    for (file, content) in files {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

#[test]
fn imports_are_put_in_their_place_in_the_layer_they_name() {
    let folder = folder(
        "layers",
        &[
            (
                "main.css",
                "@layer base, ui;\n@import url(\"base.css\") layer(base);\n@import 'ui/a.css' layer(ui.kit);\n",
            ),
            ("base.css", "p {\n  margin: 0;\n}\n"),
            ("ui/a.css", "@import \"b.css\";\na { color: red }"),
            ("ui/b.css", "b{top:0}"),
        ],
    );
    let flat = flatten(&folder.join("main.css")).unwrap();
    assert_eq!(flat, "@layer base,ui;@layer base{p{margin: 0;}}@layer ui.kit{b{top:0}a{color: red}}");
}

#[test]
fn an_import_with_a_condition_or_of_a_missing_file_is_refused() {
    let folder = folder(
        "refused",
        &[
            ("media.css", "@import url(\"a.css\") screen;"),
            ("missing.css", "@import \"nowhere.css\";"),
            ("both.css", "@import \"a.css\" layer(x) print;"),
            ("a.css", ""),
        ],
    );
    for name in ["media.css", "missing.css", "both.css"] {
        assert!(flatten(&folder.join(name)).is_err(), "{name}");
    }
}

#[test]
fn a_url_that_names_a_file_is_refused_and_one_with_data_travels() {
    let folder = folder(
        "urls",
        &[("file.css", "a{background:url(x.svg)}"), ("data.css", "a{background:url(\"data:image/svg+xml,<svg/>\")}")],
    );
    assert!(flatten(&folder.join("file.css")).is_err());
    assert_eq!(flatten(&folder.join("data.css")).unwrap(), "a{background:url(\"data:image/svg+xml,<svg/>\")}");
}

#[test]
fn an_import_inside_a_comment_is_not_taken() {
    let folder = folder("comment", &[("main.css", "/* @import \"nowhere.css\"; */a{top:0}")]);
    assert_eq!(flatten(&folder.join("main.css")).unwrap(), "a{top:0}");
}

#[test]
fn strings_keep_their_white_space_and_a_descendant_keeps_its_space_before_a_colon() {
    assert_eq!(squeeze("a  :hover {\n content : \"a  { /* b */\" ; }\n"), "a :hover{content : \"a  { /* b */\";}");
    assert_eq!(squeeze("a/**/b { --x: 'it\\'s  ' }"), "ab{--x: 'it\\'s  '}");
}
