#!/usr/bin/env bash
# Drive KDE Lokalize without a screen: open PROJECT's po/probe.po and let it insert the first term
# that its glossary pane offers (Ctrl+E) into each of COUNT messages, then save.
# Usage: xvfb-run -a dbus-run-session -- bash lokalize.sh PROJECT COUNT
# PROJECT holds index.lokalize, terms.tbx, po/probe.po and home/ (Lokalize's own settings go there).
set -u
project=$1 count=$2
export HOME="$project/home" XDG_RUNTIME_DIR="$project/home" LANG=C.UTF-8
openbox >/dev/null 2>&1 &
sleep 0.5
lokalize --noprojectscan --project "$project/index.lokalize" >/dev/null 2>&1 &
running=$!
service=
for _ in $(seq 60); do
    sleep 0.5
    service=$(qdbus 2>/dev/null | grep -i org.kde.lokalize | head -1 | tr -d ' ')
    [ -n "$service" ] && break
done
[ -n "$service" ] || exit 2
sleep 2
timeout 10 qdbus "$service" /ThisIsWhatYouWant org.kde.Lokalize.MainWindow.openFileInEditor \
    "$project/po/probe.po" >/dev/null 2>&1
sleep 3
editor=$(qdbus "$service" | grep 'ThisIsWhatYouWant/Editor/' | tail -1 | tr -d ' ')
[ -n "$editor" ] || exit 2
window=$(xdotool search --name 'probe.po' | tail -1)
xdotool windowactivate --sync "$window"
sleep 2
for number in $(seq 0 $((count - 1))); do
    timeout 5 qdbus "$service" "$editor" org.kde.Lokalize.Editor.gotoEntry "$number" >/dev/null 2>&1
    sleep 1.5
    xdotool key ctrl+e
    sleep 0.7
done
xdotool key ctrl+s
sleep 1.5
kill "$running"
