import { parameters, whole } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  readonly minutes: number
  /** Minutes by which a hospital's clock may be ahead. */
  readonly aheadMinutes: number
}

/** Did the prescription arrive soon after its time of issue, and not before it? @see MZ-6.2, MZ-6.3 */
export const arrivedAfterIssue = defineRule<Parameters>({
  name: 'arrived-after-issue',
  sentence: {
    zh: '处方须在开具后{minutes}分钟内上传，开方时间最多比到达时间早报{aheadMinutes}分钟。',
    en: 'It arrives within {minutes} minutes of its issue, dated at most {aheadMinutes} minutes ahead.',
  },
  parameters: parameters({ minutes: whole(1), aheadMinutes: whole(0) }),
  check(facts, { minutes, aheadMinutes }) {
    const { issuedAt, receivedAt, origin } = facts.prescription
    const late = (Date.parse(receivedAt) - Date.parse(issuedAt)) / 60_000
    // Paper is entered when circulation works again; its validity is the bound (MZ-7.5).
    if (late >= -aheadMinutes && (late <= minutes || origin === 'paper')) return []
    const message =
      late < 0
        ? {
            zh: '开方时间晚于当前时间，请核对医院系统时间。',
            en: 'The time of issue lies in the future; check the clock of the hospital.',
          }
        : {
            zh: `处方开具超过${minutes}分钟才上传，请重新开具。`,
            en: `The prescription arrived more than ${minutes} minutes after its issue; issue a new one.`,
          }
    return [{ path: '/issuedAt', message }]
  },
})
