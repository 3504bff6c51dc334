import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, FastifyTypeProvider, RawServerDefault } from 'fastify'
import type { FromSchema, JSONSchema } from 'json-schema-to-ts'

/** What a handler may answer: the type of the schema, with everything readonly accepted. */
export type Answer<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Answer<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Answer<T[Key]> }
      : T

/** Gives handlers the types of the schemas that their route declares `as const`. */
export interface SchemaTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends JSONSchema ? FromSchema<this['schema']> : unknown
  readonly serializer: this['schema'] extends JSONSchema ? Answer<FromSchema<this['schema']>> : unknown
}

/** The application as routes see it. */
export type Hub = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse<IncomingMessage>,
  FastifyBaseLogger,
  SchemaTypes
>
