import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Did the patient or agent sign the settlement statement before supply? @see MZ-6.5 */
export const statementSigned = defineRule<object>({
  name: 'statement-signed',
  sentence: {
    zh: '供药前医保结算单须经参保人或代办人签名。',
    en: 'The patient or agent has signed the settlement statement before supply.',
  },
  parameters: parameters(),
  needs: () => ['statement'],
  check: (facts) =>
    facts.statement!.signed
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
