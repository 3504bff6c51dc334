import type { Facts } from '../facts.ts'
import type { Bilingual } from '../finding.ts'
import type { Need, Objection } from './rule.ts'
import { pathOf } from './subject.ts'

const MESSAGES: Readonly<Record<Need, Bilingual>> = {
  person: {
    zh: '患者不在参保名录中，请核对参保人编号。',
    en: 'The patient is not in the register of insured persons; check the person number.',
  },
  hospital: {
    zh: '开方医院不在机构名录中，请核对机构代码。',
    en: 'The hospital is not in the register of institutions; check its code.',
  },
  physician: {
    zh: '开方医师不在医师名录中，请核对医师代码。',
    en: 'The physician is not in the register of practitioners; check the code.',
  },
  pharmacy: {
    zh: '供药机构未填写或不在机构名录中，请核对机构代码。',
    en: 'No supplying institution of the register is named; give its code, or check it.',
  },
  pharmacist: {
    zh: '审方药师不在药师名录中，请核对药师代码。',
    en: 'The pharmacist is not in the register of practitioners; check the code.',
  },
  supply: { zh: '缺少供药明细，请逐行填写。', en: 'Nothing says what is supplied; list it line by line.' },
  buyer: {
    zh: '缺少购药人身份核对记录；请先核对购药人（患者或代办人）并记录，再办理。',
    en: 'Nothing says who buys; check the patient or agent, record it (`/buyer`, or with the review) and go on.',
  },
  delivery: {
    zh: '缺少交付方式，请填写。',
    en: 'Nothing says how the medicine is handed over; record it.',
  },
  statement: {
    zh: '缺少结算单签名记录，请由参保人或代办人签名。',
    en: 'Nothing says that the statement was signed; have the patient or agent sign it.',
  },
}

/** A claim by application need not name the physician, but rules may ask for one. */
const NO_PHYSICIAN: Bilingual = {
  zh: '未填写开方医师，请在申请中填写 physicianId。',
  en: 'The application names no physician; give `physicianId`.',
}

/** One objection for each needed part of the facts that is not there. */
export function missing(facts: Facts, needs: readonly Need[]): Objection[] {
  return needs
    .filter((need) => facts[need] === undefined)
    .map((need) =>
      need === 'physician' && facts.prescription.physicianId === ''
        ? { path: '/physicianId', message: NO_PHYSICIAN }
        : { ...pathOf(need), message: MESSAGES[need] },
    )
}
