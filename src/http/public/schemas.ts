import { servedPrescriptionSchema } from '../../../schemas/prescription-schema.ts'
import type { Hub } from '../plugins/hub.ts'

/** `GET /schemas/prescription-document`: the JSON Schema of what a physician signs; also a component of the API description. */
export function schemaRoutes(app: Hub, publicUrl: string): void {
  const served = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...servedPrescriptionSchema,
    $id: `${publicUrl}/schemas/prescription-document`,
  }
  app.get(
    '/schemas/prescription-document',
    {
      schema: {
        operationId: 'readPrescriptionSchema',
        tags: ['public'],
        summary: 'JSON Schema of the prescription document · 处方文书规范',
        response: {
          200: {
            description: 'JSON Schema 2020-12, with an example',
            content: {
              'application/schema+json': { schema: { type: 'object', additionalProperties: true } },
            },
          },
        },
      } as const,
    },
    async (_request, reply) =>
      reply.type('application/schema+json').header('cache-control', 'public, max-age=300').send(served),
  )
}
