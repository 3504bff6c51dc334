/** A message of the national interface, either way: what is around the encrypted business object. */
export const nationalRequest = {
  $id: 'NationalRequest',
  type: 'object',
  additionalProperties: true,
  required: ['appId', 'encType', 'signType', 'encData', 'signData'],
  properties: {
    appId: { type: 'string', pattern: '^[0-9A-F]{32}$', description: 'Given with the registration' },
    version: { type: 'string', maxLength: 20, description: '`1.0.0`; may be left out' },
    encType: { type: 'string', maxLength: 10, description: '`SM4`, in any case' },
    signType: { type: 'string', maxLength: 10, description: '`SM2`, in any case' },
    timestamp: {
      type: ['string', 'number'],
      description: 'Milliseconds since 1970, as a number or text, with or without a fraction',
    },
    encData: {
      type: 'string',
      pattern: '^[0-9A-Fa-f]*$',
      description: 'Business object: JSON in UTF-8 under SM4-ECB with PKCS#7 padding, in hex',
    },
    signData: {
      type: 'string',
      maxLength: 200,
      description: 'SM2 with SM3 over the sign text: r and s, 64 bytes, in base64',
    },
  },
} as const

export const nationalAnswer = {
  $id: 'NationalAnswer',
  type: 'object',
  additionalProperties: false,
  required: ['code', 'message'],
  properties: {
    code: {
      type: 'integer',
      description: '0: done. Else the status that the same refusal has in the hub’s own interface',
    },
    message: { type: 'string', description: 'For a person, with the code of `/problems` in brackets' },
    appId: { type: 'string' },
    timestamp: { type: 'string', description: 'Milliseconds since 1970' },
    encType: { type: 'string', const: 'SM4' },
    signType: { type: 'string', const: 'SM2' },
    encData: {
      type: 'string',
      description: 'Business object; an empty one with a refusal. Absent when the application is not known',
    },
    signData: { type: 'string', description: 'By the platform’s key of the application' },
  },
} as const
