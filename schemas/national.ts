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

/** A call as a gateway of the insurance (fsi) passes it on. */
export const gatewayRequest = {
  $id: 'GatewayRequest',
  type: 'object',
  additionalProperties: true,
  required: ['infno', 'msgid', 'fixmedins_code', 'input'],
  properties: {
    infno: { type: 'string', maxLength: 10, description: '交易编号: which function', examples: ['7201'] },
    msgid: {
      type: 'string',
      maxLength: 60,
      description: '发送方报文ID: institution, time and a sequence; the same one again is the same call',
    },
    mdtrtarea_admvs: { type: 'string', maxLength: 6, description: '就医地医保区划' },
    inf_time: { type: 'string', maxLength: 30, description: '`yyyy-MM-dd HH:mm:ss` of Shanghai' },
    fixmedins_code: { type: 'string', maxLength: 30, description: 'The institution that calls' },
    input: {
      type: ['object', 'string'],
      description:
        'The business object, in plain or sealed: `appid`, `encType`, `signType`, `encData`, `signData`; may be JSON in a string',
    },
  },
} as const

export const gatewayAnswer = {
  $id: 'GatewayAnswer',
  type: 'object',
  additionalProperties: false,
  required: ['infcode', 'inf_refmsgid', 'refmsg_time', 'respond_time', 'err_msg', 'output'],
  properties: {
    infcode: { type: 'integer', enum: [0, -1], description: '0: done' },
    inf_refmsgid: { type: 'string', maxLength: 30, description: 'The answer’s own number' },
    refmsg_time: { type: 'string', description: 'When the call came: yyyyMMddHHmmssSSS' },
    respond_time: { type: 'string', description: 'When it was answered' },
    err_msg: {
      type: 'string',
      maxLength: 200,
      description: '`[code]` of the hub and the reason; empty when done',
    },
    output: {
      type: 'object',
      additionalProperties: true,
      description: 'The business object; sealed when the call was',
    },
  },
} as const
