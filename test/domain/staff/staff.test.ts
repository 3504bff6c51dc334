import t from 'tap'
import { isStrongPassword, LOGIN_PATTERN, loginOf } from '../../../src/domain/staff/password.ts'
import { mayManage, type StaffPlace, type StaffRole } from '../../../src/domain/staff/roles.ts'

const at = (role: StaffRole, regionCode = '441400', institutionId?: string): StaffPlace => ({
  role,
  regionCode,
  institutionId,
})

t.test(
  'an institution manages its own people, the agency those of its region, nobody above himself',
  async (t) => {
    const cases: readonly (readonly [StaffPlace, StaffPlace, boolean])[] = [
      [at('pharmacist', '441400', 'P1'), at('clerk', '441400', 'P1'), true],
      [at('pharmacist', '441400', 'P1'), at('clerk', '441400', 'P2'), false],
      [at('pharmacist', '441400', 'P1'), at('officer-city'), false],
      [at('clerk', '441400', 'P1'), at('clerk', '441400', 'P1'), false],
      [at('officer-city'), at('pharmacist', '441400', 'P2'), true],
      [at('officer-city'), at('pharmacist', '500000', 'P2'), false],
      [at('officer-city'), at('operator', ''), false],
      [at('officer-county'), at('officer-city'), false],
      [at('operator', ''), at('officer-city', '500000'), true],
      [at('supervisor'), at('clerk', '441400', 'P1'), false],
    ]
    for (const [one, other, may] of cases)
      t.equal(mayManage(one, other), may, `${one.role} ${one.regionCode} → ${other.role} ${other.regionCode}`)
  },
)

t.test('a password that a guesser tries first is not taken', async (t) => {
  for (const weak of [
    'short-one',
    'aaaaaaaaaaaa',
    '1234567890ab'.slice(0, 10),
    'abcdefghijkl',
    'li.wei-2026!',
    '一二三四五',
  ])
    t.notOk(isStrongPassword(weak, 'li.wei'), weak)
  for (const strong of ['correct horse', '春眠不觉晓处处闻啼鸟', '1234567890ab'])
    t.ok(isStrongPassword(strong, 'li.wei'), strong)
})

t.test('a name to sign in with has one spelling', async (t) => {
  t.equal(loginOf(' Ｌｉ.Wei '), 'li.wei')
  t.match('li.wei-2', new RegExp(LOGIN_PATTERN))
  t.notMatch('.li', new RegExp(LOGIN_PATTERN))
})
