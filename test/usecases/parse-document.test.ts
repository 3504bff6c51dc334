import t from 'tap'
import { addDays } from '../../src/domain/primitives/civil-day.ts'
import { parseDocument, storedDocument } from '../../src/usecases/parse-document.ts'
import { testHub } from '../support/hub.ts'

const hub = await testHub(t)
const text = hub.envelope().document.toString('utf8')
const read = (json: string) => parseDocument(Buffer.from(json))

t.test('a document in which a member stands twice is refused, wherever it stands', async (t) => {
  t.same(read(text), JSON.parse(text))
  const { hospitalPrescriptionNo } = JSON.parse(text) as { hospitalPrescriptionNo: string }
  for (const twice of [
    text.replace('{', `{"hospitalPrescriptionNo":"OTHER-1",`),
    text.replace('{', `{"hospitalPrescriptionNo":${JSON.stringify(hospitalPrescriptionNo)},`),
    text.replace('"lines":[{', '"lines":[{"lineNo":9,'),
    text.replace('{', `{"hospitalPrescription\\u004eo":"OTHER-1",`),
  ]) {
    t.not(twice, text)
    t.throws(() => read(twice), { code: 'document-malformed', fields: [{ keyword: 'unique' }] })
  }
})

t.test('colons, quotes and braces within texts are no members', async (t) => {
  const content = JSON.parse(text) as { hospital: { name: string } }
  content.hospital.name = '：a:"b":{c}\\'
  t.equal(read(JSON.stringify(content, null, 2)).hospital.name, content.hospital.name)
})

t.test('what is no JSON in UTF-8 is refused', async (t) => {
  for (const bytes of [Buffer.from('{'), Buffer.alloc(0)])
    t.throws(() => parseDocument(bytes), { code: 'document-malformed', fields: [{ keyword: 'json' }] })
  const bytes = Buffer.from([0x22, 0xff, 0x22])
  t.throws(() => parseDocument(bytes), { code: 'document-malformed', fields: [{ keyword: 'encoding' }] })
})

t.test('a byte order mark is refused with a sentence, and read over in what was stored before', async (t) => {
  const marked = Buffer.from(`\ufeff${text}`)
  t.throws(() => parseDocument(marked), {
    code: 'document-malformed',
    fields: [{ keyword: 'byteOrderMark', message: { en: /byte order mark/, zh: /BOM/ } }],
  })
  t.same(storedDocument(marked), storedDocument(Buffer.from(text)))
})

t.test(
  'instants of a document are read in one way however they are written, now and when stored',
  async (t) => {
    const content = JSON.parse(text) as { issuedAt: string; visit: { visitedAt: string } }
    const minute = (at: string) => at.slice(0, 16)
    const { issuedAt, visit } = content
    const bytes = Buffer.from(
      JSON.stringify({
        ...content,
        issuedAt: `${minute(issuedAt).toLowerCase()}z`,
        visit: { ...visit, visitedAt: `${minute(visit.visitedAt)}:00+0000` },
      }),
    )
    const wanted = {
      issuedAt: `${minute(issuedAt)}:00Z`,
      visit: { visitedAt: `${minute(visit.visitedAt)}:00+00:00` },
    }
    t.match(parseDocument(bytes), wanted)
    t.match(storedDocument(bytes), wanted)
    for (const odd of [minute(issuedAt), '2026-02-30T09:30:00Z', '2026-11-20T09:30:60Z'])
      t.throws(() => read(JSON.stringify({ ...content, issuedAt: odd })), {
        code: 'document-malformed',
        fields: [{ path: '/issuedAt', keyword: 'format', message: { en: /with its offset/ } }],
      })
  },
)

t.test(
  'a category of plain Western forms says nothing against herbal pieces, which the type tells',
  async (t) => {
    const content = JSON.parse(text) as { lines: object[] }
    const herbal = (category: string) =>
      JSON.stringify({
        ...content,
        type: 'herbal',
        category,
        herbal: { doses: 7 },
        lines: content.lines.map((line) => ({ ...line, drugCode: 'T001200123', itemType: { code: '13' } })),
      })
    t.match(read(herbal('1')), { type: 'herbal', category: '1' })
    for (const other of ['7', '10'])
      t.throws(() => read(herbal(other)), {
        code: 'document-malformed',
        fields: [{ path: '/category', keyword: 'agreement' }],
      })
  },
)

