import { isTextObject, type TextObject, type Texts } from './texts.ts'

/** Members of a message that are never signed. */
const UNSIGNED = ['signData', 'encData', 'extra', 'data']

/** What becomes of empty values inside the items of a list: clients disagree. */
type InLists = 'dropped' | 'kept'

/**
 * The text that a message of the national interface signs: every top-level member that is not empty and `data`, sorted
 * by name, as `name=value` joined with `&`, with `&key=` and the application's secret behind them.
 *
 * @param message the members around the business object, as received
 * @param data the business object in plain text
 */
export function signText(
  message: TextObject,
  data: TextObject,
  appSecret: string,
  inLists: InLists = 'dropped',
): string {
  const members = Object.entries(message).filter(
    ([name, value]) => !UNSIGNED.includes(name) && value !== null && value !== '',
  )
  const pieces = [...members, ['data', data] as const]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : written(value, inLists, false)}`)
  return `${pieces.join('&')}&key=${appSecret}`
}

/**
 * Every text that a client may have meant, the usual one first: empty values inside lists dropped or kept, and the
 * gateway's `appid` under its own name or under `appId`. The interface does not say which is right.
 */
export function signTexts(message: TextObject, data: TextObject, appSecret: string): readonly string[] {
  const { appid, ...rest } = message
  const messages =
    appid === undefined || message['appId'] !== undefined ? [message] : [message, { ...rest, appId: appid }]
  return [
    ...new Set(
      messages.flatMap((each) =>
        (['dropped', 'kept'] as const).map((inLists) => signText(each, data, appSecret, inLists)),
      ),
    ),
  ]
}

/** Compact JSON with sorted members and every scalar as a string; null, "" and empty lists are left out. */
function written(value: Texts, inLists: InLists, isInList: boolean): string {
  if (value === null || typeof value === 'string') return JSON.stringify(value)
  if (!isTextObject(value)) return `[${value.map((item) => written(item, inLists, true)).join()}]`
  const keepsEmpty = isInList && inLists === 'kept'
  const members = Object.entries(value)
    .filter(([, member]) => keepsEmpty || !isEmpty(member))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${written(member, inLists, isInList)}`)
  return `{${members.join()}}`
}

function isEmpty(value: Texts): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
