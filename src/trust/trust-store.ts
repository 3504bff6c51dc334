import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import { BoundedMap } from './bounded-map.ts'
import { type Certificate, fingerprintOf, parseCertificate } from './certificate.ts'
import { type PublicKey, publicKeyOf } from './public-key.ts'
import { parseRevocationList, type RevocationList } from './revocation-list.ts'
import { fitsKey, isSignatureRight } from './signature-algorithms.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import { SM2_STANDARD_ID } from './sm2.ts'
import { type StatusService, StatusServices } from './status-services.ts'

/** What a region trusts: each entry is DER, or PEM text with any number of blocks. */
export interface TrustMaterial {
  readonly anchors: readonly (string | Buffer)[]
  readonly intermediates?: readonly (string | Buffer)[]
  /** A list may be one that was read already: see `list-reader.ts`. */
  readonly revocationLists?: readonly (string | Buffer | RevocationList)[]
  readonly statusServices?: readonly StatusService[]
  /** Of time-stamp authorities: roots, or the certificates that sign the stamps. */
  readonly timeStampAnchors?: readonly (string | Buffer)[]
}

/** Settings of the hub, and how it asks. */
export interface TrustOptions {
  readonly sm2Id?: string
  readonly statusServices?: StatusServices
}

/** What is trusted at one moment; never changes, so that a verification sees one state from start to end. */
export interface TrustView {
  readonly generation: number
  isAnchor(fingerprint: string): boolean
  /** Anchors first, then intermediates. @param name SHA-256 of the DER name */
  authoritiesNamed(name: string): readonly Certificate[]
  listsOf(issuer: string): readonly RevocationList[]
  /** All of them. */
  readonly lists: readonly RevocationList[]
  /** The service that is asked about what this authority issued. */
  serviceOf(issuer: Certificate): StatusService | undefined
  /** What time stamps are judged by; absent where no authority for them is set, and they count for nothing then. */
  readonly timeStamps?: TrustView
}

/** Anything an authority signs: a certificate or a revocation list. */
type Signed = Pick<Certificate, 'fingerprint' | 'signed' | 'signature' | 'algorithm'>

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g

