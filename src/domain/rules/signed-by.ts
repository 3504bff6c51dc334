import type { Facts, SignerFacts } from '../facts.ts'
import { parameters, someOf } from './parameter-schemas.ts'
import { defineRule, type Objection } from './rule.ts'
import { pathOf } from './subject.ts'
import { term } from './terms.ts'

const PURPOSES = ['physician', 'hospital-seal', 'insurance-office'] as const

interface Parameters {
  readonly purposes: readonly SignerFacts['purpose'][]
  /** What is enough for a prescription of the national interface; without it, the same as for any other. */
  readonly national?: readonly SignerFacts['purpose'][]
}

/**
 * Is every required signature there, made by the physician and the hospital that the document names?
 *
 * A paper prescription is signed on the paper, where the pharmacist sees it, and confirmed by the hospital afterwards.
 * One of the national interface is signed for the hospital by the centre; its physician is known by filing only, and
 * the policy says whether that is enough.
 *
 * @see MZ-4.3a, SX-8.2, MZ-6.2, MZ-7.5
 */
export const signedBy = defineRule<Parameters>({
  name: 'signed-by',
  sentence: {
    zh: '处方须有以下签名或签章，且与处方所载医师、医院一致：{purposes}。',
    en: 'These signatures are present and belong to the physician and hospital named: {purposes}.',
  },
  parameters: parameters({ purposes: someOf(PURPOSES) }, { national: someOf(PURPOSES) }),
  check: (facts, { purposes, national = purposes }) =>
    neededBy(facts, purposes, national).flatMap((purpose): Objection[] => {
      const signers = facts.signers.filter((signer) => signer.purpose === purpose)
      const what = term(purpose)
      if (signers.length === 0) {
        const message = {
          zh: `缺少${what.zh}签名，请补签后重新提交。`,
          en: `The signature of the ${what.en} is missing; sign and send again.`,
        }
        return [{ ...pathOf(purpose), message }]
      }
      if (signers.some((signer) => belongs(facts, signer))) return []
      const message = {
        zh: `${what.zh}签名不属于处方所载的医师或医院，请由本人、本院签名。`,
        en: `The signature (${what.en}) is not of the physician or hospital named; the right one must sign.`,
      }
      return [{ ...pathOf(purpose === 'physician' ? 'physician' : 'hospital'), message }]
    }),
})

function neededBy(
  { prescription: { origin } }: Facts,
  purposes: readonly SignerFacts['purpose'][],
  national: readonly SignerFacts['purpose'][],
): readonly SignerFacts['purpose'][] {
  if (origin === 'paper') return []
  return origin === 'national' ? national : purposes
}

function belongs(facts: Facts, signer: SignerFacts): boolean {
  const { hospitalId, physicianId } = facts.prescription
  return (
    signer.institutionId === hospitalId &&
    (signer.purpose !== 'physician' || signer.practitionerId === physicianId)
  )
}
