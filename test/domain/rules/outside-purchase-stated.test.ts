import t from 'tap'
import { prescriptionDocument } from '../../../schemas/prescription-document.ts'
import { CODE_LISTS } from '../../../src/domain/codes.ts'
import type { PrescriptionFacts } from '../../../src/domain/facts.ts'
import { someFacts } from '../../support/facts.ts'
import { objections } from '../../support/rules.ts'

t.test('CQ-2.3 outside-purchase-stated: a case is named, and another one is explained', async (t) => {
  const facts = someFacts('500000', 'intake')
  const stated = (outsidePurchase: PrescriptionFacts['outsidePurchase']) =>
    objections(
      'outside-purchase-stated',
      {},
      {
        ...facts,
        prescription: { ...facts.prescription, ...(outsidePurchase && { outsidePurchase }) },
      },
    )
  t.same(stated(undefined), ['/outsidePurchase'])
  t.same(stated({ reasonCode: 'not-stocked', hasStatement: false }), [])
  t.same(stated({ reasonCode: 'other', hasStatement: false }), ['/outsidePurchase/statement'])
  t.same(stated({ reasonCode: 'other', hasStatement: true }), [])
})

t.test('CQ-2.3 the document and the code list name the same cases', async (t) => {
  const { reasonCode } = prescriptionDocument.properties.outsidePurchase.properties
  t.same(
    [...reasonCode.enum],
    CODE_LISTS['outside-purchase-reasons'].codes.map(({ code }) => code),
  )
})
