#!/usr/bin/env bash
# Walks through the first hour of a user with curl alone: an iTwin, an iModel, an upload, a connection, a run.
# Usage: first-hour.sh [URL]   (default http://127.0.0.1:8080, a server with its development issuer)
# Exits with 0 if every answer is as documented.
set -euo pipefail
base=${1:-http://127.0.0.1:8080}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Reads a text, or the target of a link, of the latest answer: the first one with this name. The server sends no spaces.
get() {
  grep -o "\"$1\":\({\"href\":\)\?\"[^\"]*\"" "$work/answer" | head -n 1 | sed 's/.*:"\(.*\)"$/\1/' || {
    echo "the answer has no $1:" >&2
    cat "$work/answer" >&2
    exit 1
  }
}

# Sends a request and checks the status: call STATUS METHOD PATH [JSON]
call() {
  local wanted=$1 method=$2 path=$3 arguments=()
  [ $# -lt 4 ] || arguments=(--data "$4")
  local status
  status=$(curl -sS -o "$work/answer" -w '%{http_code}' -X "$method" "$base$path" \
    -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "${arguments[@]}")
  echo "$method $path -> $status"
  if [ "$status" != "$wanted" ]; then
    echo "expected $wanted; the server answered:"
    cat "$work/answer"
    exit 1
  fi
}

echo "1. Fetch a token"
curl -sS -o "$work/answer" -u first-hour:any -d grant_type=client_credentials -d scope=itwin-platform "$base/connect/token"
token=$(get access_token)

echo "2. Create an iTwin, which is a project"
call 201 POST /itwins/ '{"class": "Endeavor", "subClass": "Project", "displayName": "Bridge 30"}'
itwin=$(get id)

echo "3. Create an iModel in it"
call 201 POST /imodels "{\"iTwinId\": \"$itwin\", \"name\": \"Bridge\"}"
imodel=$(get id)

echo "4. Upload a file to Storage"
call 200 GET "/storage/?iTwinId=$itwin"
folder=$(get folder)
folder=${folder##*/}
call 202 POST "/storage/folders/$folder/files" '{"displayName": "pier.dgn"}'
upload=$(get uploadUrl)
complete=$(get completeUrl)
file=$(echo "$complete" | cut -d/ -f6)
printf '\xd0\xcf\x11\xe0 this is a design file' >"$work/pier.dgn"
# The upload URL is signed: it needs no token.
status=$(curl -sS -o "$work/answer" -w '%{http_code}' -T "$work/pier.dgn" -H 'x-ms-blob-type: BlockBlob' "$upload")
echo "PUT the content -> $status"
[ "${status:0:1}" = 2 ]
call 200 POST "/storage/files/$file/complete"
call 200 GET "/storage/files/$file"
[ "$(get displayName)" = pier.dgn ]

echo "5. Connect the file to the iModel"
request="{\"displayName\": \"Bridge 30\", \"iModelId\": \"$imodel\", \"sourceFiles\": [{\"storageFileId\": \"$file\", \"connectorType\": \"MSTN\"}]}"
call 201 POST /synchronization/imodels/storageconnections "$request"
connection=$(get id)
[ "$(get iTwinId)" = "$itwin" ]
call 200 GET "/synchronization/imodels/storageconnections/$connection/sourcefiles"
[ "$(get lastKnownFileName)" = pier.dgn ]
call 409 POST /synchronization/imodels/storageconnections "$request"

echo "6. Run the connection, and wait until the run is completed"
call 202 POST "/synchronization/imodels/storageconnections/$connection/run"
call 200 GET "/synchronization/imodels/storageconnections/$connection/runs"
run=$(get id)
curl -sSf -o "$work/answer" -H "Authorization: Bearer $token" -H 'Prefer: wait=30' \
  "$base/synchronization/imodels/storageconnections/$connection/runs/$run"
echo "The result is $(get result)"
[ "$(get result)" = Success ]

echo "7. Replace the content of the file"
call 202 POST "/storage/files/$file/updatecontent"
upload=$(get uploadUrl)
printf '\xd0\xcf\x11\xe0 this is a newer design file' >"$work/pier.dgn"
curl -sSf -T "$work/pier.dgn" -H 'x-ms-blob-type: BlockBlob' "$upload"
curl -sSfL -o "$work/download" -H "Authorization: Bearer $token" "$base/storage/files/$file/download"
cmp "$work/pier.dgn" "$work/download"
echo "GET /storage/files/$file/download -> the new content"

echo "8. Delete the iTwin and everything in it"
call 204 DELETE "/itwins/$itwin"
call 404 GET "/imodels/$imodel"
call 404 GET "/storage/files/$file"
call 404 GET "/synchronization/imodels/storageconnections/$connection"
echo "Done"
