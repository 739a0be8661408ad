# The two processes that own one machine. Sourced by fnf-machine.
# supervise: looks after one machine from outside, ends it when its time is over and clears up behind it.
# machine:   the first process of a mount and a pid namespace of its own, in which it mounts the overlay and starts
#            nspawn. With it the kernel ends every process of the machine and drops every mount, whatever went wrong.
# shellcheck shell=bash

# ---- processes, known by pid and start time so that a reused pid is not hit

start_time() { # PID -> start time in ticks, empty when gone
    local s
    s=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    s=${s##*) }
    # shellcheck disable=SC2086
    set -- $s
    case $1 in Z | X) ;; *) printf '%s' "${20}" ;; esac
}
remember() { printf '%s %s\n' "$2" "$(start_time "$2")" >"$1.part" && mv "$1.part" "$1"; } # FILE PID
recall() { # FILE -> pid, only while that very process lives
    local pid start
    read -r pid start 2>/dev/null <"$1" || return 1
    [ -n "$start" ] && [ "$(start_time "$pid")" = "$start" ] && printf '%s' "$pid"
}
alive() { recall "$RUN/$NAME/supervisor" >/dev/null; }
leader() { recall "$RUN/$NAME/leader" || die "machine $NAME is not up"; }

# ---- control groups: one a machine, so that machines never meet

host_has_systemd() { [ -d /run/systemd/system ]; }
cgroup_roots() {
    local root
    for root in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/systemd; do
        [ ! -f "$root/cgroup.procs" ] || printf '%s\n' "$root"
    done
}
cgroup_enter() {
    local root
    ! host_has_systemd || return 0
    for root in $(cgroup_roots); do
        mkdir -p "$root/fnf-machine-$NAME"
        echo 0 >"$root/fnf-machine-$NAME/cgroup.procs"
    done
}
cgroup_leave() {
    local group _
    for group in /sys/fs/cgroup{,/unified,/systemd}/"fnf-machine-$NAME"; do
        [ -d "$group" ] || continue
        [ ! -f "$group/cgroup.kill" ] || echo 1 >"$group/cgroup.kill"
        for _ in 1 2 3 4 5; do
            ! find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || break
            sleep 0.1
        done
    done
}

# ---- the keeper

supervise() { # NAME TREE LIFE TIE NSPAWN-ARG...
    local life=$3 tie=$4 dir box pid='' why=''
    NAME=$1
    dir=$RUN/$NAME
    remember "$dir/supervisor" $$
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc --propagation private -- \
        bash "$SELF" __machine "$@" &
    box=$!
    SECONDS=0
    while [ -n "$(start_time $box)" ]; do
        if [ -n "$pid" ] && [ -z "$(start_time "$pid")" ]; then # it boots again, or it is over
            rm -f "$dir/leader"
            pid=''
        fi
        if [ -z "$pid" ]; then
            pid=$(find_leader $box) && remember "$dir/leader" "$pid"
        fi
        [ "$SECONDS" -lt "$life" ] || why="its life of $life s is over"
        [ "$tie" = 0 ] || [ -n "$(start_time "$tie")" ] || why="process $tie is gone"
        if [ -n "$why" ]; then
            echo "fnf-machine: ending machine $NAME: $why"
            kill -KILL $box
        fi
        if [ -n "$pid" ]; then sleep 0.2 & else sleep 0.05 & fi
        wait -n $! $box || true # a signal or the end of the machine cuts this short
    done
    cgroup_leave
    rm -f "$dir/leader" "$dir/supervisor"
}

find_leader() { # PID -> the process below it that is pid 1, two pid namespaces down
    local level=("$1") next pid
    while [ ${#level[@]} -gt 0 ]; do
        next=()
        for pid in "${level[@]}"; do
            if awk '/^NSpid:/ { exit !(NF == 4 && $4 == 1) }' "/proc/$pid/status" 2>/dev/null &&
                [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = systemd ]; then
                printf '%s' "$pid"
                return
            fi
            # shellcheck disable=SC2207
            next+=($(cat "/proc/$pid/task/$pid/children" 2>/dev/null)) || true
        done
        level=("${next[@]}")
    done
    return 1
}

machine() { # NAME TREE LIFE TIE NSPAWN-ARG...
    local tree=$2 dir unit status keep=(--keep-unit)
    NAME=$1
    shift 4
    dir=$RUN/$NAME
    mkdir -p "$dir/m" /run/systemd/nspawn
    mount -t tmpfs -o mode=0755,size=4G fnf-machine "$dir/m"
    mkdir "$dir/m/up" "$dir/m/work" "$dir/m/root"
    mkdir -p "$dir/m/up/etc/systemd/system"
    tr -d - </proc/sys/kernel/random/uuid >"$dir/m/up/etc/machine-id"
    printf '%s\n' "$NAME" >"$dir/m/up/etc/hostname"
    # nothing in a test machine starts by itself, but what the test installs
    for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
        fstrim.timer man-db.timer logrotate.timer systemd-timesyncd.service systemd-resolved.service \
        systemd-pstore.service systemd-binfmt.service console-getty.service getty@.service; do
        ln -s /dev/null "$dir/m/up/etc/systemd/system/$unit"
    done
    mount -t overlay -o "lowerdir=$tree,upperdir=$dir/m/up,workdir=$dir/m/work" overlay "$dir/m/root"
    mount -t tmpfs -o mode=0755 fnf-machine /run/systemd/nspawn
    ! host_has_systemd || keep=()
    while :; do
        status=0
        (
            cgroup_enter
            export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
            exec systemd-nspawn --quiet --settings=no --directory="$dir/m/root" --boot --register=no "${keep[@]}" \
                --machine="$NAME" --console=pipe --private-network --link-journal=no --resolv-conf=off --timezone=off "$@"
        ) || status=$?
        cgroup_leave
        # boot once more with the same files after a reboot (133) and after a crash that was asked for
        [ $status = 133 ] || [ -e "$dir/again" ] || break
        rm -f "$dir/again"
    done
}
