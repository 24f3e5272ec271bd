#!/usr/bin/env bash
# Finds JDK 25, builds the workshop module when it is stale, and hands over to its commands.
# Runs in macOS's bash 3.2: no associative arrays, no mapfile, no ${x,,}.
set -euo pipefail
unset CDPATH
if [ -z "${HOME:-}" ]; then # as in a container: the Maven wrapper wants it
  unset HOME
  export HOME=~
fi

say() { printf '%s\n' "$*" >&2; }

# The file behind a chain of symlinks, in $real (macOS before 12.3 has no readlink -f).
resolve() {
  local link
  real=$1
  while [ -L "$real" ]; do
    link=$(readlink "$real")
    case $link in /*) real=$link ;; *) real=$(dirname "$real")/$link ;; esac
  done
}

resolve "${BASH_SOURCE[0]}"
root=$(cd "$(dirname "$real")" && pwd -P)
state=$root/.workshop
log=$state/build.log

case $OSTYPE in
  msys* | cygwin*) exec cmd //c call "$(cygpath -w "$root/run.cmd")" "$@" ;;
esac

# --- The JDK ---------------------------------------------------------------------------------------------------------

others='' # the releases of other JDKs that were met, for the message

# A JDK (not a JRE) of exactly release 25, by its release file: no JVM is started.
is_jdk_25() {
  local line
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      'JAVA_VERSION="25'[!0-9]*) return 0 ;;
      JAVA_VERSION=*)
        line=${line#*\"}
        line=${line#1.} # JDK 8 calls itself 1.8
        line=${line%%[!0-9]*}
        case "$others," in *" $line,"*) ;; *) others="${others:+$others,} $line" ;; esac
        ;;
    esac
  done <"$1/release"
  return 1
}

# The first JDK 25, in $jdk: what the environment names, the PATH's, then wherever installers put them.
find_jdk() {
  local dir
  # A JDK that was unpacked by hand on macOS has its home further inside.
  for dir in "${WORKSHOP_JDK:-}" "${WORKSHOP_JDK:+$WORKSHOP_JDK/Contents/Home}" "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}"; do
    if is_jdk_25 "$dir"; then jdk=$dir && return; fi
  done
  if dir=$(command -v javac); then
    resolve "$dir"
    dir=${real%/bin/javac}
    if is_jdk_25 "$dir"; then jdk=$dir && return; fi
  fi
  if [ -x /usr/libexec/java_home ] && dir=$(/usr/libexec/java_home -F -v 25 2>/dev/null) && is_jdk_25 "$dir"; then
    jdk=$dir && return
  fi
  local home=${HOME:-/nonexistent}
  for dir in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/*jdk* \
    "${SDKMAN_DIR:-$home/.sdkman}"/candidates/java/* \
    "${MISE_DATA_DIR:-$home/.local/share/mise}"/installs/java/* \
    "${ASDF_DATA_DIR:-$home/.asdf}"/installs/java/* \
    "$home"/.jdks/* "$home"/.gradle/jdks/* "$home"/.jbang/cache/jdks/* \
    "$home"/.cache/coursier/jvm/* "$home"/.cache/coursier/arc/https/github.com/*/*/releases/download/*/*/* \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$home"/.asdf/installs/java/*/Contents/Home "$home"/.gradle/jdks/*/Contents/Home \
    "$home"/Library/Caches/Coursier/jvm/*/Contents/Home \
    "$home"/Library/Caches/Coursier/arc/https/github.com/*/*/releases/download/*/*/*/Contents/Home; do
    if is_jdk_25 "$dir"; then jdk=$dir && return; fi
  done
  return 1
}

# The command that installs it here, in $how.
how_to_get_jdk() {
  how='download Temurin 25 from https://adoptium.net/temurin/releases/?version=25'
  if command -v apk >/dev/null; then
    how="run 'apk add openjdk25-jdk' as root" # the others' JDKs need glibc
  elif [ -d "${SDKMAN_DIR:-${HOME:-}/.sdkman}/bin" ]; then
    how="run 'sdk env install' in this folder"
  elif command -v mise >/dev/null; then
    how="run 'mise install java@temurin-25'"
  elif [ "${OSTYPE#darwin}" != "$OSTYPE" ] && command -v brew >/dev/null; then
    how="run 'brew install --cask temurin@25'"
  elif command -v dnf >/dev/null; then
    how="run 'sudo dnf install java-25-openjdk-devel'"
  elif command -v apt-cache >/dev/null && apt-cache show openjdk-25-jdk >/dev/null 2>&1; then
    how="run 'sudo apt install openjdk-25-jdk'"
  fi
}

if ! find_jdk; then
  how_to_get_jdk
  if [ -n "$others" ]; then
    say "JDK$others is here, but it must be exactly 25, because no other release runs step 5's preview features: $how, or set WORKSHOP_JDK to the folder of a JDK 25."
  else
    say "JDK 25 was not found: $how, or set WORKSHOP_JDK to its folder."
  fi
  exit 2
