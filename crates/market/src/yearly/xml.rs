//! Writing XML: elements within each other, and text that cannot be taken for one.

use std::fmt::{Display, Write};

/// A text of elements that is being written.
#[derive(Debug, Default)]
pub(super) struct Xml(String);

impl Xml {
    /// An element with others in it.
    pub(super) fn within(&mut self, name: &str, inside: impl FnOnce(&mut Self)) -> &mut Self {
        self.within_marked(name, &[], inside)
    }

    /// The same with attributes.
    pub(super) fn within_marked(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self),
    ) -> &mut Self {
        self.open(name, attributes);
        inside(self);
        self.close(name)
    }

    /// An element with text in it.
    pub(super) fn text(&mut self, name: &str, text: impl Display) -> &mut Self {
        self.marked(name, &[], text)
    }

    /// The same with attributes.
    pub(super) fn marked(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        text: impl Display,
    ) -> &mut Self {
        self.open(name, attributes);
        self.0.push_str(&escaped(&text.to_string()));
        self.close(name)
    }

    /// What was written before, as it is.
    pub(super) fn put(&mut self, written: &str) -> &mut Self {
        self.0.push_str(written);
        self
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.0, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.0, " {name}=\"{}\"", escaped(value));
        }
        self.0.push('>');
    }

    fn close(&mut self, name: &str) -> &mut Self {
        let _ = writeln!(self.0, "</{name}>");
        self
    }
}

/// Text without what XML takes for its own, and without characters that it has no place for (XML 1.0, 2.2).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_taken_for_an_element() {
        let mut xml = Xml::default();
        xml.within_marked("a", &[("b", "\"<&>'")], |xml| {
            xml.text("c", "R&D <script>\u{1}\n\"x\"").text("d", 5);
        });
        assert_eq!(
            xml.into_string(),
            "<a b=\"&quot;&lt;&amp;&gt;&apos;\"><c>R&amp;D &lt;script&gt; &quot;x&quot;</c>\n<d>5</d>\n</a>\n"
        );
    }
}
