# Every check and test.
# shellcheck shell=sh

check_shell() {
  if command -v shellcheck >/dev/null 2>&1; then
    say "checking the shell scripts and what they source"
    (cd "$ROOT" && shellcheck -x -a keptn-local .ci/run bench/run deploy/local/node/hold deploy/local/node/pack) || die "shellcheck has complaints"
  elif [ "${CI:-}" = true ]; then
    die "shellcheck is missing: it checks the shell scripts (Debian: apt-get install shellcheck)"
  else
    TEST_NOT_RUN="$TEST_NOT_RUN shellcheck"
  fi
}

# test_lines: what of Maven's output a person wants to follow.
test_lines() {
  grep -E '^\[INFO\] (Building [^j]|Reactor Summary|BUILD|.*(SUCCESS|FAILURE|SKIPPED))|Tests run:.*(Time|FAIL)|^\[ERROR\]' |
    sed -e 's/^\[INFO\] //' -e 's/, Failures: 0, Errors: 0, Skipped: 0//' | cut -c 1-300 || true
}

test_counts() {
  find "$ROOT" -path '*/target/*-reports/*.txt' -newer "$STATE/start" -exec grep -h '^Tests run:' {} + |
    awk -F '[:,]' '{ run += $2; failed += $4 + $6; skipped += $8 }
      END { printf "%d passed, %d failed, %d skipped\n", run - failed - skipped, failed, skipped }'
}

command_test() {
  find_jdk
  need_git
  TEST_NOT_RUN=''
  test_start=$(date +%s)
  state_directory "$HOME_STATE/test"
  lock "$HOME_STATE/test.lock" "testing"
  # What a test run that was killed has left behind.
  control_plane_down
  rm -rf "$STATE"
  state_directory "$HOME_STATE/test"
  : >"$STATE/start"
  check_shell
  # The end-to-end tests use a real node where they can.
  [ -n "$(node_lacks)" ] || NODE_PROGRAMS=yes
  ON_EXIT=control_plane_down
  # shellcheck disable=SC2046 # one word each
  choose_ports $(control_plane_wishes)
  control_plane_up --unsafe-no-fsync
  export KEPTN_IT_KUBECONFIG="$STATE/kubeconfig"
  PROGRESS_FILTER=test_lines
  test_code=0
  cd "$ROOT"
  with_progress "testing: ./mvnw verify $*" "$STATE/log/maven.log" ./mvnw -B -ntp verify "$@" || test_code=$?
  PROGRESS_FILTER=''
  say ""
  test_counts
  say "in $((($(date +%s) - test_start) / 60)) min $((($(date +%s) - test_start) % 60)) s"
  [ -z "$TEST_NOT_RUN" ] || say "not run, because the tool is missing:$TEST_NOT_RUN"
  if [ "$test_code" -ne 0 ]; then
    say "FAILED. All of Maven's output: $STATE/log/maven.log; the control plane's: $STATE/log/."
    say "One test alone: eval \"\$(./keptn-local controlplane up | tail -n 1)\""
    say "                JAVA_HOME=$JDK ./mvnw -pl MODULE -am verify -Dit.test=NameIT -Dtest=NameTest \\"
    say "                  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
    exit 1
  fi
  say "all is well"
}
