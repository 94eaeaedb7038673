//! Turns messages/en/*.ftl into one typed function a message, and every language into one embedded text,
//! so that a misspelt key does not compile.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a build that cannot read its input must stop"
)]

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../messages");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut langs: Vec<String> = fs::read_dir(&root)
        .expect("the messages folder")
        .filter_map(|e| e.ok().filter(|e| e.path().is_dir()))
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    langs.sort_by_key(|l| (l != "en", l.clone()));
    let mut out = String::from(
        "/// Code and messages of every language, English first.\npub(super) const SOURCES: &[(&str, &str)] = &[\n",
    );
    for lang in &langs {
        writeln!(out, "    ({lang:?}, {:?}),", source_of(&root.join(lang))).expect("write");
    }
    out.push_str("];\n\nimpl super::Say {\n");
    let english = source_of(&root.join("en"));
    let resource = fluent_syntax::parser::parse(english.as_str())
        .unwrap_or_else(|(_, errors)| panic!("messages/en does not parse: {errors:?}"));
    let mut seen = BTreeSet::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let Some(pattern) = &message.value else { continue };
        assert!(seen.insert(message.id.name), "message {} is defined twice", message.id.name);
        let mut vars = BTreeSet::new();
        walk(pattern, &mut vars);
        accessor(&mut out, message.id.name, &vars);
    }
    out.push_str("}\n");
    fs::write(Path::new(&env::var("OUT_DIR").expect("OUT_DIR")).join("messages.rs"), out).expect("write");
}

fn source_of(dir: &Path) -> String {
    let mut files: Vec<_> =
        fs::read_dir(dir).expect("a language folder").filter_map(Result::ok).map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "ftl"));
    files.sort();
    files.iter().map(|p| fs::read_to_string(p).expect("a message file") + "\n").collect()
}

fn accessor(out: &mut String, key: &str, vars: &BTreeSet<String>) {
    let name = key.replace('-', "_");
    let lifetime = if vars.is_empty() { "" } else { "<'a>" };
    let params: String =
        vars.iter().map(|v| format!(", {}: impl Into<super::Value<'a>>", v.replace('-', "_"))).collect();
    let args: String = vars.iter().map(|v| format!("({v:?}, {}.into()), ", v.replace('-', "_"))).collect();
    writeln!(
        out,
        "    pub fn {name}{lifetime}(&self{params}) -> String {{ self.format({key:?}, [{args}]) }}"
    )
    .expect("write");
}

fn walk(pattern: &Pattern<&str>, vars: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            walk_expression(expression, vars);
        }
    }
}

fn walk_expression(expression: &Expression<&str>, vars: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, vars),
        Expression::Select { selector, variants } => {
            walk_inline(selector, vars);
            variants.iter().for_each(|v| walk(&v.value, vars));
        }
    }
}

fn walk_inline(inline: &InlineExpression<&str>, vars: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            vars.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => walk_expression(expression, vars),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|a| walk_inline(a, vars));
        }
        _ => {}
    }
}
