usage_simulate() {
  cat <<'TEXT'
./dispatch simulate --seeds A..B [--faults LIST] [--days D] [--window FROM-TO] [--threads T] [--planted BUG] [--out FILE]
Plays the production grains in the deterministic simulator, one world per seed. A failing seed prints itself, is made as small as it can be, and is played again, byte for byte,
by the command it prints. LIST names kinds of faults (all, none, or such as ReplyLoss,HostCrash); D is the number of busy mornings; FROM-TO is the part of each, 0 to 1, in
which faults happen; BUG is one of the bugs planted for the tests. See docs/simulation.md.
TEXT
}

run_simulate() {
  require_dotnet
  dotnet build tests/Simulation.Tests -c Release -v quiet --nologo
  exec dotnet tests/Simulation.Tests/bin/Release/net10.0/Simulation.Tests.dll simulate "$@"
}