/** DER of every block in the entries. @throws RangeError for text without one */
export function blocksOf(entries: readonly (string | Buffer)[]): Buffer[] {
  return entries.flatMap((entry) => {
    const isDer = typeof entry !== 'string' && entry[0] === 0x30
    if (isDer) return [entry]
    const blocks = [...entry.toString('latin1').matchAll(PEM_BLOCK)].map((m) => Buffer.from(m[2]!, 'base64'))
    if (blocks.length === 0) throw new RangeError('trust material is neither DER nor PEM')
    return blocks
  })
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

/**
 * The certificates and revocation lists that signatures are judged by, with caches of everything about them that
 * can never change: parsed certificates, keys, and which key signed which certificate.
 */
export class TrustStore {
  // Parsing a certificate costs more than verifying its signature; a region has some thousand signers.
  readonly #certificates = new BoundedMap<string, Certificate>(8192)
  readonly #links = new BoundedMap<string, Promise<SignatureProblemCode | undefined>>(16_384)
  readonly #keys = new BoundedMap<string, PublicKey>(256)
  #view: TrustView

  /** The ids that signers and authorities with SM2 may have used: the standard one and the region's. */
  readonly sm2Ids: readonly string[]
  /** Asks the services that the material names. */
  readonly statusServices: StatusServices

  /** @throws RangeError when the material cannot be read: a broken file of the agency, never a caller's input */
  constructor(material: TrustMaterial, options: TrustOptions = {}) {
    this.sm2Ids = [...new Set([SM2_STANDARD_ID, options.sm2Id ?? SM2_STANDARD_ID])]
    this.statusServices = options.statusServices ?? new StatusServices()
    this.#view = this.#build(material, 1)
  }

  /** What is trusted now. Take it once for each verification. */
  get view(): TrustView {
    return this.#view
  }

  /** Counts the replacements; starts at 1. */
  get generation(): number {
    return this.#view.generation
  }

  /**
   * Puts other material in place of all of the old, at once. Running verifications end with what they began with.
   *
   * @throws RangeError when the material cannot be read; then nothing changes
   */
  replace(material: TrustMaterial): void {
    this.#view = this.#build(material, this.generation + 1)
  }

  /** One certificate, read once. @throws SignatureRefusal certificate-malformed, algorithm-unsupported */
  certificate(der: Buffer): Certificate {
    const fingerprint = fingerprintOf(der)
    const known = this.#certificates.get(fingerprint)
    if (known !== undefined) return known
    const certificate = parseCertificate(der, fingerprint)
    this.#certificates.set(fingerprint, certificate)
    return certificate
  }

  /** A public key kept with stored evidence. @param keyInfo base64 of DER SubjectPublicKeyInfo */
  key(keyInfo: string): PublicKey {
    const known = this.#keys.get(keyInfo)
    if (known !== undefined) return known
    const key = publicKeyOf(Buffer.from(keyInfo, 'base64'))
    this.#keys.set(keyInfo, key)
    return key
  }

  /**
   * What is wrong with an authority's signature on a certificate or list.
   *
   * @returns undefined when the key made the signature, with an algorithm that is strong enough
   */
  problemOfLink(signed: Signed, key: PublicKey): Promise<SignatureProblemCode | undefined> {
    const id = `${signed.fingerprint}:${key.hash}`
    const known = this.#links.get(id)
    if (known !== undefined) return known
    const answer = this.#checkLink(signed, key)
    this.#links.set(id, answer)
    return answer
  }

  async #checkLink(signed: Signed, key: PublicKey): Promise<SignatureProblemCode | undefined> {
    if (typeof signed.algorithm === 'string') return signed.algorithm
    const { digest } = signed.algorithm
    if (digest === undefined) return 'algorithm-unsupported'
    if (!fitsKey(signed.algorithm, key)) return 'issuer-signature-wrong'
    const algorithm = { ...signed.algorithm, digest }
    return (await isSignatureRight(algorithm, key, signed.signed, signed.signature, this.sm2Ids))
      ? undefined
      : 'issuer-signature-wrong'
  }

  #build(material: TrustMaterial, generation: number): TrustView {
    const read = (der: Buffer): Certificate => {
      try {
        return this.certificate(der)
      } catch (error) {
        if (error instanceof SignatureRefusal) throw new RangeError(`trust material: ${error.code}`)
        throw error
      }
    }
    const anchors = blocksOf(material.anchors).map(read)
    const intermediates = blocksOf(material.intermediates ?? []).map(read)
    const stampAnchors = blocksOf(material.timeStampAnchors ?? []).map(read)
    const lists = (material.revocationLists ?? []).flatMap((given) =>
      typeof given === 'string' || given instanceof Uint8Array
        ? blocksOf([given]).map(parseRevocationList)
        : [given],
    )
    const byIssuer = grouped(lists, (list) => list.issuer)
    const services = new Map<string, StatusService>()
    for (const service of material.statusServices ?? []) {
      const authority = [...anchors, ...intermediates].find(
        ({ fingerprint }) => fingerprint === service.authority,
      )
      if (authority === undefined)
        throw new RangeError('trust material: a status service of an unknown authority')
      services.set(`${authority.subject}:${authority.key.hash}`, service)
    }
    const viewOf = (trusted: readonly Certificate[], between: readonly Certificate[]): TrustView => {
      const prints = new Set(trusted.map(({ fingerprint }) => fingerprint))
      const authorities = grouped([...trusted, ...between], ({ subject }) => subject)
      return {
        generation,
        isAnchor: (fingerprint) => prints.has(fingerprint),
        authoritiesNamed: (name) => authorities.get(name) ?? [],
        listsOf: (issuer) => byIssuer.get(issuer) ?? [],
        lists,
        serviceOf: ({ subject, key }) => services.get(`${subject}:${key.hash}`),
      }
    }
    const view = viewOf(anchors, intermediates)
    return stampAnchors.length === 0 ? view : { ...view, timeStamps: viewOf(stampAnchors, []) }
  }
}
