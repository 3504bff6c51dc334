import { parseYuan } from '../domain/primitives/money.ts'
import { Problem } from '../domain/problems.ts'
import { fault, needed } from './fields.ts'
import { type TextObject, textOf } from './texts.ts'

const PLAIN = /^\d{1,12}(\.\d{1,8})?$/

const AS_QUANTITY = {
  zh: '应为数字，最多四位小数。',
  en: 'Must be a number with at most four decimals.',
}
const AS_AMOUNT = {
  zh: '应为金额（元），最多两位小数。',
  en: 'Must be an amount in yuan with at most two decimals.',
}
const AS_PRICE = {
  zh: '应为单价（元），最多六位小数。',
  en: 'Must be a price in yuan with at most six decimals.',
}

/** Without zeros at the end. @returns undefined for no number, or for more decimals than allowed */
function plain(text: string, decimals: number): string | undefined {
  if (!PLAIN.test(text)) return undefined
  const short = text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
  return (short.split('.')[1]?.length ?? 0) > decimals ? undefined : short
}

/** A quantity as decimal text. @param where the path of the object @throws Problem malformed */
export function quantityAt(object: TextObject, name: string, where: string): string {
  return plain(needed(object, [name])[name]!, 4) ?? refuse(`${where}${name}`, AS_QUANTITY)
}

/** An amount in fen; undefined when it isn't told. @throws Problem malformed */
export function fenAt(object: TextObject, name: string, where: string): number | undefined {
  const text = textOf(object, name)
  if (text === undefined) return undefined
  return Number(parseYuan(plain(text, 2) ?? refuse(`${where}${name}`, AS_AMOUNT)))
}

/** The price of one unit in fen, with at most four decimals; undefined when it isn't told. @throws Problem malformed */
export function unitPriceAt(object: TextObject, name: string, where: string): number | undefined {
  const text = textOf(object, name)
  if (text === undefined) return undefined
  const [yuan, decimals = ''] = (plain(text, 6) ?? refuse(`${where}${name}`, AS_PRICE)).split('.')
  const shifted = decimals.padEnd(2, '0')
  return Number(`${yuan}${shifted.slice(0, 2)}.${shifted.slice(2) || '0'}`)
}

function refuse(name: string, message: typeof AS_AMOUNT): never {
  throw new Problem('malformed', { fields: [fault(name, message, 'format')] })
}
