const MARK: unique symbol = Symbol('html')

/** Markup that is safe to send; only `html` and `trusted` make it. */
export interface Html {
  readonly [MARK]: string
}

type Value = string | number | Html | readonly Html[] | undefined

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup from a template: whatever is put in is escaped, unless it is markup itself. Attributes are quoted. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const text = parts.reduce((before, part, place) => before + asMarkup(values[place - 1]) + part)
  return { [MARK]: text }
}

/** Takes text as markup as it is. Only for what this program made itself, such as a path of a drawing. */
export function trusted(text: string): Html {
  return { [MARK]: text }
}

/** Markup as text, to be sent. */
export function render(page: Html): string {
  return page[MARK]
}

function asMarkup(value: Value): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(render).join('')
  return render(value as Html)
}
