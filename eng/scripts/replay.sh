usage_replay() {
  cat <<'TEXT'
./dispatch replay INSTANCE [--dynamic FILE] [--speed X] [--url URL] [--out FILE]
Plays a technician-routing instance through HTTP and SignalR as its technicians and customers would. Without --url it starts a server of its own,
on a fresh data folder, with planar travel and a clock X times as fast. Prints served, late, total duration and the best known.
TEXT
}

# scaled SECONDS: that much wall time on the server's clock, as a time span. What a message needs does not shrink when the clock runs faster.
scaled() { awk -v s="$1" -v x="$speed" 'BEGIN { t = s * x; printf "%02d:%02d:%06.3f", t / 3600, (t % 3600) / 60, t % 60 }'; }

run_replay() {
  local speed="" url="" args=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --speed) need_value "$@"; speed="$2"; shift 2 ;;
      --url) need_value "$@"; url="$2"; shift 2 ;;
      *) args+=("$1"); shift ;;
    esac
  done
  [ ${#args[@]} -gt 0 ] || { usage_replay >&2; exit 2; }
  require_dotnet
  build_tool sim sim
  local sim=(dotnet sim/bin/Release/net10.0/Dispatch.Sim.dll)
  if [ -n "$url" ]; then
    exec "${sim[@]}" replay "${args[@]}" ${speed:+--speed "$speed"} --url "$url"
  fi
  build_server
  [ -n "$speed" ] || speed="$("${sim[@]}" replay-speed "${args[0]}")"
  REPLAY_FOLDER="$(mktemp -d)"; local folder="$REPLAY_FOLDER"
  export DISPATCH_MANAGER_USER=manager DISPATCH_MANAGER_PASSWORD; DISPATCH_MANAGER_PASSWORD="$(head -c 18 /dev/urandom | base64 | tr '+/' '-_')"
  Dispatch__BootstrapUser="$DISPATCH_MANAGER_USER" Dispatch__BootstrapPassword="$DISPATCH_MANAGER_PASSWORD" \
    dotnet silo/bin/Release/net10.0/Dispatch.Silo.dll --data "$folder/data" --port 0 --speed "$speed" --travel planar \
      --Dispatch:AddressFile "$folder/address" \
      --Dispatch:Api:PasswordIterations 1000 --Logging:LogLevel:Default Warning \
      --Dispatch:Planning:Tick "$(scaled 0.2)" --Dispatch:Planning:OfferLead "$(scaled 3)" --Dispatch:Planning:OfferTimeout "$(scaled 10)" \
      --Dispatch:Planning:Margin "$(scaled 0.5)" --Dispatch:Planning:Iterations 1000 --Dispatch:Planning:ImproveFor 120 --Dispatch:Planning:CountIdle true --Dispatch:Planning:UrgentTarget 00:00:00 --Dispatch:Planning:RegularTarget 00:00:00 >"$folder/server.log" 2>&1 &
  REPLAY_SERVER=$!; local server="$REPLAY_SERVER" status=0
  trap 'kill "$REPLAY_SERVER" 2>/dev/null; wait "$REPLAY_SERVER" 2>/dev/null; rm -rf "$REPLAY_FOLDER"' EXIT
  for _ in $(seq 300); do
    [ -s "$folder/address" ] && break
    kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; echo "dispatch: the server did not start" >&2; exit 1; }
    sleep 0.1
  done
  "${sim[@]}" replay "${args[@]}" --url "$(cat "$folder/address")" || status=$?
  if [ $status -ne 0 ]; then tail -n 20 "$folder/server.log" >&2; fi
  return $status
}
