#!/bin/sh
# Talks over HTTP alone: signs in, enters a room, adds a message, reads the newest, and asks what has changed.
#
#     DIGI_USERNAME=alice DIGI_PASSWORD=… ./talk.sh http://127.0.0.1:8000 lounge "Hello from curl"
#
# It needs curl 7.82 or newer, and prints the server's answers as they are.
set -eu
api=$1/api/v1 room_name=$2 text=$3

get() { curl --silent --show-error --fail-with-body --header "Authorization: Bearer ${token-}" "$api$1"; }

post() { # the body is read from stdin, so that no secret stands in the list of processes
  curl --silent --show-error --fail-with-body ${token:+--header "Authorization: Bearer $token"} --json @- "$api$1"
}

quoted() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"; } # one line of text as JSON
first() { grep -o "\"$1\": *[^,}]*" | head -n 1 | sed 's/^[^:]*: *//; s/"//g'; } # the first value of that name

token=
token=$(printf '{"username": %s, "password": %s}' "$(quoted "$DIGI_USERNAME")" "$(quoted "$DIGI_PASSWORD")" |
  post /token | first token)

room=$(printf '{"name": %s}' "$(quoted "$room_name")" | post /commands/room.open)
id=$(echo "$room" | first id)
head=$(echo "$room" | first head)
echo "$room_name has the id $id and is at change $head."

echo "Added:"
printf '{"room": "%s", "body": %s}' "$id" "$(quoted "$text")" | post /commands/message.add
echo
echo "The newest:"
get "/rooms/$id/messages?limit=5"
echo
echo "What has changed since we came:"
get "/rooms/$id/changes?after=$head"
echo
