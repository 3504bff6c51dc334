const bilingual = {
  type: 'object',
  additionalProperties: false,
  required: ['zh', 'en'],
  properties: { zh: { type: 'string' }, en: { type: 'string' } },
} as const

/** One rule of a policy that was not met, or that warns. */
export const finding = {
  $id: 'Finding',
  type: 'object',
  additionalProperties: false,
  required: ['ruleId', 'rule', 'article', 'effect', 'message'],
  properties: {
    ruleId: { type: 'string', description: 'The duty in the policy file', examples: ['MZ-6.3'] },
    rule: { type: 'string', examples: ['validity'] },
    article: { type: 'string', description: 'Where the duty stands in its document', examples: ['六'] },
    effect: { type: 'string', enum: ['reject', 'not-covered', 'warn'] },
    path: {
      type: 'string',
      description: 'JSON pointer into the prescription document; for what is supplied, into the request',
    },
    lineNo: { type: 'integer' },
    coveredQuantity: {
      type: 'string',
      description:
        'With `not-covered`: only what lies above this part of the prescribed quantity is not covered',
      examples: ['60'],
    },
    restsOnSample: { type: 'boolean', description: 'True when a figure behind it is a sandbox sample' },
    alsoRuleIds: {
      type: 'array',
      items: { type: 'string' },
      description: 'Further duties that say the same of the same field: an unknown physician is told once',
    },
    message: bilingual,
  },
} as const

/** A schema by its name: no more than a reference, but with the type of what it refers to. */
function named<Schema extends { readonly $id: string }>({ $id }: Schema): Omit<Schema, '$id'> {
  return { $ref: `${$id}#` } as object as Omit<Schema, '$id'>
}

/** A list of findings. */
export const findings = { type: 'array', items: named(finding) } as const

/** The answer to every refusal but those of the token endpoint: RFC 9457. */
export const problem = {
  $id: 'Problem',
  type: 'object',
  required: ['type', 'title', 'titleEn', 'status', 'code', 'detail', 'detailEn', 'retry', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Address of the page that explains the code' },
    title: { type: 'string', description: 'Chinese' },
    titleEn: { type: 'string', description: 'English' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; decide by it', examples: ['rules-failed'] },
    detail: { type: 'string', description: 'What to do, in Chinese' },
    detailEn: { type: 'string', description: 'What to do, in English' },
    retry: { type: 'string', enum: ['never', 'after-change', 'later'] },
    instance: { type: 'string', description: 'The number of the request, for the operator' },
    findings,
    fields: {
      type: 'array',
      description: 'The fields that break the schema; never their values',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'keyword', 'message'],
        properties: { path: { type: 'string' }, keyword: { type: 'string' }, message: bilingual },
      },
    },
    details: { type: 'object', additionalProperties: true },
  },
} as const
