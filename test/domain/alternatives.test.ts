import { Ajv } from 'ajv'
import t from 'tap'
import { takeBody } from '../../schemas/pharmacy.ts'
import { boundedCheck } from '../../src/domain/bounded-check.ts'
import { fieldFaults } from '../../src/domain/field-fault.ts'
import { reviewBody } from '../../src/http/pharmacy/bodies.ts'

const byConstant = {
  oneOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['decision'],
      properties: { decision: { type: 'string', const: 'confirm' } },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['decision', 'reasonCode'],
      properties: { decision: { type: 'string', const: 'object' }, reasonCode: { type: 'string' } },
    },
  ],
}

const NO = '4414002026112200000001'

for (const allErrors of [true, false]) {
  for (const [schema, value, faults] of [
    [takeBody, { prescriptionNo: NO, pickupCode: 'EGHH53FP23HH' }, ['/body oneOf']],
    [takeBody, {}, ['/body oneOf']],
    [takeBody, { prescriptionNo: '12' }, ['/body/prescriptionNo pattern']],
    [takeBody, { pickupCode: '' }, ['/body/pickupCode minLength']],
    [takeBody, { pickupCode: 'EGHH53FP23HH', more: 1 }, ['/body/more additionalProperties']],
    [takeBody, [], ['/body oneOf']],
    [byConstant, {}, ['/body/decision required']],
    [byConstant, { decision: 'perhaps' }, ['/body/decision enum']],
    [byConstant, { decision: 'object' }, ['/body/reasonCode required']],
    [byConstant, { decision: 'confirm', reasonCode: 'x' }, ['/body/reasonCode additionalProperties']],
    [reviewBody, { pharmacistId: 'YS1', decision: 'refuse' }, ['/body/reasonCode required']],
  ] as const) {
    t.test(
      `one fault says what is so: ${JSON.stringify(value)}${allErrors ? '' : ', first fault'}`,
      async (t) => {
        const check = new Ajv({ strict: false, verbose: true, allErrors }).compile(schema)
        t.notOk(check(value))
        t.same(
          fieldFaults(check.errors ?? [], '/body').map((fault) => `${fault.path} ${fault.keyword}`),
          faults,
        )
      },
    )
  }
}

t.test('the choice is named', async (t) => {
  const check = new Ajv({ strict: false, verbose: true, allErrors: true }).compile(takeBody)
  check({})
  t.equal(fieldFaults(check.errors ?? [])[0]?.message.en, 'Send exactly one of: prescriptionNo, pickupCode.')
})

t.test('all faults of a small value are told, of a large one the first', async (t) => {
  const schema = {
    type: 'array',
    maxItems: 50_000,
    items: { type: 'object', required: ['a', 'b'], additionalProperties: false },
  }
  const of = (allErrors: boolean) => new Ajv({ strict: false, verbose: true, allErrors }).compile(schema)
  let made = 0
  const check = boundedCheck(of(false), () => {
    made += 1
    return of(true)
  })
  t.same(check([]), [])
  t.equal(check(Array.from({ length: 20 }, () => ({}))).length, 40)
  t.equal(check(Array.from({ length: 20_000 }, () => ({}))).length, 1)
  t.equal(made, 1)
  t.equal(fieldFaults(check(Array.from({ length: 2_000 }, () => ({})))).length, 100)
})
