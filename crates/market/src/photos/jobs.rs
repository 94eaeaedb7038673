//! Pictures that nobody shows any more.

use kernel::Refusal;
use platform::jobs::{Job, Outcome};
use platform::objects::Objects;
use serde::{Deserialize, Serialize};

/// Deletes the files of a picture that another one took the place of.
#[derive(Serialize, Deserialize, Debug)]
pub struct DeletePicture {
    /// Its folder in the object store.
    pub key: String,
}

impl Job for DeletePicture {
    const KIND: &'static str = "photos.delete_picture";
}

pub async fn delete_picture(objects: &Objects, job: DeletePicture) -> Outcome {
    objects.delete_prefix(&job.key).await.map_err(Refusal::from)?;
    Ok(())
}
