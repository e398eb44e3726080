# What runs: starting, ending and knowing processes again, locks, progress, the end of the script.
# shellcheck shell=sh

# identity PID: when the process was started, in words that no later process with the same number shares. Fails if there
# is no such process, or only what is left of one that ended.
identity() (
  if [ -r "/proc/$1/stat" ]; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || exit 1
    # shellcheck disable=SC2086 # the fields after "pid (command) " are to be split
    set -- ${stat##*) }
    [ "$1" != Z ] || exit 1
    printf '%s %s\n' "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" "${20}"
  elif [ -d /proc/self ]; then
    exit 1
  else
    stat=$(LC_ALL=C ps -o stat= -o lstart= -p "$1" 2>/dev/null) || exit 1
    case $stat in '' | Z*) exit 1 ;; esac
    printf '%s\n' "${stat#* }"
  fi
)

# pid_of NAME: the number of the running process that was started under this name. A number that the system has given
# to another process since is not believed.
pid_of() (
  [ -s "$STATE/run/$1.pid" ] && [ -s "$STATE/run/$1.identity" ] || exit 1
  pid=$(cat "$STATE/run/$1.pid")
  [ "$(identity "$pid")" = "$(cat "$STATE/run/$1.identity")" ] || exit 1
  printf '%s\n' "$pid"
)

runs() { pid_of "$1" >/dev/null; }

# start NAME COMMAND...: starts it detached from this terminal, with its log in .local/log/NAME.log (the one before stays
# as NAME.log.1). The process itself notes its number before it becomes the command, so that none can be forgotten.
start() {
  start_name=$1
  shift
  mkdir -p "$STATE/run" "$STATE/log"
  rm -f "$STATE/run/$start_name.pid" "$STATE/run/$start_name.identity"
  [ ! -f "$STATE/log/$start_name.log" ] || mv "$STATE/log/$start_name.log" "$STATE/log/$start_name.log.1"
  start_detach="nohup"
  ! command -v setsid >/dev/null 2>&1 || start_detach="setsid"
  $start_detach "$ROOT/keptn-local" exec-noting-pid "$STATE" "$start_name" "$@" \
    </dev/null >"$STATE/log/$start_name.log" 2>&1 &
  start_tries=0
  until [ -s "$STATE/run/$start_name.pid" ]; do
    start_tries=$((start_tries + 1))
    [ "$start_tries" -lt 100 ] || die "$start_name did not start: see $STATE/log/$start_name.log"
    nap
  done
}

exec_noting_pid() {
  STATE=$1
  noted_name=$2
  shift 2
  if [ -f "$STATE/run/$noted_name.env" ]; then
    set -a
    # shellcheck source=/dev/null
    . "$STATE/run/$noted_name.env"
    set +a
  fi
  identity $$ >"$STATE/run/$noted_name.identity"
  echo $$ >"$STATE/run/$noted_name.pid.half"
  mv "$STATE/run/$noted_name.pid.half" "$STATE/run/$noted_name.pid"
  exec "$@"
}

# stop NAME...: ends these together, gently at first. What was not started here is not touched.
stop() {
  for stop_name in "$@"; do
    if stop_pid=$(pid_of "$stop_name"); then
      kill -TERM "$stop_pid" 2>/dev/null || true
    fi
  done
  stop_deadline=$(($(date +%s) + GRACE))
  for stop_name in "$@"; do
    while stop_pid=$(pid_of "$stop_name"); do
      if [ "$(date +%s)" -ge "$stop_deadline" ]; then
        warn "$stop_name did not end within $GRACE s and is killed"
        kill -KILL "$stop_pid" 2>/dev/null || true
      fi
      nap
    done
    rm -f "$STATE/run/$stop_name.pid" "$STATE/run/$stop_name.identity"
  done
}

nap() { sleep 0.1 2>/dev/null || sleep 1; }

# fail_with_log NAME WORDS...: the end of a log that explains a failure, and where to read on.
fail_with_log() {
  fail_name=$1
  shift
  warn "$@"
  tail -n 20 "$STATE/log/$fail_name.log" >&2 || true
  die "the whole log: $STATE/log/$fail_name.log"
}

