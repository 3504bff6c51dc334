import { OCCASIONS } from './terms.ts'

const word = { type: 'string', minLength: 1 }
const code = { type: 'string', pattern: '^[a-z][a-z0-9-]*$' }
const dayOfMonth = { type: 'integer', minimum: 1, maximum: 31 }

/** JSON Schema of a `reimbursement:` block. @param figure makes the schema of a figure from that of its value */
export function reimbursementSchema(figure: (value: object) => object): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['occasions'],
    properties: {
      occasions: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['occasion', 'source', 'article', 'papers'],
          properties: {
            occasion: { enum: OCCASIONS },
            source: { type: 'string', pattern: '^[A-Z]{2,}-[A-Z]?\\d+(\\.\\d+)?[a-z]?$' },
            article: word,
            papers: figure({ type: 'array', minItems: 1, uniqueItems: true, items: code }),
            claimDays: figure({
              type: 'object',
              additionalProperties: false,
              required: ['first', 'last'],
              properties: { first: dayOfMonth, last: dayOfMonth },
            }),
          },
        },
      },
    },
  }
}
