import { oneOf, parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  /** What is enough for a sale of the national interface, which tells no signature; without it, nothing is. */
  readonly national?: 'kept-by-pharmacy'
}

/**
 * Did the patient or agent sign the settlement statement before supply? A sale of the national interface says nothing of
 * a signature: the policy says whether the copy that the pharmacy keeps is enough.
 *
 * @see MZ-6.5
 */
export const statementSigned = defineRule<Parameters>({
  name: 'statement-signed',
  sentence: {
    zh: '供药前医保结算单须经参保人或代办人签名。',
    en: 'The patient or agent has signed the settlement statement before supply.',
  },
  parameters: parameters({}, { national: oneOf(['kept-by-pharmacy']) }),
  needs: () => ['statement'],
  check: (facts, { national }) =>
    facts.statement!.signed || (facts.statement!.door === 'national' && national === 'kept-by-pharmacy')
      ? []
      : [
          {
            message: {
              zh: '医保结算单尚未签名，请打印并由参保人或代办人签名后再供药。',
              en: 'The statement is not signed; print it and have it signed before supply.',
            },
          },
        ],
})
