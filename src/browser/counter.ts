import type { Element, Page } from './page.ts'

/*
 * What makes the counter's pages quicker. Each page is whole without it: keys press what is there to be clicked, the
 * clock counts what the page says, a live part is read anew, a file becomes the text of its field.
 */

const { document, location, DOMParser } = globalThis as typeof globalThis & Page
/** Milliseconds between two looks at a part that may change by itself. */
const LOOK_MS = 3_000

/** F-keys: a field takes the focus, everything else is clicked. */
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !/^F\d{1,2}$/.test(event.key)) return
  const target = document.querySelector(`[data-key="${event.key}"]`)
  if (target === null) return
  event.preventDefault()
  if (!target.matches('input, textarea, select')) return target.click()
  // Nothing takes the focus inside of what is folded up.
  target.closest('details')?.setAttribute('open', '')
  target.focus()
})

/** When each clock was first seen, in milliseconds of the page. */
const begun = new WeakMap<Element, number>()

/** `28:05` until an end that the server has told in seconds. */
function count(clock: Element): void {
  const began = begun.get(clock) ?? performance.now()
  begun.set(clock, began)
  const left = Math.max(0, Number(clock.dataset['seconds']) - Math.floor((performance.now() - began) / 1000))
  const hours = Math.floor(left / 3600)
  const pad = (value: number) => String(value).padStart(2, '0')
  const minutes = `${pad(Math.floor((left % 3600) / 60))}:${pad(left % 60)}`
  clock.textContent = hours > 0 ? `${hours}:${minutes}` : minutes
}

setInterval(() => {
  for (const clock of document.querySelectorAll('[data-seconds]')) count(clock)
}, 1000)

/**
 * Reads the live part of the page anew, from the address that it names, unless somebody is at work in it or nobody
 * looks. Where nothing is awaited any more, the whole content is new.
 */
async function look(): Promise<void> {
  const live = document.querySelector('[data-live]')
  if (live === null || document.hidden) return
  const answer = await fetch(new URL(live.dataset['live'] ?? '', location.href))
  if (!answer.ok || answer.redirected) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const part = fresh.querySelector('[data-live]') === null ? '#content' : '[data-live]'
  if (document.querySelector(`${part}:focus, ${part} :focus`) !== null) return
  const next = fresh.querySelector(part)
  if (next !== null) document.querySelector(part)?.replaceWith(next)
}
setInterval(() => void look().catch(() => {}), LOOK_MS)

/** A chosen file as the text of the field it is for; spreadsheets in China write UTF-8 or GB 18030. */
for (const chooser of document.querySelectorAll('input[type=file][data-into]')) {
  chooser.addEventListener('change', async () => {
    const bytes = await chooser.files?.[0]?.arrayBuffer()
    const field = document.querySelector(`#${chooser.dataset['into']}`)
    if (bytes === undefined || field === null) return
    try {
      field.value = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      field.value = new TextDecoder('gb18030', { fatal: false }).decode(bytes)
    }
  })
}
