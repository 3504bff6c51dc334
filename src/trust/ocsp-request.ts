import { hash } from 'node:crypto'
import type { Certificate } from './certificate.ts'
import { explicit, integerHex, nothing, octets, oid, sequence, write } from './der-writer.ts'

/** By which the request names the issuer. Nobody profits from a collision: the signature of the answer is judged apart. */
export type IdentifierDigest = 'sha1' | 'sha256' | 'sm3'

const DIGESTS: Readonly<Record<IdentifierDigest, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sm3: '1.2.156.10197.1.401',
}
const NONCE = '1.3.6.1.5.5.7.48.1.2'

/**
 * A question to an authority's status service about one certificate (RFC 6960, 4.1).
 *
 * @param serial hex
 * @param nonce 16 to 32 bytes (RFC 8954), which an answer that is made for this question repeats
 * @returns DER
 */
export function ocspRequest(
  serial: string,
  issuer: Certificate,
  digest: IdentifierDigest,
  nonce: Buffer,
): Buffer {
  const certificate = sequence(
    sequence(oid(DIGESTS[digest]), nothing()),
    octets(hash(digest, issuer.subjectName, 'buffer')),
    octets(hash(digest, issuer.key.bits, 'buffer')),
    integerHex(serial),
  )
  const extension = sequence(oid(NONCE), octets(write(octets(nonce))))
  return write(sequence(sequence(sequence(sequence(certificate)), explicit(2, sequence(extension)))))
}
