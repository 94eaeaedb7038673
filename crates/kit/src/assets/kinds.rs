//! Which files of `web/` are served, and as what. Shared with the build script.

/// The media type of an asset by its name; `None` for what is only for people (notes, type declarations).
pub fn mime(name: &str) -> Option<&'static str> {
    let file = name.rsplit('/').next().unwrap_or(name);
    if file.starts_with('.') || file.ends_with(".d.ts") || file == "jsconfig.json" || file == "tsconfig.json"
    {
        return None;
    }
    Some(match file.rsplit('.').next()? {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => return None,
    })
}
