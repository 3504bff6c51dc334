import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/**
 * Does the hospital state the special case in which the patient buys outside? What counts as one is the hospital's
 * to say; the statement is signed with the prescription and can be looked into.
 *
 * @see CQ-2.3
 */
export const outsidePurchaseStated = defineRule<object>({
  name: 'outside-purchase-stated',
  sentence: {
    zh: '处方须载明需要外购的特殊情况。',
    en: 'The prescription states the special case in which the patient buys outside.',
  },
  parameters: parameters(),
  check({ prescription: { outsidePurchase } }) {
    if (outsidePurchase === undefined)
      return [
        {
          path: '/outsidePurchase',
          message: {
            zh: '住院患者仅在特殊情况下可以外购，请填写外购原因后重新签名。',
            en: 'Inpatients buy outside in special cases only; state the case and sign again.',
          },
        },
      ]
    if (outsidePurchase.reasonCode !== 'other' || outsidePurchase.hasStatement) return []
    return [
      {
        path: '/outsidePurchase/statement',
        message: {
          zh: '外购原因为“其他”的，请说明具体情况后重新签名。',
          en: 'Another case than those listed needs a statement; add it and sign again.',
        },
      },
    ]
  },
})
