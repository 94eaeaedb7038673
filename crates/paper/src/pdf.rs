//! Writes the file: pages, fonts, and the tree of tags that makes it readable for who does not see it.

use crate::draw::{self, points};
use crate::embed::{Used, name, packed};
use crate::fonts::Fonts;
use crate::model::{Pdf, Sheet};
use crate::page::{Kid, Page, Tag, Tree};
use crate::shape::Typesetter;
use crate::sheet::lay_out;
use pdf_writer::types::{StructRole, TabOrder, TableHeaderScope};
use pdf_writer::writers::StructTreeRoot;
use pdf_writer::{Filter, Name, Rect, Ref, Settings, TextStr};
use sha2::{Digest, Sha256};

const PRODUCER: &str = "TradePlus";

/// A font of the operator's folder cannot be put into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a font is broken and cannot be put into documents")]
pub struct Broken;

/// A page in the file.
struct Leaf {
    page: Ref,
    content: Ref,
    /// The list of tags of its marks.
    tags: Ref,
}

/// Lays the sheet out and writes it. Computes and does not wait for anything: some milliseconds for a page.
///
/// # Errors
/// [`Broken`], never with the built-in fonts.
pub fn render(sheet: &Sheet, fonts: &Fonts) -> Result<Pdf, Broken> {
    let mut setter = Typesetter::new(fonts, &sheet.lang, sheet.rtl);
    let (pages, tree) = lay_out(sheet, &mut setter);
    let (width, height) = sheet.size.lengths();
    let mut used = Used::default();
    let contents: Vec<Vec<u8>> =
        pages.iter().map(|page| draw::page(page, height, &setter.faces, &mut used)).collect();

    let mut file = pdf_writer::Pdf::with_settings(Settings { pretty: false });
    let mut next = Ref::new(1);
    let [catalog, all_pages, root, info] = std::array::from_fn(|_| next.bump());
    let mut leaf = || Leaf { page: next.bump(), content: next.bump(), tags: next.bump() };
    let leaves: Vec<Leaf> = pages.iter().map(|_| leaf()).collect();
    let tags: Vec<Ref> = tree.tags.iter().map(|_| next.bump()).collect();

    write_catalog(&mut file, sheet, catalog, all_pages, root);
    file.document_info(info).title(TextStr(&sheet.title)).producer(TextStr(PRODUCER));
    let fonts: Option<Vec<Ref>> =
        used.fonts.iter().map(|font| font.write(&mut file, &mut next, &setter.faces)).collect();
    write_pages(&mut file, all_pages, &leaves, &fonts.ok_or(Broken)?, [width, height]);
    for (n, (leaf, content)) in leaves.iter().zip(&contents).enumerate() {
        file.page(leaf.page)
            .parent(all_pages)
            .contents(leaf.content)
            .struct_parents(number(n))
            .tab_order(TabOrder::StructureOrder);
        file.stream(leaf.content, &packed(content)).filter(Filter::FlateDecode);
    }
    write_tags(&mut file, root, &tree, &tags, &pages, &leaves);

    // It names the file, so it is made of what is in it.
    let mut hash = Sha256::new_with_prefix(&sheet.title);
    contents.iter().for_each(|content| hash.update(content));
    let id = hash.finalize()[..16].to_vec();
    file.set_file_id((id.clone(), id));
    let bytes = file.finish();
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    Ok(Pdf { bytes, sha256, missing: setter.missing.into_iter().collect() })
}

fn write_catalog(file: &mut pdf_writer::Pdf, sheet: &Sheet, catalog: Ref, pages: Ref, root: Ref) {
    let mut catalog = file.catalog(catalog);
    catalog.pages(pages).lang(TextStr(&sheet.lang));
    catalog.pair(Name(b"StructTreeRoot"), root);
    catalog.mark_info().marked(true);
    catalog.viewer_preferences().display_doc_title(true);
}

/// What all pages share.
fn write_pages(file: &mut pdf_writer::Pdf, id: Ref, leaves: &[Leaf], fonts: &[Ref], paper: [i64; 2]) {
    let mut pages = file.pages(id);
    pages.kids(leaves.iter().map(|leaf| leaf.page)).count(number(leaves.len()));
    pages.media_box(Rect::new(0.0, 0.0, points(paper[0]), points(paper[1])));
    let mut resources = pages.resources();
    let mut dict = resources.fonts();
    for (used, font) in fonts.iter().enumerate() {
        dict.pair(Name(name(used).as_bytes()), *font);
    }
}

fn write_tags(
    file: &mut pdf_writer::Pdf,
    root: Ref,
    tree: &Tree,
    tags: &[Ref],
    pages: &[Page],
    leaves: &[Leaf],
) {
    for (page, leaf) in pages.iter().zip(leaves) {
        file.indirect(leaf.tags).array().items(page.marks.iter().map(|tag| tags[*tag]));
    }
    {
        let mut root: StructTreeRoot<'_> = file.indirect(root).start();
        root.child(tags[Tree::ROOT]).parent_tree_next_key(number(leaves.len()));
        let mut parents = root.parent_tree();
        let mut nums = parents.nums();
        for (n, leaf) in leaves.iter().enumerate() {
            nums.insert(number(n), leaf.tags);
        }
    }
    for (tag, id) in tree.tags.iter().zip(tags) {
        let parent = tag.parent.map_or(root, |parent| tags[parent]);
        write_tag(file, *id, tag, parent, tags, leaves);
    }
}

fn write_tag(file: &mut pdf_writer::Pdf, id: Ref, tag: &Tag, parent: Ref, tags: &[Ref], leaves: &[Leaf]) {
    let mut element = file.struct_element(id);
    element.kind(tag.role).parent(parent);
    if let Some(said) = &tag.said {
        element.actual_text(TextStr(said));
    }
    let head = tag.role == StructRole::TH;
    if head || tag.columns > 1 {
        let mut attributes = element.attributes();
        let mut table = attributes.push().table();
        if head {
            table.scope(TableHeaderScope::Column);
        }
        if tag.columns > 1 {
            table.col_span(number(tag.columns));
        }
    }
    let mut kids = element.children();
    for kid in &tag.kids {
        match kid {
            Kid::Tag(tag) => {
                kids.struct_element(tags[*tag]);
            }
            Kid::Mark { page, mark } => {
                kids.marked_content_ref().page(leaves[*page].page).marked_content_id(number(*mark));
            }
        }
    }
}

/// A count as PDF writes it. None here comes near its limit.
fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
