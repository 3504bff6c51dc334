import type { Bilingual } from '../finding.ts'
import { oneOf, parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

const SUBJECTS = ['hospital', 'department', 'physician'] as const

interface Parameters {
  readonly subject: (typeof SUBJECTS)[number]
}

const SAID: Readonly<Record<Parameters['subject'], { readonly path: string; readonly message: Bilingual }>> =
  {
    hospital: {
      path: '/hospital/name',
      message: {
        zh: '处方所载医院名称与机构代码在名录中的登记不符，请核对机构代码和名称。',
        en: 'The name of the hospital is not the one that the register keeps for its code; check code and name.',
      },
    },
    department: {
      path: '/visit/departmentName',
      message: {
        zh: '处方所载科室代码和名称与医院在名录中登记的科室不符，请核对。',
        en: 'Code and name of the department are none that the register keeps for the hospital; check both.',
      },
    },
    physician: {
      path: '/physician/name',
      message: {
        zh: '处方所载医师姓名与医师代码在名录中的登记不符，请核对医师代码和姓名。',
        en: 'The name of the physician is not the one that the register keeps for the code; check code and name.',
      },
    },
  }

/**
 * Is the name beside the code of the hospital, department or physician the registered one? Nothing is asked of whom no
 * register knows: that is for other rules to refuse.
 *
 * @see MZ-4.3a, SX-10.1
 */
export const namedAsRegistered = defineRule<Parameters>({
  name: 'named-as-registered',
  sentence: {
    zh: '处方所载{subject}名称须与其代码在名录中的登记一致。',
    en: 'The name beside the code is the one that the register keeps for it: {subject}.',
  },
  parameters: parameters({ subject: oneOf(SUBJECTS) }),
  check: ({ named }, { subject }) => (named?.[subject] === false ? [SAID[subject]] : []),
})
