# What ./run and ./test share. Sourced, never run.
# shellcheck shell=bash

root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DEBIAN_FRONTEND=noninteractive

say() { printf '%s\n' "$*"; }

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root: directly, or through a sudo that asks for no password.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    have apt-get && { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }
}

package_is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# missing_packages NAME…: prints those that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        package_is_installed "$package" || printf '%s\n' "$package"
    done
}

# install_packages NAME…: installs what is missing. 1 if something still is; what and why has then been said.
install_packages() {
    local missing known=() package
    have dpkg-query || return 0 # another distribution: the programs are looked for by name later
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    if ! may_install; then
        say "Not installed, and this user may not install: ${missing[*]}"
        say "  sudo apt-get install -y ${missing[*]}"
        return 1
    fi

    say "Installing ${missing[*]} …"
    as_root apt-get update -qq </dev/null >/dev/null 2>&1 || say "apt-get update failed; trying with the lists that are there."
    for package in "${missing[@]}"; do
        if apt-cache show "$package" >/dev/null 2>&1; then known+=("$package"); else say "This system has no package '$package'."; fi
    done

    if [ "${#known[@]}" -gt 0 ]; then
        local log
        log="$(mktemp)"
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${known[@]}" </dev/null >"$log" 2>&1 || tail -n 5 "$log"
        rm -f "$log"
    fi

    [ -z "$(missing_packages "$@")" ]
}

