# What the machine must have, checked before anything is built.

# A pipe into a command that stops reading early (head, grep -q) ends its writer with SIGPIPE, and pipefail then ends the script
# with code 141 and no word. Everything here reads to the end or uses no pipe; tests/Architecture.Tests holds that for every script.

# version_at_least HAVE WANT: whether dotted version HAVE (a suffix such as -rc.1 is ignored) is not below WANT.
version_at_least() {
  local -a have want
  IFS=. read -ra have <<<"${1%%[-+]*}"
  IFS=. read -ra want <<<"$2"
  local i
  for i in "${!want[@]}"; do
    [ "${have[i]:-0}" -gt "${want[i]}" ] && return 0
    [ "${have[i]:-0}" -lt "${want[i]}" ] && return 1
  done
  return 0
}

# need_value OPTION [VALUE]: ends the script with a sentence where the command line stops after OPTION.
need_value() {
  [ $# -ge 2 ] && return
  echo "dispatch: $1 needs a value; see --help" >&2
  exit 2
}

require_dotnet() {
  if ! command -v dotnet >/dev/null; then
    echo "dispatch: the .NET 10 SDK is missing. Get it: https://dotnet.microsoft.com/download/dotnet/10.0 (or your distribution's dotnet-sdk-10.0)" >&2
    exit 3
  fi
  local sdks
  if ! sdks="$(dotnet --list-sdks)"; then
    echo "dispatch: 'dotnet --list-sdks' failed; the .NET installation is broken. Get the SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 3
  fi
  case $'\n'"$sdks" in
    *$'\n'10.*) ;;
    *)
      echo "dispatch: the .NET 10 SDK is needed; installed: ${sdks:-none}. Get it: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
      exit 3 ;;
  esac
}

require_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "dispatch: Node.js 20.19 or newer (with npm) is missing; the pages are built with it. Get it: https://nodejs.org/" >&2
    exit 3
  fi
  local have
  if ! have="$(node --version)"; then
    echo "dispatch: 'node --version' failed; the Node.js installation is broken. Get it: https://nodejs.org/" >&2
    exit 3
  fi
  have="${have#v}"
  if ! version_at_least "$have" 20.19.0; then
    echo "dispatch: Node.js is $have, 20.19 or newer is needed. Get it: https://nodejs.org/" >&2
    exit 3
  fi
}

# newest_in PATH…: the newest modification time among the files below, in whole seconds; 0 for none. A file that disappears while
# find reads its folder (a build beside this one) changes nothing: the answer only decides whether something is built again.
newest_in() {
  { find "$@" -type f -not -path '*/node_modules/*' -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/dist/*' -printf '%T@\n' 2>/dev/null || true; } \
    | awk '$1 > newest { newest = $1 } END { printf "%d\n", newest }'
}

OUT="$ROOT/artifacts"

# build_server: the silo in Release, only if a source is newer than the last build.
build_server() {
  local stamp="$OUT/.server-built" newest
  newest="$(newest_in domain grains silo api sim bench/Instances eng Directory.Build.props Directory.Build.targets Directory.Packages.props global.json)"
  if [ -f "$stamp" ] && [ -f "$ROOT/silo/bin/Release/net10.0/Dispatch.Silo.dll" ] && [ "$(stat -c %Y "$stamp")" -ge "${newest:-0}" ]; then return; fi
  require_dotnet
  echo "Building the server …"
  dotnet build silo/Dispatch.Silo.csproj -c Release -v quiet --nologo
  mkdir -p "$OUT"; touch "$stamp"
}

# build_tool NAME FOLDER: another executable in Release, only if stale.
build_tool() {
  local stamp="$OUT/.$1-built" newest
  newest="$(newest_in domain bench/Instances "$2" Directory.Build.props Directory.Build.targets Directory.Packages.props)"
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
