import type { Fields } from '../../../domain/text/form-text.ts'
import { checkbox, field, radios } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { optionsOf } from '../fault-words.ts'

/** Who buys or receives. @param typed what stood in the form before, or nothing for a new one */
export function buyerFields(typed: Fields, isReceiver = false): Html {
  return html`${radios(
    isReceiver ? '签收人' : '购药人',
    'relation',
    [
      { value: 'patient', name: '患者本人' },
      { value: 'agent', name: '代办人' },
    ],
    typed['relation'] ?? 'patient',
  )}
<fieldset><legend>已查验的证件和材料</legend><div class="choices">${optionsOf('papers').map(({ value, name }) => checkbox({ name: `paper-${value}`, label: name, isChecked: typed[`paper-${value}`] === 'yes' }))}</div></fieldset>
${checkbox({ name: 'identity-checked', label: '已核对身份与处方一致', isChecked: typed['identity-checked'] === 'yes' })}
${field({ name: 'agent-ending', label: '代办人证件后四位', hint: '代办人取药时填写', value: typed['agent-ending'], maxlength: 4 })}`
}
