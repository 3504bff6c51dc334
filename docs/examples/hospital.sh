#!/usr/bin/env bash
# A hospital's system with OpenSSL, curl and jq, nothing else. Against a sandbox:
#   bash docs/examples/hospital.sh http://127.0.0.1:8080
set -euo pipefail
hub=${1:-http://127.0.0.1:8080}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# A real hospital has its own keys and certificates; a sandbox hands out samples.
curl -sf "$hub/sandbox?region=441400" -o sandbox.json
region() { jq -c ".regions[0]$1" sandbox.json; }
hospital=$(region .samplePrescription.hospital.institutionId)
physician=$(region .samplePrescription.physician.practitionerId)

# 1. An access token for a signed assertion (RFC 7523). The client's key is a JWK: OpenSSL reads it as an EC key in DER.
caller=$(region ".callers[] | select(.institutionId == $hospital)" | head -n 1)
hex() { jq -rj ".privateJwk.$1" <<<"$caller" | tr -- '-_' '+/' | { cat; printf =; } | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n'; }
printf '30770201010420%sa00a06082a8648ce3d030107a14403420004%s%s' "$(hex d)" "$(hex x)" "$(hex y)" |
  sed 's/../\\x&/g' | { IFS= read -r bytes || true; printf '%b' "$bytes"; } >client.der
client=$(jq -r .clientId <<<"$caller")
issuer=$(curl -sf "$hub/.well-known/oauth-authorization-server" | jq -r .issuer)
header=$(jq -nc --arg kid "$(jq -r .privateJwk.kid <<<"$caller")" '{alg: "ES256", kid: $kid}' | base64url)
claims=$(jq -nc --arg client "$client" --arg aud "$issuer" --arg jti "$(openssl rand -hex 16)" \
  --argjson exp $(($(date +%s) + 120)) '{iss: $client, sub: $client, aud: $aud, jti: $jti, exp: $exp}' | base64url)
# JOSE wants r and s as 32 bytes each; OpenSSL writes them as DER integers.
signature=$(printf '%s.%s' "$header" "$claims" | openssl dgst -sha256 -sign client.der -keyform DER |
  openssl asn1parse -inform DER | sed -n 's/.*INTEGER *:\([0-9A-F]*\)$/\1/p' |
  while read -r number; do printf '%64s' "$number" | tr ' ' 0; done |
  sed 's/../\\x&/g' | { IFS= read -r bytes || true; printf '%b' "$bytes"; } | base64url)
token=$(curl -sf "$hub/oauth/token" -d grant_type=client_credentials \
  -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
  -d "client_assertion=$header.$claims.$signature" | jq -r .access_token)

# 2. The exact bytes of the document, and a detached CMS signature by physician and hospital seal.
region .samplePrescription | jq -cj --arg no "EX-$(date +%s%N)" '.hospitalPrescriptionNo = $no' >document.json
good=".signers[] | select(.standing == \"good\" and .institutionId == $hospital)"
region "$good | select(.practitionerId == $physician)" | head -n 1 >physician.json
region "$good | select(.purpose == \"hospital-seal\")" | head -n 1 >seal.json
for signer in physician seal; do
  jq -r .certificatePem $signer.json >$signer.crt
  jq -r .keyPem $signer.json >$signer.key
done
jq -r .authority.intermediateCertificatePem sandbox.json >chain.crt
openssl cms -sign -binary -md sha256 -in document.json -signer physician.crt -inkey physician.key \
  -signer seal.crt -inkey seal.key -certfile chain.crt -outform DER -out signature.der

# 3. The push. Sent again with the same key it gets the same receipt.
jq -n --arg document "$(openssl base64 -A -in document.json)" --arg signature "$(openssl base64 -A -in signature.der)" \
  '{document: $document, signature: $signature}' >body.json
curl -s "$hub/hospital/prescriptions" -H "authorization: Bearer $token" -H 'content-type: application/json' \
  -H "idempotency-key: $(openssl rand -hex 16)" -d @body.json -w '\n%{http_code}\n' | tee answer.txt
[[ $(tail -n 1 answer.txt) == 201 ]]
