//! Words that mean the same to a buyer.
//!
//! Each line is a group; a query for one member also accepts the others at a lower weight.
//! British and American words meet here. Words with a second common meaning are left out.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::words::Stems;

/// Weight of a synonym against the word that was typed.
pub const WEIGHT: f32 = 0.5;
/// The longest member in words.
pub const LONGEST: usize = 3;

const GROUPS: &str = "\
laptop|notebook
computer|pc
television|tv|telly
smartphone|mobile phone|cell phone|cellphone|phone
headphones|headset|earphones|earbuds
flash drive|usb stick|usb drive|memory stick|pen drive|thumb drive
hard drive|hard disk|hdd
ssd|solid state drive
graphics card|video card|gpu
cpu|processor
motherboard|mainboard
charger|power adapter|power supply
power bank|portable charger
cable|cord
extension lead|extension cord|power strip
speaker|loudspeaker
wifi|wlan
games console|game console
ps3|playstation 3
ps4|playstation 4
ps5|playstation 5
mouse pad|mouse mat
e-reader|ebook reader|ereader
webcam|web camera
fridge|refrigerator
vacuum cleaner|hoover
cooker|stove
hob|cooktop
microwave|microwave oven
torch|flashlight
sofa|couch|settee
wardrobe|closet
cupboard|cabinet
duvet|comforter|quilt
curtains|drapes
rug|carpet
bookcase|bookshelf
pram|stroller|pushchair|buggy
cot|crib
nappy|diaper
bicycle|bike
motorbike|motorcycle
lorry|truck
car|automobile
estate car|station wagon
caravan|camper trailer
tyre|tire
windscreen|windshield
gearbox|transmission
petrol|gasoline
trainers|sneakers
trousers|pants
jumper|sweater|pullover
waistcoat|vest
dressing gown|bathrobe
swimsuit|swimming costume|bathing suit
jewellery|jewelry
handbag|purse
spectacles|eyeglasses
backpack|rucksack
lawnmower|lawn mower|mower
garden hose|hosepipe
spanner|wrench
colour|color
grey|gray
aluminium|aluminum
wood|wooden";

/// From the stems of a member to the stems of all members of its group.
static MEMBERS: LazyLock<HashMap<Vec<String>, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut stems = Stems::new();
    let mut members: HashMap<Vec<String>, Vec<Vec<String>>> = HashMap::new();
    for line in GROUPS.lines() {
        let plain = |member: &str| -> Vec<String> {
            member.replace('-', " ").split(' ').map(str::to_owned).collect()
        };
        let group: Vec<Vec<String>> = line.split('|').map(plain).collect();
        for member in &group {
            let others = group.iter().filter(|other| *other != member).cloned();
            members.entry(stems.all(&member.join(" "))).or_default().extend(others);
        }
    }
    members
});

/// What else the phrase may be called, each as a sequence of plain words.
pub fn of(stems: &[String]) -> &'static [Vec<String>] {
    MEMBERS.get(stems).map_or(&[], Vec::as_slice)
}
