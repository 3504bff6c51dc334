import { CODED_FIELDS } from '../../schemas/prescription-codes.ts'
import type { FieldFault } from './field-fault.ts'

/** Says of each unknown code in a prescription document which served list has the known ones. */
export function withCodeLists(faults: readonly FieldFault[]): FieldFault[] {
  return faults.map((fault) => {
    const list = fault.keyword === 'enum' ? CODED_FIELDS[fault.path.replace(/\/\d+/g, '/*')] : undefined
    return list === undefined
      ? fault
      : {
          ...fault,
          message: {
            zh: `代码不在代码表 ${list} 中，请见 GET /codes/${list}。`,
            en: `The code is none of the list ${list}: see GET /codes/${list}.`,
          },
        }
  })
}
