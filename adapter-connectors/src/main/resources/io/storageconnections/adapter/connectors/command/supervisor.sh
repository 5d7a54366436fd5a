# The supervisor of one attempt, for a POSIX shell such as dash on Linux. It starts a connector in a
# session and process group of its own, and ends every process of the connector when the connector
# has exited, when its own standard input has ended (the server has died or wants to stop the
# attempt), or when the server has written no byte for the time of the lease (the server hangs).
#
# It needs /proc, and the commands cat, grep -E, mkfifo, rm, setsid (util-linux) and sleep with
# fractions of a second.
#
#   run ID PATH GRACE QUARTER FOLDER JOB PROGRAM [ARGUMENT...]
#     ID       is in the environment of every process of the connector, and of no other
#     PATH     where the commands above are
#     GRACE    tenths of a second between SIGTERM and SIGKILL
#     QUARTER  a quarter of the time of the lease, in seconds
#     FOLDER   an existing folder; gets the file "group", with the id of the process group
#     JOB      the file that the connector reads on its standard input, before that stays open
#   The standard input is the server's heartbeat, a line each; standard output and standard error
#   are those of the connector, and so is the exit code: 128 + n after signal n.
#
#   sweep ID PATH GROUP SESSION
#     kills what a supervisor has left that was killed itself: the group of its connector, and its
#     own session
#
# The names of variables begin with an underscore because a shell passes on, changed, each variable
# that it has found in its environment.

_mode=$1 _id=$2 PATH=$3
shift 3
_groups= _group= _reaped=yes _found=

# Sets _found to the ids of the processes of the connector that are alive. Zombies are not: if the
# first process of a container does not collect them, they stay for ever. A process that has left
# the session is found by its environment.
find_processes() {
  _found=
  for _file in $(
    [ -z "$_groups" ] || LC_ALL=C grep -Els \
      "\) [^ZX] [0-9]+ (($_groups) [0-9]+|[0-9]+ ($_groups)) [-0-9 ]+\$" /proc/[0-9]*/stat
    # Until the new process has a session of its own.
    [ -n "$_reaped" ] || LC_ALL=C grep -Els '\) [^ZX] [0-9]' "/proc/$_group/stat"
    LC_ALL=C grep -ls "STORAGE_CONNECTIONS_ATTEMPT=$_id" /proc/[0-9]*/environ
  ); do
    _file=${_file#/proc/}
    case "$_found " in
      *" ${_file%%/*} "*) ;;
      *) _found="$_found ${_file%%/*}" ;;
    esac
  done
  [ -n "$_found" ]
}

# Sends a signal to the processes that were found.
send() {
  for _process in $_found; do
    kill -s "$1" "$_process" 2>/dev/null
  done
}

# Kills every process of the connector. Repeats it, because a process may fork while it is killed.
kill_all() {
  _rounds=0
  while find_processes && [ "$_rounds" -lt 200 ]; do
    send KILL
    _rounds=$((_rounds + 1))
    [ "$_rounds" -lt 3 ] || sleep 0.05
  done
}

# Ends every process of the connector.
end_all() {
  find_processes || return 0
  send TERM
  _ticks=0
  while [ "$_ticks" -lt "$_grace" ] && find_processes; do
    sleep 0.1
    _ticks=$((_ticks + 1))
  done
  kill_all
}

if [ "$_mode" = sweep ]; then
  _groups="$1|$2"
  _groups=${_groups#|}
  kill_all
  exit 0
fi

_grace=$1 _quarter=$2 _folder=$3 _job=$4
shift 4

# The connector's standard input. Only this shell has its other end, so that it ends when this shell
# is killed. Opening both ends at once does not block.
mkfifo -m 600 "$_folder/stdin" || exit 75
command exec 3<>"$_folder/stdin" 4<"$_folder/stdin" 5>"$_folder/stdin" 6<&0 </dev/null || exit 75
exec 3>&-
rm -f "$_folder/stdin"

# The timer of the lease. It counts quarters, and the first one may be nearly over, so that it never
# waits longer than the lease. It starts before this shell handles signals: a shell that was just
# forked can lose one that its parent handles. It starts with USR2 ignored, so that an early one does
# not end it.
trap '' USR2
(
  trap '_missed=0' USR2
  trap '[ -z "$!" ] || kill -s KILL "$!"; wait; exit' TERM
  _missed=0
  while [ "$_missed" -lt 4 ]; do
    sleep "$_quarter" &
    _nap=$!
    while kill -0 "$_nap"; do
      wait "$_nap"
    done
    _missed=$((_missed + 1))
  done
  kill -s USR1 "$$"
) </dev/null >/dev/null 2>&1 4<&- 5>&- 6<&- &
_timer=$!
trap - USR2

unset PWD OLDPWD SHLVL
trap end_all HUP INT QUIT TERM USR1
STORAGE_CONNECTIONS_ATTEMPT=$_id setsid "$@" <&4 4<&- 5>&- 6<&- &
_group=$! _groups=$! _reaped=
exec 4<&- >/dev/null 2>&1
echo "$_group" >"$_folder/group"
cat "$_job" >&5 5>&- 6<&- &

# The reader of heartbeats. It uses only commands of the shell itself, so that it can be killed.
(
  while read -r _beat; do
    kill -s USR2 "$_timer"
  done
  kill -s USR1 "$$"
) <&6 5>&- 6<&- &
_reader=$!
exec 6<&-

# A signal ends the wait early, with a code of its own. The connector may have ended meanwhile; then
# another wait returns its code, or 127 if the first one has returned it.
while :; do
  wait "$_group"
  _code=$?
  kill -0 "$_group" || break
done
if [ "$_code" -gt 128 ]; then
  wait "$_group"
  _again=$?
  [ "$_again" -eq 127 ] || _code=$_again
fi
_reaped=yes
trap '' HUP INT QUIT TERM USR1
end_all
kill "$_timer"
kill -s KILL "$_reader"
wait "$_timer" "$_reader"
exit "$_code"
