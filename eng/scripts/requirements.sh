# What the machine must have, checked before anything is built.

# version_at_least HAVE WANT: whether dotted version HAVE is not below WANT.
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

require_dotnet() {
  if ! command -v dotnet >/dev/null; then
    echo "dispatch: the .NET 10 SDK is missing. Get it: https://dotnet.microsoft.com/download/dotnet/10.0 (or your distribution's dotnet-sdk-10.0)" >&2
    exit 3
  fi
  if ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "dispatch: the .NET SDK is $(dotnet --version 2>/dev/null || echo unknown), 10.0 is needed. Get it: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 3
  fi
}

require_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "dispatch: Node.js 20.19 or newer (with npm) is missing; the pages are built with it. Get it: https://nodejs.org/" >&2
    exit 3
  fi
  local have; have="$(node --version | tr -d v)"
  if ! version_at_least "$have" 20.19.0; then
    echo "dispatch: Node.js is $have, 20.19 or newer is needed. Get it: https://nodejs.org/" >&2
    exit 3
  fi
}

# newest_in PATH…: the newest modification time among the files below, 0 for none.
newest_in() { find "$@" -type f -not -path '*/node_modules/*' -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/dist/*' -printf '%T@\n' 2>/dev/null | sort -rn | head -n 1 | cut -d. -f1; }

OUT="$ROOT/artifacts"

# build_server: the silo in Release, only if a source is newer than the last build.
build_server() {
  local stamp="$OUT/.server-built" newest
  newest="$(newest_in domain grains runtime silo api sim bench/Instances eng Directory.Build.props Directory.Build.targets Directory.Packages.props global.json)"
  if [ -f "$stamp" ] && [ -f "$ROOT/silo/bin/Release/net10.0/Dispatch.Silo.dll" ] && [ "$(stat -c %Y "$stamp")" -ge "${newest:-0}" ]; then return; fi
  require_dotnet
  echo "Building the server …"
  dotnet build silo/Dispatch.Silo.csproj -c Release -v quiet --nologo
  mkdir -p "$OUT"; touch "$stamp"
}

# build_tool NAME FOLDER: another executable in Release, only if stale.
build_tool() {
  local stamp="$OUT/.$1-built" newest
  newest="$(newest_in domain runtime/Serialization bench/Instances "$2" Directory.Build.props Directory.Build.targets Directory.Packages.props)"
  if [ -f "$stamp" ] && [ "$(stat -c %Y "$stamp")" -ge "${newest:-0}" ]; then return; fi
  require_dotnet
  echo "Building $2 …"
  dotnet build "$2" -c Release -v quiet --nologo
  mkdir -p "$OUT"; touch "$stamp"
}

# install_web: the packages of the pages, only if the lock file changed.
install_web() {
  local stamp="web/node_modules/.installed"
  if [ -f "$stamp" ] && [ "$stamp" -nt web/package-lock.json ]; then return; fi
  require_node
  echo "Installing what the pages are built with …"
  (cd web && npm ci --no-audit --no-fund --loglevel=error)
  touch "$stamp"
}

# build_web: the pages into web/dist, only if a source is newer.
build_web() {
  local newest; newest="$(newest_in web)"
  if [ -f web/dist/.built ] && [ "$(stat -c %Y web/dist/.built)" -ge "${newest:-0}" ]; then return; fi
  install_web
  echo "Building the pages …"
  (cd web && npm run build --silent)
  touch web/dist/.built
}
