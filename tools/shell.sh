# SPDX-License-Identifier: Apache-2.0
# shell.sh -- what ./run and ./check share: words to the person, packages, steps with a log. Sourced, never run.
# Sets PATH so that Debian's own tools come first, whatever else a machine has. Expects $root and $logs.

PATH=/usr/bin:/bin:/usr/sbin:/sbin:$PATH
export PATH

# say ENGLISH PORTUGUESE -- one line to the person, in the language of their environment.
say() {
    case ${LC_ALL:-${LC_MESSAGES:-${LANG-}}} in
    pt*) printf '%s\n' "$2" >&2 ;;
    *) printf '%s\n' "$1" >&2 ;;
    esac
}

die() { # ENGLISH PORTUGUESE [LOG]
    say "$1" "$2"
    if [ $# -gt 2 ]; then
        tail -n 25 "$3" | sed 's/^/    /' >&2
        say "The whole log: $3" "O registro completo: $3"
    fi
    exit 1
}

logs_open() {
    mkdir -p "$logs" 2>/dev/null && [ -w "$logs" ] && [ -w "$root/build" ] ||
        die "Cannot write to $root/build. Does it belong to another user? Delete it, or use that user." \
            "Não é possível gravar em $root/build. Pertence a outro usuário? Apague a pasta ou use aquele usuário."
}

packages_missing() { # NAME... -- those that are not installed; node and npm may have come from elsewhere
    local wanted=()
    for name; do
        case $name in
        nodejs) command -v node >/dev/null && continue ;;
        npm) command -v npm >/dev/null && continue ;;
        esac
        wanted+=("$name")
    done
    comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) \
        <(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^.i[^ ]* *//p' | sort -u)
}

# packages_need NAME... -- install what is missing of them, and only then ask for anything: nothing is installed, updated
# or fetched when all are there.
packages_need() {
    command -v dpkg-query >/dev/null || die "This script installs Debian packages, and this is no Debian. See CONTRIBUTING.md for what is needed." \
        "Este roteiro instala pacotes do Debian, e este sistema não é Debian. Veja em CONTRIBUTING.md o que é necessário."
    local missing log=$logs/packages.log sudo=()
    mapfile -t missing < <(packages_missing "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${#missing[@]} packages: ${missing[*]}" "Instalando ${#missing[@]} pacotes: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "Neither root nor sudo here. Ask an administrator for: apt-get install ${missing[*]}" \
            "Sem root e sem sudo. Peça a um administrador: apt-get install ${missing[*]}"
        sudo=(sudo)
    fi
    local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a apt-get -q -y
        -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold)
    : >"$log"
    # Debian's PostgreSQL would make and start a server for the whole machine; the tests bring their own.
    local quiet=/etc/postgresql-common/createcluster.d/reativa-check.conf
    if [ ! -e /etc/postgresql-common ] && [[ " ${missing[*]} " == *" postgresql "* ]]; then
        "${sudo[@]}" mkdir -p "${quiet%/*}"
        echo "create_main_cluster = false" | "${sudo[@]}" tee "$quiet" >/dev/null
    else
        quiet=
    fi
    local done=no
    if "${apt[@]}" update >>"$log" 2>&1 </dev/null && "${apt[@]}" install --no-install-recommends "${missing[@]}" >>"$log" 2>&1 </dev/null; then
        done=yes
    fi
    [ -z "$quiet" ] || "${sudo[@]}" rm -f "$quiet"
    [ $done = yes ] || die "The packages could not be installed (is the network there? are the sources of Debian 12 in /etc/apt?)." \
        "Não foi possível instalar os pacotes (há rede? as fontes do Debian 12 estão em /etc/apt?)." "$log"
}

# packages_path DIR NAME... -- puts on PATH what packages_unpack puts into DIR
packages_path() {
    local dir=$1 name
    shift
    for name; do
        PATH=$PATH:$dir/$name/usr/sbin:$dir/$name/usr/bin
    done
}

# packages_unpack DIR NAME... -- the programs of packages that would start a server for the whole machine: put into DIR, not installed.
packages_unpack() {
    local dir=$1 log=$logs/packages.log name
    shift
    for name; do
        [ ! -d "$dir/$name" ] || continue
        rm -rf "$dir/$name.new"
        mkdir -p "$dir/$name.new"
        (cd "$dir/$name.new" && apt-get -q download "$name" && dpkg -x ./*.deb . && rm ./*.deb) >>"$log" 2>&1 </dev/null ||
            die "The package $name could not be fetched (is the network there? does apt-get update work?)." \
                "Não foi possível buscar o pacote $name (há rede? apt-get update funciona?)." "$log"
        mv "$dir/$name.new" "$dir/$name"
    done
}

PACKAGES_BUILD=(gcc libc6-dev meson ninja-build pkg-config libsqlite3-dev libpq-dev libarchive-dev libxml2-dev libunistring-dev zlib1g-dev
    libmicrohttpd-dev libsodium-dev liboath-dev libcairo2-dev libpango1.0-dev fonts-dejavu-core libqrencode-dev libical-dev libjson-c-dev libcurl4-gnutls-dev libgmime-3.0-dev nodejs npm)
PACKAGES_TEST=(make clang-14 libclang-rt-14-dev lld-14 clang-format-14 libcmocka-dev postgresql sqlite3 poppler-utils python3 python3-mpmath python3-jsonschema xz-utils zstd zip unzip git
    chromium tidy openssl)
PACKAGES_PROXY=(nginx caddy)
PACKAGES_MAIL=(exim4-daemon-light libidn12 libgnutls-dane0 libunbound8 libevent-2.1-7 libdb5.3 libnss-wrapper dovecot-core dovecot-imapd libunwind8)
PACKAGES_CLICKHOUSE=(clickhouse-server clickhouse-common libboost-filesystem1.74.0 libboost-program-options1.74.0 libcapnp-0.9.2 libcctz2 libcpuinfo0
    libdouble-conversion3 libfarmhash0 libjemalloc2 libltdl7 libmariadb3 libmetrohash1 libodbc2 libpococrypto80 libpocodata80 libpocodataodbc80 libpocofoundation80
    libpocojson80 libpocomongodb80 libpoconet80 libpoconetssl80 libpocoutil80 libpocoxml80 librdkafka1 libre2-9)
PACKAGES_BOUNCER=(pgbouncer libc-ares2 libevent-2.1-7)
PACKAGES_BENCH=(sqlite3 postgresql python3 python3-scipy wrk)
