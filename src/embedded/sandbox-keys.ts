import { type JsonWebKey, randomUUID } from 'node:crypto'
import { addDays, startOfDay } from '../domain/primitives/civil-day.ts'
import type { RegisterEntry, RegisteredCertificate } from '../domain/registers.ts'
import { issueCertificate, issueRevocationList } from '../trust/certificate-issuing.ts'
import { makeKeyPair } from '../trust/key-pair.ts'
import {
  createSandboxAuthority,
  loadIdentity,
  type SandboxAuthority,
  type StoredIdentity,
  storeIdentity,
} from '../trust/sandbox-authority.ts'
import { derOf } from '../trust/sign-envelope.ts'
import { hasSm2 } from '../trust/sm2.ts'
import type { TrustMaterial } from '../trust/trust-store.ts'
import type { SandboxWorld } from './sandbox/world.ts'

interface StoredPair {
  readonly root: StoredIdentity
  readonly intermediate: StoredIdentity
}

/** The sandbox's authorities as they are kept over a restart. */
export interface StoredAuthority extends StoredPair {
  /** Absent where this build of Node knows no SM2. */
  readonly sm2?: StoredPair
  /** Revocation lists of both, base64 of DER. */
  readonly lists: readonly string[]
}

/** The authority with RSA keys that issues to most, and the one with SM2 keys. */
export interface SandboxAuthorities {
  readonly rsa: SandboxAuthority
  readonly sm2?: SandboxAuthority
}

/** One who can sign in the sandbox; the private key is public on purpose. */
export interface SandboxSigner extends StoredIdentity {
  readonly name: string
  readonly fingerprint: string
  readonly purpose: RegisteredCertificate['purpose']
  readonly institutionId: string
  readonly practitionerId?: string
  /** `good` unless it is there to be refused. */
  readonly standing: 'good' | 'revoked' | 'expired'
}

/** The keys of one region's sandbox. */
export interface RegionKeys {
  readonly signers: readonly SandboxSigner[]
  /** The sample prescription's physician and seals once more, with SM2. */
  readonly sm2Signers: readonly SandboxSigner[]
  /** Private JWK by client id. */
  readonly clients: Readonly<Record<string, JsonWebKey & { kid: string }>>
}

const YEARS = 3650

/** Makes the authorities, the one for SM2 where this build of Node knows it. */
export async function makeAuthorities(now: Date): Promise<SandboxAuthorities> {
  const rsa = await createSandboxAuthority(now)
  return hasSm2() ? { rsa, sm2: await createSandboxAuthority(now, 'sm2') } : { rsa }
}

/** The opposite of `storeAuthorities`. */
export function loadAuthorities(stored: StoredAuthority): SandboxAuthorities {
  const load = ({ root, intermediate }: StoredPair) => ({
    root: loadIdentity(root),
    intermediate: loadIdentity(intermediate),
  })
  return { rsa: load(stored), ...(stored.sm2 === undefined ? {} : { sm2: load(stored.sm2) }) }
}

/** What the hub trusts in the sandbox. */
export function trustOf(stored: StoredAuthority): TrustMaterial {
  return {
    anchors: [stored, stored.sm2].flatMap((pair) => pair?.root.certificatePem ?? []),
    intermediates: [stored, stored.sm2].flatMap((pair) => pair?.intermediate.certificatePem ?? []),
    revocationLists: stored.lists.map((list) => Buffer.from(list, 'base64')),
  }
}

/** The authorities as text, with lists that revoke every signer of standing `revoked`. */
export function storeAuthorities(
  { rsa, sm2 }: SandboxAuthorities,
  revoked: readonly SandboxSigner[],
  now: Date,
): StoredAuthority {
  const period = { thisUpdate: new Date(now.getTime() - 3_600_000), nextUpdate: inYears(now), number: 1 }
  const serials = revoked.map((signer) => ({
    serial: loadIdentity(signer).serial,
    at: period.thisUpdate,
    reason: 1,
  }))
  const store = ({ root, intermediate }: SandboxAuthority) => ({
    root: storeIdentity(root),
    intermediate: storeIdentity(intermediate),
  })
  const listsOf = ({ root, intermediate }: SandboxAuthority) => [
    issueRevocationList(root, { ...period, revoked: [] }),
    issueRevocationList(intermediate, { ...period, revoked: serials }),
  ]
  return {
    ...store(rsa),
    ...(sm2 === undefined ? {} : { sm2: store(sm2) }),
    lists: [rsa, sm2].flatMap((it) =>
      it === undefined ? [] : listsOf(it).map((list) => list.toString('base64')),
    ),
  }
}

