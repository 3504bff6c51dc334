import type { RegisterEntry, RegisterName } from '../domain/registers.ts'
import { samplePrescription } from './sandbox/sample-prescription.ts'
import { sandboxCredentials } from './sandbox-credentials.ts'
import type { NationalCallers } from './sandbox-national.ts'
import { samplePeopleOf } from './sandbox-people.ts'
import type { SandboxRegionState, SandboxState } from './seed-sandbox.ts'

/** How an outside program becomes one of the sandbox's callers; in the order of the way of a prescription. */
const HOW_TO = [
  {
    zh: '一、取令牌：用 callers 中某个 clientId 的私钥（privateJwk）签一个断言（ES256，iss 与 sub 为 clientId，aud 为 issuer，jti 不重复，exp 在五分钟内），POST 到 tokenEndpoint。',
    en: '1. Token: sign an assertion with the privateJwk of a client in callers (ES256; iss and sub the clientId, aud the issuer, a new jti, exp within five minutes) and POST it to the tokenEndpoint.',
  },
  {
    zh: '二、签处方：以 samplePrescription 为底稿，改 hospitalPrescriptionNo 和 issuedAt，序列化为 UTF-8 字节；用 signers 中医师和医院签章的证书与私钥做 CMS 分离签名（openssl cms -sign -binary -outform DER，附中间证书）。国密签名用 sm2Signers 与 authority.sm2（SM2/SM3，GM/T 0009、0010），示例见 docs/examples/HospitalSm2.java。',
    en: '2. Sign: start from samplePrescription, change hospitalPrescriptionNo and issuedAt, serialise to UTF-8 bytes; make a detached CMS signature with certificate and key of the physician and of the hospital seal in signers (openssl cms -sign -binary -outform DER, with the intermediate). For SM2 with SM3 (GM/T 0009, 0010) take sm2Signers and authority.sm2; docs/examples/HospitalSm2.java shows it.',
  },
  {
    zh: '三、上传：POST /hospital/prescriptions，document 与 signature 均为 base64，每次写请求带一个新的 Idempotency-Key。',
    en: '3. Push: POST /hospital/prescriptions with document and signature in base64; every write carries an Idempotency-Key of its own.',
  },
  {
    zh: '四、患者：GET /sandbox/notifications 取链接，输入证件号码后六位，选择药店。',
    en: '4. Patient: take the link from GET /sandbox/notifications, enter the last six characters of the identity number, choose a pharmacy.',
  },
  {
    zh: '五、药店：取单、审方、请求结算、交付；见 /docs。时间可用 PUT /sandbox/clock 调整。',
    en: '5. Pharmacy: take, review, request settlement, hand over; see /docs. PUT /sandbox/clock sets the time.',
  },
] as const

/**
 * What `GET /sandbox` answers with: everything with which an outside program can act as anybody.
 *
 * @param national who speaks the national interface, by region
 * @param publicUrl without a slash at the end
 * @param now by the sandbox's clock; the sample prescriptions are issued a minute before
 * @param region only this one; all when absent
 */
export function describeSandbox(
  state: SandboxState,
  national: ReadonlyMap<string, NationalCallers>,
  publicUrl: string,
  now: Date,
  region?: string,
) {
  return {
    notice: {
      zh: '沙箱：机构、人员、密钥均为样例，任何人都能看到，不得用于真实业务。药品名称、编码和公开支付标准取自公开资料。',
      en: 'A sandbox: institutions, persons and keys are samples that anybody can see, never for real use. Names, codes and public payment standards of drugs are from public sources.',
    },
    issuer: publicUrl,
    tokenEndpoint: `${publicUrl}/oauth/token`,
    apiDescription: `${publicUrl}/openapi.json`,
    howTo: HOW_TO,
    authority: {
      rootCertificatePem: state.authority.root.certificatePem,
      intermediateCertificatePem: state.authority.intermediate.certificatePem,
      ...(state.authority.sm2 === undefined
        ? {}
        : {
            sm2: {
              rootCertificatePem: state.authority.sm2.root.certificatePem,
              intermediateCertificatePem: state.authority.sm2.intermediate.certificatePem,
            },
          }),
    },
    regions: [...state.regions]
      .filter(([code]) => region === undefined || code === region)
      .map(([code, it]) => describeRegion(code, it, national.get(code) ?? {}, publicUrl, now)),
  }
}

function describeRegion(
  regionCode: string,
  { world, keys }: SandboxRegionState,
  national: NationalCallers,
  publicUrl: string,
  now: Date,
) {
  const entries = <Name extends RegisterName>(name: Name) =>
    world.entries
      .filter((entry): entry is RegisterEntry<Name> => entry.register === name)
      .map(({ key, validFrom, validTo, data }) => ({
        ...data,
        key,
        validFrom,
        ...(validTo === undefined ? {} : { validTo }),
      }))
  return {
    regionCode,
    name: world.name,
    today: world.today,
    callers: world.clients.map((client) => ({
      ...client,
      privateJwk: keys.clients[client.clientId],
      ...(national[client.clientId] === undefined ? {} : { national: national[client.clientId] }),
    })),
    // Who works in a browser: the link signs in by one click.
    people: samplePeopleOf(world).map(({ personId, role, name, institutionId }) => ({
      role,
      name,
      ...(institutionId === undefined ? {} : { institutionId }),
      signIn: `${publicUrl}/staff/samples/${personId}`,
    })),
    signers: keys.signers,
    sm2Signers: keys.sm2Signers,
    cast: world.cast,
    // What persons show at a counter of the national interface besides the identity card.
    credentials: entries('person').map(({ personId }) => ({ personId, ...sandboxCredentials(personId) })),
    institutions: entries('institution'),
    practitioners: entries('practitioner'),
    drugs: entries('drug'),
    stock: world.stock,
    diagnoses: world.diagnoses,
    samplePrescription: samplePrescription(world, { issuedAt: new Date(now.getTime() - 60_000) }),
  }
}