fi
if [ -n "${WORKSHOP_JDK:-}" ] && [ "${jdk%/Contents/Home}" != "${WORKSHOP_JDK%/Contents/Home}" ]; then
  say "WORKSHOP_JDK=$WORKSHOP_JDK is not the folder of a JDK 25; using $jdk."
fi
case $jdk in /*) ;; *) jdk=$(cd "$jdk" && pwd) ;; esac # Maven is called in another folder
export JAVA_HOME=$jdk PATH="$jdk/bin:$PATH"

# --- Maven -----------------------------------------------------------------------------------------------------------

# Not ~/.mavenrc, which may name another JDK.
export MAVEN_SKIP_RC=1

# Maven on JDK 25 warns of what its own libraries do; its minute of work needs no second compiler.
export MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:+$MAVEN_OPTS }--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"

# An installed mvn (nothing to fetch, and a company's settings are in it) or else the wrapper. Remembered, as asking takes 0.4 s.
choose_maven() {
  local answer pattern='Apache Maven ([0-9]+)\.([0-9]+)\.([0-9]+)'
  if [ -r "$state/maven" ] && read -r WORKSHOP_MVN <"$state/maven" && [ -x "$WORKSHOP_MVN" ]; then return; fi
  WORKSHOP_MVN=$root/mvnw
  if answer=$(mvn -v 2>/dev/null) && [[ $answer =~ $pattern ]] \
    && [ $((BASH_REMATCH[1] * 10000 + BASH_REMATCH[2] * 100 + BASH_REMATCH[3])) -ge 30806 ]; then
    WORKSHOP_MVN=$(command -v mvn)
  fi
  # A stick or an unzip may have dropped its mode.
  [ -x "$WORKSHOP_MVN" ] || chmod +x "$WORKSHOP_MVN" 2>/dev/null || true
  if [ ! -x "$WORKSHOP_MVN" ]; then # where all is mounted noexec, chmod succeeds and changes nothing
    say "$WORKSHOP_MVN may not be executed here: copy the workshop to a folder in your home, or install Maven 3.8.6 or newer."
    exit 2
  fi
  printf '%s\n' "$WORKSHOP_MVN" 2>/dev/null >"$state/maven" || true # on a full disk the build says so
}

if ! mkdir -p "$state" 2>/dev/null || [ ! -w "$state" ]; then
  say "Cannot write to $root: clone the workshop to a folder of your own."
  exit 2
fi
choose_maven
export WORKSHOP_MVN

# ./run.sh mvn …: for authors, Maven as run.sh calls it.
if [ "${1:-}" = mvn ]; then
  shift
  cd "$root"
  exec "$WORKSHOP_MVN" "$@"
fi

# --- The build -------------------------------------------------------------------------------------------------------

# The step that the learner is at, in $step: its libraries are resolved along with the workshop's.
current_step() {
  local number=1 pom pattern='"step" *: *([0-9]+)'
  if [ -r "$state/progress.json" ] && [[ $(<"$state/progress.json") =~ $pattern ]]; then number=${BASH_REMATCH[1]}; fi
  for pom in "$root/step-$number-"*/pom.xml "$root"/step-1-*/pom.xml; do
    if [ -f "$pom" ]; then break; fi
  done
  step=$(basename "$(dirname "$pom")")
}

# True unless the last build of this step succeeded, nothing changed since, and its libraries are still there.
is_stale() {
  local module jar built=$root/$step/target/built IFS=:
  [ -f "$built" ] && [ -f "$root/workshop/target/classes/workshop/cli/Main.class" ] || return 0
  for module in workshop "$step/exercise" "$step/solved"; do
    [ -f "$root/$module/target/classpath" ] || return 0
    set -f
    for jar in $(<"$root/$module/target/classpath"); do
      [ -f "$jar" ] || { set +f && return 0; }
    done
    set +f
  done
  [ -n "$(find "$root/pom.xml" "$root/workshop/pom.xml" "$root/workshop/src/main" "$root/$step/pom.xml" \
    "$root/$step/exercise/pom.xml" "$root/$step/solved/pom.xml" -newer "$built" 2>/dev/null)" ]
}

# A lock on file descriptor 9, which the system drops with the last process that holds it: ours, or the Maven that we started.
lock() {
  if command -v flock >/dev/null; then
    flock "$@" 9
  elif command -v perl >/dev/null; then # macOS has no flock(1); 2 is LOCK_EX, 6 with LOCK_NB
    perl -e 'exit !flock(STDIN, $ARGV[0] ? 6 : 2)' -- "$@" <&9
  fi
}

