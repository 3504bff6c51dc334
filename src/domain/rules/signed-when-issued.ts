import { parameters, whole } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  readonly minutes: number
}

/**
 * Did the physician sign at about the time of issue that the document states? A signature without a signing time is
 * left to the trust room.
 *
 * @see MZ-6.3
 */
export const signedWhenIssued = defineRule<Parameters>({
  name: 'signed-when-issued',
  sentence: {
    zh: '医师签名时间与开方时间相差不超过{minutes}分钟。',
    en: 'The physician signed within {minutes} minutes of the stated time of issue.',
  },
  parameters: parameters({ minutes: whole(0) }),
  check(facts, { minutes }) {
    const issuedAt = Date.parse(facts.prescription.issuedAt)
    const isFar = facts.signers.some(
      ({ purpose, signedAt }) =>
        purpose === 'physician' &&
        signedAt !== undefined &&
        Math.abs(Date.parse(signedAt) - issuedAt) > minutes * 60_000,
    )
    if (!isFar) return []
    const message = {
      zh: `医师签名时间与开方时间相差超过${minutes}分钟，请核对系统时间后重新开具。`,
      en: `Signing time and time of issue are more than ${minutes} minutes apart; check the clock and issue again.`,
    }
    return [{ path: '/issuedAt', message }]
  },
})
