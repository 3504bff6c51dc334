import t from 'tap'
import { isPassword, passwordHash } from '../../../src/usecases/staff/password.ts'
import { newTotpSecret, stepOf, stepOfCode, totpAddress, totpAt } from '../../../src/usecases/staff/totp.ts'

/** The ASCII text 12345678901234567890 in Base32: the key of RFC 6238, appendix B. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

t.test('codes are those of RFC 6238, appendix B, in six digits', async (t) => {
  const vectors = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const
  for (const [seconds, code] of vectors) t.equal(totpAt(KEY, Math.floor(seconds / 30)), code, String(seconds))
})

t.test('a code of the step before or after is taken, an older one is not', async (t) => {
  const now = new Date(1_234_567_890_000)
  const current = stepOf(now)
  for (const near of [-1, 0, 1]) t.equal(stepOfCode(KEY, totpAt(KEY, current + near), now), current + near)
  t.equal(stepOfCode(KEY, ' 005 924 ', now), current, 'as people type it')
  t.equal(stepOfCode(KEY, '００５９２４', now), current, 'in full width, too')
  for (const wrong of [totpAt(KEY, current - 2), totpAt(KEY, current + 2), '', '5924', '0059240'])
    t.equal(stepOfCode(KEY, wrong, now), undefined, wrong)
})

t.test('a new secret has 160 bits in Base32, and an address that authenticators read', async (t) => {
  const secret = newTotpSecret()
  t.match(secret, /^[A-Z2-7]{32}$/)
  t.not(secret, newTotpSecret())
  t.equal(
    totpAddress(KEY, 'li.wei', '处方'),
    `otpauth://totp/%E5%A4%84%E6%96%B9:li.wei?secret=${KEY}&issuer=%E5%A4%84%E6%96%B9`,
  )
})

t.test('a password is kept as its hash; the same one twice is kept otherwise', async (t) => {
  const [kept, again] = await Promise.all([passwordHash('correct horse'), passwordHash('correct horse')])
  t.match(kept, /^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/)
  t.not(kept, again)
  t.ok(await isPassword('correct horse', kept))
  t.notOk(await isPassword('correct hors', kept))
  t.notOk(await isPassword('correct horse', undefined), 'nobody has none')
})
