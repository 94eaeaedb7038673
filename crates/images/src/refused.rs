//! Why a picture was not taken.

use kernel::{Refusal, Wrong};

/// A kind of file that is a picture or document, but not one we take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    Heic,
    Gif,
    Svg,
    Pdf,
    /// AVIF, TIFF, BMP and others.
    Other,
}

/// Why a picture was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureRefused {
    #[error("not a picture")]
    NotAPicture,
    #[error("a kind of picture that is not taken: {0:?}")]
    Unsupported(Foreign),
    #[error("more bytes than a picture may have")]
    TooManyBytes,
    #[error("more pixels than a picture may have")]
    TooManyPixels,
    #[error("the picture is damaged or incomplete")]
    Damaged,
    #[error("the picture took too long")]
    TooSlow,
    /// Nothing is wrong with it: too many others are waiting.
    #[error("too many pictures are waiting")]
    Busy,
}

impl PictureRefused {
    /// What is wrong, for the field of the form: the key of a sentence that says how to mend it.
    pub const fn wrong(&self) -> Wrong {
        Wrong::Because(match self {
            Self::NotAPicture => "picture-not-a-picture",
            Self::Unsupported(Foreign::Heic) => "picture-heic",
            Self::Unsupported(Foreign::Gif) => "picture-gif",
            Self::Unsupported(Foreign::Svg) => "picture-svg",
            Self::Unsupported(Foreign::Pdf) => "picture-pdf",
            Self::Unsupported(Foreign::Other) => "picture-unsupported",
            Self::TooManyBytes => "picture-too-many-bytes",
            Self::TooManyPixels => "picture-too-many-pixels",
            Self::Damaged => "picture-damaged",
            Self::TooSlow => "picture-too-slow",
            Self::Busy => "picture-busy",
        })
    }

    /// As a refusal of the field `field`.
    pub fn at(&self, field: &str) -> Refusal {
        Refusal::field(field, self.wrong())
    }
}