# On a terminal, a sign of life while Maven fetches.
counter=''
start_counter() {
  (while sleep 1 && kill -0 $$ 2>/dev/null; do
    printf '\r%s files fetched ' "$(grep -c '^\[INFO\] Downloaded' "$log")" >&2
  done) 9>&- &
  counter=$!
}
stop_counter() {
  if [ -n "$counter" ]; then
    kill "$counter" 2>/dev/null || true
    wait "$counter" 2>/dev/null || true
    counter=''
    printf '\r\033[K' >&2
  fi
}

interrupted() {
  stop_counter
  say "Interrupted: the next ./run.sh goes on from here."
  exit 130
}

build() {
  local retry='' status=0
  exec 9>>"$state/lock"
  lock -n || { say "Another ./run.sh is building: waiting for it." && lock; }
  if ! is_stale; then
    exec 9>&- && return
  fi
  if [ -e "$state/building" ]; then # the last build failed or was cut off: trust none of its classes, ask for each file again
    rm -rf "$root/workshop/target/classes" "$root/workshop/target/maven-status"
    retry=-U
  fi
  : >"$state/building"
  trap interrupted INT
  if [ -f "$root/workshop/target/classpath" ] && [ ! -e "$root/$step/target/built" ]; then
    say "First time in $step: looking for its libraries (once)."
  elif [ -f "$root/workshop/target/classpath" ]; then
    say "Building the workshop (some seconds)."
  else
    say "First run: fetching the libraries and a PostgreSQL (about 70 MB, once) and building. This takes a minute or two."
    if [ -t 2 ]; then start_counter; fi
  fi
  (cd "$root" && "$WORKSHOP_MVN" -B -e ${retry:+"$retry"} process-classes -Dmaven.main.skip \
    -pl "workshop,$step/exercise,$step/solved") >"$log" 2>&1 </dev/null || status=$?
  stop_counter
  trap - INT
  if [ "$status" -ne 0 ]; then
    rm -f "$state/maven"
    explain
    exit 2
  fi
  mkdir -p "$root/$step/target"
  mv "$state/building" "$root/$step/target/built" # as old as the build's start: what was saved meanwhile is newer
  exec 9>&-
}

# What went wrong and what to do next, instead of Maven's pages.
explain() {
  local cause next='Run ./run.sh again; it goes on where it stopped.'
  cause=$(grep -m1 -E '^\[ERROR\].*(Could not transfer|No space left|COMPILATION ERROR)' "$log" \
    || awk '/^(\[ERROR\]|\[FATAL\]|wget:|curl:|Error:)/ && !/Some problems were/ { print; exit }' "$log")
  cause=${cause#'['*'] '}
  if [ ! -s "$log" ]; then cause='No space left'; fi # Maven always says something
  case $cause in
    *'Could not transfer'*)
      cause=${cause##*'): '}
      cause=$(grep -m1 -oE 'javax?\.net\.[A-Za-z.]+: .*' "$log" || printf '%s' "$cause") # the innermost reason, thanks to -e
      cause="The libraries could not be fetched: ${cause%% @ line*}."
      next='Check the network (a proxy belongs into ~/.m2/settings.xml: https://maven.apache.org/guides/mini/guide-proxies.html) and run ./run.sh again; it goes on where it stopped.'
      case $cause in *PKIX*)
        cause='The libraries could not be fetched: their server shows a certificate that Java does not know, as behind a proxy that reads along.'
        next="Add your company's certificate to the JDK ($jdk/bin/keytool -importcert -cacerts -storepass changeit -file CERTIFICATE) and run ./run.sh again."
        ;;
      esac
      ;;
    *'Failed to fetch'*)
      cause="Maven could not be fetched: $cause."
      next='Check the network (a proxy belongs into https_proxy) or install Maven 3.8.6 or newer, and run ./run.sh again.'
      ;;
    *'No space left'*)
      cause='The disk is full.'
      next='Make 1 GB free and run ./run.sh again.'
      ;;
    *'validate Maven distribution'*)
      if ! command -v unzip >/dev/null; then # then the wrapper fetches another archive than the one that the sum is of
        cause='The Maven wrapper needs unzip.'
        next='Install unzip (or Maven 3.8.6 or newer) and run ./run.sh again.'
      fi
      ;;
    *'COMPILATION ERROR'*)
      cause="The workshop module does not compile: $(grep -m1 -E '^\[ERROR\] .*\.java:' "$log" | cut -c 9- || true)"
      next='If you did not mean to change it: git restore workshop'
      ;;
    *) cause="Maven failed: ${cause:-$(tail -n 1 "$log")}" ;;
  esac
  say "$cause"
  say "$next"
  say "Maven's own words are in $log"
}

current_step
if is_stale; then build; fi

# Half a second of work needs no second compiler and no parallel collector.
exec "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED \
  -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Dworkshop.root="$root" \
  -cp "$root/workshop/target/classes:$(<"$root/workshop/target/classpath")" workshop.cli.Main "$@"