# with_progress WORDS LOG COMMAND...: runs it with its output in LOG. Shows of that what $PROGRESS_FILTER lets through,
# and says at least every 15 s that it still runs.
with_progress() {
  progress_words=$1
  progress_log=$2
  shift 2
  say "$progress_words"
  progress_start=$(date +%s)
  progress_next=$((progress_start + 15))
  progress_seen=0
  "$@" >"$progress_log" 2>&1 </dev/null &
  CHILD=$!
  while identity "$CHILD" >/dev/null; do
    nap
    show_progress
    if [ "$(date +%s)" -ge "$progress_next" ]; then
      say "  still $progress_words ($(($(date +%s) - progress_start)) s$(progress_size))"
      progress_next=$(($(date +%s) + 15))
    fi
  done
  progress_code=0
  wait "$CHILD" || progress_code=$?
  CHILD=''
  show_progress
  return "$progress_code"
}

# progress_size: how far $PROGRESS_FILE has come, if there is one.
progress_size() {
  if [ -s "${PROGRESS_FILE:-}" ]; then
    printf ', %s MB' "$(($(wc -c <"$PROGRESS_FILE") / 1000000))"
  fi
}

show_progress() {
  [ -n "$PROGRESS_FILTER" ] || return 0
  progress_lines=$(wc -l <"$progress_log")
  [ "$progress_lines" -gt "$progress_seen" ] || return 0
  progress_shown=$(sed -n "$((progress_seen + 1)),${progress_lines}p" "$progress_log" | $PROGRESS_FILTER)
  progress_seen=$progress_lines
  if [ -n "$progress_shown" ]; then
    say "$progress_shown"
    progress_next=$(($(date +%s) + 15))
  fi
}

# lock DIRECTORY WHAT: waits until no other keptn-local holds it. One whose holder died, however it died, is taken over.
lock() {
  lock_told=''
  lock_empty=0
  until mkdir -p "$(dirname "$1")" && mkdir "$1" 2>/dev/null; do
    [ -d "$1" ] || [ -w "$(dirname "$1")" ] || die "cannot write in $(dirname "$1")"
    lock_holder=$(cat "$1/holder" 2>/dev/null) || lock_holder=''
    if [ -n "$lock_holder" ]; then
      lock_pid=${lock_holder%% *}
      if [ "$lock_holder" != "$lock_pid $(identity "$lock_pid" || true)" ]; then
        # Renaming has one winner; what was renamed is looked at again, for it may be a newer lock.
        if mv "$1" "$1.stale.$$" 2>/dev/null; then
          if [ "$(cat "$1.stale.$$/holder" 2>/dev/null)" = "$lock_holder" ]; then
            rm -rf "$1.stale.$$"
          else
            mv "$1.stale.$$" "$1" 2>/dev/null || true
          fi
        fi
        continue
      fi
    else
      # Between making the lock and signing it there is a moment; a holder that died in it leaves it empty.
      lock_empty=$((lock_empty + 1))
      [ "$lock_empty" -lt 50 ] || rmdir "$1" 2>/dev/null || true
    fi
    if [ -z "$lock_told" ] && [ -n "$lock_holder" ]; then
      say "waiting for another keptn-local (process $lock_pid) that is $2"
      lock_told=yes
    fi
    nap
  done
  echo "$$ $(identity $$)" >"$1/holder"
  LOCKS="$1
$LOCKS"
}

unlock() {
  rm -rf "$1"
  LOCKS=$(printf '%s\n' "$LOCKS" | grep -Fxv -- "$1" || true)
}

leave() {
  leave_code=$?
  trap - EXIT
  trap '' INT TERM HUP
  [ -z "$CHILD" ] || kill -TERM "$CHILD" 2>/dev/null || true
  [ -z "$ON_EXIT" ] || $ON_EXIT || true
  printf '%s\n' "$LOCKS" | while IFS= read -r leave_lock; do
    [ -z "$leave_lock" ] || rm -rf "$leave_lock"
  done
  exit "$leave_code"
}