# The packages that the language files name, of the folders given.
language_packages() {
    local folder file
    for folder in "$@"; do
        for file in "$folder"/*.json; do
            [ -e "$file" ] || continue
            tr -d '\n' <"$file" | grep -o '"apt"[[:space:]]*:[[:space:]]*\[[^]]*\]' | grep -o '"[^"]*"' | tr -d '"' | grep -vx apt || true
        done
    done | sort -u
}

require_dotnet() {
    local folder
    for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
        if ! have dotnet && [ -n "$folder" ] && [ -x "$folder/dotnet" ]; then
            PATH="$folder:$PATH"
        fi
    done

    have dotnet || die "CodeExec needs the .NET 10 SDK, and there is no 'dotnet' here. Install it (https://dotnet.microsoft.com/download), then start again."
    (cd "$root" && dotnet --version >/dev/null 2>&1) || die "CodeExec needs the .NET 10 SDK; here is: $(dotnet --list-sdks 2>/dev/null | tr '\n' ' '). Install it (https://dotnet.microsoft.com/download), then start again."
}

# dotnet_quietly COMMAND PROJECT…: in the root, as a release. Its output is shown only if it fails.
dotnet_quietly() {
    local log code=0
    log="$(mktemp)"
    (cd "$root" && dotnet "$@" -c Release -v quiet --nologo -clp:ErrorsOnly </dev/null >"$log" 2>&1) || code=$?
    [ "$code" = 0 ] || cat "$log" >&2
    rm -f "$log"
    return "$code"
}

# publish_native PROJECT FOLDER SOURCES… -- FILES…: native code takes half a minute to publish: only when its sources have changed, or a file is missing.
publish_native() {
    local project="$1" folder="$root/artifacts/$2" stamp now sources=() file
    shift 2
    stamp="$folder/.sources"
    while [ "$1" != -- ]; do sources+=("$1"); shift; done
    shift
    now="$(cd "$root" && find "${sources[@]}" Directory.Build.props Directory.Packages.props \
        -type f \( -name '*.cs' -o -name '*.[ch]' -o -name '*.csproj' -o -name '*.props' \) -print0 | sort -z | xargs -0 sha256sum | sha256sum)"
    for file in "$@"; do [ -e "$folder/$file" ] || rm -f "$stamp"; done
    [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return 0
    require_dotnet
    say "Publishing $project …"
    dotnet_quietly publish "src/$project" -o "$folder" || return 1
    printf '%s' "$now" >"$stamp"
}

publish_runner() {
    publish_native CodeExec.Runner runner src/CodeExec.Runner src/CodeExec.Linux src/CodeExec.Protocol -- codeexec-runner codeexec-cell.so \
        || die "The runner could not be published. It needs gcc and libc6-dev (apt-get install -y gcc libc6-dev)."
}

# Only container groups have a use for it: everything else works without.
publish_sender() {
    publish_native CodeExec.Sender sender src/CodeExec.Sender src/CodeExec.Linux src/CodeExec.Protocol -- codeexec-sender && return 0
    say "The sender could not be published (it needs gcc, libc6-dev and zlib1g-dev): what container groups print beyond their logs is cut without it, and its tests are skipped."
    return 1
}

# Azurite stands in for a storage account in tests. Newer versions want a newer Node than many systems have.
install_azurite() {
    local folder="$root/artifacts/azurite" version=3.35.0 log
    [ "$(cat "$folder/.version" 2>/dev/null)" = "$version" ] && return 0
    have npm || { say "There is no npm to install Azurite with: tests of Azure storage will be skipped."; return 0; }
    say "Installing Azurite $version …"
    log="$(mktemp)"
    mkdir -p "$folder"
    if npm install --prefix "$folder" "azurite@$version" --no-audit --no-fund --loglevel=error </dev/null >"$log" 2>&1; then
        printf '%s' "$version" >"$folder/.version"
    else
        tail -n 3 "$log"
        say "Azurite could not be installed: tests of Azure storage will be skipped."
    fi
    rm -f "$log"
}

# Makes one jail the way cells are made. Says in a sentence what is in the way, if something is.
check_jails() {
    local program=(bwrap --unshare-all --ro-bind / / true) knob
    have bwrap || { say "Programs run in jails made by bubblewrap, which is missing: apt-get install -y bubblewrap"; return 1; }
    if [ "$(id -u)" = 0 ]; then
        program=(setpriv --reuid 65534 --regid 65534 --clear-groups -- "${program[@]}")
    fi

    (cd / && "${program[@]}" >/dev/null 2>&1 </dev/null) && return 0
    if [ "$(cat /proc/sys/user/max_user_namespaces 2>/dev/null)" = 0 ]; then
        knob="allow them with: sysctl -w user.max_user_namespaces=10000"
    elif [ "$(cat /proc/sys/kernel/unprivileged_userns_clone 2>/dev/null)" = 0 ]; then
        knob="allow them with: sysctl -w kernel.unprivileged_userns_clone=1"
    elif [ "$(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null)" = 1 ]; then
        knob="allow them with: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    else
        knob="in a container, start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined; else ask whoever runs this machine"
    fi

    say "This machine does not allow user namespaces, which the jails around programs are made of; $knob."
    return 1
}

# A Docker engine: the one that answers, else one that is started here and stopped by stop_docker. 1 if there is none; why has then been said.
start_docker() {
    have docker && docker version >/dev/null 2>&1 && return 0
    if [ -n "${DOCKER_HOST:-}" ]; then
        say "Docker does not answer at $DOCKER_HOST."
        return 1
    fi

    if [ "$(id -u)" != 0 ]; then
        say "No Docker engine runs, and only root may start one."
        return 1
    fi

    { have dockerd && have docker; } || install_packages docker.io || return 1
    have dockerd || { say "There is no dockerd to start."; return 1; }
    say "Starting a Docker engine …"
    mkdir -p "$root/artifacts"
    # Without networks: programs get none, and the machine's firewall stays as it is.
    setsid dockerd --bridge none --iptables=false --log-level warn </dev/null >"$root/artifacts/dockerd.log" 2>&1 &
    started_docker=$!
    local waited
    for ((waited = 0; waited < 300; waited++)); do
        docker version >/dev/null 2>&1 && return 0
        kill -0 "$started_docker" 2>/dev/null || break
        sleep 0.1
    done

    say "The Docker engine did not start: $(tail -n 1 "$root/artifacts/dockerd.log")"
    stop_docker
    return 1
}

# Ends the engine that start_docker started, if it did.
stop_docker() {
    [ -n "${started_docker:-}" ] || return 0
    kill "$started_docker" 2>/dev/null || true
    wait "$started_docker" 2>/dev/null || true
    started_docker=
}
