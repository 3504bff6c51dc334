# A hospital's system in Python and OpenSSL, no package: pushes a prescription and verifies callbacks. Against a sandbox:
#   python3 docs/examples/hospital.py http://127.0.0.1:8080
import base64, hashlib, hmac, json, os, subprocess, sys, tempfile, time, uuid
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

HUB = sys.argv[1] if len(sys.argv) > 1 else 'http://127.0.0.1:8080'


def ask(method, path, body=None, headers={}):
    """Status and content of an answer; a refusal is an answer, too."""
    try:
        with urlopen(Request(HUB + path, body, headers, method=method), timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refusal:
        return refusal.code, json.load(refusal)


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def openssl(*args, data=None):
    return subprocess.run(['openssl', *args], input=data, check=True, capture_output=True).stdout


def es256(folder, jwk, content):
    """Signs with a key on P-256 that comes as a JWK: OpenSSL takes it as DER (RFC 5915) and gives r and s in DER."""
    secret = base64.urlsafe_b64decode(jwk['d'] + '==')
    der = bytes.fromhex('30310201010420') + secret + bytes.fromhex('a00a06082a8648ce3d030107')
    key = os.path.join(folder, 'client.der')
    with open(key, 'wb') as file:
        file.write(der)
    signed = openssl('dgst', '-sha256', '-keyform', 'DER', '-sign', key, data=content)
    r_end = 4 + signed[3]
    r, s = signed[4:r_end], signed[r_end + 2:]
    return b''.join(int.from_bytes(number, 'big').to_bytes(32, 'big') for number in (r, s))


def access_token(folder, client_id, jwk):
    """An access token for a signed assertion (RFC 7523)."""
    _, metadata = ask('GET', '/.well-known/oauth-authorization-server')
    now = int(time.time())
    parts = [
        {'alg': 'ES256', 'kid': jwk['kid']},
        {'iss': client_id, 'sub': client_id, 'aud': metadata['issuer'], 'jti': str(uuid.uuid4()), 'exp': now + 120},
    ]
    unsigned = '.'.join(base64url(json.dumps(part).encode()) for part in parts)
    form = {
        'grant_type': 'client_credentials',
        'client_assertion_type': 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        'client_assertion': f'{unsigned}.{base64url(es256(folder, jwk, unsigned.encode()))}',
    }
    _, token = ask('POST', '/oauth/token', urlencode(form).encode())
    return token['access_token']


def is_from_hub(secret, headers, body, now=None):
    """Verifies a callback by the conventions of Standard Webhooks. `body` is the bytes that came."""
    now = time.time() if now is None else now
    if abs(now - int(headers['webhook-timestamp'])) > 300:
        return False
    key = base64.b64decode(secret.removeprefix('whsec_'))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = 'v1,' + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected, each) for each in headers['webhook-signature'].split(' '))


def main():
    # A real hospital has its own keys and certificates; a sandbox hands out samples.
    _, sandbox = ask('GET', '/sandbox?region=441400')
    region = sandbox['regions'][0]
    sample = region['samplePrescription']
    hospital = sample['hospital']['institutionId']
    caller = next(each for each in region['callers'] if each.get('institutionId') == hospital)
    with tempfile.TemporaryDirectory() as folder:
        def file(name, content):
            path = os.path.join(folder, name)
            with open(path, 'wb') as out:
                out.write(content if isinstance(content, bytes) else content.encode())
            return path

        token = access_token(folder, caller['clientId'], caller['privateJwk'])
        # The exact bytes of the document, and a detached CMS signature by physician and hospital seal.
        document = json.dumps(sample | {'hospitalPrescriptionNo': f'PY-{time.time_ns()}'}, ensure_ascii=False).encode()
        good = [each for each in region['signers'] if each['standing'] == 'good' and each['institutionId'] == hospital]
        physician = next(each for each in good if each.get('practitionerId') == sample['physician']['practitionerId'])
        seal = next(each for each in good if each['purpose'] == 'hospital-seal')
        signers = []
        for number, each in enumerate((physician, seal)):
            signers += ['-signer', file(f'{number}.crt', each['certificatePem'])]
            signers += ['-inkey', file(f'{number}.key', each['keyPem'])]
        chain = file('chain.crt', sandbox['authority']['intermediateCertificatePem'])
        signature = openssl('cms', '-sign', '-binary', '-md', 'sha256', '-in', file('document.json', document),
                            *signers, '-certfile', chain, '-outform', 'DER')
    headers = {
        'authorization': f'Bearer {token}',
        'content-type': 'application/json',
        # Sent again with the same key it gets the same receipt.
        'idempotency-key': str(uuid.uuid4()),
    }
    body = {'document': base64.b64encode(document).decode(), 'signature': base64.b64encode(signature).decode()}
    status, receipt = ask('POST', '/hospital/prescriptions', json.dumps(body).encode(), headers)
    print(status, json.dumps(receipt, ensure_ascii=False))
    return 0 if status == 201 else 1


if __name__ == '__main__':
    sys.exit(main())
