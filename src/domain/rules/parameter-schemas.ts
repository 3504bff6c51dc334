/** JSON Schema of one text. */
export const text = { type: 'string', minLength: 1 } as const
/** JSON Schema of a list of texts with at least one member. */
export const texts = { type: 'array', minItems: 1, uniqueItems: true, items: text } as const
/** JSON Schema of a yes or no. */
export const yesNo = { type: 'boolean' } as const

/** JSON Schema of a whole number from `minimum` up. */
export function whole(minimum: number): object {
  return { type: 'integer', minimum }
}

/** JSON Schema of one of some words. */
export function oneOf(words: readonly string[]): object {
  return { enum: words }
}

/** JSON Schema of a list of some words, at least one. */
export function someOf(words: readonly string[]): object {
  return { type: 'array', minItems: 1, uniqueItems: true, items: { enum: words } }
}

/** JSON Schema of a rule's parameters: no others, and all but the optional ones must be given. */
export function parameters(
  required: Readonly<Record<string, object>> = {},
  optional: Readonly<Record<string, object>> = {},
): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(required),
    properties: { ...required, ...optional },
  }
}
