import { createHash, randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { putTogether, type Tree, takeApart } from './der-tree.ts'
import { openssl, type Workshop } from './openssl.ts'

/** A holder of an SM2 certificate: all that is computed with its key is computed by OpenSSL. */
export interface Sm2Holder {
  readonly name: string
  readonly certificate: string
  readonly key: string
  readonly pem: string
  readonly id: string
}

const leaf = (tag: number, hex: string): Tree => ({ tag, children: [], bytes: Buffer.from(hex, 'hex') })
const node = (tag: number, ...children: Tree[]): Tree => ({ tag, children, bytes: Buffer.alloc(0) })

/** Object identifiers, as DER content in hex. */
export const OID = {
  gmSignedData: '2a811ccf550601040202',
  gmData: '2a811ccf550601040201',
  signedData: '2a864886f70d010702',
  data: '2a864886f70d010701',
  contentType: '2a864886f70d010903',
  messageDigest: '2a864886f70d010904',
  sm3: '2a811ccf55018311',
  sm2: '2a811ccf5501822d01',
  sm2WithSm3: '2a811ccf55018375',
  ecKey: '2a8648ce3d0201',
} as const

/** A certificate with an SM2 key, signed with SM3 by its issuer or by itself. */
export async function sm2Certificate(
  workshop: Workshop,
  name: string,
  options: { issuer?: Sm2Holder; extensions?: readonly string[]; id?: string } = {},
): Promise<Sm2Holder> {
  const id = options.id ?? '1234567812345678'
  const issuer = options.issuer
  const file = (suffix: string) => workshop.put(suffix, '')
  const [key, request, certificate] = [await file('sm2.key'), await file('sm2.csr'), await file('sm2.crt')]
  const lines = options.extensions ?? [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature,nonRepudiation',
  ]
  const extensions = await workshop.put('sm2.cnf', `[e]\n${lines.join('\n')}\nsubjectKeyIdentifier=hash\n`)
  const own = `distid:${id}`
  await openssl('genpkey', '-algorithm', 'SM2', '-out', key)
  await openssl(
    'req',
    '-new',
    '-sm3',
    '-key',
    key,
    '-sigopt',
    own,
    '-subj',
    `/C=CN/CN=${name}`,
    '-out',
    request,
  )
  const by = issuer === undefined ? ['-signkey', key] : ['-CA', issuer.certificate, '-CAkey', issuer.key]
  const issuerId = `distid:${issuer?.id ?? id}`
  const serial = String(randomInt(2 ** 40))
  await openssl(
    ...['x509', '-req', '-sm3', '-in', request, '-vfyopt', own, ...by, '-sigopt', issuerId, '-days', '300'],
    ...['-set_serial', serial, '-extfile', extensions, '-extensions', 'e', '-out', certificate],
  )
  return { name, certificate, key, pem: await readFile(certificate, 'utf8'), id }
}

/** An SM2 authority's revocation list. */
export async function sm2RevocationList(workshop: Workshop, issuer: Sm2Holder): Promise<string> {
  const database = await workshop.put('sm2-database.txt', '')
  const config = await workshop.put(
    'sm2-ca.cnf',
    `[ca]\ndefault_ca = any\n[any]\ndatabase = ${database}\ndefault_md = sm3\ndefault_crl_days = 7\n`,
  )
  const list = await workshop.put('sm2.crl', '')
  const by = ['-cert', issuer.certificate, '-keyfile', issuer.key, '-sigopt', `distid:${issuer.id}`]
  await openssl('ca', '-gencrl', '-config', config, ...by, '-out', list)
  return await readFile(list, 'utf8')
}

async function signatureOf(workshop: Workshop, holder: Sm2Holder, bytes: Buffer): Promise<Buffer> {
  const [input, output] = [await workshop.put('signed.bin', bytes), await workshop.put('signature.bin', '')]
  const id = ['-pkeyopt', `distid:${holder.id}`]
  await openssl(
    ...[
      'pkeyutl',
      '-sign',
      '-rawin',
      '-digest',
      'sm3',
      ...id,
      '-inkey',
      holder.key,
      '-in',
      input,
      '-out',
      output,
    ],
  )
  return await readFile(output)
}

/** How an SM2 envelope is written: what Chinese middleware does differs in all of these. */
export interface Sm2Form {
  readonly type?: string
  readonly contentType?: string
  readonly version?: number
  readonly digest?: string
  readonly signature?: string
  readonly hasNull?: boolean
  readonly hasAttributes?: boolean
  readonly isAttached?: boolean
}

const derOf = (pem: string) => Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64')

/** A CMS SignedData with SM2 signers, written here and signed by OpenSSL, which cannot write one itself. */
export async function sm2Envelope(
  workshop: Workshop,
  document: Buffer,
  signers: readonly Sm2Holder[],
  chain: readonly { readonly pem: string }[],
  form: Sm2Form = {},
): Promise<Buffer> {
  const contentType = form.contentType ?? OID.gmData
  const parameters = form.hasNull === true ? [leaf(0x05, '')] : []
  const digest = node(0x30, leaf(0x06, form.digest ?? OID.sm3), ...parameters)
  const infos: Tree[] = []
  for (const signer of signers) {
    const inner = takeApart(derOf(signer.pem)).children[0]!.children
    const attributes = node(
      0x31,
      node(0x30, leaf(0x06, OID.contentType), node(0x31, leaf(0x06, contentType))),
      node(
        0x30,
        leaf(0x06, OID.messageDigest),
        node(0x31, leaf(0x04, createHash('sm3').update(document).digest('hex'))),
      ),
    )
    const signed = form.hasAttributes === true ? putTogether(attributes) : document
    const value = await signatureOf(workshop, signer, signed)
    infos.push(
      node(
        0x30,
        leaf(0x02, '01'),
        node(0x30, inner[3]!, inner[1]!),
        digest,
        ...(form.hasAttributes === true ? [{ ...attributes, tag: 0xa0 }] : []),
        node(0x30, leaf(0x06, form.signature ?? OID.sm2), ...parameters),
        leaf(0x04, value.toString('hex')),
      ),
    )
  }
  const content = form.isAttached === true ? [node(0xa0, leaf(0x04, document.toString('hex')))] : []
  const certificates = [...signers, ...chain].map(({ pem }) => takeApart(derOf(pem)))
  return putTogether(
    node(
      0x30,
      leaf(0x06, form.type ?? OID.gmSignedData),
      node(
        0xa0,
        node(
          0x30,
          leaf(0x02, `0${form.version ?? 1}`),
          node(0x31, digest),
          node(0x30, leaf(0x06, contentType), ...content),
          node(0xa0, ...certificates),
          node(0x31, ...infos),
        ),
      ),
    ),
  )
}