t.test(
  'FS-3.4 SX-8.1 dates and quantities that contradict each other are refused, each with its field',
  async (t) => {
    type Line = Record<'quantity' | 'startsOn' | 'endsOn', string> & { days: number }
    const faults = (change: (line: Line) => Partial<Line>, issuedAt?: string) => {
      const content = JSON.parse(text) as { issuedAt: string; lines: Line[] }
      const lines = content.lines.map((line) => ({ ...line, ...change(line) }))
      try {
        read(JSON.stringify({ ...content, lines, ...(issuedAt === undefined ? {} : { issuedAt }) }))
        return []
      } catch (error) {
        return (error as { fields: { path: string }[] }).fields.map(({ path }) => path)
      }
    }
    const { startsOn } = (JSON.parse(text) as { lines: Line[] }).lines[0]!
    const until = (days: number) => addDays(startsOn, days - 1)
    t.same(
      faults(() => ({ days: 10, endsOn: until(10) })),
      [],
    )
    t.same(
      faults(() => ({ days: 10, endsOn: until(40) })),
      [],
      'one tablet every fourth day',
    )
    t.same(
      faults(() => ({ days: 10, endsOn: until(41) })),
      ['/lines/0/endsOn'],
      'no course has so few days of use',
    )
    t.same(
      faults(() => ({ days: 10, endsOn: until(9) })),
      ['/lines/0/endsOn'],
    )
    t.same(
      faults(() => ({ days: 1, endsOn: addDays(startsOn, -1) })),
      ['/lines/0/endsOn'],
    )
    t.same(
      faults(() => ({ startsOn: addDays(startsOn, -1) })),
      ['/lines/0/startsOn'],
      'before the day of issue',
    )
    t.same(
      faults(() => ({ quantity: '0.0000' })),
      ['/lines/0/quantity'],
    )
    t.same(
      faults(() => ({ quantity: '0.0001' })),
      [],
    )
    t.same(
      faults(() => ({}), '2026-06-30T23:59:60Z'),
      ['/issuedAt'],
      'a leap second is no instant',
    )
  },
)

t.test('a text that no database keeps is refused with its field', async (t) => {
  const content = JSON.parse(text) as { patient: { personId: string; name: string } }
  for (const member of ['personId', 'name'] as const) {
    const patient = { ...content.patient, [member]: 'a\u0000b' }
    t.throws(() => read(JSON.stringify({ ...content, patient })), {
      code: 'document-malformed',
      fields: [{ path: `/patient/${member}` }],
    })
  }
})

t.test(
  'MZ-4.3a SX-10.1 codes that no list has, or that contradict words and other codes, are refused',
  async (t) => {
    type Content = {
      type: string
      category: string
      setting: string
      visit: Record<string, unknown>
      lines: Record<string, unknown>[]
    }
    const refused = (change: (content: Content) => unknown) => {
      const content = JSON.parse(text) as Content
      change(content)
      try {
        read(JSON.stringify(content))
        return []
      } catch (error) {
        const { fields, details } = error as {
          fields: { path: string; message: { en: string } }[]
          details: object
        }
        t.same(details, { schema: '/schemas/prescription-document', codeLists: '/codes' })
        return fields.map(({ path, message }) => [path, /GET \/codes\/([a-z-]+)/.exec(message.en)?.[1]])
      }
    }
    const line = (members: Record<string, unknown>) => (content: Content) =>
      Object.assign(content.lines[0]!, members)
    t.same(refused(line({ route: { code: '99', name: '口服' } })), [['/lines/0/route/code', 'routes']])
    t.same(refused(line({ frequency: { code: '999', name: 'qd' } })), [
      ['/lines/0/frequency/code', 'frequencies'],
    ])
    t.same(
      refused((content) => Object.assign(content.visit, { medicalType: '9999' })),
      [['/visit/medicalType', 'medical-types']],
    )
    t.same(
      refused((content) => Object.assign(content, { category: '77' })),
      [['/category', 'prescription-categories']],
    )
    t.same(refused(line({ route: { code: '1', name: '滴眼' } })), [['/lines/0/route/name', 'routes']])
    t.same(refused(line({ route: { code: '401', name: '注射给药' } })), [], 'a kind of injection')
    t.same(refused(line({ route: { code: '1', name: '餐后口服' } })), [], 'words of the hospital itself')
    t.same(refused(line({ frequency: { code: '11', name: 'bid' } })), [
      ['/lines/0/frequency/name', 'frequencies'],
    ])
    t.same(refused(line({ frequency: { code: '11', name: '每日一次' } })), [])
    t.same(refused(line({ frequency: { code: '37', name: '每日两次' } })), [], 'every twelve hours')
    t.same(refused(line({ itemType: { code: '13' } })), [['/lines/0/itemType/code', undefined]])
    t.same(refused(line({ dose: { amount: '0', unit: '粒' } })), [['/lines/0/dose/amount', undefined]])
    t.same(
      refused((content) => Object.assign(content, { type: 'herbal', category: '9' })),
      [['/type', undefined]],
      'Western drugs are no herbal pieces',
    )
    t.same(
      refused((content) => Object.assign(content, { category: '9' })),
      [['/category', undefined]],
    )
  },
)
