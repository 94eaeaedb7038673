//! The words that the catalogue and the questions are made of; the makers are invented. The order matters: the
//! first words come more often.

#[rustfmt::skip]
pub const QUALITIES: &[&str] = &[
    "black", "vintage", "small", "large", "white", "blue", "wooden", "red", "light", "heavy", "folding",
    "green", "compact", "steel", "handmade", "grey", "waterproof", "cordless", "leather", "foldable",
    "silent", "antique", "portable", "yellow", "ceramic", "electric", "round", "cotton", "brass", "modular",
    "adjustable", "striped",
];
#[rustfmt::skip]
pub const MAKERS: &[&str] = &[
    "Kestrel", "Nordlys", "Alba", "Ferrum", "Havel", "Orlane", "Bruma", "Tindra", "Velox", "Marlow", "Sorrel",
    "Castello", "Junip", "Ostra", "Pellworm", "Quarz", "Rivage", "Sable", "Tarn", "Umbra", "Vireo", "Wexford",
    "Yarrow", "Zephir", "Aster", "Birk", "Corvo", "Dunlin", "Ember", "Fjell", "Garnet", "Holm", "Isola",
    "Jarrah", "Kobalt", "Linden", "Merle", "Noor", "Ondine", "Plover",
];
#[rustfmt::skip]
pub const THINGS: &[&str] = &[
    "bicycle", "lamp", "chair", "table", "camera", "guitar", "jacket", "phone", "keyboard", "bookshelf",
    "tent", "backpack", "drill", "mirror", "headphones", "pram", "sofa", "monitor", "boots", "watch",
    "kettle", "carpet", "saw", "printer", "violin", "helmet", "desk", "speaker", "dress", "puzzle", "bench",
    "ladder", "cupboard", "amplifier", "skates", "tripod", "blender", "stroller", "telescope", "typewriter",
    "wardrobe", "sandals", "turntable", "aquarium", "toolbox", "greenhouse", "canoe", "radiator", "projector",
    "globe", "easel", "anvil", "barometer", "clarinet", "dehumidifier", "espresso", "flute", "generator",
    "hammock", "inkwell", "jigsaw", "kayak", "lantern", "mandolin", "narrowboat", "oboe", "pannier", "quilt",
    "router", "sextant", "trampoline", "ukulele", "vase", "wheelbarrow", "xylophone", "yoke", "zither",
    "accordion", "binoculars", "compressor",
];
#[rustfmt::skip]
pub const PARTS: &[&str] = &[
    "in good order", "with its case", "from a smoke-free home", "hardly used", "serviced in spring",
    "one owner", "a few scratches on the back", "the box is still there", "works as on the first day",
    "a gift we never opened", "can be tried on the spot", "measured with a tape, not guessed", "new battery",
    "sold because we are moving", "spare parts are included", "some wear at the corners",
    "the bill is still here", "kept in a dry cellar", "cleaned last week",
    "no tools needed to put it together", "fits into a small car", "please bring a friend",
];
#[rustfmt::skip]
pub const COLOURS: &[&str] = &[
    "black", "white", "blue", "red", "green", "grey", "yellow", "brown",
];
#[rustfmt::skip]
pub const CONDITIONS: &[&str] = &[
    "good", "like_new", "new", "fair", "for_parts",
];