function inYears(now: Date): Date {
  return new Date(now.getTime() + YEARS * 86_400_000)
}

/** Makes signing keys for the physicians, seals and offices of a world, and keys for its clients. */
export async function makeRegionKeys(
  { rsa, sm2 }: SandboxAuthorities,
  world: SandboxWorld,
  now: Date,
): Promise<RegionKeys> {
  const { cast } = world
  const hospitals = [
    cast.tertiaryHospital,
    cast.secondaryHospital,
    cast.primaryHospital,
    cast.suspendedHospital,
    cast.privateHospital,
    cast.internetHospital,
  ]
  const physicians = [
    cast.chief,
    cast.associateChief,
    cast.attending,
    cast.unpublishedPhysician,
    cast.notFiledPhysician,
    cast.filedElsewherePhysician,
    cast.expiredLicencePhysician,
    cast.sanctionedPhysician,
    cast.generalPractitioner,
  ]
  const wanted: Omit<SandboxSigner, keyof StoredIdentity | 'fingerprint'>[] = [
    ...hospitals.flatMap((hospital) => [
      signer(`${hospital.name} 电子签章`, 'hospital-seal', hospital.institutionId),
      signer(`${hospital.name} 医保办`, 'insurance-office', hospital.institutionId),
    ]),
    ...physicians.map((physician) => {
      const place =
        physician === cast.generalPractitioner
          ? cast.primaryHospital
          : physician === cast.filedElsewherePhysician
            ? cast.privateHospital
            : cast.hospital
      return {
        ...signer(physician.name, 'physician', place.institutionId),
        practitionerId: physician.practitionerId,
      }
    }),
    ...(['revoked', 'expired'] as const).map((standing) => ({
      ...signer(`${cast.physician.name} (${standing})`, 'physician', cast.hospital.institutionId),
      practitionerId: cast.physician.practitionerId,
      standing,
    })),
  ]
  const issue = async (authority: SandboxAuthority, who: (typeof wanted)[number], keyKind?: 'sm2') => {
    const expired = who.standing === 'expired'
    const identity = await issueCertificate(authority.intermediate, {
      ...(keyKind === undefined ? {} : { keyKind }),
      subject: {
        C: 'CN',
        O: who.institutionId,
        CN: who.practitionerId ?? `${who.institutionId} ${who.purpose}`,
      },
      notBefore: new Date(now.getTime() - (expired ? 700 : 400) * 86_400_000),
      notAfter: expired ? startOfDay(addDays(world.today, -30)) : inYears(now),
    })
    return { ...who, fingerprint: identity.fingerprint, ...storeIdentity(identity) }
  }
  const signers = await Promise.all(wanted.map((who) => issue(rsa, who)))
  const ofSample = wanted.filter(
    (who) =>
      who.standing === 'good' &&
      who.institutionId === cast.hospital.institutionId &&
      (who.practitionerId === undefined || who.practitionerId === cast.physician.practitionerId),
  )
  const sm2Signers =
    sm2 === undefined
      ? []
      : await Promise.all(ofSample.map((who) => issue(sm2, { ...who, name: `${who.name} (SM2)` }, 'sm2')))
  const clients = Object.fromEntries(world.clients.map((client) => [client.clientId, clientKey()]))
  return { signers, sm2Signers, clients }
}

function signer(
  name: string,
  purpose: SandboxSigner['purpose'],
  institutionId: string,
): Omit<SandboxSigner, keyof StoredIdentity | 'fingerprint'> {
  return { name, purpose, institutionId, standing: 'good' }
}

function clientKey(): JsonWebKey & { kid: string } {
  const { privateKey } = makeKeyPair({ curve: 'P-256' })
  return {
    ...privateKey.export({ format: 'jwk' }),
    kid: randomUUID(),
    alg: 'ES256',
    use: 'sig',
  } as JsonWebKey & {
    kid: string
  }
}

/** The entries of the register of certificates for signers. */
export function certificateEntries(signers: readonly SandboxSigner[], world: SandboxWorld): RegisterEntry[] {
  return signers.map((who) => ({
    register: 'certificate',
    key: who.fingerprint,
    validFrom: addDays(world.today, -400),
    data: {
      fingerprint: who.fingerprint,
      certificate: derOf(who.certificatePem).toString('base64'),
      purpose: who.purpose,
      institutionId: who.institutionId,
      ...(who.practitionerId === undefined ? {} : { practitionerId: who.practitionerId }),
    },
  }))
}
