import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import t from 'tap'
import { CODED_FIELDS, PRESCRIPTION_CODES } from '../../../schemas/prescription-codes.ts'
import { testApp } from '../../support/app.ts'

t.test(
  'every coded field of the prescription document takes exactly the codes of its served list',
  async (t) => {
    const { app } = await testApp(t)
    const lists = (await app.inject('/codes')).json()
    const answer = await app.inject('/schemas/prescription-document')
    t.match(answer.headers['content-type'], /^application\/schema\+json/)
    const schema = answer.json()
    const enumAt = (path: string) =>
      path
        .split('/')
        .slice(1)
        .reduce((node, name) => (name === '*' ? node.items : node.properties[name]), schema).enum as string[]
    for (const [path, list] of Object.entries(CODED_FIELDS))
      t.same(
        enumAt(path).sort(),
        lists[list].codes.map(({ code }: { code: string }) => code).sort(),
        `${path} from ${list}`,
      )
    t.same(
      Object.keys(PRESCRIPTION_CODES).sort(),
      [...new Set(Object.values(CODED_FIELDS))].sort(),
      'no list stands for nothing',
    )
    const routes = await app.inject('/codes/routes')
    t.same(routes.json(), lists.routes)
    const unknown = await app.inject('/codes/constructor')
    t.equal(unknown.statusCode, 404)
    t.equal(unknown.json().code, 'code-list-unknown')
  },
)

t.test('the served schema takes its own example, and the API description names it', async (t) => {
  const { app } = await testApp(t)
  const schema = (await app.inject('/schemas/prescription-document')).json()
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false })
  formats.default(ajv)
  const isDocument = ajv.compile(schema)
  t.ok(isDocument(schema.examples[0]), JSON.stringify(isDocument.errors))
  t.notOk(isDocument({ ...schema.examples[0], type: 'other' }))
  t.match(schema.properties.issuedAt.description, /prscTime/)
  const description = (await app.inject('/openapi.json')).json()
  t.equal(description.components.schemas.PrescriptionDocument.title, schema.title)
})
