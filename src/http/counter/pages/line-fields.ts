import type { Fields } from '../../../domain/text/form-text.ts'
import { field, selectField, textField } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { optionsOf } from '../fault-words.ts'

/** A line of a form: what it is about, and what stands in it when nothing was typed. */
export interface LineShown {
  readonly lineNo: number
  readonly name: string
  readonly unit: string
  readonly defaults: Fields
  /** How many packs the quantity needs, when the register knows. */
  readonly packs?: number | undefined
  readonly hasNoCodes?: boolean
}

/** Quantity and price of a line. */
export function amountFields({ lineNo, unit, defaults }: LineShown, typed: Fields): Html {
  return html`${field({ ...at('quantity', lineNo, typed, defaults), label: `数量（${unit}）`, inputmode: 'decimal', hint: '不供应的填 0' })}${field({ ...at('price', lineNo, typed, defaults), label: `单价（元/${unit}）`, inputmode: 'decimal' })}`
}

/** Batch, expiry and trace codes of a line; a scanner writes each code and an Enter. */
export function batchFields(line: LineShown, typed: Fields, isRequired: boolean): Html {
  const { lineNo, unit, defaults, packs, hasNoCodes = false } = line
  const of = (name: string) => at(name, lineNo, typed, defaults)
  const count = packs === undefined ? '逐盒扫描，一行一个' : `应扫 ${packs} 盒，一行一个`
  return html`<div class="grid">${field({ ...of('batch'), label: '批号', required: isRequired, maxlength: 40 })}${field({ ...of('expires'), label: '有效期至', type: 'date', required: isRequired })}</div>
${hasNoCodes ? undefined : textField({ ...of('codes'), label: '追溯码', hint: count, isScan: true, rows: 3, ...(lineNo === 1 ? { key: 'F6' } : {}) })}
<details${isSplit(lineNo, typed) ? html` open` : undefined}><summary>拆零发药、无追溯码</summary><div class="grid">${field({ ...of('split-code'), label: '拆零药盒追溯码', isScan: true })}${field({ ...of('split-quantity'), label: `取用数量（${unit}）`, inputmode: 'decimal' })}${field({ ...of('split-size'), label: `每盒数量（${unit}）`, inputmode: 'decimal' })}${selectField({ ...of('no-trace'), label: '无追溯码原因', options: optionsOf('no-trace-reasons'), empty: '有追溯码' })}</div></details>`
}

/** What is typed there stays in sight when it is refused. */
function isSplit(lineNo: number, typed: Fields): boolean {
  return ['split-code', 'split-quantity', 'split-size', 'no-trace'].some(
    (name) => (typed[`${name}-${lineNo}`] ?? '') !== '',
  )
}

/** A field of one line: its name carries the number of the line. */
export function at(name: string, lineNo: number, typed: Fields, defaults: Fields = {}) {
  const full = `${name}-${lineNo}`
  return { name: full, value: typed[full] ?? defaults[name] }
}
