import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FromSchema } from 'json-schema-to-ts'
import { fingerprintOf } from '../trust/certificate.ts'
import { derOf } from '../trust/sign-envelope.ts'
import type { StatusService } from '../trust/status-services.ts'

const schema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['authority', 'address', 'whenSilent'],
    properties: {
      authority: {
        type: 'string',
        minLength: 1,
        description: 'Its file in the folder: intermediates/ca.pem',
      },
      address: { type: 'string', pattern: '^https?://[^\\s]+$' },
      whenSilent: { enum: ['lists', 'refuse', 'good'] },
      timeoutSeconds: { type: 'number', minimum: 0.1, maximum: 10, default: 3 },
      keepSeconds: { type: 'integer', minimum: 0, maximum: 86_400, default: 3600 },
      digest: { enum: ['sha1', 'sha256', 'sm3'], default: 'sha1' },
    },
  },
} as const

const isRight = new Ajv2020({ useDefaults: true, allErrors: false }).compile<
  Required<FromSchema<typeof schema>[number]>[]
>(schema)

/**
 * Reads `ocsp.json` of a trust folder: which authority's status service is asked, where, and what its silence means.
 *
 * @param certificateIn the content of a certificate file of the folder, by its name there
 * @throws RangeError with what is wrong, as a sentence
 */
export function readStatusServices(
  content: string,
  certificateIn: (file: string) => Buffer | undefined,
): StatusService[] {
  let given: unknown
  try {
    given = JSON.parse(content)
  } catch {
    throw new RangeError('it is no JSON')
  }
  if (!isRight(given)) {
    const [fault] = isRight.errors ?? []
    throw new RangeError(`${fault?.instancePath || 'the list'} ${fault?.message}`)
  }
  return given.map(({ authority, ...service }) => {
    const file = certificateIn(authority)
    if (file === undefined) throw new RangeError(`there is no certificate file ${authority}`)
    const der = file[0] === 0x30 ? file : derOf(firstBlockOf(file.toString('latin1')))
    return { ...service, authority: fingerprintOf(der) }
  })
}

function firstBlockOf(pem: string): string {
  return /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0] ?? ''
}
