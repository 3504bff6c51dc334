import { civilDay, pageLimit } from '../../../schemas/common.ts'
import {
  changeReason,
  endEntryRequest,
  entryAdded,
  entryEnded,
  registerKey,
  registerName,
  registerPage,
} from '../../../schemas/register-entry.ts'
import { registerData } from '../../../schemas/registers.ts'
import type { RegisterName } from '../../domain/registers.ts'
import type { Deps } from '../../usecases/deps.ts'
import {
  addEntry,
  endRegisterEntry,
  FREE_KEYS,
  type NewEntry,
} from '../../usecases/registers/change-register.ts'
import { readRegister } from '../../usecases/registers/read-register.ts'
import { limitOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

/** `…/agency/registers/…`: the agency keeps the registers of its region. @see MZ-4.1, MZ-4.3b, MZ-5 */
export function registerRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/agency/registers/:register',
    {
      schema: {
        operationId: 'readRegister',
        tags: ['agency'],
        summary: 'A register with its whole history · 名录查询',
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['register'],
          properties: { register: registerName },
        },
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: {
            key: registerKey,
            subject: { type: 'string', pattern: '^[A-Za-z0-9:._+*-]{1,150}$' },
            after: { type: 'string', pattern: '^[A-Za-z0-9:._+*-]{1,170}$' },
            limit: pageLimit,
          },
        },
        response: { 200: registerPage },
      } as const,
      onRequest: app.authenticate('agency', 'register:read'),
    },
    async (request) => {
      const { limit, ...query } = request.query
      return await readRegister(deps, request.caller, request.params.register, {
        ...query,
        limit: limitOf(limit),
      })
    },
  )
  for (const name of Object.keys(registerData) as RegisterName[]) addRoute(app, deps, name)
  app.post(
    '/agency/registers/:register/:key/end',
    {
      schema: {
        operationId: 'endRegisterEntry',
        tags: ['agency'],
        summary: 'End an entry with its last day · 终止名录记录',
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['register', 'key'],
          properties: { register: registerName, key: registerKey },
        },
        body: { ...endEntryRequest, examples: [{ lastDay: '2026-11-20', reason: '协议到期' }] },
        response: { 200: entryEnded },
      } as const,
      config: { refusals: ['entry-unknown'] },
      onRequest: app.authenticate('agency', 'register:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { register, key } = request.params
      const answer = await endRegisterEntry(deps, request.caller, request.write, register, key, request.body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
}

/** One way in for each register, because each has a schema of its own. */
function addRoute(app: Hub, deps: Deps, register: RegisterName): void {
  const hasFreeKey = FREE_KEYS.includes(register)
  const body = {
    type: 'object',
    additionalProperties: false,
    required: ['validFrom', 'reason', 'data'],
    properties: {
      validFrom: civilDay,
      validTo: { ...civilDay, description: 'Last day on which it holds; absent means until further notice' },
      reason: changeReason,
      data: registerData[register],
      ...(hasFreeKey
        ? { key: { ...registerKey, description: 'Of your own choice; made up when absent' } }
        : {}),
    },
    examples: [{ validFrom: '2026-11-22', reason: '经办机构书面决定', data: EXAMPLES[register] }],
  }
  app.post(
    `/agency/registers/${register}`,
    {
      schema: {
        operationId: `add${register.split('-').map(capital).join('')}Entry`,
        tags: ['agency'],
        summary: `Add to the register · 名录登记 · ${registerData[register].description}`,
        body,
        response: { 201: entryAdded },
      },
      config: { refusals: ['register-conflict', 'reference-unknown'] },
      onRequest: app.authenticate('agency', 'register:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const entry = request.body as NewEntry
      const answer = await addEntry(deps, request.caller, request.write, register, entry)
      return marked(reply, answer).code(201).send(answer.body)
    },
  )
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const HOSPITAL = 'H44140299901'
const PHYSICIAN = 'D441402999901'
const PERSON = 'EXAMPLE0000000001'
const DRUG = 'XN07XXD130E002010199998'

/** Made-up entries that can be sent as they stand. */
const EXAMPLES: { readonly [Name in RegisterName]: NewEntry<Name>['data'] } = {
  institution: {
    institutionId: HOSPITAL,
    kind: 'hospital',
    name: '样例新建医院',
    level: 'secondary',
    ownership: 'public',
    countyCode: '441402',
    address: '样例路1号',
    phone: '0753-0000000',
  },
  designation: {
    institutionId: HOSPITAL,
    kind: 'dual-channel',
    agreementNo: 'XY-2026-01',
    basis: 'by-right',
  },
  practitioner: {
    practitionerId: PHYSICIAN,
    kind: 'physician',
    name: '样例医师',
    title: 'chief',
    licenceNo: 'ZY-1',
    licenceValidTo: '2030-12-31',
  },
  filing: {
    practitionerId: PHYSICIAN,
    institutionId: HOSPITAL,
    role: 'responsible-physician',
    diseases: ['I63'],
    publishedOn: '2026-11-20',
  },
  certificate: {
    fingerprint: '0'.repeat(64),
    purpose: 'physician',
    practitionerId: PHYSICIAN,
    institutionId: HOSPITAL,
  },
  drug: {
    drugCode: DRUG,
    genericName: '样例药',
    form: '软胶囊',
    specification: '0.1g',
    unit: '粒',
    medicineClass: 'B',
    negotiated: true,
    atcClass: 'N07XX',
    ingredient: '样例药',
  },
  'payment-standard': { drugCode: DRUG, fen: 230, confidential: false, basis: 'negotiated' },
  'drug-list': { listId: 'dual-channel', drugCode: DRUG, agreementEnd: '2027-12-31' },
  person: {
    personId: PERSON,
    name: '样例参保人',
    idNumber: '000000000000000000',
    phone: '0000000',
    birthDate: '1960-01-01',
    sex: 'female',
    scheme: 'resident',
    standing: 'active',
    assistance: 'none',
    insuredRegion: '441400',
    countyCode: '441402',
  },
  qualification: { personId: PERSON, kind: 'drug', drugCodes: [DRUG] },
  'other-benefit': {
    personId: PERSON,
    benefit: 'chronic-disease',
    name: { zh: '门诊特慢病统筹', en: 'Outpatient chronic-disease benefit' },
    state: 'available',
    ratioBp: 7_000,
    maximumFen: 300_000,
  },
  diagnosis: { code: 'I63.900x001', name: '样例脑梗死' },
  sanction: { subject: 'institution', subjectId: HOSPITAL, kind: 'suspension', reason: '样例：暂停协议' },
}
