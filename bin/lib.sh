# What the scripts of this folder share. Sourced, not run.

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }
need() { command -v "$1" >/dev/null 2>&1 || die "$2"; }

# Whether nobody listens on host:port.
port_is_free() { ! (exec 3<>"/dev/tcp/${1%:*}/${1##*:}") 2>/dev/null; }

# The demo's pictures are made of the drawings of this package (MIT): see /about/credits.
drawings_package=@lobehub/fluent-emoji-3d@1.1.0
drawings_sha256=c1bb7eee7de090205a232518a9ab4adb3df458bfbe8a1f78232991194c8b2e58

install_drawings() {
  [ -f vendor/drawings/.complete ] && return
  need npm "Node.js with npm is missing: the demo's drawings come from an npm package. Install Node.js 20 or newer."
  say "Fetching the drawings of the demo's pictures"
  local dir
  dir=$(mktemp -d)
  (cd "$dir" && npm pack --silent "$drawings_package" >/dev/null)
  echo "$drawings_sha256  $(ls "$dir"/*.tgz)" | sha256sum --check --quiet - || die "The package of drawings is not the expected one."
  mkdir -p vendor/drawings
  tar -xzf "$dir"/*.tgz -C "$dir"
  cp "$dir"/package/assets/*.webp vendor/drawings/
  touch vendor/drawings/.complete
  rm -rf "$dir"
}

# Debian packages, if they can be installed here; else the sentence that says what is missing.
apt_install() {
  local missing=()
  for package in "$@"; do
    # A package that was removed may have left its settings: dpkg still knows it.
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
  say "Installing ${missing[*]}"
  $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
