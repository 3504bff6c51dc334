import fp from 'fastify-plugin'
import { Problem } from '../../domain/problems.ts'
import { unstorableTexts } from '../../domain/storable-text.ts'

/** Refuses requests with a text that no database keeps, before anything is done with it. */
export const storableText = fp(
  async (app) => {
    app.addHook('preValidation', async ({ body, query }) => {
      const fields = [...unstorableTexts(body, '/body'), ...unstorableTexts(query, '/querystring')]
      if (fields.length > 0) throw new Problem('malformed', { fields })
    })
  },
  { name: 'storable-text' },
)
